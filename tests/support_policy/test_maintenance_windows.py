"""Maintenance windows: their instants, clock-change nights, and the notice that is promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support_policy.diagnostics import InvalidSources
from support_policy.local_moments import ClockChange, instant_of, parse_local_moment
from support_policy.maintenance_windows import (
    Impact,
    MaintenanceKind,
    MaintenanceWindow,
    WindowState,
    least_notice,
    parse_windows,
)
from support_policy.periods import parse_period
from support_policy.policy import NoticePeriods

# No deadlines: a machine that is busy is no fault.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

HERE = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
NOTICE = NoticePeriods(planned=parse_period("3 days"), major=parse_period("2 weeks"))
SAMPLE = (HERE / "sample_maintenance.yml").read_text(encoding="utf-8")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def one_window(start: str, end: str, *, zone: str = "Europe/Berlin", more: str = "") -> str:
    return (
        "components: {website: Website}\n"
        "windows:\n"
        "  - id: work\n"
        "    title: Work\n"
        f"    start: {start}\n"
        f"    end: {end}\n"
        f"    time_zone: {zone}\n"
        "    components: [website]\n"
        "    impact: outage\n"
        f"{more}"
    )


def window_in(text: str) -> MaintenanceWindow:
    (window,) = parse_windows(text).windows
    return window


def announced_window(announced: str, start: str, *, kind: str = "planned") -> MaintenanceWindow:
    end = datetime.fromisoformat(start) + timedelta(hours=1)
    more = f"    announced: {announced}\n    kind: {kind}\n"
    return window_in(one_window(start, f"{end:%Y-%m-%d %H:%M}", more=more))


def test_local_times_become_instants_and_keep_their_zone() -> None:
    database = next(each for each in parse_windows(SAMPLE).windows if "database" in each.id)

    assert database.start == utc("2026-12-05 21:00")
    assert database.end == utc("2026-12-05 22:30")
    assert database.announced == utc("2026-11-22 09:00")
    assert database.start.tzinfo is UTC
    assert database.time_zone == BERLIN
    assert database.components == ("website", "api")
    assert database.impact is Impact.OUTAGE
    assert database.kind is MaintenanceKind.PLANNED


def test_a_window_may_have_a_zone_of_its_own() -> None:
    move = next(each for each in parse_windows(SAMPLE).windows if "move" in each.id)

    assert move.time_zone.key == "America/New_York"
    assert move.start == utc("2026-12-21 01:00")


def test_the_calendar_names_the_components_and_the_zone_of_the_file() -> None:
    calendar = parse_windows(SAMPLE)

    assert dict(calendar.components) == {"website": "Website", "api": "Programming interface"}
    assert calendar.time_zone == BERLIN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "windows:\n",
        "windows: []\n",
        "components:\nwindows:\n",
        "components: {}\n",
        "time_zone: UTC\n",
        "time_zone:\n",
        "# nothing is planned\n",
    ],
)
def test_a_file_without_windows_is_fine(text: str) -> None:
    assert parse_windows(text).windows == ()


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        pytest.param("2026-12-05 22:00", "2026-12-06 02:00", 4, id="an ordinary night"),
        pytest.param("2026-10-25 01:00", "2026-10-25 04:00", 4, id="over the repeated hour"),
        pytest.param("2027-03-28 01:00", "2027-03-28 04:00", 2, id="over the skipped hour"),
        pytest.param("2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00", 1, id="the hour itself"),
        pytest.param("2026-10-25 02:30 +01:00", "2026-10-25 04:00", 1.5, id="its second half"),
        pytest.param("2026-12-05T22:00Z", "2026-12-06 00:00", 1, id="an offset is taken as it is"),
        pytest.param("2026-12-05 22:00:30", "2026-12-05 23:00:30", 1, id="seconds"),
    ],
)
def test_a_window_has_its_true_length(start: str, end: str, length: float) -> None:
    window = window_in(one_window(start, end))

    assert window.end - window.start == timedelta(hours=length)


@pytest.mark.parametrize(
    ("zone", "moment", "change"),
    [
        ("Europe/Berlin", "2027-03-28 02:00", "it never comes"),
        ("Europe/Berlin", "2027-03-28 02:59", "it never comes"),
        ("Europe/Berlin", "2026-10-25 02:00", "it comes twice"),
        ("Europe/Berlin", "2026-10-25 02:59", "it comes twice"),
        ("America/New_York", "2027-03-14 02:30", "it never comes"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "it never comes"),
        ("Australia/Lord_Howe", "2027-04-04 01:45", "it comes twice"),
        ("Pacific/Apia", "2011-12-30 12:00", "it never comes"),
    ],
)
@pytest.mark.parametrize("field", ["start", "end", "announced"])
def test_a_time_on_a_clock_change_is_refused_until_an_offset_is_written(
    zone: str, moment: str, change: str, field: str
) -> None:
    times = {
        "start": "2011-01-01 00:00",
        "end": "2028-01-01 00:00",
        "announced": "2010-12-01 00:00",
    }
    times[field] = moment
    more = f"    announced: {times['announced']}\n"
    text = one_window(times["start"], times["end"], zone=zone, more=more)

    with pytest.raises(InvalidSources) as caught:
        parse_windows(text)

    (mistake,) = caught.value.diagnostics
    assert mistake.rule == "clock-change"
    assert change in mistake.why
    offset = mistake.fix.partition("(")[2].partition(" or ")[0]
    assert window_in(text.replace(moment, f"{moment}{offset}")).title == "Work"


@pytest.mark.parametrize(
    "moment",
    ["2027-03-28 01:59", "2027-03-28 03:00", "2026-10-25 01:59", "2026-10-25 03:00"],
)
def test_a_time_beside_a_clock_change_needs_no_offset(moment: str) -> None:
    assert isinstance(instant_of(parse_local_moment(moment), BERLIN), datetime)


@patiently
@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001
def test_an_instant_shows_the_local_time_it_was_written_as(moment: datetime) -> None:
    found = instant_of(moment, BERLIN)

    if isinstance(found, ClockChange):
        repeats = moment.replace(tzinfo=BERLIN).astimezone(UTC).astimezone(BERLIN)
        assert (repeats.replace(tzinfo=None) == moment) is (found is ClockChange.OVERLAP)
    else:
        assert found.astimezone(BERLIN).replace(tzinfo=None) == moment


@pytest.mark.parametrize(
    ("kind", "announced", "start", "earliest"),
    [
        pytest.param("planned", "2026-11-22 10:00", "2026-11-25 10:00", None, id="just in time"),
        pytest.param(
            "planned", "2026-11-22 10:01", "2026-11-25 10:00", "2026-11-25 10:01",
            id="a minute too late",
        ),
        pytest.param("major", "2026-11-22 10:00", "2026-12-06 10:00", None, id="major, in time"),
        pytest.param(
            "major", "2026-11-22 10:00", "2026-12-05 22:00", "2026-12-06 10:00",
            id="major, too late",
        ),
        pytest.param("emergency", "2026-11-22 10:00", "2026-11-22 10:00", None, id="emergency"),
        pytest.param(
            "planned", "2026-10-23 12:00", "2026-10-26 11:30", "2026-10-26 12:00",
            id="three days of the calendar over the night of 25 hours",
        ),
        pytest.param(
            "planned", "2026-11-27 10:00", "2026-11-22 10:00", "2026-11-30 10:00",
            id="announced after the event",
        ),
    ],
)  # fmt: skip
def test_notice_is_counted_from_the_announcement(
    kind: str, announced: str, start: str, earliest: str | None
) -> None:
    window = announced_window(announced, start, kind=kind)

    found = least_notice(window, NOTICE)

    expected = earliest and datetime.fromisoformat(earliest).replace(tzinfo=BERLIN)
    assert found == expected


def test_a_month_of_notice_is_a_month_of_the_windows_own_calendar() -> None:
    notice = NoticePeriods(planned=parse_period("1 month"), major=parse_period("1 month"))

    too_late = least_notice(announced_window("2027-03-01 00:30", "2027-03-31 00:30"), notice)
    in_time = least_notice(announced_window("2027-03-01 00:30", "2027-04-01 00:30"), notice)

    assert too_late == datetime(2027, 4, 1, 0, 30, tzinfo=BERLIN)
    assert in_time is None


def test_notice_in_hours_is_true_hours() -> None:
    notice = NoticePeriods(planned=parse_period("72 hours"), major=parse_period("2 weeks"))

    window = announced_window("2026-10-23 12:00", "2026-10-26 11:00")

    assert least_notice(window, notice) is None


def test_a_window_that_does_not_say_when_it_was_announced_is_not_judged() -> None:
    window = window_in(one_window("2026-12-05 22:00", "2026-12-05 23:00"))

    assert window.announced is None
    assert least_notice(window, NOTICE) is None


def test_too_little_notice_is_refused_with_the_earliest_start_in_local_time() -> None:
    text = one_window(
        "2026-12-05 22:00", "2026-12-05 23:00", more="    announced: 2026-12-04 12:00\n"
    )

    with pytest.raises(InvalidSources) as caught:
        parse_windows(text, notice=NOTICE)

    (mistake,) = caught.value.diagnostics
    assert (mistake.rule, mistake.location.line) == ("too-little-notice", 5)
    assert mistake.fix.startswith("begin at 2026-12-07 12:00 or later")


def test_without_a_policy_notice_is_not_judged() -> None:
    text = one_window(
        "2026-12-05 22:00", "2026-12-05 23:00", more="    announced: 2026-12-05 21:59\n"
    )

    assert len(parse_windows(text).windows) == 1


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-12-05 20:59", WindowState.UPCOMING),
        ("2026-12-05 21:00", WindowState.RUNNING),
        ("2026-12-05 22:29", WindowState.RUNNING),
        ("2026-12-05 22:30", WindowState.PAST),
    ],
)
def test_a_window_runs_from_its_start_until_just_before_its_end(
    now: str, state: WindowState
) -> None:
    database = next(each for each in parse_windows(SAMPLE).windows if "database" in each.id)

    assert database.state_at(utc(now)) is state


def test_windows_that_start_together_stand_by_id() -> None:
    first = SAMPLE.replace("start: 2026-11-20 10:00", "start: 2026-12-05 22:00").replace(
        "end: 2026-11-20 10:10", "end: 2026-12-05 22:10"
    )

    ids = [window.id for window in parse_windows(first).windows]

    assert ids == ["2026-11-20-certificate", "2026-12-05-database", "2026-12-20-move"]
