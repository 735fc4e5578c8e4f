// Keeps the word beside a maintenance window true: upcoming, running now, past.
// Any other word (a cancelled window's) was written by the build and stays.

import { keepCurrent } from "./clock.js";

const words = { upcoming: "Upcoming", running: "Running now", past: "Past" };

const windows = Array.from(document.querySelectorAll(".kb-window"), (element) => ({
  data: element.dataset,
  span: [element.dataset.start, element.dataset.end].map(Date.parse),
  place: element.querySelector(".kb-state"),
})).filter(({ place }) => Object.values(words).includes(place?.textContent));

keepCurrent(
  windows.flatMap(({ span }) => span),
  (now) => {
    for (const { data, span, place } of windows) {
      data.state = now < span[0] ? "upcoming" : now < span[1] ? "running" : "past";
      place.textContent = words[data.state];
    }
  },
);
