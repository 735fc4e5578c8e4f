// "/" leads to the search field. A reader whose speech or keyboard sends it by accident can turn it off (WCAG 2.1.4).

const page = document.documentElement;

try {
  page.dataset.kbSlash = localStorage.getItem("kb-slash") ?? "on";
} catch {
  page.dataset.kbSlash = "on"; // storage may be forbidden
}

/** Lets "/" focus the field, unless the reader is writing somewhere. */
export function listenForSlash(field) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (page.dataset.kbSlash === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.select();
  });
}

/** A line that says what "/" does, with its switch. */
export function slashSwitch() {
  const line = document.createElement("p");
  const button = document.createElement("button");
  const label = () => (page.dataset.kbSlash === "off" ? "Turn it on" : "Turn it off");
  line.className = "kb-search-keys";
  button.type = "button";
  button.textContent = label();
  button.addEventListener("click", () => {
    page.dataset.kbSlash = page.dataset.kbSlash === "off" ? "on" : "off";
    button.textContent = label();
    try {
      localStorage.setItem("kb-slash", page.dataset.kbSlash);
    } catch {
      // then the choice lasts as long as the page
    }
  });
  line.append("The key / leads to this field.", button);
  return line;
}
