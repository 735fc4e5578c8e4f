// Says beside each channel whether it is open now, from the intervals in /hours.json.

import { keepCurrent } from "./clock.js";

const root = new URL("../../", import.meta.url);
const DAY = 86_400_000;

/** {state, text} of a channel at `now`; outside the time that the data covers nothing is known. */
export function stateAt(now, intervals, made, until) {
  if (!intervals || now < made || now >= until) return { state: "unknown" };
  const [start, end] = intervals.find((interval) => interval[1] > now) ?? [];
  if (!start) return { state: "closed", text: "Closed" };
  if (start > now) return { state: "closed", text: `Closed – opens ${inWords(start, now)}` };
  if (end < until) return { state: "open", text: `Open now – closes ${inWords(end, now)}` };
  // The data ends here, not necessarily the opening: only a long interval is one without nights.
  return { state: "open", text: end - start < 7 * DAY ? "Open now" : "Open now, day and night" };
}

/** "Monday 17:00 CET" in the reader's zone; with its date where another week's day is meant. */
function inWords(instant, now) {
  const isNear = noonOf(instant) - noonOf(now) < 6.5 * DAY;
  const day = { weekday: "long", ...(!isNear && { day: "numeric", month: "long" }) };
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = [day, time].map((part) => formatted(instant, part).replace(",", ""));
  // British English names Europe's zones ("CET"), American English America's ("EST").
  const zones = ["en-GB", "en-US"].map((language) =>
    formatted(instant, { hour: "2-digit", timeZoneName: "short" }, language).split(" ").pop(),
  );
  return [...parts, zones.find((zone) => !/\d/.test(zone)) ?? zones[0]].join(" ");
}

function formatted(instant, options, language = "en-GB") {
  return new Intl.DateTimeFormat(language, options).format(instant);
}

function noonOf(instant) {
  return new Date(instant).setHours(12, 0, 0, 0);
}

function show(place, { state, text }) {
  if (place.dataset.state === state && place.textContent === text) return;
  const link = document.createElement("a");
  link.href = new URL("contact/", root).href;
  link.textContent = "See the opening hours";
  place.dataset.state = state;
  place.hidden = false;
  place.replaceChildren(text ?? link);
}

// Without an answer, or with a wrong one, nothing is known: then each place leads to the hours.
const nothing = { channels: {} };
const { channels, ...span } = await fetch(new URL("hours.json", root))
  .then((answer) => (answer.ok ? answer.json() : nothing))
  .catch(() => nothing);
const [made, until] = [span.made, span.until].map(Date.parse);
for (const id in channels) channels[id] = channels[id].map((times) => times.map(Date.parse));

keepCurrent([made, until, ...Object.values(channels).flat(2)], (now) => {
  for (const place of document.querySelectorAll(".kb-live")) {
    show(place, stateAt(now, channels[place.dataset.kbChannel], made, until));
  }
});
