"""Targets and periods: how they are written, and when the time they promise is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from support_policy.business_hours import BusinessHours, Holiday, Holidays, NeverOpens
from support_policy.opening_hours import parse_weekly_hours
from support_policy.periods import Period, PeriodText, PeriodUnit, parse_period
from support_policy.response_targets import Target, TargetText, TargetUnit, parse_target

# No deadlines: a machine that is busy is no fault.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = BusinessHours(
    time_zone=BERLIN,
    hours=parse_weekly_hours(
        {"mon-thu": "09:00-12:00, 13:00-18:00", "fri": "09:00-15:00", "sat-sun": "closed"}
    ),
    holidays=Holidays(dates=(Holiday(date=date(2026, 12, 25), name="Christmas Day"),)),
)

TARGETS = TypeAdapter(TargetText)
PERIODS = TypeAdapter(PeriodText)

amounts = st.integers(1, 9_999)
moments = st.integers(0, 126_000_000).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def berlin(local: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("1 minute", Target(1, TargetUnit.MINUTE)),
        ("30 minutes", Target(30, TargetUnit.MINUTE)),
        ("1 hour", Target(1, TargetUnit.HOUR)),
        ("24 hours", Target(24, TargetUnit.HOUR)),
        ("90 business minutes", Target(90, TargetUnit.BUSINESS_MINUTE)),
        ("4 business hours", Target(4, TargetUnit.BUSINESS_HOUR)),
        ("1 business day", Target(1, TargetUnit.BUSINESS_DAY)),
        ("9999 business days", Target(9_999, TargetUnit.BUSINESS_DAY)),
    ],
)
def test_a_target_is_read_and_written_alike(text: str, target: Target) -> None:
    assert parse_target(text) == target
    assert str(target) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [("4 hour", "4 hours"), ("1 business days", "1 business day"), ("1 minutes", "1 minute")],
)
def test_a_slip_between_one_and_many_is_understood(text: str, right: str) -> None:
    assert str(parse_target(text)) == right


@pytest.mark.parametrize(
    "text",
    [
        "", "4", "hours", "four hours", "0 hours", "-4 hours", "04 hours", "4.5 hours", "4 hrs",
        "4h", "4  hours", " 4 hours", "4 Hours", "1 day", "2 weeks", "10000 hours",
        "4 business weeks", "within 4 hours", "٤ hours", "4 hours\n", None, 4, ["4 hours"],
    ],
)  # fmt: skip
def test_what_is_no_target_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_target(text)

    assert caught.value.context is not None
    assert caught.value.context["rule"] == "invalid-target"


@pytest.mark.parametrize(
    ("target", "start", "due"),
    [
        pytest.param("30 minutes", "2026-11-21 23:50", "2026-11-22 00:20", id="minutes, at night"),
        pytest.param("24 hours", "2026-11-20 17:00", "2026-11-21 17:00", id="hours, to Saturday"),
        pytest.param(
            "90 business minutes", "2026-11-23 11:30", "2026-11-23 14:00", id="over the lunch break"
        ),
        pytest.param(
            "4 business hours", "2026-11-20 14:00", "2026-11-23 12:00", id="over closing time"
        ),
        pytest.param(
            "4 business hours", "2026-11-22 20:00", "2026-11-23 14:00", id="filed on Sunday"
        ),
        pytest.param(
            "8 business hours", "2026-11-23 09:00", "2026-11-23 18:00", id="until closing time"
        ),
        pytest.param(
            "6 business hours", "2026-12-24 15:00", "2026-12-28 12:00", id="over a holiday"
        ),
        pytest.param(
            "1 business day", "2026-11-20 14:00", "2026-11-23 14:00", id="Friday to Monday"
        ),
        pytest.param(
            "2 business days", "2026-11-24 18:00", "2026-11-27 09:00", id="at closing time"
        ),
        pytest.param(
            "1 business day", "2026-12-24 10:00", "2026-12-28 10:00", id="a day over a holiday"
        ),
        pytest.param(
            "1 business day", "2026-11-19 17:00", "2026-11-23 09:00", id="to a shorter day"
        ),
    ],
)
def test_a_target_is_due_by_the_office(target: str, start: str, due: str) -> None:
    assert parse_target(target).due_at(berlin(start), OFFICE) == berlin(due)


@pytest.mark.parametrize(
    ("target", "start", "due"),
    [
        pytest.param("24 hours", "2027-03-27 12:00", "2027-03-28 13:00", id="a night of 23 hours"),
        pytest.param("24 hours", "2026-10-24 12:00", "2026-10-25 11:00", id="a night of 25 hours"),
        pytest.param("60 minutes", "2027-03-28 01:30", "2027-03-28 03:30", id="over the gap"),
        pytest.param(
            "4 business hours", "2027-03-26 14:00", "2027-03-29 12:00", id="spring, open time"
        ),
        pytest.param(
            "1 business day", "2026-10-23 10:00", "2026-10-26 10:00", id="autumn, working days"
        ),
    ],
)
def test_a_target_is_right_over_the_nights_clocks_change(target: str, start: str, due: str) -> None:
    assert parse_target(target).due_at(berlin(start), OFFICE) == berlin(due)


@pytest.mark.parametrize("unit", TargetUnit)
def test_a_target_needs_an_aware_moment_and_gives_one_in_utc(unit: TargetUnit) -> None:
    target = Target(1, unit)

    assert target.due_at(berlin("2026-11-23 10:00"), OFFICE).tzinfo is UTC
    with pytest.raises(ValueError, match="needs a time zone"):
        target.due_at(datetime(2026, 11, 23, 10), OFFICE)  # noqa: DTZ001


def test_a_target_that_the_hours_cannot_hold_is_never_due() -> None:
    with pytest.raises(NeverOpens):
        parse_target("9999 business days").due_at(berlin("2026-11-23 10:00"), OFFICE)


@pytest.mark.parametrize(
    ("unit", "stands_still"),
    [
        (TargetUnit.MINUTE, False),
        (TargetUnit.HOUR, False),
        (TargetUnit.BUSINESS_MINUTE, True),
        (TargetUnit.BUSINESS_HOUR, True),
        (TargetUnit.BUSINESS_DAY, True),
    ],
)
def test_business_time_stands_still_while_it_is_closed(
    unit: TargetUnit, stands_still: bool
) -> None:
    assert Target(1, unit).counts_open_time is stands_still


def test_a_business_day_has_no_length() -> None:
    assert parse_target("4 business hours").working_time == timedelta(hours=4)
    with pytest.raises(ValueError, match="no fixed length"):
        _ = parse_target("1 business day").working_time


@patiently
@given(amounts, st.sampled_from(TargetUnit))
def test_every_target_is_read_back_from_its_words(amount: int, unit: TargetUnit) -> None:
    target = Target(amount, unit)

    assert parse_target(str(target)) == target
    assert TARGETS.dump_python(target) == str(target)


@patiently
@given(st.integers(1, 60), st.sampled_from(TargetUnit), moments)
def test_a_larger_promise_is_never_due_earlier(
    amount: int, unit: TargetUnit, start: datetime
) -> None:
    due = Target(amount, unit).due_at(start, OFFICE)

    assert start < due <= Target(amount + 1, unit).due_at(start, OFFICE)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("72 hours", Period(72, PeriodUnit.HOUR)),
        ("1 day", Period(1, PeriodUnit.DAY)),
        ("2 weeks", Period(2, PeriodUnit.WEEK)),
        ("24 months", Period(24, PeriodUnit.MONTH)),
        ("100 years", Period(100, PeriodUnit.YEAR)),
    ],
)
def test_a_period_is_read_and_written_alike(text: str, period: Period) -> None:
    assert parse_period(text) == period
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "3", "days", "three days", "0 days", "1.5 years", "3 business days", "101 years",
        "9999 years", "30 minutes", "for ever", "3 days ", None, 3, ["3 days"],
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_period(text)

    assert caught.value.context is not None
    assert caught.value.context["rule"] == "invalid-period"


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        pytest.param("72 hours", "2026-10-23 12:00", "2026-10-26 11:00", id="hours by the clock"),
        pytest.param("3 days", "2026-10-23 12:00", "2026-10-26 12:00", id="days by the calendar"),
        pytest.param("2 weeks", "2027-03-20 09:00", "2027-04-03 09:00", id="weeks over a change"),
        pytest.param("1 month", "2027-01-31 09:00", "2027-02-28 09:00", id="a shorter month"),
        pytest.param("1 month", "2028-01-31 09:00", "2028-02-29 09:00", id="a leap year"),
        pytest.param("12 months", "2028-02-29 09:00", "2029-02-28 09:00", id="from a leap day"),
        pytest.param("1 month", "2026-12-15 09:00", "2027-01-15 09:00", id="into the next year"),
        pytest.param("1 month", "2027-03-01 00:30", "2027-04-01 00:30", id="just after midnight"),
        pytest.param("24 months", "2026-11-22 10:00", "2028-11-22 10:00", id="two years"),
        pytest.param("1 year", "2026-11-22 10:00", "2027-11-22 10:00", id="a year"),
    ],
)
def test_a_period_ends_by_the_calendar_of_its_zone(period: str, start: str, end: str) -> None:
    found = parse_period(period).after(berlin(start))

    assert found == berlin(end)
    assert found.tzinfo is BERLIN


def test_a_period_needs_an_aware_moment() -> None:
    for unit in PeriodUnit:
        with pytest.raises(ValueError, match="needs a time zone"):
            Period(1, unit).after(datetime(2026, 11, 22))  # noqa: DTZ001


@patiently
@given(st.integers(1, 100), st.sampled_from(PeriodUnit), moments)
def test_a_longer_period_ends_later_in_every_zone(
    amount: int, unit: PeriodUnit, start: datetime
) -> None:
    for zone in (UTC, BERLIN):
        local = start.astimezone(zone)

        ends = [Period(each, unit).after(local).astimezone(UTC) for each in (amount, amount + 1)]

        assert start < ends[0] < ends[1]


@patiently
@given(amounts, st.sampled_from(PeriodUnit))
def test_every_period_is_read_back_from_its_words(amount: int, unit: PeriodUnit) -> None:
    period = Period(amount if unit is not PeriodUnit.YEAR else amount % 100 + 1, unit)

    assert parse_period(str(period)) == period
    assert PERIODS.dump_python(period) == str(period)
