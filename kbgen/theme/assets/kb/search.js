// Finds pages: search("forgot password", {limit: 8}) resolves to the best pages, best first.
// The index and Material's worker are loaded at the first call of `prepare` or `search`.

const root = new URL("../../", import.meta.url);
const SETUP = 0;
const QUERY = 2;
const EXCERPT_LENGTH = 160;
const SECTIONS_SHOWN = 2;

let engine;

/** Starts loading; a failure is forgotten, so that the next call tries again. */
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
  const groups = await ask(withoutOperators(query));
  return groups.slice(0, limit).map(pageOf);
}

async function start() {
  const answer = await fetch(new URL("search/search_index.json", root));
  if (!answer.ok) throw new Error(`No search index: ${answer.status}`);
  const { config, docs } = await answer.json();
  const worker = new Worker(workerAddress());
  await exchange(worker, { type: SETUP, data: { config, docs, options: { suggest: false } } });

  // One question at a time: the worker's answers do not say which question they belong to.
  let previous = Promise.resolve();
  return (words) => {
    const asked = previous.then(() => exchange(worker, { type: QUERY, data: words }));
    previous = asked.catch(() => {});
    return asked.then(({ data }) => data.items);
  };
}

function exchange(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(message);
  });
}

/** The worker's address, in the form that a page with Trusted Types demands. */
function workerAddress() {
  const address = new URL("material-search.js", import.meta.url).href;
  const policy = globalThis.trustedTypes?.createPolicy("kb-search", {
    createScriptURL: () => address,
  });
  return policy ? policy.createScriptURL("") : address;
}

/** Signs that the worker would take for commands, and a customer types as they are. */
function withoutOperators(query) {
  return query.replace(/[-+*~^:"]/g, " ");
}

function pageOf(group) {
  const page = group.find(({ location }) => !location.includes("#")) ?? group[0];
  const sections = group.filter((item) => item !== page && item.score > 0);
  const best = group.reduce((one, other) => (other.score > one.score ? other : one));
  return {
    url: addressOf(page),
    title: asText(page.title),
    section: best === page ? "" : asText(best.title),
    excerpt: shortened(asText(best.text)),
    score: best.score,
    sections: sections
      .slice(0, SECTIONS_SHOWN)
      .map((item) => ({ url: addressOf(item), title: asText(item.title) })),
  };
}

function addressOf({ location }) {
  const { pathname, hash } = new URL(location, root);
  return pathname + hash;
}

const characters = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };

/** The words of a piece of HTML; never put into the page as HTML. */
function asText(html = "") {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|(\w+));/g, (whole, number, name) =>
      number ? String.fromCodePoint(number) : (characters[name] ?? whole),
    )
    .replace(/\s+/g, " ")
    .trim();
}

function shortened(text) {
  if (text.length <= EXCERPT_LENGTH) return text;
  return `${text.slice(0, text.lastIndexOf(" ", EXCERPT_LENGTH))} …`;
}
