// Keeps what depends on the time true while a page stays open.

const LONGEST_WAIT = 30_000;

/** Calls `update(now)` at once, at the instant it returns (Infinity: none), every 30 seconds at the latest, and when the page is looked at again. */
export function keepCurrent(update) {
  let timer;

  function run() {
    clearTimeout(timer);
    const now = Date.now();
    const next = update(now);
    timer = setTimeout(run, Math.min(Math.max(next - now, 0), LONGEST_WAIT));
  }

  document.addEventListener("visibilitychange", run);
  addEventListener("pageshow", run);
  addEventListener("focus", run);
  run();
}

/** The first of `instants` that lies after `now`. */
export function nextAfter(now, instants) {
  return Math.min(...instants.filter((instant) => instant > now), Infinity);
}
