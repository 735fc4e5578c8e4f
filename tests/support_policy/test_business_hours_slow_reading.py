"""The engine against a reading of the wall clock, minute by minute, that shares no code with it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from pydantic import TypeAdapter

from support_policy.business_hours import BusinessHours

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
CALENDAR = TypeAdapter(BusinessHours)
MinuteSpans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Opening hours in minutes since midnight; an end above 1440 is on the next morning."""

    week: tuple[MinuteSpans, ...]
    holidays: dict[date, MinuteSpans]
    exceptions: dict[date, MinuteSpans]

    def on(self, day: date) -> MinuteSpans:
        return self.exceptions.get(day, self.holidays.get(day, self.week[day.weekday()]))

    def days_open_at(self, wall: datetime) -> list[date]:
        """Return the days whose hours hold this time on the wall, the earlier one first."""
        minute = wall.hour * 60 + wall.minute
        return [
            wall.date() - days_ago * DAY
            for days_ago in (1, 0)
            if any(
                start <= minute + 1440 * days_ago < end
                for start, end in self.on(wall.date() - days_ago * DAY)
            )
        ]

    def as_in_a_file(self, zone: str) -> dict[str, object]:
        return {
            "time_zone": zone,
            "hours": {
                name: in_words(spans)
                for name, spans in zip(
                    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), self.week, strict=True
                )
            },
            "holidays": {
                "add": [
                    {"date": str(day), "name": "Holiday", "hours": in_words(spans)}
                    for day, spans in self.holidays.items()
                ]
            },
            "exceptions": [
                {"from": str(day), "hours": in_words(spans)}
                for day, spans in self.exceptions.items()
            ],
        }


def in_words(spans: MinuteSpans) -> str:
    def clock(minute: int) -> str:
        minute = minute if minute <= 1440 else minute - 1440
        return f"{minute // 60:02}:{minute % 60:02}"

    return ", ".join(f"{clock(start)}-{clock(end)}" for start, end in spans) or "closed"


def some_spans(chance: random.Random) -> MinuteSpans:
    """Up to three spans, more of them at night than by day."""
    night = chance.sample(range(0, 270, 30), 3)
    marks = sorted({*night, *(chance.randint(0, 1440) for _ in range(3))})
    return tuple(zip(marks[::2], marks[1::2], strict=False))[: chance.randint(0, 3)]


def perhaps_past_midnight(chance: random.Random, spans: MinuteSpans, latest: int) -> MinuteSpans:
    """Let the last span end on the next morning, at `latest` minutes after midnight or sooner."""
    if not spans or chance.random() < 0.5:
        return spans
    start, _ = spans[-1]
    return (*spans[:-1], (start, min(1440 + chance.randint(0, latest), start + 1440)))


def some_plan(chance: random.Random, near: date) -> Plan:
    week = [some_spans(chance) for _ in range(7)]
    if not any(week):
        week[0] = ((540, 1020),)
    # Within the week a night must not run into the next day's hours, on dated days it may.
    first = [spans[0][0] if spans else 600 for spans in week]
    nights = [perhaps_past_midnight(chance, week[day], first[(day + 1) % 7]) for day in range(7)]
    days = chance.sample([near + number * DAY for number in range(-3, 6)], 5)
    dated = [perhaps_past_midnight(chance, some_spans(chance), 600) for _ in days]
    cut = chance.randint(0, 4)
    return Plan(
        week=tuple(nights),
        holidays=dict(zip(days[:cut], dated[:cut], strict=True)),
        exceptions=dict(zip(days[cut:], dated[cut:], strict=True)),
    )


@cache
def clock_changes(zone: str) -> tuple[datetime, ...]:
    """The noons before which the clocks of a zone are changed in 2026."""
    there = ZoneInfo(zone)
    noons = [datetime(2026, 1, 1, 12, tzinfo=UTC) + number * DAY for number in range(366)]
    offsets = [noon.astimezone(there).utcoffset() for noon in noons]
    return tuple(
        noons[number] for number in range(1, 366) if offsets[number - 1] != offsets[number]
    )


CHANGING_ZONES = [zone for zone in sorted(available_timezones()) if clock_changes(zone)]
SPECIAL_NIGHTS = [
    ("Pacific/Apia", datetime(2011, 12, 30, 12, tzinfo=UTC)),
    ("Pacific/Fakaofo", datetime(2011, 12, 30, 12, tzinfo=UTC)),
    ("Pacific/Kwajalein", datetime(1993, 8, 21, 12, tzinfo=UTC)),
    ("Pacific/Kwajalein", datetime(1969, 9, 30, 12, tzinfo=UTC)),
    ("Pacific/Kiritimati", datetime(1994, 12, 31, 12, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2017, 10, 15, 12, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 2, 18, 12, tzinfo=UTC)),
    ("America/St_Johns", datetime(2010, 3, 14, 12, tzinfo=UTC)),
    ("America/St_Johns", datetime(2010, 11, 7, 12, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2027, 4, 3, 12, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2023, 3, 30, 12, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2025, 2, 23, 12, tzinfo=UTC)),
    ("Asia/Pyongyang", datetime(2018, 5, 5, 12, tzinfo=UTC)),
    ("America/Caracas", datetime(2016, 5, 1, 12, tzinfo=UTC)),
    ("Antarctica/Troll", datetime(2026, 3, 29, 12, tzinfo=UTC)),
    ("UTC", datetime(2026, 6, 1, 12, tzinfo=UTC)),
]


