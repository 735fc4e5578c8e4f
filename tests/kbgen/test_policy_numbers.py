"""The site says what policy.yml says: change any number there, and the old one is gone everywhere.

The shipped policy is rewritten so that every number in it is unmistakable. The numbers are found
in the document, not listed here, so that one which is added to policy.yml tomorrow is covered.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from small_roots import NOW, NOW_OPTION, REPOSITORY, Root

from kbgen.data_files import HOURS_HORIZON
from kbgen.loading import load_help_centre
from kbgen.site import Site, compose_site
from support_policy.policy_rules import parse_policy
from support_policy.wording import date_in_words
from support_policy.yaml_file import read_document

NAMES = ("*.id", "*.team", "*.calendar", "*.time_zone", "*.region", "channels.*.hours")
"""Values that are names: a digit in one of them promises nothing."""

WORDS = ("24/7",)
"""Values that are words although they are written with digits."""

UNPUBLISHED: Mapping[str, str] = {
    "calendars.*.holidays.remove.*": "a holiday that the team does not keep is a day like any other"
}
"""Numbers that are published in policy.json and on no page, with the reason."""

EVERY_PAGE = "(the foot of every page)"


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

    def __init__(self, taken: str) -> None:
        self._taken = taken
        self._amounts = self._pairs(range(101, 1000), str)
        self._percents = self._pairs(range(61, 100), "{}%".format)
        self._minutes = self._pairs(range(1, 60), ":{:02}".format)
        self._phones = self._pairs(range(70001, 80000), str)
        self._days = self._pairs_of_days()

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

    def _pairs_of_days(self) -> Iterator[tuple[str, str]]:
        """Mondays and Wednesdays with the day after: in order, open, and soon."""
        monday = NOW.date() + timedelta(days=7 - NOW.weekday())
        while True:
            for day in (monday, monday + timedelta(days=2)):
                pair = (day, day + timedelta(days=1))
                if not any(_token(date_in_words(each)).search(self._taken) for each in pair):
                    yield pair[0].isoformat(), pair[1].isoformat()
            monday += timedelta(days=7)


def is_no_number(place: str, text: str) -> bool:
    return text in WORDS or any(fnmatchcase(place, name) for name in NAMES)


def unmistakable(document: Any, taken: str) -> tuple[Any, tuple[Number, ...]]:
    """The document with a number of its own at each place, and those numbers."""
    fresh = Fresh(taken)
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
    """The policy's version is that of its newest change, and a removed holiday is one of the dates."""
    if kind is Kind.VERSION:
        return (kind, found[0])
    if fnmatchcase(place, "calendars.*.holidays.*") and kind is Kind.DATE:
        return (kind, place.split(".")[1], found[0])
    return (kind, place, str(found.start()))


def changed(document: Any, *numbers: Number) -> Any:
    """The rewritten policy with those numbers changed, wherever they stand."""

    def rewrite(_: str, text: str) -> str:
        for number in numbers:
            text = text.replace(number.old, number.new)
        return text

    return with_texts(document, rewrite)


def composed(document: Any) -> Site:
    """The shipped site with another policy."""
    centre = load_help_centre_once()
    policy = parse_policy(json.dumps(document))
    return compose_site(centre.catalog, policy, centre.calendar, centre.settings, NOW)


def texts(site: Site) -> dict[str, str]:
    """Everything that is published: pages with their heads, what all pages share, and files."""
    found = {
        page.path: f"{json.dumps(page.meta, ensure_ascii=False)}\n{page.markdown}"
        for page in site.pages
    }
    found[EVERY_PAGE] = json.dumps(site.chrome, ensure_ascii=False)
    return found | {file.path: file.content.decode() for file in site.files}


@cache
def load_help_centre_once() -> Any:
    return load_help_centre(REPOSITORY)


@cache
def shipped_document() -> Any:
    return read_document(
        (REPOSITORY / "policy.yml").read_text(encoding="utf-8"), "policy.yml"
    ).value


@cache
def rewritten() -> tuple[Any, tuple[Number, ...]]:
    return unmistakable(shipped_document(), "\n".join(texts(composed(shipped_document())).values()))


@cache
def rewritten_texts() -> Mapping[str, str]:
    return texts(composed(rewritten()[0]))


NUMBERS = rewritten()[1]

PAGES_OF_PROMISES = ("support-policy.md", "contact.md")


def standing(found: Mapping[str, str], pattern: re.Pattern[str]) -> set[str]:
    """The pages and files in which the pattern stands; hours.json holds instants instead."""
    return {name for name, text in found.items() if pattern.search(text) and name != "hours.json"}


def pages_that_quote_the_policy() -> dict[str, str]:
    """The text of pages that name something of the policy, and of those made from it alone.

    Other pages may hold a 30 days of their own.
    """
    catalog = load_help_centre_once().catalog
    quoting = {page.source for page in (*catalog.pages, *catalog.docs) if page.text.names}
    return {
        page.path: page.markdown
        for page in composed(rewritten()[0]).pages
        if page.source in quoting or page.path in PAGES_OF_PROMISES
    }


def is_published(number: Number) -> bool:
    return not any(number.stands_at(place) for place in UNPUBLISHED)


def is_in_hours_of_a_channel(number: Number) -> bool:
    calendars = {channel["hours"] for channel in shipped_document()["channels"]}
    return any(number.stands_at(f"calendars.{name}.*") for name in calendars)


