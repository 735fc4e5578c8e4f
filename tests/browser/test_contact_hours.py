"""The contact page says at every moment, and in every zone, who is there and until when."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import yaml
from playwright.sync_api import Page

from browser.served_site import (
    BUILT_AT,
    REPOSITORY,
    ServedSite,
    bare_help_centre,
    build_site,
    served,
)
from browser.visits import Reader, Visits, move_clock
from browser.written_hours import DAY, Timeline, WrittenHours, hours_by_channel, hours_by_label

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
INSTANTS_IN_A_ZONE = 200
RELOADS = 5

OWN_POLICY = REPOSITORY / "policy.yml"
HARD_HOURS = Path(__file__).with_name("hard_hours.yml")

HORIZON = timedelta(days=90)
SECOND = timedelta(seconds=1)

Forecast = Mapping[str, Timeline]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A site, and what its policy.yml says about the 90 days from the moment it was built."""

    site: ServedSite
    hours: Mapping[str, WrittenHours]
    labels: Mapping[str, str]
    forecast: Forecast
    made: datetime
    until: datetime


def case_of(site: ServedSite, policy: str, made: datetime) -> Case:
    until = made.replace(hour=0, minute=0, second=0) + HORIZON
    hours = hours_by_channel(policy)
    timelines = {id(each): Timeline(each, made, until) for each in hours.values()}
    return Case(
        site=site,
        hours=hours,
        labels={
            each["id"]: each["label"] for each in yaml.load(policy, yaml.BaseLoader)["channels"]
        },
        forecast={channel: timelines[id(each)] for channel, each in hours.items()},
        made=made,
        until=until,
    )


@pytest.fixture(scope="module")
def published(site: ServedSite) -> Case:
    """The policy of this repository: office hours, holidays and an exception over Christmas."""
    policy = OWN_POLICY.read_text(encoding="utf-8")
    return case_of(site, policy, datetime.fromisoformat(BUILT_AT))


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Hours past midnight, over lunch, day and night, and on nights on which clocks change."""
    policy = yaml.load(OWN_POLICY.read_text(encoding="utf-8"), yaml.BaseLoader)
    changed = yaml.load(HARD_HOURS.read_text(encoding="utf-8"), yaml.BaseLoader)
    policy["calendars"] |= changed["calendars"]
    policy["channels"] = changed["channels"]
    text = yaml.dump(policy)
    root = bare_help_centre(tmp_path_factory.mktemp("hard") / "root", {"policy.yml": text})
    # Half past two at night in Berlin: the hours of the evening before still count.
    made = datetime(2026, 9, 15, 0, 30, tzinfo=UTC)
    with served(build_site(root, root / "site", made.isoformat())) as place:
        yield case_of(place, text, made)


@pytest.fixture(params=["published", "hard"])
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.getfixturevalue(request.param)
    return found


def random_instants(case: Case, zone: ZoneInfo, chance: random.Random) -> list[datetime]:
    """Return instants in the 90 days, most of them where mistakes are made."""
    changes = [change for line in case.forecast.values() for change in line.changes]
    special = [
        datetime.combine(day, datetime.min.time(), hours.zone).astimezone(UTC)
        for hours in case.hours.values()
        for day in hours.dated
    ]
    zones = [zone, *(hours.zone for hours in case.hours.values())]
    nights = [night for each in zones for night in clock_changes(each, case.made, case.until)]
    kinds = [
        lambda: chance.choice(changes) + chance.randint(-2, 2) * SECOND,
        lambda: chance.choice(changes) + chance.randint(-7200, 7200) * SECOND,
        # A week before, the weekday alone would be today's.
        lambda: chance.choice(changes) - 7 * DAY + chance.uniform(-1, 1) * DAY,
        lambda: chance.choice(special) + chance.random() * DAY,
        lambda: chance.choice(nights or changes) + chance.uniform(-5, 5) * timedelta(hours=1),
        lambda: case.made + chance.random() * (case.until - case.made),
    ]
    found = [case.made, case.until - SECOND]
    while len(found) < INSTANTS_IN_A_ZONE:
        instant = chance.choice(kinds)()
        if case.made <= instant < case.until:
            found.append(instant.replace(microsecond=0))
    return found


def clock_changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the first hour after each change of the zone's clocks."""
    hour = start
    while (hour := hour + timedelta(hours=1)) < end:
        if (
            hour.astimezone(zone).utcoffset()
            != (hour - timedelta(hours=1)).astimezone(zone).utcoffset()
        ):
            yield hour


def shown_states(page: Page) -> Mapping[str, str]:
    """Return what is shown beside each channel."""
    shown: list[tuple[str, str]] = page.locator(".kb-live").evaluate_all(
        "places => places.map(each => [each.dataset.kbChannel, each.hidden ? '' : each.innerText])"
    )
    return dict(shown)


STATE = re.compile(
    r"(?P<state>Open now|Closed)"
    r"(?P<always>, day and night)?"
    r"(?: – (?P<verb>closes|opens) (?P<day>[A-Z][a-z]+day)"
    r"(?: (?P<date>\d+ [A-Z][a-z]+))? (?P<time>\d\d:\d\d) (?P<zone>\S+))?"
)


