"""A policy in which every number is unmistakable, made from any policy.

The numbers are found in the document, not listed, so that a new one is found as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

from support_policy.wording import date_in_words

NAMES = ("*.id", "*.team", "*.calendar", "*.time_zone", "*.region", "channels.*.hours")
"""Values that are names: a digit in one of them promises nothing."""

WORDS = ("24/7",)
"""Values that are words although they are written with digits."""


class Kind(StrEnum):
    """What a number says, and so how it looks on a page."""

    DATE = "date"
    CLOCK = "clock time"
    PHONE = "telephone number"
    VERSION = "version"
    PERCENT = "percent"
    AMOUNT = "amount"


PATTERNS = {
    Kind.DATE: r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    Kind.CLOCK: r"[0-9]{1,2}:[0-9]{2}",
    Kind.PHONE: r"^\+?[0-9][0-9 ()/.-]{5,}$",
    Kind.VERSION: r"^[0-9]+(?:\.[0-9]+)+$",
    Kind.PERCENT: r"[0-9]+(?= ?%)",
    Kind.AMOUNT: r"[0-9]+",
}
TOKEN = re.compile("|".join(f"({pattern})" for pattern in PATTERNS.values()))


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the policy: as it is shipped, as it is rewritten, and what that is changed to."""

    places: tuple[str, ...]
    kind: Kind
    shipped: str
    old: str
    new: str
    unit: str

    @property
    def name(self) -> str:
        return f"{self.places[0]} {self.old}"

    def stands_at(self, place: str) -> bool:
        return any(fnmatchcase(each, place) for each in self.places)

    def shown(self, value: str) -> re.Pattern[str]:
        """How the value looks on a page: in words, with its unit."""
        match self.kind:
            case Kind.DATE:
                return _token(date_in_words(date.fromisoformat(value)))
            case Kind.PERCENT:
                return _token(f"{value}%")
            case Kind.AMOUNT:
                return re.compile(rf"(?<!\d){re.escape(value + self.unit)}")
            case _:
                return _token(value)

    def traces(self, value: str) -> re.Pattern[str]:
        """Anything by which the value can be known, without its unit or in another writing."""
        match self.kind:
            case Kind.DATE:
                return self.shown(value)
            case Kind.PERCENT:
                return re.compile(rf"(?<!\d){value} ?(?:%|per ?cent)")
            case Kind.PHONE:
                digits = "".join(sign for sign in value if sign in "+0123456789")
                return re.compile(rf"{re.escape(value)}|{re.escape(digits)}")
            case _:
                return _token(value)


def _token(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.]){re.escape(text)}(?![\d]|\.\d)")


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{place}.{index}")
    elif isinstance(value, str):
        yield place, value


def with_texts(value: Any, rewrite: Callable[[str, str], str], place: str = "") -> Any:
    """The document with every text rewritten."""
    if isinstance(value, dict):
        return {
            key: with_texts(inner, rewrite, f"{place}.{key}".lstrip("."))
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [with_texts(inner, rewrite, f"{place}.{i}") for i, inner in enumerate(value)]
    return rewrite(place, value) if isinstance(value, str) else value


class Fresh:
    """Values that stand nowhere in the site as it is shipped, each given out once."""

    def __init__(self, taken: str, today: date) -> None:
        self._taken = taken
        self._amounts = self._pairs(range(101, 1000), str)
        self._percents = self._pairs(range(61, 100), "{}%".format)
        self._minutes = self._pairs(range(1, 60), ":{:02}".format)
        self._phones = self._pairs(range(70001, 80000), str)
        self._days = self._pairs_of_days(today)

    def pair(self, kind: Kind, value: str) -> tuple[str, str]:
        """A value in place of the given one, and another to change it to."""
        match kind:
            case Kind.DATE:
                return next(self._days)
            case Kind.CLOCK:
                hour = min(int(value.split(":", maxsplit=1)[0]), 23)
                old, new = next(self._minutes)
                return f"{hour:02}{old}", f"{hour:02}{new}"
            case Kind.PHONE:
                old, new = next(self._phones)
                return f"+49 30 {old} 17", f"+49 30 {new} 17"
            case Kind.VERSION:
                old, new = next(self._amounts)
                return f"{old}.4", f"{new}.4"
            case Kind.PERCENT:
                old, new = next(self._percents)
                return old.rstrip("%"), new.rstrip("%")
            case Kind.AMOUNT:
                return next(self._amounts)

    def _pairs(self, numbers: range, written: Callable[[int], str]) -> Iterator[tuple[str, str]]:
        free = (
            written(number)
            for number in numbers
            if not re.search(rf"(?<!\d){re.escape(written(number))}(?!\d)", self._taken)
        )
        return zip(free, free, strict=False)

    def _pairs_of_days(self, today: date) -> Iterator[tuple[str, str]]:
        """Mondays and Wednesdays with the day after: in order, open, and soon."""
        monday = today + timedelta(days=7 - today.weekday())
        while True:
            for day in (monday, monday + timedelta(days=2)):
                pair = (day, day + timedelta(days=1))
                written = [*map(date_in_words, pair), *map(str, pair)]
                if not any(_token(each).search(self._taken) for each in written):
                    yield pair[0].isoformat(), pair[1].isoformat()
            monday += timedelta(days=7)


def is_no_number(place: str, text: str) -> bool:
    return text in WORDS or any(fnmatchcase(place, name) for name in NAMES)


def unmistakable(document: Any, taken: str, today: date) -> tuple[Any, tuple[Number, ...]]:
    """The document with a number of its own at each place, and those numbers."""
    fresh = Fresh(taken, today)
    numbers: dict[tuple[str, ...], Number] = {}

    def rewrite(place: str, text: str) -> str:
        if is_no_number(place, text):
            return text
        return TOKEN.sub(partial(replaced, place, text), text)

    def replaced(place: str, text: str, found: re.Match[str]) -> str:
        kind = list(PATTERNS)[(found.lastindex or 0) - 1]
        key = what_it_is_of(place, kind, found)
        if key not in numbers:
            unit = re.match(r"(?: [a-z]+)*", text[found.end() :].removesuffix(" overdue"))
            unit_shown = unit[0].removesuffix("s") if unit and kind is Kind.AMOUNT else ""
            pair = fresh.pair(kind, found[0])
            numbers[key] = Number((), kind, found[0], *pair, unit_shown)
        numbers[key] = replace(numbers[key], places=(*numbers[key].places, place))
        return numbers[key].old

    return with_texts(document, rewrite), tuple(numbers.values())


def what_it_is_of(place: str, kind: Kind, found: re.Match[str]) -> tuple[str, ...]:
    """Tell numbers apart; a version stands at its change too, a removed holiday at its date."""
    if kind is Kind.VERSION:
        return (kind, found[0])
    if fnmatchcase(place, "calendars.*.holidays.*") and kind is Kind.DATE:
        return (kind, place.split(".")[1], found[0])
    return (kind, place, str(found.start()))


def changed(document: Any, *numbers: Number) -> Any:
    """The rewritten policy with those numbers changed, wherever they stand."""

    def rewrite(place: str, text: str) -> str:
        for number in numbers:
            if place in number.places:
                text = text.replace(number.old, number.new)
        return text

    return with_texts(document, rewrite)
