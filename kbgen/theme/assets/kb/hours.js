// Says beside each channel whether it is open now, from the intervals in /hours.json.

import { keepCurrent, nextAfter } from "./clock.js";

const root = new URL("../../", import.meta.url);
const DAY = 86_400_000;

/** What is known of a channel at `now`: {state: "open" | "closed" | "unknown", text}. */
export function stateAt(now, intervals, { made, until }) {
  if (now < made || now >= until || !intervals) return { state: "unknown", text: "" };
  const [start, end] = intervals.find(([, closing]) => closing > now) ?? [Infinity, Infinity];
  if (start === Infinity) return { state: "closed", text: "Closed" };
  if (now < start) return { state: "closed", text: `Closed – opens ${inWords(start, now)}` };
  if (end < until) return { state: "open", text: `Open now – closes ${inWords(end, now)}` };
  // The data ends here, not necessarily the opening: only a long interval is one without nights.
  return { state: "open", text: end - start >= 7 * DAY ? "Open now, day and night" : "Open now" };
}

/** "Monday 17:00 CET" in the reader's zone; with its date where the day's name could be another week's. */
function inWords(instant, now) {
  const isThisWeek = calendarDay(instant) - calendarDay(now) < 7 * DAY;
  const day = isThisWeek ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" };
  const date = new Intl.DateTimeFormat("en-GB", day).format(instant).replace(",", "");
  const time = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(instant);
  return `${date} ${time} ${zoneName(instant)}`;
}

function calendarDay(instant) {
  const date = new Date(instant);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

/** "CET", "GMT" or "EST": British English knows the names of Europe's zones, American those of America's. */
function zoneName(instant) {
  const [european, american] = ["en-GB", "en-US"].map(
    (language) =>
      new Intl.DateTimeFormat(language, { timeZoneName: "short" })
        .formatToParts(instant)
        .find((part) => part.type === "timeZoneName").value,
  );
  return /^GMT[+-]/.test(european) ? american : european;
}

/** The file with its times as milliseconds. */
function parseHours({ made, until, channels }) {
  const parsed = { made: Date.parse(made), until: Date.parse(until), channels: {} };
  for (const [id, intervals] of Object.entries(channels)) {
    parsed.channels[id] = intervals.map((interval) => interval.map(Date.parse));
  }
  return parsed;
}

function show(place, { state, text }) {
  if (place.dataset.state === state && place.textContent === text) return;
  place.dataset.state = state;
  place.hidden = false;
  if (state === "unknown") place.replaceChildren(linkToHours());
  else place.textContent = text;
}

function linkToHours() {
  const link = document.createElement("a");
  link.href = new URL("contact/", root).href;
  link.textContent = "See the opening hours";
  return link;
}

const answer = await fetch(new URL("hours.json", root));
if (answer.ok) {
  const hours = parseHours(await answer.json());
  const boundaries = [hours.made, hours.until, ...Object.values(hours.channels).flat(2)];
  keepCurrent((now) => {
    for (const place of document.querySelectorAll(".kb-live")) {
      show(place, stateAt(now, hours.channels[place.dataset.kbChannel], hours));
    }
    return nextAfter(now, boundaries);
  });
}
