"""Opening hours as people write them, `mon-thu: 09:00-12:00, 13:00-18:00`, become values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, TypeAdapter, WithJsonSchema

from support_policy.diagnostics import did_you_mean
from support_policy.yaml_file import refuse

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of one day, half-open, from local midnight; it may end on the next morning."""

    start: timedelta
    end: timedelta

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"

    @property
    def covers_day(self) -> bool:
        """Tell whether it is the whole of the day on which it starts."""
        return self == WHOLE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """The spans that start on each weekday, Monday first; none on a closed day."""

    days: tuple[tuple[Span, ...], ...]


WHOLE_DAY = Span(start=timedelta(), end=DAY)
ALWAYS_OPEN = WeeklyHours(days=((WHOLE_DAY,),) * 7)
ALWAYS_CLOSED = WeeklyHours(days=((),) * 7)


def parse_day_hours(value: object) -> tuple[Span, ...]:
    """Return the spans of a day, sorted; refuse what is no time of day, and overlaps."""
    if isinstance(value, tuple):
        return value  # already spans, where hours are made in Python
    if value is None or value == "":
        refuse("empty-value", "the hours are empty", _EMPTY_WHY, f"{_DAY_FIX}, or `closed`")
    if not isinstance(value, str):
        refuse(
            "invalid-hours",
            "the hours of a day are not one line of text",
            "the spans of a day are read from one line, with commas between them",
            'write "09:00-12:00, 13:00-18:00"',
        )
    word = value.strip().casefold()
    if word == "closed":
        return ()
    if word == "24/7":
        return (WHOLE_DAY,)
    spans = tuple(sorted(_span(part.strip()) for part in value.split(",")))
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            _refuse_overlap(f"{earlier} and {later} overlap", at=())
    return spans


def parse_weekly_hours(value: object) -> WeeklyHours:
    """Return the week that a mapping of days, `24/7` or `closed` stands for."""
    if isinstance(value, WeeklyHours):
        return value
    if isinstance(value, str) and value:
        return _week_in_a_word(value)
    if not value:
        refuse("empty-value", "the opening hours are empty", _EMPTY_WHY, _WEEK_FIX)
    by_key = _HOURS_BY_KEY.validate_python(value)
    days: list[tuple[Span, ...]] = [()] * 7
    named: dict[int, str] = {}
    for key, spans in by_key.items():
        for weekday in parse_weekdays(key):
            if weekday in named:
                _refuse_second_naming(weekday, key, named[weekday])
            named[weekday] = key
            days[weekday] = spans
    for weekday, key in named.items():
        _refuse_overlap_with_next_day(days, weekday, key)
    return WeeklyHours(days=tuple(days))


def parse_weekdays(key: str) -> tuple[int, ...]:
    """Return the weekdays, Monday = 0, that `mon`, `mon-thu`, `fri-mon` or `mon, wed` names."""
    return tuple(weekday for part in key.split(",") for weekday in _weekdays(part.strip(), key))


def render_day_hours(spans: tuple[Span, ...]) -> str:
    """Return the hours of a day in the form of the file, as `parse_day_hours` reads them."""
    return ", ".join(map(str, spans)) or "closed"


def render_weekly_hours(week: WeeklyHours) -> dict[str, str]:
    """Return the hours of a week in the form of the file, with a key for each of its days."""
    return {
        name[:3]: render_day_hours(spans) for name, spans in zip(WEEKDAYS, week.days, strict=True)
    }


def _week_in_a_word(text: str) -> WeeklyHours:
    week = _WEEK_OF.get(text.strip().casefold())
    if week is None:
        refuse(
            "invalid-hours",
            f"`{text[:60]}` does not say on which days",
            "days that are not named are closed, so every open day needs its name",
            _WEEK_FIX,
        )
    return week


def _span(text: str) -> Span:
    ends = _SPAN.fullmatch(text)
    if ends is None:
        refuse(
            "invalid-hours",
            f"`{text[:60]}` is not a span of hours",
            "both ends are needed with minutes, or `9-5` could be a whole night",
            _span_fix(text),
        )
    start, end = _time(ends[1]), _time(ends[2])
    if start == DAY:
        refuse(
            "invalid-hours",
            f"`{text}` starts at 24:00",
            "24:00 is the end of a day, and the same instant as 00:00 of the next",
            "begin the span on the next day, at 00:00",
        )
    return Span(start=start, end=end if end > start else end + DAY)


def _time(text: str) -> timedelta:
    hours, minutes, seconds = (int(part) for part in f"{text}:00".split(":")[:3])
    time = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or time > DAY:
        refuse(
            "invalid-hours",
            f"`{text}` is not a time of day",
            "a day has the times 00:00 to 24:00",
            "write a time such as 17:30; a span like 22:00-06:00 ends on the next morning",
        )
    return time


def _clock(time: timedelta) -> str:
    seconds = int((time if time <= DAY else time - DAY).total_seconds())
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def _span_fix(text: str) -> str:
    """Return the words for `fix:`, with the hours that were probably meant."""
    ends = _LOOSE_SPAN.fullmatch(text.casefold())
    if ends is None:
        return f"{_DAY_FIX}, or `closed`"
    start, end = (_loose_minutes(*ends.group(*groups)) for groups in ((1, 2, 3), (4, 5, 6)))
    if end <= start and end < 12 * 60 and not ends[6]:
        end += 12 * 60 if start < 12 * 60 else 0  # `9-5` is a working day, `22-6` a night
    if max(start, end) > 24 * 60:
        return f"{_DAY_FIX}, or `closed`"
    return f"write {_clock(timedelta(minutes=start))}-{_clock(timedelta(minutes=end))}"


