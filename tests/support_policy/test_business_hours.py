"""Business hours by example: holidays, exceptions, business days and clock-change nights."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from support_policy.business_hours import (
    BusinessHours,
    Holidays,
    HoursSource,
    Interval,
    NeverOpens,
)
from support_policy.diagnostics import Diagnostic, InvalidSources
from support_policy.opening_hours import ALWAYS_CLOSED, ALWAYS_OPEN
from support_policy.yaml_file import parse_yaml

CALENDAR = TypeAdapter(BusinessHours)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NO_TIME = timedelta()

OFFICE = """
time_zone: Europe/Berlin
hours: {mon-thu: "09:00-12:00, 13:00-18:00", fri: 09:00-15:00, sat-sun: closed}
holidays:
  region: DE-BE
  dates: [{date: 2026-12-25, name: Christmas Day}, {date: 2027-05-01, name: Labour Day}]
  add: [{date: 2026-12-24, name: Christmas Eve, hours: 09:00-12:00}]
  remove: [2027-05-01]
exceptions: [{from: 2026-12-28, until: 2026-12-30, hours: 10:00-14:00, reason: Stocktaking}]
"""


def hours_in(text: str) -> BusinessHours:
    return parse_yaml(text, "policy.yml", CALENDAR)


def hours_of(hours: Any, *, zone: str = "Europe/Berlin", **more: Any) -> BusinessHours:
    return CALENDAR.validate_python({"time_zone": zone, "hours": hours, **more})


def mistakes_in(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidSources) as caught:
        parse_yaml(text, "policy.yml", CALENDAR)
    return caught.value.diagnostics


def at(hours: BusinessHours, local: str, *, fold: int = 0) -> datetime:
    on_the_wall = datetime.fromisoformat(local).replace(tzinfo=hours.time_zone, fold=fold)
    return on_the_wall.astimezone(UTC)


def local(hours: BusinessHours, moment: datetime | None) -> str:
    assert moment is not None
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(hours.time_zone):%a %Y-%m-%d %H:%M}"


def lengths(hours: BusinessHours, start: str, end: str) -> list[timedelta]:
    return [each.length for each in hours.open_intervals(at(hours, start), at(hours, end))]


@pytest.fixture
def office() -> BusinessHours:
    return hours_in(OFFICE)


@pytest.fixture
def nine_to_five() -> BusinessHours:
    return hours_of({"mon-fri": "09:00-17:00"})


def test_it_is_open_from_the_opening_until_just_before_the_closing(office: BusinessHours) -> None:
    instants = ["08:59:59.999999", "09:00", "11:59:59.999999", "12:00", "13:00", "17:59", "18:00"]

    opened = [office.is_open(at(office, f"2026-11-23 {each}")) for each in instants]

    assert opened == [False, True, True, False, True, True, False]


@pytest.mark.parametrize(
    ("day", "spans", "source", "name"),
    [
        pytest.param(
            date(2026, 11, 23), "09:00-12:00 13:00-18:00", HoursSource.WEEK, "", id="Monday"
        ),
        pytest.param(date(2026, 11, 22), "", HoursSource.WEEK, "", id="Sunday"),
        pytest.param(
            date(2026, 12, 25), "", HoursSource.HOLIDAY, "Christmas Day", id="closed holiday"
        ),
        pytest.param(
            date(2026, 12, 24), "09:00-12:00", HoursSource.HOLIDAY, "Christmas Eve", id="half day"
        ),
        pytest.param(
            date(2026, 12, 30), "10:00-14:00", HoursSource.EXCEPTION, "Stocktaking", id="last day"
        ),
        pytest.param(
            date(2026, 12, 31), "09:00-12:00 13:00-18:00", HoursSource.WEEK, "", id="day after"
        ),
        pytest.param(date(2027, 5, 1), "", HoursSource.WEEK, "", id="removed holiday"),
    ],
)
def test_a_date_has_hours_and_a_reason(
    office: BusinessHours, day: date, spans: str, source: HoursSource, name: str
) -> None:
    hours = office.day_hours(day)

    assert " ".join(map(str, hours.spans)) == spans
    assert (hours.source, hours.name) == (source, name)


def test_an_exception_beats_a_holiday_beats_the_week() -> None:
    hours = hours_of(
        {"mon-sun": "09:00-17:00"},
        holidays={
            "add": [{"date": "2026-12-25", "name": "A"}, {"date": "2026-12-26", "name": "B"}]
        },
        exceptions=[{"from": "2026-12-26", "hours": "12:00-13:00"}],
    )

    days = [hours.day_hours(date(2026, 12, day)) for day in (24, 25, 26)]

    assert [each.source for each in days] == ["week", "holiday", "exception"]
    assert [len(each.spans) for each in days] == [1, 0, 1]


def test_a_holiday_cuts_the_night_that_starts_on_it_and_not_the_one_before() -> None:
    hours = hours_of(
        {"mon-sun": "22:00-06:00"}, holidays={"add": [{"date": "2026-12-25", "name": "C"}]}
    )

    night = hours.open_intervals(at(hours, "2026-12-24 12:00"), at(hours, "2026-12-26 23:00"))

    assert [(local(hours, each.start), local(hours, each.end)) for each in night] == [
        ("Thu 2026-12-24 22:00", "Fri 2026-12-25 06:00"),
        ("Sat 2026-12-26 22:00", "Sat 2026-12-26 23:00"),
    ]


def test_hours_that_overlap_because_of_an_exception_count_once() -> None:
    hours = hours_of(
        {"mon-sun": "22:00-06:00"}, exceptions=[{"from": "2026-12-25", "hours": "05:00-08:00"}]
    )

    assert lengths(hours, "2026-12-24 12:00", "2026-12-25 12:00") == [10 * HOUR]


def test_hours_that_touch_make_one_interval() -> None:
    hours = hours_of({"mon": "09:00-12:00, 12:00-24:00", "tue": "00:00-03:00"})

    assert lengths(hours, "2026-11-23 00:00", "2026-11-30 00:00") == [18 * HOUR]


def test_open_intervals_are_cut_at_both_ends_and_in_utc(nine_to_five: BusinessHours) -> None:
    start, end = at(nine_to_five, "2026-11-23 10:00"), at(nine_to_five, "2026-11-24 10:00")

    intervals = list(nine_to_five.open_intervals(start, end))

    assert intervals == [
        Interval(
            start=datetime(2026, 11, 23, 9, tzinfo=UTC), end=datetime(2026, 11, 23, 16, tzinfo=UTC)
        ),
        Interval(
            start=datetime(2026, 11, 24, 8, tzinfo=UTC), end=datetime(2026, 11, 24, 9, tzinfo=UTC)
        ),
    ]
    assert all(each.start.tzinfo is UTC and each.end.tzinfo is UTC for each in intervals)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        pytest.param("2026-11-20 14:00", 2, "Mon 2026-11-23 10:00", id="over a weekend"),
        pytest.param("2026-11-23 11:00", 2, "Mon 2026-11-23 14:00", id="over a break"),
        pytest.param("2026-11-23 16:00", 2, "Mon 2026-11-23 18:00", id="to closing time exactly"),
        pytest.param("2026-11-21 12:00", 0, "Mon 2026-11-23 09:00", id="nothing, while closed"),
        pytest.param("2026-11-23 10:30", 0, "Mon 2026-11-23 10:30", id="nothing, while open"),
        pytest.param("2026-11-23 12:00", 0, "Mon 2026-11-23 13:00", id="nothing, at closing time"),
        pytest.param("2026-12-23 17:00", 6, "Mon 2026-12-28 12:00", id="over Christmas"),
    ],
)
def test_working_time_passes_only_while_open(
    office: BusinessHours, start: str, hours: int, end: str
) -> None:
    assert local(office, office.add(at(office, start), hours * HOUR)) == end


def test_microseconds_are_kept(office: BusinessHours) -> None:
    filed = at(office, "2026-11-23 10:00:00.123456")

    due = office.add(filed, timedelta(hours=3, microseconds=1))

    assert due == at(office, "2026-11-23 14:00:00.123457")
    assert office.between(filed, due) == timedelta(hours=3, microseconds=1)


def test_no_working_time_passes_backwards(office: BusinessHours) -> None:
    start = at(office, "2026-11-23 10:00")

    assert office.between(start, start) == NO_TIME
    assert office.between(start, start - HOUR) == NO_TIME
    assert list(office.open_intervals(start, start - HOUR)) == []


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param("2026-11-20 16:00", 1, "Mon 2026-11-23 16:00", id="Friday 16:00 + 1"),
        pytest.param("2026-11-24 18:00", 2, "Fri 2026-11-27 09:00", id="Tuesday 18:00 + 2"),
        pytest.param("2026-11-24 17:00", 1, "Thu 2026-11-26 09:00", id="from closing time"),
        pytest.param("2026-11-21 12:00", 1, "Tue 2026-11-24 09:00", id="from the weekend"),
        pytest.param("2026-11-23 10:30", 0, "Mon 2026-11-23 10:30", id="none, while open"),
        pytest.param("2026-11-21 10:30", 0, "Mon 2026-11-23 09:00", id="none, while closed"),
        pytest.param("2026-11-23 10:30", 5, "Mon 2026-11-30 10:30", id="a week"),
    ],
)
def test_business_days_end_at_the_same_clock_time(
    nine_to_five: BusinessHours, start: str, days: int, end: str
) -> None:
    assert local(nine_to_five, nine_to_five.add_days(at(nine_to_five, start), days)) == end


def test_a_business_day_that_ends_after_closing_time_ends_at_the_next_opening(
    office: BusinessHours,
) -> None:
    thursday = at(office, "2026-11-19 16:00")

    assert local(office, office.add_days(thursday, 1)) == "Mon 2026-11-23 09:00"


def test_holidays_are_no_business_days_and_half_days_are(office: BusinessHours) -> None:
    wednesday = at(office, "2026-12-23 11:00")

    due = [local(office, office.add_days(wednesday, days)) for days in (1, 2)]

    assert due == ["Thu 2026-12-24 11:00", "Mon 2026-12-28 11:00"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2026-11-27 23:00", "Mon 2026-11-30 23:00", id="before midnight"),
        pytest.param("2026-11-28 02:00", "Tue 2026-12-01 02:00", id="after midnight"),
        pytest.param("2026-11-28 12:00", "Tue 2026-12-01 22:00", id="at the weekend"),
    ],
)
def test_a_night_shift_is_the_business_day_on_which_it_starts(start: str, end: str) -> None:
    nights = hours_of({"mon-fri": "22:00-06:00"})

    assert local(nights, nights.add_days(at(nights, start), 1)) == end


def test_where_two_days_hours_overlap_the_earlier_day_counts() -> None:
    hours = hours_of(
        {"mon-fri": "22:00-06:00"},
        exceptions=[
            {"from": "2026-11-24", "hours": "04:00-05:30, 22:00-06:00"},
            {"from": "2026-11-25", "hours": "closed"},
        ],
    )

    # In Monday's night still, so that the next business day is Tuesday and its night.
    assert local(hours, hours.add_days(at(hours, "2026-11-24 05:00"), 1)) == "Wed 2026-11-25 05:00"


def test_a_business_day_that_ends_in_skipped_time_ends_after_the_gap() -> None:
    always = hours_of("24/7")
    saturday = at(always, "2026-03-28 02:30")

    assert local(always, always.add_days(saturday, 1)) == "Sun 2026-03-29 03:00"


@pytest.mark.parametrize("clock_time", ["01:59", "02:00", "02:30", "03:00"])
def test_a_business_day_that_ends_in_repeated_time_ends_the_first_time(clock_time: str) -> None:
    always = hours_of("24/7")
    saturday = at(always, f"2026-10-24 {clock_time}")

    assert always.add_days(saturday, 1) == at(always, f"2026-10-25 {clock_time}", fold=0)


def test_a_day_whose_hours_are_skipped_is_no_business_day() -> None:
    early = hours_of({"mon-sun": "02:00-03:00"})
    saturday = at(early, "2026-03-28 02:30")

    assert local(early, early.add_days(saturday, 1)) == "Mon 2026-03-30 02:30"


@pytest.mark.parametrize(
    ("moment", "opening", "closing"),
    [
        pytest.param("2026-11-23 10:00", "Mon 2026-11-23 10:00", "Mon 2026-11-23 12:00", id="open"),
        pytest.param(
            "2026-11-23 12:00", "Mon 2026-11-23 13:00", "Mon 2026-11-23 18:00", id="break"
        ),
        pytest.param("2026-11-20 15:00", "Mon 2026-11-23 09:00", "Mon 2026-11-23 12:00", id="end"),
        pytest.param(
            "2026-12-24 12:00", "Mon 2026-12-28 10:00", "Mon 2026-12-28 14:00", id="feast"
        ),
    ],
)
def test_the_next_opening_and_closing_are_known(
    office: BusinessHours, moment: str, opening: str, closing: str
) -> None:
    now = at(office, moment)

    assert local(office, office.next_opening(now)) == opening
    assert local(office, office.next_closing(now)) == closing


def test_hours_without_end_never_close() -> None:
    always = hours_of("24/7")

    assert always.next_opening(at(always, "2026-11-23 10:00")) == at(always, "2026-11-23 10:00")
    assert always.next_closing(at(always, "2026-11-23 10:00")) is None
    assert lengths(always, "2026-01-01 00:00", "2027-01-01 00:00") == [365 * 24 * HOUR]


def test_hours_without_end_close_for_a_holiday_years_ahead() -> None:
    hours = hours_of("24/7", holidays={"add": [{"date": "2031-12-25", "name": "Christmas Day"}]})

    assert local(hours, hours.next_closing(at(hours, "2026-11-23 10:00"))) == "Thu 2031-12-25 00:00"


def test_hours_without_end_for_some_months_close_after_the_last_day_of_the_exception() -> None:
    hours = hours_of(
        {"mon-fri": "09:00-17:00"},
        exceptions=[{"from": "2026-12-01", "until": "2027-03-01", "hours": "24/7"}],
    )

    assert local(hours, hours.next_closing(at(hours, "2026-12-05 10:00"))) == "Tue 2027-03-02 00:00"


def test_a_closing_that_a_clock_change_swallows_is_found_a_week_later() -> None:
    hours = hours_of({"mon-sat": "24/7", "sun": "00:00-02:00, 03:00-24:00"})
    saturday = at(hours, "2026-03-28 12:00")

    assert local(hours, hours.next_closing(saturday)) == "Sun 2026-04-05 02:00"


def test_hours_that_run_out_are_told_and_do_not_search_for_ever() -> None:
    hours = hours_of("closed", exceptions=[{"from": "2026-11-23", "hours": "09:00-17:00"}])
    before, after = at(hours, "2026-11-22 10:00"), at(hours, "2026-11-23 17:00")

    assert local(hours, hours.add(before, 8 * HOUR)) == "Mon 2026-11-23 17:00"
    assert local(hours, hours.next_closing(before)) == "Mon 2026-11-23 17:00"
    assert hours.next_opening(after) is None
    assert hours.next_closing(after) is None
    with pytest.raises(NeverOpens) as caught:
        hours.add(before, 8 * HOUR + timedelta.resolution)
    assert caught.value.moment == before
    with pytest.raises(NeverOpens, match="ten years of 2026-11-22T09:00:00"):
        hours.add_days(before, 1)


@pytest.mark.parametrize(
    ("night", "zone", "short", "long"),
    [
        pytest.param("02:00-03:00", "Europe/Berlin", NO_TIME, 2 * HOUR, id="Berlin"),
        pytest.param(
            "02:00-03:00", "Australia/Lord_Howe", 30 * MINUTE, HOUR, id="Lord Howe, half an hour"
        ),
        pytest.param(
            "01:30-02:00", "Australia/Lord_Howe", 30 * MINUTE, HOUR, id="Lord Howe, before two"
        ),
        pytest.param("00:00-01:00", "Asia/Beirut", NO_TIME, HOUR, id="Beirut, at midnight"),
        pytest.param("23:00-24:00", "Asia/Beirut", HOUR, 2 * HOUR, id="Beirut, before midnight"),
        pytest.param("00:00-01:00", "Africa/Cairo", NO_TIME, HOUR, id="Cairo, at midnight"),
        pytest.param("02:00-03:00", "Africa/Casablanca", NO_TIME, 2 * HOUR, id="Casablanca"),
        pytest.param("02:00-03:00", "Africa/El_Aaiun", NO_TIME, 2 * HOUR, id="El Aaiun"),
        pytest.param("01:00-02:00", "Europe/London", NO_TIME, 2 * HOUR, id="London"),
        pytest.param("02:00-03:00", "America/New_York", NO_TIME, HOUR, id="New York"),
        pytest.param("01:00-02:00", "America/New_York", HOUR, 2 * HOUR, id="New York, earlier"),
    ],
)  # fmt: skip
def test_an_hour_of_the_night_is_short_or_long_when_clocks_change(
    night: str, zone: str, short: timedelta, long: timedelta
) -> None:
    hours = hours_of({"mon-sun": night}, zone=zone)
    start, end = (datetime(year, 1, 15, tzinfo=UTC) for year in (2026, 2027))

    nights = list(hours.open_intervals(start, end))
    found = {each.length for each in nights}
    usual = timedelta(minutes=30) if night == "01:30-02:00" else HOUR

    assert found | {NO_TIME, usual} == {NO_TIME, usual, short, long}
    assert len(nights) == (365 if short else 364)


def test_time_that_is_repeated_in_part_is_open_in_two_pieces() -> None:
    hours = hours_of({"mon-sun": "01:30-02:30"})

    pieces = hours.open_intervals(at(hours, "2026-10-25 00:00"), at(hours, "2026-10-25 12:00"))

    assert [(each.start.isoformat(), each.length) for each in pieces] == [
        ("2026-10-24T23:30:00+00:00", HOUR),
        ("2026-10-25T01:00:00+00:00", HOUR / 2),
    ]


def test_a_time_inside_the_repeated_hour_is_open_at_both_of_its_instants() -> None:
    hours = hours_of({"mon-sun": "02:15-02:45"})
    first, second = (at(hours, "2026-10-25 02:30", fold=fold) for fold in (0, 1))

    assert hours.is_open(first)
    assert hours.is_open(second)
    assert hours.between(first, second) == 30 * MINUTE


def test_midnight_that_is_skipped_opens_the_day_an_hour_later() -> None:
    hours = hours_of({"mon-sun": "00:00-12:00"}, zone="America/Sao_Paulo")
    saturday = at(hours, "2017-10-14 12:00")

    assert local(hours, hours.next_opening(saturday)) == "Sun 2017-10-15 01:00"
    assert lengths(hours, "2017-10-14 12:00", "2017-10-15 23:00") == [11 * HOUR]


def test_an_evening_that_is_repeated_after_midnight_struck_is_seen_in_order() -> None:
    hours = hours_of({"sat": "23:00-24:00"}, zone="America/St_Johns")

    # Until 2011 the clocks there went from 00:01 on Sunday back to 23:01 on Saturday.
    evening = hours.open_intervals(at(hours, "2010-11-06 12:00"), at(hours, "2010-11-07 12:00"))

    assert [each.length for each in evening] == [HOUR, 59 * MINUTE]


@pytest.mark.parametrize(
    ("zone", "eve", "days"),
    [
        pytest.param("Pacific/Apia", "2011-12-29", ["Thu 29", "Sat 31"], id="Samoa"),
        pytest.param("Pacific/Kwajalein", "1993-08-20", ["Fri 20", "Sun 22"], id="Kwajalein"),
    ],
)
def test_a_day_that_a_country_left_out_is_no_business_day(
    zone: str, eve: str, days: list[str]
) -> None:
    hours = hours_of({"mon-sun": "09:00-17:00"}, zone=zone)
    start = at(hours, f"{eve} 00:00")

    openings = [each.start for each in hours.open_intervals(start, start + 48 * HOUR)]
    due = hours.add_days(openings[0], 1)

    assert [f"{each.astimezone(hours.time_zone):%a %d}" for each in openings] == days
    assert due == openings[1]


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda hours, moment: hours.is_open(moment), id="is_open"),
        pytest.param(lambda hours, moment: hours.add(moment, HOUR), id="add"),
        pytest.param(lambda hours, moment: hours.add_days(moment, 1), id="add_days"),
        pytest.param(lambda hours, moment: hours.between(moment, moment), id="between"),
        pytest.param(lambda hours, moment: hours.next_opening(moment), id="next_opening"),
        pytest.param(lambda hours, moment: hours.next_closing(moment), id="next_closing"),
        pytest.param(lambda hours, moment: hours.open_intervals(moment, moment), id="intervals"),
    ],
)
def test_a_moment_without_a_zone_is_refused(nine_to_five: BusinessHours, ask: Any) -> None:
    with pytest.raises(ValueError, match="2026-11-23T10:00:00 has none"):
        ask(nine_to_five, datetime(2026, 11, 23, 10))  # noqa: DTZ001  # naive on purpose


def test_time_cannot_be_taken_away(nine_to_five: BusinessHours) -> None:
    moment = at(nine_to_five, "2026-11-23 10:00")

    with pytest.raises(ValueError, match="cannot be taken away"):
        nine_to_five.add(moment, -timedelta.resolution)
    with pytest.raises(ValueError, match="cannot be taken away"):
        nine_to_five.add_days(moment, -1)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(
            "hours: closed\nexceptions: [{from: 2026-11-23, hours: 24/7}]", id="exception"
        ),
        pytest.param(
            "hours: closed\nholidays: {add: [{date: 2026-11-23, name: A, hours: 24/7}]}",
            id="holiday",
        ),
        pytest.param("hours: {mon: 09:00-17:00}", id="one day"),
        pytest.param("hours: 24/7\nholidays: {add: [{date: 2026-11-23, name: A}]}", id="only add"),
        pytest.param("hours: 24/7\nholidays: {region: DE-BE}", id="no dates yet"),
    ],
)
def test_hours_that_open_at_all_are_taken(more: str) -> None:
    hours = hours_in(f"time_zone: Europe/Berlin\n{more}")

    assert hours.next_opening(at(hours, "2026-11-22 10:00")) is not None


def test_a_holiday_can_be_replaced_by_removing_and_adding_it() -> None:
    hours = hours_in(
        "time_zone: UTC\nhours: 24/7\nholidays:\n"
        "  dates: [{date: 2026-12-24, name: Christmas Eve}]\n"
        "  remove: [2026-12-24]\n"
        "  add: [{date: 2026-12-24, name: Christmas Eve, hours: 09:00-12:00}]\n"
    )

    assert [str(each) for each in hours.day_hours(date(2026, 12, 24)).spans] == ["09:00-12:00"]


@pytest.mark.parametrize(
    ("text", "rule", "line", "what", "fix"),
    [
        pytest.param(
            "time_zone: Europe/Berln\nhours: 24/7",
            "unknown-time-zone", 1, "`Europe/Berln`", "`Europe/Berlin`", id="zone, typing error",
        ),
        pytest.param(
            "time_zone: new york\nhours: 24/7",
            "unknown-time-zone", 1, "`new york`", "`America/New_York`", id="zone, only the city",
        ),
        pytest.param(
            "time_zone: europe/berlin\nhours: 24/7",
            "unknown-time-zone", 1, "`europe/berlin`", "`Europe/Berlin`", id="zone, small letters",
        ),
        pytest.param(
            "time_zone: Europe\nhours: 24/7",
            "unknown-time-zone", 1, "`Europe`", "`", id="zone, a folder of the database",
        ),
        pytest.param(
            "time_zone: ../../etc/passwd\nhours: 24/7",
            "unknown-time-zone", 1, "passwd", "`UTC`", id="zone, a path",
        ),
        pytest.param(
            "time_zone:\nhours: 24/7",
            "unknown-time-zone", 1, "no name", "`UTC`", id="zone, nothing",
        ),
        pytest.param(
            "time_zone: UTC\nhours: closed", "never-open", 2, "never", "mon-fri", id="never"
        ),
        pytest.param(
            "time_zone: UTC\nhours: {mon: closed}\n"
            "exceptions: [{from: 2026-12-24, until: 2026-12-26, hours: closed}]\n"
            "holidays: {add: [{date: 2026-12-25, name: A, hours: 24/7}]}",
            "never-open", 2, "never", "mon-fri", id="never, since the exception beats the holiday",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nholidays:\n  dates:\n"
            "    - {date: 2026-12-25, name: A}\n    - {date: 2026-12-25, name: B}",
            "holiday-named-twice", 6, "2026-12-25", "take one out", id="a holiday twice",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nholidays:\n"
            "  dates: [{date: 2026-12-25, name: A}]\n  add: [{date: 2026-12-25, name: B}]",
            "holiday-named-twice", 5, "2026-12-25", "`remove` and `add`", id="a holiday again",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nholidays:\n"
            "  dates: [{date: 2026-12-25, name: Christmas Day}]\n  remove: [2026-12-26]",
            "unknown-holiday", 5, "2026-12-26", "2026-12-25 (Christmas Day)", id="no such holiday",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nholidays:\n  remove: [2026-12-26]",
            "unknown-holiday", 4, "2026-12-26", "no `dates`", id="no holidays at all",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nholidays:\n  add: [{date: 2026-12-32, name: A}]",
            "invalid-date", 4, "2026-12-32", "2026-11-22", id="no such date",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nholidays:\n  add: [{date: 2026-12-31, name: ''}]",
            "empty-value", 4, "empty", "write it", id="a holiday without a name",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nexceptions:\n"
            "  - from: 2026-12-02\n    until: 2026-12-01\n    hours: closed",
            "until-before-from", 5, "2026-12-01", "swap", id="until before from",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nexceptions:\n"
            "  - {from: 2026-12-04, hours: closed}\n"
            "  - {from: 2026-12-01, until: 2026-12-04, hours: closed}",
            "overlapping-exceptions", 5, "2026-12-04", "day before", id="overlapping exceptions",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nexceptions:\n"
            "  - {from: 2026-12-01, until: 2026-12-04, hours: closed}\n"
            "  - {from: 2026-12-04, hours: closed}",
            "overlapping-exceptions", 5, "2026-12-04", "day before", id="sharing their last day",
        ),
        pytest.param(
            "time_zone: UTC\nhours: 24/7\nexceptions: [{start: 2026-12-04, hours: closed}]",
            "unknown-key", 3, "`start`", "`from`", id="an unknown key",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_at_its_line(
    text: str, rule: str, line: int, what: str, fix: str
) -> None:
    mistake = next(each for each in mistakes_in(text) if each.rule == rule)

    assert mistake.location.line == line
    assert what in mistake.what
    assert fix in mistake.fix
    assert mistake.why


def test_all_mistakes_in_the_dates_are_told_at_once() -> None:
    mistakes = mistakes_in(
        "time_zone: UTC\n"
        "hours: 24/7\n"
        "holidays:\n"
        "  dates:\n"
        "    - {date: 2026-12-25, name: A}\n"
        "    - {date: 2026-12-25, name: A}\n"
        "    - {date: 2026-12-25, name: A}\n"
        "  remove: [2026-12-26]\n"
        "exceptions:\n"
        "  - {from: 2026-12-02, until: 2026-12-01, hours: 9-5}\n"
    )

    assert [(each.location.line, each.rule) for each in mistakes] == [
        (6, "holiday-named-twice"),
        (7, "holiday-named-twice"),
        (8, "unknown-holiday"),
        (10, "invalid-hours"),
    ]


def test_hours_made_in_python_are_judged_like_those_from_a_file() -> None:
    zone = hours_of("24/7").time_zone

    made = BusinessHours(time_zone=zone, hours=ALWAYS_OPEN)

    assert made == hours_of("24/7")
    assert hash(made) == hash(hours_of("24/7"))
    with pytest.raises(ValueError, match="never open"):
        BusinessHours(time_zone=zone, hours=ALWAYS_CLOSED)
    with pytest.raises(ValueError, match="not one of the `dates`"):
        Holidays(remove=(date(2026, 12, 25),))
