"""What holds for all business hours, in all time zones, on all nights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support_policy.business_hours import (
    BusinessHours,
    ExceptionalHours,
    Holiday,
    Holidays,
    Interval,
    NeverOpens,
)
from support_policy.opening_hours import Span, WeeklyHours

DAY = timedelta(days=1)
NO_TIME = timedelta()
ZONES = sorted(available_timezones())
# Clocks were put back over midnight, days were left out, and half an hour is enough in some.
ODD_NIGHTS = {
    "Pacific/Apia": datetime(2011, 12, 30, 10, tzinfo=UTC),
    "Pacific/Kwajalein": datetime(1993, 8, 21, 12, tzinfo=UTC),
    "Pacific/Kiritimati": datetime(1994, 12, 31, 10, tzinfo=UTC),
    "America/Sao_Paulo": datetime(2017, 10, 15, 3, tzinfo=UTC),
    "America/St_Johns": datetime(2010, 11, 7, 2, 31, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 4, 4, 15, tzinfo=UTC),
    "Asia/Beirut": datetime(2026, 3, 28, 22, tzinfo=UTC),
    "Africa/Cairo": datetime(2026, 10, 29, 21, tzinfo=UTC),
    "Africa/Casablanca": datetime(2026, 3, 22, 2, tzinfo=UTC),
}

law = settings(max_examples=100, deadline=None)


@cache
def nights_of_clock_changes(zone: str) -> tuple[datetime, ...]:
    days = [datetime(2026, 1, 1, tzinfo=UTC) + number * DAY for number in range(366)]
    there = ZoneInfo(zone)
    return tuple(
        before
        for before, after in pairwise(days)
        if before.astimezone(there).utcoffset() != after.astimezone(there).utcoffset()
    )


def offsets_up_to(limit: timedelta) -> st.SearchStrategy[timedelta]:
    """Mostly whole quarters of an hour, where spans begin and end; sometimes anything."""
    quarters = st.integers(0, int(limit / timedelta(minutes=15)))
    exact = quarters.map(lambda number: number * timedelta(minutes=15))
    return exact | st.timedeltas(NO_TIME, limit)


@st.composite
def spans_of_a_day(draw: st.DrawFn, *, past_midnight: bool = True) -> tuple[Span, ...]:
    quarters = sorted(draw(st.lists(st.integers(0, 96), max_size=6, unique=True)))
    pairs = list(zip(quarters[::2], quarters[1::2], strict=False))
    longer = draw(st.integers(0, 96))
    if past_midnight and pairs and longer % 2:
        start, end = pairs[-1]
        pairs[-1] = (start, max(end, min(start + 96, 72 + longer)))
    quarter = timedelta(minutes=15)
    return tuple(Span(start=start * quarter, end=end * quarter) for start, end in pairs)


@st.composite
def weeks(draw: st.DrawFn, *, past_midnight: bool = True) -> WeeklyHours:
    days = [draw(spans_of_a_day(past_midnight=past_midnight)) for _ in range(7)]
    if not any(days):
        days[0] = (Span(start=timedelta(hours=9), end=timedelta(hours=17)),)
    return WeeklyHours(days=tuple(days))


@st.composite
def dated_days(draw: st.DrawFn, near: date) -> tuple[Holidays, tuple[ExceptionalHours, ...]]:
    days = draw(st.lists(st.integers(-4, 10), max_size=4, unique=True))
    cut = draw(st.integers(0, len(days)))
    holidays = tuple(
        Holiday(date=near + day * DAY, name="Holiday", hours=draw(spans_of_a_day()))
        for day in days[:cut]
    )
    exceptions = tuple(
        ExceptionalHours(from_=near + day * DAY, hours=draw(spans_of_a_day())) for day in days[cut:]
    )
    return Holidays(add=holidays), exceptions


@st.composite
def situations(draw: st.DrawFn) -> tuple[BusinessHours, datetime]:
    """Hours in any zone, and a moment: often close to a night on which clocks change there."""
    zone = draw(st.sampled_from(ZONES) | st.sampled_from(sorted(ODD_NIGHTS)))
    nights = [*nights_of_clock_changes(zone), *filter(None, [ODD_NIGHTS.get(zone)])]
    some_day = datetime(2026, 6, 1, tzinfo=UTC) + draw(st.integers(0, 900)) * DAY
    night = draw(st.sampled_from([*nights, some_day]))
    moment = night - DAY + draw(offsets_up_to(3 * DAY))
    holidays, exceptions = draw(dated_days(moment.date()))
    hours = BusinessHours(
        time_zone=ZoneInfo(zone), hours=draw(weeks()), holidays=holidays, exceptions=exceptions
    )
    return hours, moment


def answered(ask: Callable[[], datetime]) -> datetime:
    """Return the answer; leave out the rare hours that hold too little time in ten years."""
    try:
        return ask()
    except NeverOpens:
        assume(False)
        raise


@law
@given(situation=situations(), working_time=offsets_up_to(4 * DAY))
def test_counting_gives_back_what_was_added(
    situation: tuple[BusinessHours, datetime], working_time: timedelta
) -> None:
    hours, moment = situation

    due = answered(lambda: hours.add(moment, working_time))

    assert hours.between(moment, due) == working_time


@law
@given(situation=situations(), length=offsets_up_to(14 * DAY))
def test_adding_what_was_counted_leads_to_the_last_open_instant(
    situation: tuple[BusinessHours, datetime], length: timedelta
) -> None:
    hours, moment = situation
    end = moment + length

    counted = hours.between(moment, end)

    assume(counted)
    due = hours.add(moment, counted)
    assert due <= end
    assert hours.between(due, end) == NO_TIME
    assert due == end or not hours.is_open(due)


@law
@given(situation=situations(), first=offsets_up_to(2 * DAY), second=offsets_up_to(2 * DAY))
def test_adding_in_two_steps_is_adding_at_once(
    situation: tuple[BusinessHours, datetime], first: timedelta, second: timedelta
) -> None:
    hours, moment = situation
    # Adding nothing would lead from closing time, where the first step may end, to the opening.
    assume(second)

    at_once = answered(lambda: hours.add(moment, first + second))

    assert hours.add(hours.add(moment, first), second) == at_once


@law
@given(situation=situations(), first=offsets_up_to(9 * DAY), second=offsets_up_to(9 * DAY))
def test_counting_in_two_parts_is_counting_at_once(
    situation: tuple[BusinessHours, datetime], first: timedelta, second: timedelta
) -> None:
    hours, start = situation
    middle = start + first
    end = middle + second

    parts = hours.between(start, middle), hours.between(middle, end)

    assert sum(parts, NO_TIME) == hours.between(start, end)
    assert NO_TIME <= hours.between(start, end) <= end - start
    assert hours.between(end, start) == NO_TIME


@law
@given(situation=situations(), later=offsets_up_to(3 * DAY), time=offsets_up_to(2 * DAY))
def test_who_comes_later_is_served_no_sooner(
    situation: tuple[BusinessHours, datetime], later: timedelta, time: timedelta
) -> None:
    hours, moment = situation

    due = answered(lambda: hours.add(moment, time))

    assert moment <= due
    assert due <= answered(lambda: hours.add(moment + later, time))
    assert due <= answered(lambda: hours.add(moment, time + later))


@law
@given(situation=situations(), length=offsets_up_to(21 * DAY))
def test_intervals_are_sorted_apart_and_half_open(
    situation: tuple[BusinessHours, datetime], length: timedelta
) -> None:
    hours, start = situation
    end = start + length

    intervals = list(hours.open_intervals(start, end))

    for each in intervals:
        assert start <= each.start < each.end <= end
        assert hours.is_open(each.start)
        assert hours.is_open(each.end - timedelta.resolution)
        assert each.end == end or not hours.is_open(each.end)
    for earlier, later in pairwise(intervals):
        assert earlier.end < later.start
    assert sum((each.length for each in intervals), NO_TIME) == hours.between(start, end)


@law
@given(situation=situations(), first=offsets_up_to(9 * DAY), second=offsets_up_to(9 * DAY))
def test_intervals_of_two_parts_are_those_of_the_whole_cut_once(
    situation: tuple[BusinessHours, datetime], first: timedelta, second: timedelta
) -> None:
    hours, start = situation
    middle = start + first
    end = middle + second

    whole = list(hours.open_intervals(start, end))
    parts = [*hours.open_intervals(start, middle), *hours.open_intervals(middle, end)]

    cut = [
        Interval(start=max(each.start, low), end=min(each.end, high))
        for low, high in ((start, middle), (middle, end))
        for each in whole
        if each.start < high and low < each.end and low < high
    ]
    assert parts == cut


@law
@given(situation=situations(), cut=st.integers(1, 95))
def test_splitting_spans_where_they_run_on_changes_nothing(
    situation: tuple[BusinessHours, datetime], cut: int
) -> None:
    hours, moment = situation
    at = cut * timedelta(minutes=15)

    split = BusinessHours(
        time_zone=hours.time_zone,
        hours=WeeklyHours(
            days=tuple(
                tuple(piece for span in spans for piece in split_at(span, at))
                for spans in hours.hours.days
            )
        ),
        holidays=hours.holidays,
        exceptions=hours.exceptions,
    )

    start, end = moment - 2 * DAY, moment + 9 * DAY
    assert list(split.open_intervals(start, end)) == list(hours.open_intervals(start, end))
    assert split.next_closing(moment) == hours.next_closing(moment)


def split_at(span: Span, at: timedelta) -> list[Span]:
    if not span.start < at < span.end:
        return [span]
    return [Span(start=span.start, end=at), Span(start=at, end=span.end)]


@law
@given(situation=situations())
def test_between_the_next_opening_and_the_next_closing_it_is_open(
    situation: tuple[BusinessHours, datetime],
) -> None:
    hours, moment = situation

    opening, closing = hours.next_opening(moment), hours.next_closing(moment)

    assert opening is not None
    assert opening == hours.add(moment, NO_TIME)
    assert hours.is_open(opening)
    assert hours.is_open(moment) == (opening == moment)
    assert hours.between(moment, opening) == NO_TIME
    until = opening + 300 * DAY if closing is None else closing
    assert hours.between(opening, until) == until - opening
    assert closing is None or not hours.is_open(closing)


@law
@given(situation=situations(), zone=st.sampled_from(ZONES), days=st.integers(0, 3))
def test_the_zone_in_which_a_moment_is_given_does_not_matter(
    situation: tuple[BusinessHours, datetime], zone: str, days: int
) -> None:
    hours, moment = situation
    elsewhere = moment.astimezone(ZoneInfo(zone))

    due = answered(lambda: hours.add_days(elsewhere, days))

    assert due == answered(lambda: hours.add_days(moment, days))
    assert due.tzinfo is UTC
    assert hours.is_open(elsewhere) == hours.is_open(moment)
    assert hours.next_closing(elsewhere) == hours.next_closing(moment)


@law
@given(situation=situations(), days=st.integers(1, 8))
def test_business_days_end_while_it_is_open_and_each_takes_longer(
    situation: tuple[BusinessHours, datetime], days: int
) -> None:
    hours, moment = situation

    due = answered(lambda: hours.add_days(moment, days))

    assert hours.is_open(due)
    assert hours.add_days(moment, 0) == hours.add(moment, NO_TIME)
    assert hours.add_days(moment, days - 1) <= due


@law
@given(
    week=weeks(past_midnight=False),
    start=offsets_up_to(7 * DAY),
    later=offsets_up_to(3 * DAY),
    days=st.integers(0, 12),
)
def test_who_comes_later_waits_no_fewer_business_days(
    week: WeeklyHours, start: timedelta, later: timedelta, days: int
) -> None:
    hours = BusinessHours(time_zone=ZoneInfo("UTC"), hours=week)
    moment = datetime(2026, 11, 23, tzinfo=UTC) + start

    assert hours.add_days(moment, days) <= hours.add_days(moment + later, days)


@law
@given(
    week=st.sets(st.integers(0, 6), min_size=1),
    start=offsets_up_to(7 * DAY),
    first=st.integers(0, 12),
    second=st.integers(0, 12),
)
def test_with_equal_hours_business_days_can_be_counted_in_two_steps(
    week: set[int], start: timedelta, first: int, second: int
) -> None:
    nine_to_five = (Span(start=timedelta(hours=9), end=timedelta(hours=17)),)
    days = tuple(nine_to_five if day in week else () for day in range(7))
    hours = BusinessHours(time_zone=ZoneInfo("UTC"), hours=WeeklyHours(days=days))
    moment = datetime(2026, 11, 23, tzinfo=UTC) + start

    at_once = hours.add_days(moment, first + second)

    assert hours.add_days(hours.add_days(moment, first), second) == at_once
