"""Dates and local times as people write them: one way each, and no other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from support_policy.local_moments import parse_local_date, parse_local_moment

# No deadlines: a machine that is busy is no fault.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TWO_HOURS_AHEAD = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-05 22:00", datetime(2026, 12, 5, 22)),  # noqa: DTZ001
        ("2026-12-05T22:00", datetime(2026, 12, 5, 22)),  # noqa: DTZ001
        ("2026-12-05 22:00:30", datetime(2026, 12, 5, 22, 0, 30)),  # noqa: DTZ001
        ("2026-12-05 22:00Z", datetime(2026, 12, 5, 22, tzinfo=UTC)),
        ("2026-12-05 22:00+02:00", datetime(2026, 12, 5, 22, tzinfo=TWO_HOURS_AHEAD)),
        ("2026-12-05 22:00 +02:00", datetime(2026, 12, 5, 22, tzinfo=TWO_HOURS_AHEAD)),
    ],
)
def test_a_moment_is_local_unless_an_offset_is_written(text: str, moment: datetime) -> None:
    found = parse_local_moment(text)

    assert (found, found.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-12-05", "22:00", "2026-12-05 22", "2026-12-05 10pm", "2026-12-05 24:00",
        "2026-12-05 22:60", "2026-13-05 22:00", "2026-02-29 22:00", "05.12.2026 22:00",
        "12/05/2026 22:00", "2026-12-05  22:00", "2026-12-05 22:00 CET", "2026-12-05 22:00+2",
        "2026-12-05 22:00+24:00", "0026-12-05 22:00", "9999-12-31 23:59", "20261205T2200",
        "2026-W49-6 22:00", "tomorrow 22:00", None, 1_765_000_000, ["2026-12-05 22:00"],
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError, match="is not a date with a time"):
        parse_local_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-2-1", "20261122", "2026-W47-7", "22.11.2026", "11/22/2026", "2026-11-31",
        "2026-11-22 00:00", "2026-11-22T00:00:00", "1795305600", "today", "٢٠٢٦-١١-٢٢", None,
        20_261_122, ["2026-11-22"],
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: object) -> None:
    with pytest.raises(PydanticCustomError, match="is not a date"):
        parse_local_date(text)


def test_a_moment_is_no_date_even_at_midnight() -> None:
    with pytest.raises(PydanticCustomError, match="is not a date"):
        parse_local_date(datetime(2026, 11, 22, tzinfo=UTC))


@patiently
@given(st.dates())
def test_every_date_is_read_back_as_it_is_written(day: date) -> None:
    assert parse_local_date(day.isoformat()) == day
    assert parse_local_date(day) is day
