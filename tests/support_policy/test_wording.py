"""The policy in words: each phrase as a customer reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support_policy import load_policy
from support_policy.diagnostics import did_you_mean, unknown_name_fix
from support_policy.escalation_levels import parse_trigger
from support_policy.maintenance_windows import Impact, MaintenanceKind, WindowState
from support_policy.opening_hours import parse_day_hours, parse_weekly_hours
from support_policy.periods import parse_period
from support_policy.response_targets import parse_target
from support_policy.wording import (
    CLAUSE_TITLES,
    IMPACT_WORDS,
    MAINTENANCE_KIND_WORDS,
    STATE_WORDS,
    TARGET_LABELS,
    date_in_words,
    day_in_words,
    hours_in_words,
    listed,
    moment_in_words,
    notice_in_words,
    policy_names,
    rhythm_in_words,
    spans_in_words,
    start_of_level_in_words,
    target_in_words,
    week_in_words,
)

# No deadlines: a machine that is busy is no fault.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

HERE = Path(__file__).parent
POLICY = load_policy(HERE / "sample_policy.yml")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("4 business hours", "within 4 business hours"),
        ("1 business hour", "within 1 business hour"),
        ("1 business day", "within 24 hours on working days"),
        ("2 business days", "within 2 business days"),
        ("24 hours", "within 24 hours"),
        ("30 minutes", "within 30 minutes"),
        ("90 business minutes", "within 90 business minutes"),
    ],
)
def test_a_target_in_words(target: str, words: str) -> None:
    assert target_in_words(parse_target(target)) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("1 month", "every month"),
        ("12 months", "every 12 months"),
        ("1 week", "every week"),
        ("2 weeks", "every 2 weeks"),
    ],
)
def test_a_rhythm_in_words(period: str, words: str) -> None:
    assert rhythm_in_words(parse_period(period)) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("3 days", "at least 3 days in advance"),
        ("1 day", "at least 1 day in advance"),
        ("72 hours", "at least 72 hours in advance"),
    ],
)
def test_a_notice_in_words(period: str, words: str) -> None:
    assert notice_in_words(parse_period(period)) == words


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (None, "at once"),
        ("50% of resolution", "when 50% of the time for the resolution has passed"),
        ("75% of first_response", "when 75% of the time for the first response has passed"),
        ("100% of next_update", "when 100% of the time for the next update has passed"),
        ("2 business hours overdue", "when a target is missed by 2 business hours"),
        ("1 hour overdue", "when a target is missed by 1 hour"),
    ],
)
def test_the_start_of_a_level_in_words(after: str | None, words: str) -> None:
    level = replace(POLICY.escalation[0], after=None if after is None else parse_trigger(after))

    assert start_of_level_in_words(level) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("closed", "closed"),
        ("09:00-17:00", "09:00–17:00"),
        ("9:00-12:00, 13:00-18:00", "09:00–12:00 and 13:00–18:00"),
        ("08:00-10:00, 11:00-13:00, 14:00-16:00", "08:00–10:00, 11:00–13:00 and 14:00–16:00"),
        ("00:00-24:00", "day and night"),
        ("24/7", "day and night"),
        ("18:00-24:00", "18:00–24:00"),
        ("09:00:30-17:00", "09:00:30–17:00"),
    ],
)
def test_the_hours_of_a_day_in_words(hours: str, words: str) -> None:
    assert spans_in_words(parse_day_hours(hours)) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        pytest.param(
            {"mon-thu": "09:00-12:00, 13:00-18:00", "fri": "09:00-15:00", "sat-sun": "closed"},
            "Monday to Thursday 09:00–12:00 and 13:00–18:00, Friday 09:00–15:00",
            id="an office",
        ),
        pytest.param({"mon": "09:00-10:00"}, "Monday 09:00–10:00", id="a single day"),
        pytest.param(
            {"mon, wed": "09:00-10:00"},
            "Monday 09:00–10:00, Wednesday 09:00–10:00",
            id="days apart",
        ),
        pytest.param("24/7", "day and night", id="always"),
        pytest.param(
            {"mon-fri": "24/7"}, "Monday to Friday day and night", id="working days, day and night"
        ),
        pytest.param("closed", "by arrangement only", id="never"),
    ],
)
def test_the_hours_of_a_week_in_words(hours: Any, words: str) -> None:
    assert week_in_words(parse_weekly_hours(hours)) == words


def test_hours_end_with_their_zone() -> None:
    assert hours_in_words(POLICY.calendars["office"]) == (
        "Monday to Thursday 09:00–12:00 and 13:00–18:00, Friday 09:00–15:00 (Europe/Berlin)"
    )
    assert hours_in_words(POLICY.calendars["always"]) == "day and night (UTC)"


def test_dates_and_moments_in_words() -> None:
    assert date_in_words(date(2026, 11, 2)) == "2 November 2026"
    assert day_in_words(date(2026, 12, 25)) == "Friday 25 December 2026"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Berlin", "Monday 2 November 2026, 00:30 (Europe/Berlin)"),
        ("UTC", "Sunday 1 November 2026, 23:30 (UTC)"),
        ("America/New_York", "Sunday 1 November 2026, 18:30 (America/New_York)"),
        ("Asia/Kathmandu", "Monday 2 November 2026, 05:15 (Asia/Kathmandu)"),
    ],
)
def test_a_moment_always_has_its_day_and_its_zone(zone: str, words: str) -> None:
    moment = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)

    assert moment_in_words(moment, ZoneInfo(zone)) == words


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
    ],
)
def test_a_list_in_a_sentence(parts: list[str], words: str) -> None:
    assert listed(parts) == words


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        pytest.param(IMPACT_WORDS, Impact, id="impact"),
        pytest.param(MAINTENANCE_KIND_WORDS, MaintenanceKind, id="kind of maintenance"),
        pytest.param(STATE_WORDS, WindowState, id="state of a window"),
    ],
)
def test_every_kind_has_words_of_its_own(words: Any, kinds: Any) -> None:
    assert set(words) == set(kinds)
    assert len(set(words.values())) == len(words)


def test_the_ten_clauses_have_their_titles_in_order() -> None:
    assert list(CLAUSE_TITLES.values()) == [
        "Support channels",
        "Response time",
        "Technical assistance",
        "Ticketing system",
        "Escalation process",
        "Knowledge base",
        "Software updates and maintenance",
        "Feedback and improvement",
        "Data security and privacy",
        "Continuous learning and training",
    ]
    assert list(TARGET_LABELS.values()) == ["First response", "Next update", "Resolution"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("organisation.name", "Sample Company"),
        ("organisation.url", "https://www.example.com"),
        ("version", "1.1"),
        ("effective", "1 October 2026"),
        ("channels.email.label", "E-mail"),
        ("channels.email.address", "support@example.com"),
        ("channels.email.audience", "Anything that needs a picture."),
        ("channels.phone.number", "+49 30 23125 000"),
        ("channels.phone.address", "+49 30 23125 000"),
        ("channels.phone.hours", "day and night (UTC)"),
        ("channels.chat.url", "https://www.example.com/chat"),
        ("channels.chat.address", "https://www.example.com/chat"),
        ("priorities.urgent.label", "Urgent"),
        ("priorities.urgent.means", "You cannot use the website at all."),
        ("priorities.urgent.first_response", "within 30 minutes"),
        ("priorities.urgent.next_update", "within 4 hours"),
        ("priorities.normal.first_response", "within 24 hours on working days"),
        ("priorities.normal.resolution", "within 5 business days"),
        ("escalation.first-line.label", "First line"),
        ("escalation.first-line.after", "at once"),
        ("escalation.engineering.handles", "Changes the software."),
        ("escalation.management.after", "when a target is missed by 2 business hours"),
        ("notice.planned", "at least 3 days in advance"),
        ("notice.major", "at least 2 weeks in advance"),
        ("retention.tickets", "24 months"),
        ("retention.votes", "1 year"),
        ("retention.votes.label", "Votes"),
        ("retention.votes.counted_from", "the day of the vote"),
        ("training.required_reading", "within 3 business days"),
    ],
)
def test_a_page_may_name_what_the_policy_says(name: str, words: str) -> None:
    assert policy_names(POLICY)[f"policy.{name}"] == words


def test_every_name_stands_for_words() -> None:
    for name, words in policy_names(POLICY).items():
        assert name.startswith("policy.")
        assert words == words.strip()
        assert words, name
        assert "{{" not in words


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ofice", "office"),
        ("Office", "office"),
        ("policy.notice.plannd", "policy.notice.planned"),
        ("xyz", None),
        ("", None),
    ],
)
def test_a_name_that_was_probably_meant(wrong: str, right: str | None) -> None:
    assert did_you_mean(wrong, ["office", "always", "policy.notice.planned"]) == right


def test_where_nothing_resembles_a_name_all_are_told() -> None:
    assert unknown_name_fix("xyz", ["b", "a", "b"]) == "use one of `a`, `b`"
    assert unknown_name_fix("xyz", map(str, range(20))).endswith(" …")
    assert unknown_name_fix("xyz", []).startswith("remove it")


@patiently
@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_only_a_known_name_is_ever_proposed(name: str, known: list[str]) -> None:
    guess = did_you_mean(name, known)

    assert guess is None or guess in known
