"""Opening hours as somebody with a clock on the wall reads them, from policy.yml or from a page.

Nothing here knows the support policy's engine or what it made: that is what the tests judge.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MINUTES_OF_A_DAY = 24 * 60

Spans = tuple[tuple[int, int], ...]
"""Minutes since midnight; an end beyond the day is on the next morning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenHours:
    """A week, the dates on which it does not hold, and the zone whose clock is meant."""

    zone: ZoneInfo
    week: tuple[Spans, ...]
    dated: Mapping[date, Spans]

    def is_open(self, instant: datetime) -> bool:
        """Tell what the clock on the wall says: in a span of today, or of the night before."""
        local = instant.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        today = self._spans(local.date())
        yesterday = self._spans(local.date() - DAY)
        return any(start <= minute < end for start, end in today) or any(
            minute < end - MINUTES_OF_A_DAY for _, end in yesterday
        )

    def _spans(self, day: date) -> Spans:
        return self.dated.get(day, self.week[day.weekday()])


class Timeline:
    """Written hours, read minute by minute from one instant to another."""

    def __init__(self, hours: WrittenHours, start: datetime, end: datetime) -> None:
        self._hours = hours
        self.changes: list[datetime] = []
        """The instants at which it opens or closes."""
        minute = start.replace(second=0, microsecond=0)
        was_open = hours.is_open(minute)
        while (minute := minute + MINUTE) < end:
            if (opened := hours.is_open(minute)) != was_open:
                self.changes.append(minute)
            was_open = opened

    def is_open(self, instant: datetime) -> bool:
        return self._hours.is_open(instant)

    def next_change(self, instant: datetime) -> datetime | None:
        """Return when it next opens or closes; None where that lies past the end."""
        place = bisect_right(self.changes, instant)
        return self.changes[place] if place < len(self.changes) else None


def hours_by_channel(policy: str) -> Mapping[str, WrittenHours]:
    """Return the hours of each channel, by its id, from the text of policy.yml."""
    value = yaml.load(policy, yaml.BaseLoader)
    calendars = {name: _calendar(each) for name, each in value["calendars"].items()}
    return {channel["id"]: calendars[channel["hours"]] for channel in value["channels"]}


def hours_by_label(blocks: Sequence[Sequence[Any]]) -> Mapping[str, WrittenHours]:
    """Return the hours of each channel, by its label, from the contact page.

    The blocks are its headings and paragraphs (`["H2", text]`) and its tables (`["TABLE", rows]`).
    """
    found: dict[str, WrittenHours] = {}
    for labels, part in _opening_hours(blocks):
        for label in labels:
            assert label not in found, f"the hours of {label} stand there twice"
            found[label] = _printed(part)
    return found


def _calendar(value: Mapping[str, Any]) -> WrittenHours:
    week: list[Spans] = [()] * 7
    hours = value["hours"]
    for days, text in ({"mon-sun": hours} if isinstance(hours, str) else hours).items():
        first, _, last = days.partition("-")
        numbers = [[each[:3].lower() for each in DAYS].index(day) for day in (first, last or first)]
        for day in range(numbers[0], numbers[1] + 1):
            week[day] = _spans(text)
    holidays = value.get("holidays", {})
    removed = holidays.get("remove", ())
    dated: dict[date, Spans] = {}
    for holiday in (*holidays.get("dates", ()), *holidays.get("add", ())):
        if holiday["date"] not in removed or holiday in holidays.get("add", ()):
            dated[date.fromisoformat(holiday["date"])] = _spans(holiday.get("hours", "closed"))
    for exception in value.get("exceptions", ()):  # last, for they beat the holidays
        first_day, last_day = exception["from"], exception.get("until", exception["from"])
        for day_between in _days_between(*map(date.fromisoformat, (first_day, last_day))):
            dated[day_between] = _spans(exception["hours"])
    return WrittenHours(zone=ZoneInfo(value["time_zone"]), week=tuple(week), dated=dated)


def _spans(text: str) -> Spans:
    if text == "closed":
        return ()
    if text == "24/7":
        return ((0, MINUTES_OF_A_DAY),)
    return tuple(_span(*part.strip().split("-")) for part in text.split(","))


def _span(opens: str, closes: str) -> tuple[int, int]:
    start, end = _minutes(opens), _minutes(closes)
    return start, end if end > start else end + MINUTES_OF_A_DAY


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _days_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _opening_hours(
    blocks: Sequence[Sequence[Any]],
) -> Iterator[tuple[Sequence[str], Sequence[Sequence[Any]]]]:
    """Yield the channels that a heading names, and what stands below it."""
    headings = [place for place, (tag, _) in enumerate(blocks) if tag == "H2"]
    for start, end in zip(headings, [*headings[1:], len(blocks)], strict=True):
        title = blocks[start][1].removesuffix("¶").strip()
        if title.startswith("Opening hours: "):
            names = title.removeprefix("Opening hours: ")
            yield re.split(", | and ", names), blocks[start + 1 : end]


def _printed(part: Sequence[Sequence[Any]]) -> WrittenHours:
    text = " ".join(content for tag, content in part if tag == "P")
    zone = re.search(r"All times are those of (\S+)\.", text)
    assert zone is not None, "whose clock is meant?"
    tables = {tuple(rows[0]): rows[1:] for tag, rows in part if tag == "TABLE"}
    week = tables[("Day", "Open")]
    assert [day for day, _ in week] == list(DAYS)
    dated = {
        day: _spans_in_words(hours)
        for dates, hours, _ in tables.get(("Date", "Open", "Reason"), ())
        for day in _dates_in_words(dates)
    }
    spans = tuple(_spans_in_words(hours) for _, hours in week)
    return WrittenHours(zone=ZoneInfo(zone[1]), week=spans, dated=dated)


def _dates_in_words(text: str) -> Iterator[date]:
    first, _, last = text.partition(" to ")
    return _days_between(*map(_date_in_words, (first, last or first)))


def _date_in_words(text: str) -> date:
    day = datetime.strptime(text, "%A %d %B %Y").replace(tzinfo=UTC).date()
    assert text.startswith(DAYS[day.weekday()]), f"{text} is another day of the week"
    return day


def _spans_in_words(text: str) -> Spans:
    if text == "closed":
        return ()
    if text == "day and night":
        return ((0, MINUTES_OF_A_DAY),)
    return tuple(_span_in_words(part) for part in re.split(", | and ", text))


def _span_in_words(text: str) -> tuple[int, int]:
    clocks, said, _ = text.partition(" the next day")
    start, end = (_minutes(clock) for clock in clocks.split("–"))
    assert said or end > start, f"`{text}` does not say that it ends on the next day"
    return start, end + MINUTES_OF_A_DAY if said else end