def mistakes_in(text: str, line: Timeline, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    """Yield what is wrong about the words beside a channel."""
    said = STATE.fullmatch(text)
    if said is None:
        yield "not a sentence that a reader understands"
        return
    is_open, change = line.is_open(now), line.next_change(now)
    if (said["state"] == "Open now") is not is_open:
        yield f"it is {'open' if is_open else 'closed'}"
    if change is None:
        if said["verb"]:
            yield "nobody can know when"
        return
    if said["always"]:
        yield "it closes before the end"
    local = change.astimezone(zone)
    if said["verb"] != ("closes" if is_open else "opens"):
        yield f"when it {'closes' if is_open else 'opens'} is missing"
        return
    if (said["day"], said["time"]) != (f"{local:%A}", f"{local:%H:%M}"):
        yield f"it is {local:%A %H:%M}"
    is_far = (local.date() - now.astimezone(zone).date()).days > 6
    if (said["date"] or is_far) and said["date"] != f"{local.day} {local:%B}":
        yield f"the date is {local:%d %B}"
    if not names_offset(said["zone"], local):
        yield f"the zone is {local.tzname()}, {local:%z}"


def names_offset(label: str, local: datetime) -> bool:
    """Tell whether the label is the zone's name at that time, or its distance from Greenwich."""
    distance = re.fullmatch(r"(?:GMT|UTC)(?:([+-])(\d+)(?::(\d\d))?)?", label)
    if distance is None:
        return label == local.tzname()
    sign, hours, minutes = distance.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return local.utcoffset() == (-offset if sign == "-" else offset)


@pytest.mark.parametrize("zone", ZONES)
def test_every_channel_says_whether_it_is_open_and_until_when(
    visit: Visits, case: Case, zone: str, chance: random.Random
) -> None:
    here = ZoneInfo(zone)
    instants = random_instants(case, here, chance)
    page = visit("/contact/", Reader(time_zone=zone, now=instants[0]), site=case.site)
    page.locator(".kb-live").first.wait_for()

    mistakes = []
    for number, now in enumerate(instants):
        move_clock(page, now)
        if number % (INSTANTS_IN_A_ZONE // RELOADS) == 0:
            page.reload()
            page.locator(".kb-live").first.wait_for()
        shown = shown_states(page)
        assert set(shown) == set(case.forecast)
        mistakes += [
            f"{now:%F %T}Z {channel}: `{text}`, but {mistake}"
            for channel, text in shown.items()
            for mistake in mistakes_in(text, case.forecast[channel], now, here)
        ]

    assert len(instants) == INSTANTS_IN_A_ZONE
    assert not mistakes, f"{len(mistakes)} mistakes:\n" + "\n".join(mistakes[:20])


@pytest.mark.parametrize("zone", ZONES)
def test_the_tables_tell_a_reader_without_scripts_the_same(
    visit: Visits, case: Case, zone: str, chance: random.Random
) -> None:
    instants = random_instants(case, ZoneInfo(zone), chance)
    page = visit("/contact/", Reader(scripts=False, time_zone=zone), site=case.site)

    read = hours_by_label(text_blocks(page))

    assert set(read) >= set(case.labels.values())
    mistakes = [
        f"{now:%F %T}Z {channel}: the page says the opposite"
        for now in instants
        for channel, line in case.forecast.items()
        if read[case.labels[channel]].is_open(now) is not line.is_open(now)
    ]
    assert not mistakes, f"{len(mistakes)} mistakes:\n" + "\n".join(mistakes[:20])


def text_blocks(page: Page) -> Sequence[Sequence[Any]]:
    """Return headings, paragraphs and tables as they are seen, in their order."""
    found: list[list[Any]] = page.locator("main :is(h1, h2, h3, p, table)").evaluate_all(
        """elements => elements.filter(each => each.checkVisibility()).map(each => [
          each.tagName,
          each.tagName === "TABLE"
            ? Array.from(each.rows, row => Array.from(row.cells, cell => cell.innerText.trim()))
            : each.innerText.trim(),
        ])"""
    )
    return found


@pytest.mark.parametrize(
    ("end", "offset"),
    [
        pytest.param("made", -SECOND, id="a-second-before-it-was-made"),
        pytest.param("made", -400 * DAY, id="a-year-before-it-was-made"),
        pytest.param("until", 0 * SECOND, id="when-the-data-ends"),
        pytest.param("until", 400 * DAY, id="a-year-after-the-data-ends"),
    ],
)
def test_nothing_is_guessed_where_nothing_is_known(
    visit: Visits, published: Case, end: str, offset: timedelta
) -> None:
    now = {"made": published.made, "until": published.until}[end] + offset

    page = visit("/contact/", Reader(now=now))

    see_the_hours(page)


def test_a_page_left_open_past_the_end_of_the_data_takes_its_state_back(
    visit: Visits, published: Case
) -> None:
    page = visit("/contact/", Reader(now=published.until - SECOND))
    page.get_by_text("Closed").first.wait_for()

    move_clock(page, published.until)

    see_the_hours(page)


@pytest.mark.parametrize("address", ["/", "/contact/", "/articles/signing-in/reset-password/"])
def test_nothing_is_guessed_when_the_hours_do_not_arrive(visit: Visits, address: str) -> None:
    page = visit(address, Reader(blocked=("/hours.json",)))

    see_the_hours(page)


def see_the_hours(page: Page) -> None:
    """Demand that each channel leads to the opening hours, and none says whether it is open."""
    places = page.locator(".kb-live")
    places.first.wait_for()
    assert set(shown_states(page).values()) == {"See the opening hours"}
    links: list[str] = places.get_by_role("link").evaluate_all("links => links.map(a => a.href)")
    assert len(links) == places.count()
    assert {urlsplit(link).path for link in links} == {"/contact/"}


def test_an_open_page_follows_the_clock_by_itself(visit: Visits, site: ServedSite) -> None:
    page = visit("/contact/")
    page.clock.install(time=datetime(2026, 11, 23, 7, 59, 50, tzinfo=UTC))
    page.reload()
    telephone = page.locator(".kb-live[data-kb-channel=phone]")
    telephone.get_by_text("Closed – opens Monday 09:00 CET").wait_for()

    page.clock.run_for(11_000)

    telephone.get_by_text("Open now – closes Monday 12:00 CET").wait_for()
