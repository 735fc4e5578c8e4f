"""How people write opening hours, and what they are told when they slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ConfigDict, TypeAdapter

from support_policy.diagnostics import Diagnostic, InvalidSources
from support_policy.opening_hours import (
    ALWAYS_CLOSED,
    ALWAYS_OPEN,
    DayHoursText,
    Span,
    WeeklyHours,
    WeeklyHoursText,
    parse_day_hours,
    parse_weekdays,
    parse_weekly_hours,
)
from support_policy.yaml_file import STRICT, parse_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    hours: WeeklyHoursText = ALWAYS_CLOSED
    fair: DayHoursText = ()


SHOP = TypeAdapter(Shop)


def week_in(text: str) -> WeeklyHours:
    return parse_yaml(text, "shop.yml", SHOP).hours


def mistakes_in(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidSources) as caught:
        parse_yaml(text, "shop.yml", SHOP)
    return caught.value.diagnostics


def mistake_in(text: str) -> Diagnostic:
    (mistake,) = mistakes_in(text)
    return mistake


def span(start: float, end: float) -> Span:
    return Span(start=timedelta(hours=start), end=timedelta(hours=end))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        pytest.param("09:00-17:00", (span(9, 17),), id="one span"),
        pytest.param("9:00-17:00", (span(9, 17),), id="without the leading nought"),
        pytest.param("09:00-12:00, 13:00-18:00", (span(9, 12), span(13, 18)), id="a break"),
        pytest.param("13:00-18:00,09:00-12:00", (span(9, 12), span(13, 18)), id="any order"),
        pytest.param("09:00-12:00, 12:00-18:00", (span(9, 12), span(12, 18)), id="touching"),
        pytest.param("22:00-06:00", (span(22, 30),), id="until the next morning"),
        pytest.param("09:00-09:00", (span(9, 33),), id="a day and a night"),
        pytest.param("00:00-24:00", (span(0, 24),), id="all day"),
        pytest.param("00:00-00:00", (span(0, 24),), id="midnight to midnight"),
        pytest.param("24/7", (span(0, 24),), id="24/7 on a day is all day"),
        pytest.param("18:00-00:00", (span(18, 24),), id="until midnight"),
        pytest.param("22:00-06:00, 05:00-07:00", (span(5, 7), span(22, 30)), id="two ends"),
        pytest.param("09:00:30-17:00:15", (span(9 + 1 / 120, 17 + 1 / 240),), id="seconds"),
        pytest.param(" 09:00 – 17:00 ", (span(9, 17),), id="long dash and spaces"),
        pytest.param("closed", (), id="closed"),
        pytest.param("Closed", (), id="closed in capitals"),
    ],
)
def test_hours_of_a_day_are_read(text: str, spans: tuple[Span, ...]) -> None:
    assert parse_day_hours(text) == spans


@pytest.mark.parametrize(
    ("key", "weekdays"),
    [
        pytest.param("mon", (0,), id="one day"),
        pytest.param("Sunday", (6,), id="a full name"),
        pytest.param("mon-thu", (0, 1, 2, 3), id="a range"),
        pytest.param("sat-sun", (5, 6), id="the weekend"),
        pytest.param("fri-mon", (4, 5, 6, 0), id="a range over the weekend"),
        pytest.param("tue-tue", (1,), id="a range of one day"),
        pytest.param("mon, wed", (0, 2), id="a list"),
        pytest.param("mon-tue,thu - fri", (0, 1, 3, 4), id="a list of ranges"),
        pytest.param("Monday–Friday", (0, 1, 2, 3, 4), id="full names and a long dash"),
    ],
)
def test_days_are_read_from_a_key(key: str, weekdays: tuple[int, ...]) -> None:
    assert parse_weekdays(key) == weekdays


def test_days_that_are_not_named_are_closed() -> None:
    week = week_in('hours: {mon-tue: "09:00-12:00, 13:00-18:00", fri: 09:00-15:00, sun: closed}')

    full, short = (span(9, 12), span(13, 18)), (span(9, 15),)
    assert week.days == (full, full, (), (), short, (), ())


@pytest.mark.parametrize(
    ("text", "week"),
    [
        pytest.param("hours: 24/7", ALWAYS_OPEN, id="24/7"),
        pytest.param("hours: closed", ALWAYS_CLOSED, id="closed"),
        pytest.param("hours: {mon-sun: 00:00-24:00}", ALWAYS_OPEN, id="24/7 in long"),
        pytest.param("hours: {wed-tue: 24/7}", ALWAYS_OPEN, id="all days from Wednesday on"),
    ],
)
def test_a_week_can_be_one_word(text: str, week: WeeklyHours) -> None:
    assert week_in(text) == week


def test_a_night_that_ends_when_the_next_day_opens_does_not_overlap_it() -> None:
    week = week_in("hours: {sun: 22:00-06:00, mon: 06:00-12:00}")

    assert week.days[6] == (span(22, 30),)
    assert week.days[0] == (span(6, 12),)


@pytest.mark.parametrize(
    ("hours", "rule", "what", "fix"),
    [
        pytest.param("25:00-26:00", "invalid-hours", "`25:00`", "22:00-06:00", id="25:00"),
        pytest.param("12:00-24:30", "invalid-hours", "`24:30`", "next morning", id="24:30"),
        pytest.param("09:60-10:00", "invalid-hours", "`09:60`", "17:30", id="09:60"),
        pytest.param("24:00-06:00", "invalid-hours", "starts at 24:00", "00:00", id="24:00"),
        pytest.param("9-5", "invalid-hours", "`9-5`", "09:00-17:00", id="9-5"),
        pytest.param("9-17", "invalid-hours", "`9-17`", "09:00-17:00", id="9-17"),
        pytest.param("22-6", "invalid-hours", "`22-6`", "22:00-06:00", id="22-6"),
        pytest.param("9am to 5.30pm", "invalid-hours", "9am", "09:00-17:30", id="am and pm"),
        pytest.param("0900-1700", "invalid-hours", "0900", "09:00-17:00", id="no colons"),
        pytest.param("99-100", "invalid-hours", "99", "09:00-17:00", id="99-100"),
        pytest.param("30-31", "invalid-hours", "30", "`closed`", id="30-31"),
        pytest.param("mornings", "invalid-hours", "mornings", "`closed`", id="a word"),
        pytest.param("09:00-17:00,", "invalid-hours", "``", "`closed`", id="a comma too many"),
        pytest.param("[09:00-12:00]", "invalid-hours", "one line", "13:00-18:00", id="a list"),
        pytest.param("", "empty-value", "empty", "`closed`", id="nothing"),
        pytest.param('""', "empty-value", "empty", "`closed`", id="an empty text"),
        pytest.param(
            "09:00-12:00, 11:59-13:00",
            "overlapping-hours",
            "09:00-12:00 and 11:59-13:00",
            "end where",
            id="overlap",
        ),
    ],
)
@pytest.mark.parametrize(
    ("form", "line"), [("hours:\n  tue: closed\n  mon: {}", 3), ("fair: {}", 1)]
)
def test_hours_that_cannot_be_read_are_refused_at_their_line(
    form: str, line: int, hours: str, rule: str, what: str, fix: str
) -> None:
    mistake = mistake_in(form.format(hours))

    assert (mistake.rule, mistake.location.line) == (rule, line)
    assert what in mistake.what
    assert fix in mistake.fix
    assert mistake.why


@pytest.mark.parametrize(
    ("key", "what", "fix"),
    [
        pytest.param("mno", "`mno`", "did you mean `mon`?", id="typing error"),
        pytest.param("Thurday", "`Thurday`", "did you mean `thursday`?", id="in a full name"),
        pytest.param("mon-frii", "`frii`", "did you mean `fri`?", id="in a range"),
        pytest.param("weekdays", "`weekdays`", "did you mean `mon-fri`?", id="weekdays"),
        pytest.param("xyz", "`xyz`", "`mon-fri`", id="no day at all"),
        pytest.param("mon-", "`mon-`", "`mon-fri`", id="a range without an end"),
        pytest.param("mon,", "`mon,`", "`mon, wed`", id="a comma too many"),
    ],
)
def test_a_day_that_nobody_knows_is_refused(key: str, what: str, fix: str) -> None:
    mistake = mistake_in(f"hours:\n  tue: closed\n  {key}: 09:00-10:00")

    assert (mistake.rule, mistake.location.line) == ("unknown-day", 3)
    assert what in mistake.what
    assert fix in mistake.fix


@pytest.mark.parametrize(
    ("text", "rule", "what"),
    [
        pytest.param(
            "{mon-wed: closed,\n tue: closed}",
            "day-named-twice",
            "Tuesday is named by `mon-wed` already",
            id="a day in two keys",
        ),
        pytest.param(
            "{mon: closed,\n 'tue, tue': closed}",
            "day-named-twice",
            "Tuesday is named twice",
            id="a day twice in one key",
        ),
        pytest.param(
            "{mon: 00:00-06:30,\n sun: 22:00-06:00:01}",
            "overlapping-hours",
            "22:00-06:00:01 of Sunday runs into 00:00-06:30 of Monday",
            id="a night into the next day's hours",
        ),
    ],
)
def test_days_that_contradict_each_other_are_refused(text: str, rule: str, what: str) -> None:
    mistake = mistake_in(f"hours: {text}")

    assert (mistake.rule, mistake.location.line) == (rule, 2)
    assert mistake.what == what


@pytest.mark.parametrize(
    ("hours", "rule", "fix"),
    [
        pytest.param("", "empty-value", "`24/7` or `closed`", id="nothing"),
        pytest.param("{}", "empty-value", "`24/7` or `closed`", id="no days"),
        pytest.param("09:00-17:00", "invalid-hours", "mon-fri: 09:00-17:00", id="hours alone"),
        pytest.param("[mon]", "wrong-type", "key: value", id="a list"),
    ],
)
def test_a_week_without_days_is_refused(hours: str, rule: str, fix: str) -> None:
    mistake = mistake_in(f"hours: {hours}")

    assert (mistake.rule, mistake.location.line) == (rule, 1)
    assert fix in mistake.fix


def test_all_mistakes_of_a_week_are_told_at_once() -> None:
    mistakes = mistakes_in("hours:\n  mno: closed\n  tue: 9-5\n  wed:\n  thu: 09:00-10:00")

    assert [(each.location.line, each.rule) for each in mistakes] == [
        (2, "unknown-day"),
        (3, "invalid-hours"),
        (4, "empty-value"),
    ]


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    """Spans of a day that do not overlap, the last perhaps until the next morning."""
    seconds = sorted(draw(st.lists(st.integers(0, 86_399), max_size=8, unique=True)))
    seconds = seconds[: len(seconds) // 2 * 2]
    pairs = list(zip(seconds[::2], seconds[1::2], strict=True))
    ends_next_morning = draw(st.booleans())
    if pairs and ends_next_morning:
        start = pairs[-1][0]
        pairs[-1] = (start, draw(st.integers(start + 1, start + 86_400)))
    return tuple(
        Span(start=timedelta(seconds=start), end=timedelta(seconds=end)) for start, end in pairs
    )


@settings(max_examples=200, deadline=None)
@given(spans=days())
def test_spans_are_read_as_they_are_written(spans: tuple[Span, ...]) -> None:
    assert parse_day_hours(", ".join(map(str, spans)) or "closed") == spans


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param("24/7", id="a word"),
        pytest.param({"mon-thu": "09:00-12:00, 13:00-18:00", "Fri": "Closed"}, id="a week"),
        pytest.param({"mon, wed": "9:00 – 17:00:30"}, id="a list of days"),
    ],
)
def test_the_schema_for_editors_allows_what_is_read(hours: object) -> None:
    schema = SHOP.json_schema()

    assert parse_weekly_hours(hours) != ALWAYS_CLOSED
    Draft202012Validator(schema).validate({"hours": hours})


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param("open", id="a wrong word"),
        pytest.param({"mon": "9-5"}, id="no minutes"),
        pytest.param({"mon": 540}, id="a number"),
        pytest.param({}, id="nothing"),
    ],
)
def test_the_schema_for_editors_refuses_what_is_not_read(hours: object) -> None:
    schema = SHOP.json_schema()

    assert not Draft202012Validator(schema).is_valid({"hours": hours})
