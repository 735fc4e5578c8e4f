// Answers under the search field while the reader types: a list of links, nothing cleverer.
// The search itself is loaded when the field is first used.

const PAUSE = 80;
const SHORTEST = 2;

const form = document.querySelector(".kb-search");
const field = form.querySelector("input");
const panel = form.querySelector(".kb-search-panel");
const status = form.querySelector("[role=status]");

let asked = "";
let timer;

function engine() {
  return import("./search.js");
}

/** Shows what is found for the words in the field; resolves when it is shown. */
async function answer() {
  const words = field.value.trim();
  asked = words;
  if (words.length < SHORTEST) return close();
  const slow = setTimeout(() => open(sentence("Searching …")), 4 * PAUSE);
  let content;
  try {
    const { search } = await engine();
    content = shownPages(await search(words, { limit: 8 }), words);
  } catch {
    content = sentence("Search could not be loaded. ", ...otherWays());
  }
  clearTimeout(slow);
  if (words === asked) open(content);
}

function shownPages(pages, words) {
  if (!pages.length) return sentence(`Nothing found for “${words}”. Try other words, `, ...otherWays());
  const list = element("ol", "", ...pages.map(pageItem));
  list.setAttribute("aria-label", "Pages found");
  list.dataset.count = pages.length === 1 ? "1 page found" : `${pages.length} pages found`;
  return list;
}

function pageItem({ url, title, excerpt, sections }) {
  const page = link("kb-found", url, element("b", "", title), element("span", "", excerpt));
  const parts = sections.map((section) => link("kb-found-section", section.url, section.title));
  return element("li", "", page, ...parts);
}

function otherWays() {
  return [
    link("", form.action, "see all topics"),
    " or ",
    link("", form.dataset.kbContact, "reach a person"),
    ".",
  ];
}

function sentence(...parts) {
  return element("p", "", ...parts);
}

function link(className, address, ...parts) {
  const made = element("a", className, ...parts);
  made.href = address;
  return made;
}

function element(name, className, ...parts) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...parts);
  return made;
}

function open(content) {
  panel.replaceChildren(content);
  panel.scrollTop = 0;
  panel.hidden = false;
  status.textContent = content.dataset.count ?? content.textContent;
}

function close() {
  asked = "";
  panel.hidden = true;
  status.textContent = "";
}

function links() {
  return Array.from(panel.querySelectorAll("a"));
}

/** Moves the focus through the field and the links below it. */
function step(by) {
  const stops = [field, ...links()];
  stops[stops.indexOf(document.activeElement) + by]?.focus();
}

function onKey(event) {
  if (panel.hidden) return;
  if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "Escape") {
    field.focus();
    close();
  } else return;
  event.preventDefault();
}

/** "/" leads to the field, unless the reader is writing somewhere. */
function onSlash(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function closeOutside({ target }) {
  if (!panel.hidden && !form.contains(target)) close();
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(answer, PAUSE);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  await answer();
  links()[0]?.focus();
});
form.addEventListener("keydown", onKey);
document.addEventListener("keydown", onSlash);
document.addEventListener("pointerdown", closeOutside);
document.addEventListener("focusin", closeOutside);

// "Back" from a page that was not it leads to the same results.
panel.addEventListener("click", ({ target }) => {
  if (!target.closest("a")) return;
  const address = new URL(location.href);
  address.searchParams.set("q", field.value.trim());
  history.replaceState(history.state, "", address);
});

const words = new URLSearchParams(location.search).get("q");
const isWide = matchMedia("(min-width: 64em) and (hover: hover)").matches;
const isHome = document.body.classList.contains("kb-home");
if (words) {
  field.value = words;
  field.focus({ preventScroll: true });
  answer();
} else if (isHome && isWide && !location.hash && document.activeElement === document.body) {
  // Not on phones, where a keyboard would cover the page; and the index is loaded by typing only.
  field.focus({ preventScroll: true });
}
field.addEventListener("focus", () => {
  engine().then(({ prepare }) => prepare()).catch(() => {});
  if (panel.hidden) answer();
});
