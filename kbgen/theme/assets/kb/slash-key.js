// "/" leads to the search field, unless the reader is writing, or turned it off:
// speech and shaky hands send single keys by accident (WCAG 2.1.4).

const page = document.documentElement.dataset;
let kept = {}; // where storage is forbidden, the choice lasts as long as the page
try {
  kept = localStorage;
} catch {}

/** Listens, and returns a line that says so, with its switch. */
export function slashKey(field) {
  const line = document.createElement("p");
  const button = document.createElement("button");
  const apply = () => {
    page.kbSlash = kept.kbSlash ?? "on";
    button.textContent = page.kbSlash === "on" ? "Turn it off" : "Turn it on";
  };
  line.className = "kb-search-keys";
  line.append("The key / leads to this field.", button);
  button.type = "button";
  button.onclick = () => {
    kept.kbSlash = page.kbSlash === "on" ? "off" : "on";
    apply();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || page.kbSlash === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.select();
  });
  apply();
  return line;
}
