"""The maintenance page: what is coming, what is running and what is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from kbgen.pages.composed import ComposedPage, made_page
from kbgen.pages.markup import block, escaped, paragraphs, to
from support_policy.maintenance_windows import (
    MaintenanceCalendar,
    MaintenanceKind,
    MaintenanceWindow,
    WindowState,
)
from support_policy.policy import SupportPolicy
from support_policy.wording import (
    IMPACT_WORDS,
    MAINTENANCE_KIND_WORDS,
    STATE_WORDS,
    listed,
    moment_in_words,
    notice_in_words,
)

PAST_SHOWN = 20

_HEADINGS = {
    WindowState.RUNNING: "Running now",
    WindowState.UPCOMING: "Upcoming",
    WindowState.PAST: "Past",
}


def compose_maintenance(
    calendar: MaintenanceCalendar, policy: SupportPolicy, now: datetime
) -> ComposedPage:
    """Return the page as it is right at `now`; scripts move the state on with the clock."""
    zone = policy.organisation.time_zone
    return made_page(
        "/maintenance/",
        "maintenance",
        "Maintenance",
        paragraphs(
            *(_group(state, calendar, now) for state in _HEADINGS),
            "## How you hear of it {#notice}",
            f"Planned work is announced {notice_in_words(policy.notice.planned)}, "
            f"major work {notice_in_words(policy.notice.major)}. "
            f"{to('The support policy', '/support-policy/#software-updates-and-maintenance')} "
            "says the rest.",
            f"This page was made on {moment_in_words(now, zone)}.",
        ),
        summary="When we work on the service, what it affects, and when it is over.",
    )


def coming_windows(calendar: MaintenanceCalendar, now: datetime) -> Sequence[MaintenanceWindow]:
    """Return the windows that run or lie ahead, by start."""
    return [each for each in calendar.windows if each.state_at(now) is not WindowState.PAST]


def window_line(window: MaintenanceWindow) -> str:
    """Return the window as one entry of a list."""
    start = moment_in_words(window.start, window.time_zone)
    return f"- {to('Maintenance', f'/maintenance/#{window.id}')}: {escaped(window.title)}, {start}"


def _group(state: WindowState, calendar: MaintenanceCalendar, now: datetime) -> str:
    windows = [each for each in calendar.windows if each.state_at(now) is state]
    if state is WindowState.PAST:
        windows = windows[::-1][:PAST_SHOWN]
    if not windows:
        empty = {WindowState.UPCOMING: "Nothing is announced."}.get(state)
        return paragraphs(f"## {_HEADINGS[state]}", empty) if empty else ""
    shown = (_window(each, state, calendar) for each in windows)
    return paragraphs(f"## {_HEADINGS[state]}", *shown)


def _window(window: MaintenanceWindow, state: WindowState, calendar: MaintenanceCalendar) -> str:
    lines = "\n".join(_facts(window, state, calendar))
    return block(
        "kb-window",
        f"### {escaped(window.title)} {{#{window.id}}}\n\n{lines}",
        tag="section",
        attributes=f'data-start="{_utc(window.start)}" data-end="{_utc(window.end)}"',
    )


def _facts(
    window: MaintenanceWindow, state: WindowState, calendar: MaintenanceCalendar
) -> Iterator[str]:
    names = [escaped(calendar.components[each]) for each in window.components]
    yield f'<span class="kb-state">{STATE_WORDS[state]}</span> {escaped(window.summary)}'
    yield ""
    yield f"- From {moment_in_words(window.start, window.time_zone)}"
    yield f"- Until {moment_in_words(window.end, window.time_zone)}"
    if names:
        yield f"- Affected: {listed(names)}"
    yield f"- {IMPACT_WORDS[window.impact]}"
    if window.kind is not MaintenanceKind.PLANNED:
        yield f"- {MAINTENANCE_KIND_WORDS[window.kind]}"
    if window.announced is not None:
        yield f"- Announced {moment_in_words(window.announced, window.time_zone)}"


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
