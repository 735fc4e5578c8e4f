// Keeps the word beside a maintenance window true: upcoming, running now, past.
// Any other word (a cancelled window's) was written by the build and stays.

import { keepCurrent, nextAfter } from "./clock.js";

const words = { upcoming: "Upcoming", running: "Running now", past: "Past" };

const windows = Array.from(document.querySelectorAll(".kb-window"), (element) => ({
  element,
  start: Date.parse(element.dataset.start),
  end: Date.parse(element.dataset.end),
  place: element.querySelector(".kb-state"),
})).filter(({ place }) => Object.values(words).includes(place?.textContent.trim()));

keepCurrent((now) => {
  for (const { element, start, end, place } of windows) {
    const state = now < start ? "upcoming" : now < end ? "running" : "past";
    if (place.textContent !== words[state]) place.textContent = words[state];
    element.dataset.state = state;
  }
  return nextAfter(now, windows.flatMap(({ start, end }) => [start, end]));
});
