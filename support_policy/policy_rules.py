"""Reads the policy from its text, and holds its parts against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, time
from functools import cache

from pydantic import TypeAdapter

from support_policy.business_hours import NeverOpens
from support_policy.channels import REQUIRED_FIELD
from support_policy.diagnostics import unknown_name_fix
from support_policy.escalation_levels import Overdue, TargetName
from support_policy.policy import Priority, SupportPolicy
from support_policy.response_targets import Target
from support_policy.wording import policy_names
from support_policy.yaml_file import Finding, parse_yaml, shown


@cache
def policy_type() -> TypeAdapter[SupportPolicy]:
    """Return what validates policy.yml and knows its JSON Schema."""
    return TypeAdapter(SupportPolicy)


def parse_policy(text: str, file: str = "policy.yml") -> SupportPolicy:
    """Return the policy; raises `InvalidSources` with every mistake at its place."""
    return parse_yaml(text, file, policy_type(), rules=policy_findings)


def policy_findings(policy: SupportPolicy) -> Iterator[Finding]:
    """Yield what is wrong between the parts of a policy whose parts are right."""
    if not policy.calendars:
        yield _nothing("calendars", "nobody could know when somebody is there")
    yield from _channel_findings(policy)
    yield from _priority_findings(policy)
    yield from _level_findings(policy)
    yield from _version_findings(policy)
    yield from _clause_findings(policy)


def _channel_findings(policy: SupportPolicy) -> Iterator[Finding]:
    if not policy.channels:
        yield _nothing("channels", "customers could reach nobody")
    seen: set[str] = set()
    for index, channel in enumerate(policy.channels):
        at = ("channels", index)
        if channel.id in seen:
            yield _named_twice((*at, "id"), channel.id)
        seen.add(channel.id)
        if channel.hours not in policy.calendars:
            yield _unknown_calendar((*at, "hours"), channel.hours, policy)
        needed = REQUIRED_FIELD[channel.kind]
        if not channel.shown_as:
            yield Finding(
                at,
                "missing-key",
                f"a channel of kind {channel.kind} needs `{needed}`",
                "without it the contact card has nothing to press",
                f"add `{needed}: …`",
            )
        for name in set(REQUIRED_FIELD.values()) - {needed}:
            if getattr(channel, name) is not None:
                yield Finding(
                    (*at, name),
                    "unknown-key",
                    f"a channel of kind {channel.kind} has no `{name}`",
                    "a key that nobody reads would look as if it worked",
                    f"remove it, or change the kind; its address is in `{needed}`",
                )


def _priority_findings(policy: SupportPolicy) -> Iterator[Finding]:
    if not policy.priorities:
        yield _nothing("priorities", "no request could be timed")
    for name, priority in policy.priorities.items():
        at = ("priorities", name)
        if priority.calendar is None:
            if len(policy.calendars) > 1:
                yield Finding(
                    at,
                    "missing-key",
                    f"`{name}` does not say which calendar times it",
                    "there is more than one",
                    f"add `calendar:` with one of {', '.join(sorted(policy.calendars))}",
                )
        elif priority.calendar not in policy.calendars:
            yield _unknown_calendar((*at, "calendar"), priority.calendar, policy)
        hours = policy.calendars.get(priority.calendar or next(iter(policy.calendars), ""))
        if hours is None:
            continue
        if not any(hours.hours.days):
            yield Finding(
                (*at, "calendar") if priority.calendar else at,
                "never-open",
                f"the calendar that times `{name}` has no weekly hours",
                "a target could fall due never",
                "give the calendar hours on at least one weekday",
            )
            continue
        for path, target in _times_of(name, priority, policy):
            try:
                target.due_at(datetime.combine(policy.effective, time(), UTC), hours)
            except NeverOpens:
                yield _never_due(path, target)


def _times_of(
    name: str, priority: Priority, policy: SupportPolicy
) -> Iterator[tuple[tuple[str | int, ...], Target]]:
    """Yield every time that is counted for a request of the priority, and where it stands."""
    for target in TargetName:
        yield ("priorities", name, target), priority.target(target)
    for index, level in enumerate(policy.escalation):
        if isinstance(level.after, Overdue):
            yield ("escalation", index, "after"), level.after.late_by


def _level_findings(policy: SupportPolicy) -> Iterator[Finding]:
    if not policy.escalation:
        yield _nothing("escalation", "nobody would be responsible")
    seen: set[str] = set()
    for index, level in enumerate(policy.escalation):
        if level.id in seen:
            yield _named_twice(("escalation", index, "id"), level.id)
        seen.add(level.id)
        if (level.after is None) != (index == 0):
            yield Finding(
                ("escalation", index, "after"),
                "invalid-trigger",
                "only the first level has no `after`" if index else "the first level has `after`",
                "every request starts at the first level and climbs by the clock",
                "add `after: 75% of resolution`" if index else "remove `after`",
            )
    teams = {level.team for level in policy.escalation}
    for index, duty in enumerate(policy.training.duties):
        if duty.team is not None and duty.team not in teams:
            yield Finding(
                ("training", "duties", index, "team"),
                "unknown-team",
                f"`{duty.team}` is not a team",
                "teams are those of the escalation levels",
                unknown_name_fix(duty.team, teams),
            )


def _version_findings(policy: SupportPolicy) -> Iterator[Finding]:
    newest = policy.changes[0].version if policy.changes else None
    if newest != policy.version:
        yield Finding(
            ("changes",),
            "version-without-change",
            f"version {policy.version} is not the first entry of `changes`",
            "customers are shown what changed in the promises",
            f'add `- {{version: "{policy.version}", date: …, note: …}}` at the top',
        )


def _clause_findings(policy: SupportPolicy) -> Iterator[Finding]:
    # The words for a channel's hours need its calendar; where that is missing, mend it first.
    can_judge_names = all(channel.hours in policy.calendars for channel in policy.channels)
    known = policy_names(policy) if can_judge_names else {}
    for field in fields(policy.clauses):
        text: str = getattr(policy.clauses, field.name)
        at = ("clauses", field.name)
        if not text.strip():
            yield Finding(
                at,
                "empty-value",
                f"the clause `{field.name}` says nothing",
                "the published policy has ten clauses",
                "write what is promised in a sentence or two",
            )
        for inside in re.findall(r"(?<!\\)\{\{([^{}]*)\}\}", text):
            name = inside.strip()
            if can_judge_names and ("\n" in inside or name not in known):
                yield Finding(
                    at,
                    "unknown-name",
                    f"{shown(name)} is nothing that the policy says",
                    "readers would see the braces",
                    unknown_name_fix(name, known)
                    + " (to show braces as they are, write a backslash before them)",
                )


def _unknown_calendar(path: tuple[str | int, ...], name: str, policy: SupportPolicy) -> Finding:
    return Finding(
        path,
        "unknown-calendar",
        f"`{name}` is not a calendar",
        "it says when somebody is there, and times the targets",
        unknown_name_fix(name, policy.calendars),
    )


def _named_twice(path: tuple[str | int, ...], name: str) -> Finding:
    return Finding(
        path,
        "duplicate-id",
        f"`{name}` is the id of two entries",
        "ids become addresses; two cannot share one",
        "rename one of the two",
    )


def _never_due(path: tuple[str | int, ...], target: Target) -> Finding:
    return Finding(
        path,
        "never-due",
        f"`{target}` are not over within ten years",
        "the desk names the moment in the confirmation of every request",
        "promise less, or give the calendar more hours",
    )


def _nothing(key: str, why: str) -> Finding:
    return Finding((key,), "empty-value", f"`{key}` is empty", why, "add at least one entry")