def test_every_text_with_a_digit_is_a_number_or_a_name() -> None:
    covered = {place for number in NUMBERS for place in number.places}

    left_out = {
        place
        for place, text in leaves(shipped_document())
        if re.search(r"\d", text) and place not in covered and not is_no_number(place, text)
    }

    assert left_out == set()
    assert {number.kind for number in NUMBERS} == set(Kind)


def test_the_rewritten_numbers_are_unmistakable() -> None:
    everywhere = "\n".join(rewritten_texts().values())

    for number in NUMBERS:
        assert not number.shown(number.new).search(everywhere), number.name
    assert len({number.old for number in NUMBERS}) == len(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.name)
def test_a_changed_number_is_changed_in_the_whole_site(number: Number) -> None:
    before = rewritten_texts()

    after = texts(composed(changed(rewritten()[0], number)))

    assert standing(after, number.traces(number.old)) == set()
    places = standing(after, number.shown(number.new)) - {"policy.json"}
    assert places == standing(before, number.shown(number.old)) - {"policy.json"}
    assert bool(places.intersection(PAGES_OF_PROMISES)) is is_published(number)
    if number.kind is Kind.PHONE or (
        number.stands_at("calendars.*.hours.*") and is_in_hours_of_a_channel(number)
    ):
        assert EVERY_PAGE in places
    assert number.old in before["policy.json"]
    assert number.old not in after["policy.json"]
    assert number.new in after["policy.json"]


def test_no_page_that_quotes_the_policy_holds_a_number_of_it_typed_by_hand() -> None:
    # Nothing of the shipped policy is left, so that what is found stands in the content.
    pages = pages_that_quote_the_policy()

    typed = {
        (number.places[0], number.shipped): standing(pages, number.shown(number.shipped))
        for number in NUMBERS
    }

    assert {number: found for number, found in typed.items() if found} == {}
    assert len(pages) > len(PAGES_OF_PROMISES)


@pytest.mark.parametrize(
    "number",
    [each for each in NUMBERS if each.kind is Kind.CLOCK and is_in_hours_of_a_channel(each)],
    ids=lambda number: number.name,
)
def test_a_changed_opening_time_is_changed_in_the_hours_that_scripts_read(number: Number) -> None:
    after = composed(changed(rewritten()[0], number))

    instants = texts(after)["hours.json"]
    assert f"{number.new[2:]}:00Z" in instants
    assert f"{number.old[2:]}:00Z" not in instants


@pytest.mark.parametrize(
    "number",
    [
        each
        for each in NUMBERS
        if each.kind is Kind.DATE
        and is_in_hours_of_a_channel(each)
        and is_published(each)
        and date.fromisoformat(each.new) < (NOW + HOURS_HORIZON).date()
    ],
    ids=lambda number: number.name,
)
def test_a_changed_day_is_changed_in_the_hours_that_scripts_read(number: Number) -> None:
    after = composed(changed(rewritten()[0], number))

    days_before, days_after = (
        hours_by_day(found["hours.json"]) for found in (rewritten_texts(), texts(after))
    )
    different = {
        day for day in days_before | days_after if days_before.get(day) != days_after.get(day)
    }
    assert different
    assert different <= {number.old, number.new}


def hours_by_day(hours_json: str) -> dict[str, list[tuple[str, list[str]]]]:
    days: dict[str, list[tuple[str, list[str]]]] = {}
    for channel, intervals in json.loads(hours_json)["channels"].items():
        for interval in intervals:
            days.setdefault(interval[0][:10], []).append((channel, interval))
    return days


def one_of_each_kind() -> tuple[Number, ...]:
    """A number of each kind; the amounts are one of each part of the policy."""
    chosen: dict[str, Number] = {}
    for number in NUMBERS:
        part = number.places[0].split(".")[0] if number.kind is Kind.AMOUNT else number.kind
        chosen.setdefault(part, number)
    return tuple(chosen.values())


@pytest.fixture(scope="module")
def built_pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The HTML of the site with the rewritten policy, and with one number of each kind changed."""
    document = rewritten()[0]
    folders = (
        built_site(tmp_path_factory.mktemp(name), policy)
        for name, policy in (
            ("before", document),
            ("after", changed(document, *one_of_each_kind())),
        )
    )
    before, after = (
        {
            path.relative_to(folder).as_posix(): html.unescape(path.read_text(encoding="utf-8"))
            for path in folder.rglob("*.html")
        }
        for folder in folders
    )
    return before, after


def built_site(folder: Path, policy: Any) -> Path:
    root = Root(folder)
    for name in ("docs", "kb_articles", "faq", "tutorials"):
        shutil.copytree(REPOSITORY / name, folder / name)
    root.write("mkdocs.yml", (REPOSITORY / "mkdocs.yml").read_bytes())
    root.write("policy.yml", json.dumps(policy))
    # The shipped windows were announced by the shipped notice periods.
    root.write("maintenance.yml", "windows: []\n")
    outcome = root.kbgen("build", NOW_OPTION)
    assert outcome.exit_code == 0, outcome.output
    return folder / "site"


@pytest.mark.xdist_group("built policy pages")
@pytest.mark.parametrize("number", one_of_each_kind(), ids=lambda number: number.name)
def test_a_changed_number_is_changed_in_the_built_pages(
    number: Number, built_pages: tuple[dict[str, str], dict[str, str]]
) -> None:
    before, after = built_pages
    old, new = number.shown(number.old), number.shown(number.new)

    assert standing(after, old) == set()
    assert standing(after, new) == standing(before, old)
    assert standing(after, new) & {"support-policy/index.html", "contact/index.html"}
