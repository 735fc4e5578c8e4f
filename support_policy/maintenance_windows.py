"""Announced work on the systems: when, on what, and how it is felt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from support_policy.business_hours import TimeZone
from support_policy.diagnostics import InvalidSources, unknown_name_fix
from support_policy.identifiers import Identifier, Line
from support_policy.local_moments import ClockChange, LocalMoment, instant_of
from support_policy.policy import NoticePeriods
from support_policy.yaml_file import (
    STRICT,
    Finding,
    YamlDocument,
    findings_of,
    read_document,
)


class Impact(StrEnum):
    """What customers feel while the work goes on."""

    NONE = "none"
    DEGRADED = "degraded"
    OUTAGE = "outage"


class MaintenanceKind(StrEnum):
    """Which notice period applies; emergencies have none."""

    PLANNED = "planned"
    MAJOR = "major"
    EMERGENCY = "emergency"


class WindowState(StrEnum):
    """Where a window stands at a moment."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceWindow:
    """A stretch of time in which we work on components; half-open, in UTC."""

    id: str
    title: str
    start: datetime
    end: datetime
    time_zone: ZoneInfo
    components: tuple[str, ...]
    impact: Impact
    kind: MaintenanceKind
    announced: datetime | None
    summary: str

    def state_at(self, now: datetime) -> WindowState:
        """Return whether the window lies ahead of `now`, around it or behind it."""
        if now < self.start:
            return WindowState.UPCOMING
        return WindowState.RUNNING if now < self.end else WindowState.PAST


@dataclass(frozen=True, slots=True)
class MaintenanceCalendar:
    """Everything in maintenance.yml: the components by id, and the windows by start."""

    components: Mapping[str, str]
    windows: tuple[MaintenanceWindow, ...]
    time_zone: ZoneInfo | None = None
    """The zone of local times in the file, where a window does not name its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A window as it stands in the file, its times still local."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    title: Line
    start: LocalMoment
    end: LocalMoment
    components: tuple[Identifier, ...]
    impact: Impact
    kind: MaintenanceKind = MaintenanceKind.PLANNED
    time_zone: TimeZone | None = None
    announced: LocalMoment | None = None
    summary: Line = ""


def _list_if_empty(value: object) -> object:
    return () if value is None else value


def _keys_if_empty(value: object) -> object:
    return {} if value is None else value


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceFile:
    """The form of maintenance.yml."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    time_zone: TimeZone | None = None
    components: Annotated[Mapping[Identifier, Line], BeforeValidator(_keys_if_empty)] = field(
        default_factory=dict
    )
    windows: Annotated[tuple[_Entry, ...], BeforeValidator(_list_if_empty)] = ()


@cache
def maintenance_type() -> TypeAdapter[MaintenanceFile]:
    """Return what validates maintenance.yml and knows its JSON Schema."""
    return TypeAdapter(MaintenanceFile)


def parse_windows(
    text: str, file: str = "maintenance.yml", *, notice: NoticePeriods | None = None
) -> MaintenanceCalendar:
    """Return the calendar; raises `InvalidSources` with every mistake at its place.

    With `notice` (the policy's), a window announced too late for its kind is a mistake too.
    """
    document = read_document(text, file)
    try:
        source = maintenance_type().validate_python(document.value)
    except ValidationError as error:
        raise InvalidSources(
            map(document.diagnostic, findings_of(error, maintenance_type()))
        ) from None
    windows = [_window(entry, source, index) for index, entry in enumerate(source.windows)]
    found = [each for parts in windows if isinstance(parts, list) for each in parts]
    found += _calendar_findings(source)
    right = [each for each in windows if isinstance(each, MaintenanceWindow)]
    if notice is not None:
        found += _notice_findings(windows, notice)
    _raise_if_any(found, document)
    return MaintenanceCalendar(
        components=dict(source.components),
        windows=tuple(sorted(right, key=lambda each: (each.start, each.id))),
        time_zone=source.time_zone,
    )


def _raise_if_any(found: Iterable[Finding], document: YamlDocument) -> None:
    if diagnostics := [document.diagnostic(finding) for finding in found]:
        raise InvalidSources(diagnostics)


