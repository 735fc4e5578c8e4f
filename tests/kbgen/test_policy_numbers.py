"""The site says what policy.yml says: change any number there, and the old one is gone everywhere.

The shipped policy is rewritten so that every number in it is unmistakable. The numbers are found
in the document, not listed here, so that one which is added to policy.yml tomorrow is covered.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from small_roots import NOW, NOW_OPTION, REPOSITORY, Root
from unmistakable_policy import Kind, Number, changed, is_no_number, leaves, unmistakable

from kbgen.data_files import HOURS_HORIZON
from kbgen.loading import load_help_centre
from kbgen.site import Site, compose_site
from support_policy.policy_rules import parse_policy
from support_policy.yaml_file import read_document

UNPUBLISHED: Mapping[str, str] = {
    "calendars.*.holidays.remove.*": "a holiday that the team does not keep is a day like any other"
}
"""Numbers that are published in policy.json and on no page, with the reason."""

EVERY_PAGE = "(the foot of every page)"


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
    shipped = texts(composed(shipped_document()))
    # Every day is in hours.json, so that it says nothing about which ones are taken.
    del shipped["hours.json"]
    return unmistakable(shipped_document(), "\n".join(shipped.values()), NOW.date())


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
        # Digits of an address, without a unit, could be anything elsewhere.
        if number.unit or number.kind is not Kind.AMOUNT
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