def _loose_minutes(hours: str, minutes: str | None, half: str | None) -> int:
    hour = int(hours) % 12 + (12 if half == "pm" else 0) if half else int(hours)
    return hour * 60 + int(minutes or 0)


def _weekdays(part: str, key: str) -> Iterator[int]:
    first, dash, last = _DASH.sub("-", part).partition("-")
    start = _weekday(first.strip(), key)
    end = _weekday(last.strip(), key) if dash else start
    return ((start + step) % 7 for step in range((end - start) % 7 + 1))


def _weekday(name: str, key: str) -> int:
    weekday = _WEEKDAY_OF.get(name.casefold())
    if weekday is None:
        guess = _WORD_FIXES.get(name.casefold()) or did_you_mean(name, _WEEKDAY_OF)
        refuse(
            "unknown-day",
            f"`{name[:60]}` is not a day" if name else f"`{key[:60]}` lacks the name of a day",
            "hours on a day that nobody knows would be shown to nobody",
            f"did you mean `{guess}`?" if guess else f"name days as in {_DAYS_EXAMPLE}",
        )
    return weekday


def _known_days(key: str) -> str:
    parse_weekdays(key)
    return key


def _refuse_second_naming(weekday: int, key: str, first_key: str) -> None:
    name = WEEKDAYS[weekday].capitalize()
    elsewhere = f"by `{first_key}` already" if key != first_key else "twice"
    refuse(
        "day-named-twice",
        f"{name} is named {elsewhere}",
        "only one of the two could hold, and nobody could say which",
        f"take {name} out of one, or join the hours with a comma",
        at=(key,),
    )


def _refuse_overlap_with_next_day(days: list[tuple[Span, ...]], weekday: int, key: str) -> None:
    tomorrow = (weekday + 1) % 7
    for span in days[weekday]:
        for later in days[tomorrow]:
            if later.start < span.end - DAY:
                today, next_day = (WEEKDAYS[each].capitalize() for each in (weekday, tomorrow))
                _refuse_overlap(f"{span} of {today} runs into {later} of {next_day}", at=(key,))


def _refuse_overlap(what: str, *, at: tuple[str, ...]) -> None:
    refuse(
        "overlapping-hours",
        what,
        "the same time would stand on the page twice",
        "let one span end where the next begins, or make one of the two",
        at=at,
    )


_EMPTY_WHY = "an empty value would look as if the hours had been forgotten"
_DAY_FIX = 'write 09:00-17:00, or "09:00-12:00, 13:00-17:00"'
_WEEK_FIX = "write `mon-fri: 09:00-17:00` below `hours:`, or the word `24/7` or `closed`"
_DAYS_EXAMPLE = "`mon`, `mon-fri` or `mon, wed`"

# Writers copy the long dash from web pages, and it can mean nothing else here.
_DASH = re.compile("[–—]")
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_SPAN = re.compile(rf"({_TIME})\s*[-–—]\s*({_TIME})")
_LOOSE_TIME = r"([0-9]{1,2})(?:[:.h]?([0-5][0-9]))?h?\s*(am|pm)?"
_LOOSE_SPAN = re.compile(rf"{_LOOSE_TIME}\s*(?:[-–—]|to|until|till)\s*{_LOOSE_TIME}")

_WEEK_OF = {"24/7": ALWAYS_OPEN, "closed": ALWAYS_CLOSED}
_WEEKDAY_OF = {name: number for number, name in enumerate(WEEKDAYS)} | {
    name[:3]: number for number, name in enumerate(WEEKDAYS)
}
_WORD_FIXES = {
    "weekdays": "mon-fri",
    "weekday": "mon-fri",
    "workdays": "mon-fri",
    "weekend": "sat-sun",
    "weekends": "sat-sun",
    "daily": "mon-sun",
    "every day": "mon-sun",
    "everyday": "mon-sun",
}

_DAY_SCHEMA = {
    "type": "string",
    "description": "Spans of hours, or closed. An end before the start is on the next morning.",
    "pattern": rf"^\s*([Cc]losed|24/7|{_TIME}\s*[-–—]\s*{_TIME}"
    rf"(\s*,\s*{_TIME}\s*[-–—]\s*{_TIME})*)\s*$",
    "examples": ["09:00-17:00", "09:00-12:00, 13:00-18:00", "22:00-06:00", "closed"],
}
_WEEK_SCHEMA = {
    "description": "Hours by weekday; days that are not named are closed.",
    "anyOf": [
        {"type": "string", "enum": ["24/7", "closed"]},
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[A-Za-z]+(\\s*[-–—,]\\s*[A-Za-z]+)*$"},
            "additionalProperties": _DAY_SCHEMA,
        },
    ],
    "examples": [{"mon-thu": "09:00-12:00, 13:00-18:00", "fri": "09:00-15:00"}, "24/7"],
}

DayHoursText = Annotated[
    tuple[Span, ...],
    BeforeValidator(parse_day_hours),
    PlainSerializer(render_day_hours),
    WithJsonSchema(_DAY_SCHEMA),
]
"""For a field that holds the hours of one day."""

WeeklyHoursText = Annotated[
    WeeklyHours,
    BeforeValidator(parse_weekly_hours),
    PlainSerializer(render_weekly_hours),
    WithJsonSchema(_WEEK_SCHEMA),
]
"""For a field that holds the hours of a week."""

_HOURS_BY_KEY: TypeAdapter[dict[str, tuple[Span, ...]]] = TypeAdapter(
    dict[Annotated[str, AfterValidator(_known_days)], DayHoursText]
)