def _window(
    entry: _Entry, source: MaintenanceFile, index: int
) -> MaintenanceWindow | list[Finding]:
    zone = entry.time_zone or source.time_zone
    if zone is None:
        return [_no_zone(index)]
    found: list[Finding] = []
    instants: dict[str, datetime] = {}
    for name in ("start", "end", "announced"):
        moment = getattr(entry, name)
        instant = None if moment is None else instant_of(moment, zone)
        if isinstance(instant, ClockChange):
            found.append(_no_instant(index, name, moment, zone, instant))
        elif instant is not None:
            instants[name] = instant
    if found:
        return found
    if instants["end"] <= instants["start"]:
        return [_ends_before_start(index)]
    return MaintenanceWindow(
        id=entry.id,
        title=entry.title,
        start=instants["start"],
        end=instants["end"],
        time_zone=zone,
        components=entry.components,
        impact=entry.impact,
        kind=entry.kind,
        announced=instants.get("announced"),
        summary=entry.summary,
    )


def _calendar_findings(source: MaintenanceFile) -> Iterator[Finding]:
    ids = [entry.id for entry in source.windows]
    for index, entry in enumerate(source.windows):
        if entry.id in ids[:index]:
            yield Finding(
                ("windows", index, "id"),
                "duplicate-id",
                f"`{entry.id}` is the id of two windows",
                "calendars would show one of them only",
                "give each window an id of its own",
            )
        for position, name in enumerate(entry.components):
            if name not in source.components:
                yield Finding(
                    ("windows", index, "components", position),
                    "unknown-component",
                    f"`{name}` is not a component",
                    "customers are told which part of the service is affected",
                    unknown_name_fix(name, source.components),
                )


def _notice_findings(
    windows: Iterable[MaintenanceWindow | list[Finding]], notice: NoticePeriods
) -> Iterator[Finding]:
    for index, window in enumerate(windows):
        if isinstance(window, MaintenanceWindow):
            earliest = least_notice(window, notice)
            if earliest is not None:
                yield _too_late(index, window, earliest)


def least_notice(window: MaintenanceWindow, notice: NoticePeriods) -> datetime | None:
    """Return the earliest start that the policy allows, where the window begins before it.

    Days and months are those of the window's own zone.
    """
    period = {
        MaintenanceKind.PLANNED: notice.planned,
        MaintenanceKind.MAJOR: notice.major,
        MaintenanceKind.EMERGENCY: None,
    }[window.kind]
    if period is None or window.announced is None:
        return None
    announced = window.announced.astimezone(window.time_zone)
    earliest = period.after(announced).astimezone(UTC)
    return earliest if window.start < earliest else None


def _too_late(index: int, window: MaintenanceWindow, earliest: datetime) -> Finding:
    local = earliest.astimezone(window.time_zone)
    return Finding(
        ("windows", index, "start"),
        "too-little-notice",
        f"`{window.id}` begins sooner than the policy promises for {window.kind} maintenance",
        "customers plan by the notice period that policy.yml publishes",
        f"begin at {local:%Y-%m-%d %H:%M} or later, or make it `kind: emergency`",
    )


def _no_zone(index: int) -> Finding:
    return Finding(
        ("windows", index),
        "missing-key",
        "the window has no time zone",
        "a local time without a zone is a different moment for each reader",
        "add `time_zone: Europe/Berlin`, here or once at the top of the file",
    )


def _no_instant(
    index: int, name: str, moment: datetime, zone: ZoneInfo, change: ClockChange
) -> Finding:
    why = {
        ClockChange.GAP: "the clocks are put forward over it, so that it never comes",
        ClockChange.OVERLAP: "the clocks are put back over it, so that it comes twice",
    }[change]
    offsets = {moment.replace(tzinfo=zone, fold=fold).strftime("%z") for fold in (0, 1)}
    shown = " or ".join(f"{each[:3]}:{each[3:]}" for each in sorted(offsets))
    return Finding(
        ("windows", index, name),
        "clock-change",
        f"{moment:%Y-%m-%d %H:%M} is no single moment in {zone.key}",
        why,
        f"write the offset behind the time ({shown}), or choose another time",
    )


def _ends_before_start(index: int) -> Finding:
    return Finding(
        ("windows", index, "end"),
        "end-before-start",
        "the window ends before it begins",
        "nobody could be told when the service is back",
        "mend the date or the time of `end`",
    )
