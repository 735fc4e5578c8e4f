"""`kbgen due` and `holidays`: what the policy's clock says, and the days it stands still."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kbgen.cli.editing import rewrite
from kbgen.cli.options import Moment, moment, now_option, root_option, say
from kbgen.cli.reporting import fail
from kbgen.scaffold import with_dates
from support_policy.business_hours import BusinessHours, Holiday
from support_policy.diagnostics import InvalidSources
from support_policy.escalation_levels import TargetName
from support_policy.files import load_policy, read_text
from support_policy.holiday_calendar import (
    HolidayChange,
    UnknownRegion,
    holiday_changes,
    public_holidays,
)
from support_policy.policy_rules import parse_policy
from support_policy.wording import TARGET_LABELS, day_in_words, moment_in_words


@click.command()
@root_option
@click.argument("priority")
@click.option("--at", type=Moment(), help="When it is filed; local time of the organisation.")
def due(root: Path, priority: str, at: datetime | None) -> None:
    """Say when a ticket of PRIORITY would be due, and why."""
    try:
        policy = load_policy(root / "policy.yml")
    except InvalidSources as error:
        fail(error)
        return
    if priority not in policy.priorities:
        known = ", ".join(policy.priorities)
        raise click.UsageError(f"`{priority}` is not a priority; there are {known}")
    zone = policy.organisation.time_zone
    filed = moment(at, zone=zone)
    chosen = policy.priorities[priority]
    hours = policy.hours_of_priority(chosen)
    click.echo(f"{chosen.label}, filed {moment_in_words(filed, zone)}")
    click.echo(_state(hours, filed, policy.organisation.time_zone.key))
    for name in TargetName:
        instant = policy.due_at(priority, name, filed)
        target = chosen.target(name)
        how = "counted while open" if target.counts_open_time else "counted by the clock"
        shown = moment_in_words(instant, zone)
        click.echo(f"{TARGET_LABELS[name]:<15} {shown}  ({target}, {how})")


@click.command()
@root_option
@click.option(
    "--years",
    default=3,
    show_default=True,
    type=click.IntRange(1, 10),
    help="How many years, this one included.",
)
@click.option("--write", is_flag=True, help="Change policy.yml; without it, only show.")
@now_option
def holidays(root: Path, years: int, write: bool, now: datetime | None) -> None:  # noqa: FBT001
    """Compare the frozen holidays with the library's, and freeze them anew with --write."""
    path = root / "policy.yml"
    try:
        before = text = read_text(path, shown_as="policy.yml")
        policy = parse_policy(text)
        first = moment(now).year
        for name, hours in policy.calendars.items():
            region = hours.holidays.region
            if region is None:
                say(f"{name}: names no region, nothing to compare")
                continue
            wanted = _still_to_come(public_holidays(region, range(first, first + years)), now)
            kept = _still_to_come(hours.holidays.dates, now)
            changes = holiday_changes(kept, wanted)
            for change in changes:
                click.echo(f"{name}: {_words(change)}")
            if not changes:
                say(f"{name}: nothing has changed")
            elif write:
                past = [each for each in hours.holidays.dates if each not in kept]
                text = with_dates(text, name, (*past, *wanted))
        if text != before:
            parse_policy(text)
            rewrite(path, text)
            say("policy.yml is written; look at the change before you commit it")
    except UnknownRegion as error:
        raise click.ClickException(str(error)) from None
    except InvalidSources as error:
        fail(error)


def _words(change: HolidayChange) -> str:
    names = " -> ".join(each for each in (change.old_name, change.new_name) if each)
    return f"{change.kind} {day_in_words(change.date)}, {names}"


def _still_to_come(found: tuple[Holiday, ...], now: datetime | None) -> tuple[Holiday, ...]:
    today = moment(now).date()
    return tuple(each for each in found if each.date >= today)


def _state(hours: BusinessHours, filed: datetime, zone: str) -> str:
    if hours.is_open(filed):
        return f"The desk is open then ({zone})."
    opening = hours.next_opening(filed)
    if opening is None:
        return "The desk is closed then."
    shown = moment_in_words(opening, hours.time_zone)
    return f"The desk is closed then; business time runs from {shown}."
