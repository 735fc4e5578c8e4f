"""The policy in words, once; pages and mails quote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from support_policy.business_hours import BusinessHours
from support_policy.channels import REQUIRED_FIELD
from support_policy.escalation_levels import EscalationLevel, ShareOfTarget, TargetName
from support_policy.maintenance_windows import Impact, MaintenanceKind, WindowState
from support_policy.opening_hours import DAY, Span, WeeklyHours
from support_policy.periods import Period
from support_policy.policy import SupportPolicy
from support_policy.response_targets import Target, TargetUnit
from support_policy.retention_rules import RecordKind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

CLAUSE_TITLES: Mapping[str, str] = {
    "support_channels": "Support channels",
    "response_time": "Response time",
    "technical_assistance": "Technical assistance",
    "ticketing_system": "Ticketing system",
    "escalation_process": "Escalation process",
    "knowledge_base": "Knowledge base",
    "updates_and_maintenance": "Software updates and maintenance",
    "feedback_and_improvement": "Feedback and improvement",
    "security_and_privacy": "Data security and privacy",
    "learning_and_training": "Continuous learning and training",
}
TARGET_LABELS = {
    TargetName.FIRST_RESPONSE: "First response",
    TargetName.NEXT_UPDATE: "Next update",
    TargetName.RESOLUTION: "Resolution",
}
IMPACT_WORDS = {
    Impact.NONE: "You should notice nothing",
    Impact.DEGRADED: "Slower or partly unavailable",
    Impact.OUTAGE: "Not available",
}
MAINTENANCE_KIND_WORDS = {
    MaintenanceKind.PLANNED: "Planned maintenance",
    MaintenanceKind.MAJOR: "Major maintenance",
    MaintenanceKind.EMERGENCY: "Emergency maintenance",
}
STATE_WORDS = {
    WindowState.UPCOMING: "Upcoming",
    WindowState.RUNNING: "Running now",
    WindowState.PAST: "Past",
}


def date_in_words(day: date) -> str:
    """Return `2 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_in_words(day: date) -> str:
    """Return `Monday 2 November 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {date_in_words(day)}"


def moment_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """Return `Monday 2 November 2026, 09:00 (Europe/Berlin)`: day and zone always."""
    local = moment.astimezone(zone)
    return f"{day_in_words(local.date())}, {local:%H:%M} ({zone.key})"


def listed(parts: Sequence[str]) -> str:
    """Return the parts as a list in a sentence: `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def target_in_words(target: Target) -> str:
    """Return the promise: `within 4 business hours`, `within 24 hours on working days`.

    One business day ends at the same clock time on the next working day, which customers know
    as 24 hours.
    """
    if target == Target(1, TargetUnit.BUSINESS_DAY):
        return "within 24 hours on working days"
    return f"within {target}"


def rhythm_in_words(period: Period) -> str:
    """Return `every month`, `every 12 months`."""
    return f"every {period.unit}" if period.amount == 1 else f"every {period}"


def notice_in_words(period: Period) -> str:
    """Return `at least 3 days in advance`."""
    return f"at least {period} in advance"


def start_of_level_in_words(level: EscalationLevel) -> str:
    """Return when a request reaches the level."""
    if level.after is None:
        return "at once"
    if isinstance(level.after, ShareOfTarget):
        label = TARGET_LABELS[level.after.target].lower()
        return f"when {level.after.percent}% of the time for the {label} has passed"
    return f"when a target is missed by {level.after.late_by}"


def spans_in_words(spans: Sequence[Span]) -> str:
    """Return the hours of one day: `09:00–12:00 and 13:00–18:00`, `closed`, `day and night`.

    What ends on the next morning says so: `22:00–06:00 the next day`.
    """
    if not spans:
        return "closed"
    if len(spans) == 1 and spans[0].covers_day:
        return "day and night"
    return listed([_span_in_words(span) for span in spans])


def week_in_words(week: WeeklyHours) -> str:
    """Return a week's hours; neighbouring days with equal hours share one entry."""
    if all(len(spans) == 1 and spans[0].covers_day for spans in week.days):
        return "day and night"
    parts = [f"{days} {spans_in_words(spans)}" for days, spans in _equal_days(week) if spans]
    return ", ".join(parts) if parts else "by arrangement only"


def hours_in_words(hours: BusinessHours) -> str:
    """Return the weekly hours with their zone."""
    return f"{week_in_words(hours.hours)} ({hours.time_zone.key})"


def policy_names(policy: SupportPolicy) -> Mapping[str, str]:
    """Return what `{{ policy.… }}` may name in a page, and the words that replace it."""
    return dict(_policy_names(policy))


def _policy_names(policy: SupportPolicy) -> Iterator[tuple[str, str]]:
    yield "policy.organisation.name", policy.organisation.name
    yield "policy.organisation.url", policy.organisation.url
    yield "policy.version", policy.version
    yield "policy.effective", date_in_words(policy.effective)
    for channel in policy.channels:
        stem = f"policy.channels.{channel.id}"
        yield f"{stem}.label", channel.label
        yield f"{stem}.address", channel.shown_as
        yield f"{stem}.{REQUIRED_FIELD[channel.kind]}", channel.shown_as
        yield f"{stem}.audience", channel.audience
        yield f"{stem}.hours", hours_in_words(policy.hours_of_channel(channel))
    for name, priority in policy.priorities.items():
        stem = f"policy.priorities.{name}"
        yield f"{stem}.label", priority.label
        yield f"{stem}.means", priority.means
        for target in TargetName:
            yield f"{stem}.{target}", target_in_words(priority.target(target))
    for level in policy.escalation:
        stem = f"policy.escalation.{level.id}"
        yield f"{stem}.label", level.label
        yield f"{stem}.handles", level.handles
        yield f"{stem}.after", start_of_level_in_words(level)
    yield "policy.notice.planned", notice_in_words(policy.notice.planned)
    yield "policy.notice.major", notice_in_words(policy.notice.major)
    for kind in RecordKind:
        rule = policy.retention.rule_for(kind)
        yield f"policy.retention.{kind}", str(rule.keep)
        yield f"policy.retention.{kind}.label", rule.label
        yield f"policy.retention.{kind}.counted_from", rule.counted_from
    yield "policy.training.required_reading", target_in_words(policy.training.required_reading)


def _equal_days(week: WeeklyHours) -> Iterator[tuple[str, Sequence[Span]]]:
    for spans, group in groupby(range(7), key=lambda weekday: week.days[weekday]):
        days = [WEEKDAYS[weekday] for weekday in group]
        yield (days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"), spans


def _span_in_words(span: Span) -> str:
    next_day = " the next day" if span.end > DAY else ""
    return f"{_clock(span.start)}–{_clock(span.end)}{next_day}"


def _clock(since_midnight: timedelta) -> str:
    """Return the clock's reading; the end of the day is 24:00, the next morning begins anew."""
    reading = since_midnight - DAY if since_midnight > DAY else since_midnight
    minutes, second = divmod(int(reading.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")