@pytest.fixture
def chance(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> random.Random:
    """Seeded with what pytest-randomly says in its first line, and with the test's name."""
    seed = pytestconfig.getoption("randomly_seed", default=20261122)
    print(f"random seed of the plans: {seed} (repeat with --randomly-seed={seed})")
    return random.Random(f"{seed} {request.node.name}")


def compare(chance: random.Random, zone: str, noon: datetime) -> None:
    """Compare every answer over a day and a half on each side of `noon`."""
    plan = some_plan(chance, noon.date())
    hours = CALENDAR.validate_python(plan.as_in_a_file(zone))
    minutes = [noon + number * MINUTE for number in range(-36 * 60, 36 * 60)]
    walls = [minute.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for minute in minutes]
    days = [plan.days_open_at(wall) for wall in walls]
    reading = [bool(each) for each in days]
    context = f"{zone} around {noon}: {plan}"

    compare_intervals(hours, minutes, reading, context)
    for number in range(chance.randrange(11), len(minutes), 11):
        assert hours.is_open(minutes[number]) == reading[number], (minutes[number], context)
    for _ in range(6):
        first, last = sorted(chance.sample(range(len(minutes)), 2))
        compare_durations(hours, minutes, reading, (first, last), context)
        if True in reading[first:]:
            opening = reading.index(True, first)
            assert hours.next_opening(minutes[first]) == minutes[opening], context
            if False in reading[opening:]:
                closing = minutes[reading.index(False, opening)]
                assert hours.next_closing(minutes[first]) == closing, context
            due = one_business_day_after(opening, walls, days)
            if due is not None:
                assert hours.add_days(minutes[first], 1) == minutes[due], context


def one_business_day_after(
    opening: int, walls: list[datetime], days: list[list[date]]
) -> int | None:
    """Return the place of the due minute, where it can be seen."""
    started = days[opening][0]
    clock_time = walls[opening] - datetime.combine(started, time())
    next_day = min((day for each in days for day in each if day > started), default=None)
    if next_day is None or datetime.combine(started, time()) < walls[0]:
        return None  # hours of a day in between could lie before the first minute
    wanted = datetime.combine(next_day, time()) + clock_time
    later = (place for place, wall in enumerate(walls) if wall >= wanted)
    same_time = next(later, len(walls))
    return next((place for place in range(same_time, len(walls)) if days[place]), None)


def compare_durations(
    hours: BusinessHours,
    minutes: list[datetime],
    reading: list[bool],
    ends: tuple[int, int],
    context: str,
) -> None:
    first, last = ends
    counted = sum(reading[first:last])
    assert hours.between(minutes[first], minutes[last]) == counted * MINUTE, context
    if counted:
        last_open = max(place for place in range(first, last) if reading[place])
        due = minutes[last_open] + MINUTE
        assert hours.add(minutes[first], counted * MINUTE) == due, context


def compare_intervals(
    hours: BusinessHours, minutes: list[datetime], reading: list[bool], context: str
) -> None:
    found = hours.open_intervals(minutes[0], minutes[-1] + MINUTE)
    edges = [edge for each in found for edge in (each.start, each.end)]
    changes = [
        minute
        for minute, before, now in zip(
            [*minutes, minutes[-1] + MINUTE], [False, *reading], [*reading, False], strict=True
        )
        if before != now
    ]
    assert edges == changes, context


@pytest.mark.parametrize("zone", CHANGING_ZONES)
def test_the_engine_reads_the_clock_right_when_clocks_change_in_2026(
    chance: random.Random, zone: str
) -> None:
    for noon in clock_changes(zone):
        compare(chance, zone, noon)


@pytest.mark.parametrize(
    ("zone", "noon"),
    [pytest.param(*night, id=f"{night[0]} {night[1]:%Y-%m-%d}") for night in SPECIAL_NIGHTS],
)
def test_the_engine_reads_the_clock_right_on_special_nights(
    chance: random.Random, zone: str, noon: datetime
) -> None:
    for _ in range(5):
        compare(chance, zone, noon)


def test_the_zones_that_change_clocks_are_many() -> None:
    assert len(CHANGING_ZONES) > 150
    assert {"Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca"} <= set(CHANGING_ZONES)
