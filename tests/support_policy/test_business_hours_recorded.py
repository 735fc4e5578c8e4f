"""Calculations that another library for business time made, asked of ours."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from support_policy.business_hours import BusinessHours, HoursSource

CALENDAR = TypeAdapter(BusinessHours)
DATA = Path(os.environ.get("KB_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
VECTORS = DATA / "business_hours" / "biz_spec_vectors.json"

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ClockSpans = list[tuple[str, str]]
Recording = dict[str, Any]


class Outcome(StrEnum):
    """What became of a recorded calculation."""

    ASKED = "asked and compared"
    CLOSING_TIME = (
        "ending on closing time: theirs go on to the next opening, ours do not, on purpose"
    )
    TURNED_ROUND = "taking time away: our interface adds only, so counted from result to start"
    NO_SUBTRACTION = "not run: business days before a moment; our interface only adds"
    NO_TRACE = "not run: a break while it is closed anyway; our exceptions leave no trace of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A recorded calculation, what was recorded, and what we say."""

    case: Recording
    outcome: Outcome
    recorded: object = None
    ours: object = None


@pytest.fixture(scope="module")
def recordings() -> Recording:
    if not VECTORS.exists():
        pytest.skip(f"the recorded calculations are not at {VECTORS}; set KB_TEST_DATA")
    found: Recording = json.loads(VECTORS.read_text())
    return found


@pytest.fixture(scope="module")
def comparisons(recordings: Recording) -> list[Comparison]:
    return [
        compare(case, recordings["schedules"][case["schedule"]]) for case in recordings["cases"]
    ]


def compare(case: Recording, schedule: Recording) -> Comparison:
    hours = hours_of(schedule)
    match case:
        case {"op": "in_hours", "result": result}:
            return asked(case, result, hours.is_open(moment(case["time"])))
        case {"op": "within", "result_seconds": seconds}:
            counted = hours.between(moment(case["from"]), moment(case["to"]))
            return asked(case, timedelta(seconds=seconds), counted)
        case {"op": "on_holiday", "result": result}:
            day = moment(case["time"]).astimezone(hours.time_zone).date()
            return asked(case, result, hours.day_hours(day).source is HoursSource.HOLIDAY)
        case {"op": "on_break"}:
            return compare_break(case, schedule)
        case {"op": "for_duration", "dir": "after", "unit": "day" | "days", "scalar": number}:
            due = hours.add_days(moment(case["time"]), number)
            return asked(case, moment(case["result"]), due)
        case {"op": "for_duration", "unit": "day" | "days"}:
            return Comparison(case=case, outcome=Outcome.NO_SUBTRACTION)
        case {"op": "for_duration", "dir": "after"}:
            return compare_addition(case, hours)
        case {"op": "for_duration", "dir": "before"}:
            counted = hours.between(moment(case["result"]), moment(case["time"]))
            turned = Outcome.TURNED_ROUND
            return Comparison(case=case, outcome=turned, recorded=working_time(case), ours=counted)
    raise AssertionError(f"a kind of calculation that this test does not know: {case}")


def compare_addition(case: Recording, hours: BusinessHours) -> Comparison:
    due = hours.add(moment(case["time"]), working_time(case))
    if hours.is_open(due):
        return asked(case, moment(case["result"]), due)
    return Comparison(
        case=case,
        outcome=Outcome.CLOSING_TIME,
        recorded=moment(case["result"]),
        ours=hours.next_opening(due),
    )


def compare_break(case: Recording, schedule: Recording) -> Comparison:
    """A break is time that would be open without the schedule's breaks, and is closed."""
    now = moment(case["time"])
    hours, without_breaks = hours_of(schedule), hours_of({**schedule, "breaks": {}})
    if case["result"] and not without_breaks.is_open(now):
        return Comparison(case=case, outcome=Outcome.NO_TRACE)
    return asked(case, case["result"], without_breaks.is_open(now) and not hours.is_open(now))


def asked(case: Recording, recorded: object, ours: object) -> Comparison:
    return Comparison(case=case, outcome=Outcome.ASKED, recorded=recorded, ours=ours)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def working_time(case: Recording) -> timedelta:
    unit = case["unit"].removesuffix("s") + "s"
    return timedelta(**{unit: case["scalar"]})


def hours_of(schedule: Recording) -> BusinessHours:
    """Say the recorded schedule in our form.

    Its shifts are hours for one date, its breaks are cut out of a date's hours: exceptions both.
    A holiday of theirs closes a date with a shift, and one of ours would not, so that no
    exception is made for such a date.
    """
    dated = sorted({*schedule["shifts"], *schedule["breaks"]} - {*schedule["holidays"]})
    return CALENDAR.validate_python(
        {
            "time_zone": schedule["time_zone"],
            "hours": {day: in_words(spans) for day, spans in schedule["hours"].items()},
            "holidays": {"add": [{"date": day, "name": "H"} for day in schedule["holidays"]]},
            "exceptions": [
                {"from": day, "hours": in_words(spans_on(schedule, day))} for day in dated
            ],
        }
    )


def spans_on(schedule: Recording, day: str) -> ClockSpans:
    weekday = DAYS[date.fromisoformat(day).weekday()]
    spans: ClockSpans = schedule["shifts"].get(day, schedule["hours"].get(weekday, []))
    for pause in schedule["breaks"].get(day, []):
        spans = [piece for span in spans for piece in without(pause, span)]
    return spans


def without(pause: tuple[str, str], span: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what the pause leaves of the span; clock times sort like text."""
    if span[0] < pause[0]:
        yield span[0], min(span[1], pause[0])
    if pause[1] < span[1]:
        yield max(span[0], pause[1]), span[1]


def in_words(spans: ClockSpans) -> str:
    return ", ".join(f"{start}-{end}" for start, end in spans) or "closed"


def test_every_recorded_calculation_has_the_recorded_answer(comparisons: list[Comparison]) -> None:
    differing = [each for each in comparisons if each.recorded != each.ours]

    assert differing == []


def test_no_recorded_calculation_is_left_out_in_silence(
    comparisons: list[Comparison], capsys: pytest.CaptureFixture[str]
) -> None:
    counted = Counter(each.outcome for each in comparisons)

    with capsys.disabled():
        for outcome, number in sorted(counted.items()):
            print(f"\nrecorded calculations {outcome}: {number}", end="")
        print()
    assert counted == {
        Outcome.ASKED: 68,
        Outcome.CLOSING_TIME: 1,
        Outcome.TURNED_ROUND: 12,
        Outcome.NO_SUBTRACTION: 10,
        Outcome.NO_TRACE: 1,
    }
