// Answers under the search field while the reader types: a list of links, nothing cleverer.
// The search is loaded when the field is first used.

const PAUSE = 80;
const PATIENCE = 300;

let kept = {}; // where storage is forbidden, a choice lasts as long as the page
try {
  kept = localStorage;
} catch {}

const page = document.documentElement.dataset;
const form = document.querySelector(".kb-search");
const field = form.querySelector("input");
const panel = form.querySelector(".kb-search-panel");
const status = form.querySelector("[role=status]");
const keys = element("p", "kb-search-keys", "The key / leads to this field.", slashSwitch());

let asked = "";
let answered; // resolves when it is shown what was found for them
let timer;

const engine = () => import("./search.js");

/** Resolves when what is found is shown; the same words are asked, and their answers drawn, once. */
function answer() {
  const words = field.value.trim();
  if (words !== asked || !answered) {
    asked = words;
    answered = show(words);
  }
  return answered;
}

async function show(words) {
  if (words.length < 2) return close();
  const slow = setTimeout(() => say("Searching …"), PATIENCE);
  const pages = await engine()
    .then(({ search }) => search(words))
    .catch(() => null);
  clearTimeout(slow);
  if (words !== asked) return;
  if (pages) return showPages(pages, words);
  answered = undefined; // the next try may succeed
  sayInstead("Search could not be loaded. You can ");
}

function showPages(pages, words) {
  if (!pages.length) return sayInstead(`Nothing found for “${words}”. Try other words, `);
  const list = element("ol", "", ...pages.map(pageItem));
  list.setAttribute("aria-label", "Pages found");
  open(pages.length === 1 ? "1 page found" : `${pages.length} pages found`, list, keys);
}

function pageItem({ url, title, excerpt, sections }) {
  const whole = link("kb-found", url, element("b", "", title), element("span", "", excerpt));
  const parts = sections.map((section) => link("kb-found-section", section.url, section.title));
  return element("li", "", whole, ...parts);
}

function sayInstead(why) {
  const topics = link("", form.action, "see all topics");
  const contact = link("", form.dataset.kbContact, "reach a person");
  say(why, topics, " or ", contact, ".");
}

function say(...parts) {
  const sentence = element("p", "", ...parts);
  open(sentence.textContent, sentence);
}

function open(spoken, ...content) {
  panel.replaceChildren(...content);
  panel.scrollTop = 0;
  panel.hidden = false;
  status.textContent = spoken;
}

function close() {
  clearTimeout(timer);
  asked = "";
  panel.hidden = true;
  status.textContent = "";
}

function link(className, href, ...parts) {
  return Object.assign(element("a", className, ...parts), { href });
}

function element(name, className, ...parts) {
  const made = Object.assign(document.createElement(name), { className });
  made.append(...parts);
  return made;
}

/** Moves the focus through the field and the links below it. */
function step(by) {
  const stops = [field, ...panel.querySelectorAll("a")];
  stops[stops.indexOf(document.activeElement) + by]?.focus();
}

/** Turns "/" off: speech and shaky hands send single keys by accident (WCAG 2.1.4). */
function slashSwitch() {
  const button = element("button", "");
  const apply = () => {
    page.kbSlash = kept.kbSlash ?? "on";
    button.textContent = page.kbSlash === "on" ? "Turn it off" : "Turn it on";
  };
  button.type = "button";
  button.onclick = () => {
    kept.kbSlash = page.kbSlash === "on" ? "off" : "on";
    apply();
  };
  apply();
  return button;
}

function onSlash(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || page.kbSlash === "off") return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  field.select();
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

async function onSubmit(event) {
  event.preventDefault();
  clearTimeout(timer);
  await answer();
  panel.querySelector("a")?.focus();
}

function onFocus() {
  engine()
    .then(({ prepare }) => prepare())
    .catch(() => {}); // said when something is searched
  if (panel.hidden) answer();
}

function closeOutside({ target }) {
  if (!panel.hidden && !form.contains(target)) close();
}

/** "Back" from a page that was not it leads to the same results. */
function rememberWords({ target }) {
  if (!target.closest("a")) return;
  const address = new URL(location.href);
  address.searchParams.set("q", asked);
  history.replaceState(history.state, "", address);
}

// Words in the address are searched. Else the home page's field gets the focus,
// unless the reader is elsewhere already, or a keyboard on the screen would cover the page.
field.value = new URLSearchParams(location.search).get("q") ?? field.value;
const isHome = document.body.classList.contains("kb-home");
const isWide = matchMedia("(min-width: 64em) and (hover: hover)").matches;
const isElsewhere = location.hash || document.activeElement !== document.body;
if (field.value || (isHome && isWide && !isElsewhere)) field.focus({ preventScroll: true });
if (field.value) answer();

field.addEventListener("focus", onFocus);
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(answer, PAUSE);
});
form.addEventListener("keydown", onKey);
form.addEventListener("submit", onSubmit);
panel.addEventListener("click", rememberWords);
document.addEventListener("keydown", onSlash);
document.addEventListener("pointerdown", closeOutside);
document.addEventListener("focusin", closeOutside);
