// Finds pages: search("forgot password", {limit: 8}) resolves to the best pages, best first.
// The index and Material's worker are loaded by the first call.

const root = new URL("../../", import.meta.url);
const SETUP = 0;
const QUERY = 2;
const EXCERPT_LENGTH = 300;

// The worker's address, in the form that a page with Trusted Types demands.
const rules = { createScriptURL: (file) => new URL(file, import.meta.url).href };
const scripts = window.trustedTypes?.createPolicy("kb-search", rules) ?? rules;

let engine;

/** Loads what a search needs; a failure is forgotten, so that the next call tries again. */
export function prepare() {
  engine ??= start().catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

/** [{url, title, section, excerpt, score, sections: [{url, title}]}], one for each page. */
export async function search(query, { limit = 8 } = {}) {
  const ask = await prepare();
  const groups = await ask(query.replace(/[-+*~^:"]/g, " ")); // these are commands to the worker
  return groups.slice(0, limit).map(pageOf);
}

async function start() {
  const answer = await fetch(new URL("search/search_index.json", root));
  const { config, docs } = await answer.json();
  const worker = new Worker(scripts.createScriptURL("material-search.js"));
  await exchange(worker, { type: SETUP, data: { config, docs, options: { suggest: false } } });

  // One question at a time: the worker's answers do not say which question they belong to.
  let last = Promise.resolve();
  return (words) => {
    last = last.then(() => exchange(worker, { type: QUERY, data: words }));
    return last.then(({ data }) => data.items);
  };
}

function exchange(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(message);
  });
}

function pageOf(group) {
  const page = group.find(({ location }) => !location.includes("#")) ?? group[0];
  const best = group.reduce((one, other) => (other.score > one.score ? other : one));
  const sections = group.filter((item) => item !== page && item.score > 0);
  return {
    ...linkTo(page),
    section: best === page ? "" : asText(best.title),
    excerpt: asText(best.text).slice(0, EXCERPT_LENGTH),
    score: best.score,
    sections: sections.slice(0, 2).map(linkTo),
  };
}

function linkTo({ location, title }) {
  const { pathname, hash } = new URL(location, root);
  return { url: pathname + hash, title: asText(title) };
}

const characters = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** The words of a piece of HTML; nothing from the index is ever put into a page as HTML. */
function asText(html = "") {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&([\w#]+);/g, (whole, name) => characters[name] ?? whole)
    .trim();
}
