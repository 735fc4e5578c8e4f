// Keeps what depends on the time true while a page stays open.

/** Calls `update(now)` at once, when the page is looked at again, and at the next of `instants`, 30 seconds later at most. */
export function keepCurrent(instants, update) {
  let timer;
  const run = () => {
    const now = Date.now();
    const next = Math.min(now + 30_000, ...instants.filter((instant) => instant > now));
    update(now);
    clearTimeout(timer);
    timer = setTimeout(run, next - now);
  };
  document.addEventListener("visibilitychange", run);
  addEventListener("pageshow", run);
  addEventListener("focus", run);
  run();
}
