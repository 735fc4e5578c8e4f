"""The whole policy as one frozen value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ConfigDict

from support_policy.business_hours import BusinessHours, TimeZone
from support_policy.channels import Channel
from support_policy.escalation_levels import EscalationLevel, TargetName
from support_policy.identifiers import Identifier, Language, Line, Version, WebAddress
from support_policy.local_moments import LocalDate
from support_policy.periods import PeriodText
from support_policy.response_targets import Target, TargetText
from support_policy.retention_rules import RetentionRules
from support_policy.training import Training
from support_policy.yaml_file import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Whose policy it is."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: Line
    url: WebAddress
    time_zone: TimeZone
    language: Language = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was changed in a version, for those who read it before."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    version: Version
    date: LocalDate
    note: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """How urgent a request is, and what is promised for it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    label: Line
    means: Line
    first_response: TargetText
    next_update: TargetText
    resolution: TargetText
    examples: tuple[Line, ...] = ()
    calendar: Identifier | None = None
    """What times it; may be left out where there is only one calendar."""

    def target(self, name: TargetName) -> Target:
        """Return the target of that name."""
        target: Target = getattr(self, name)
        return target


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePeriods:
    """How long before it begins maintenance is announced, by kind; emergencies have none."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    planned: PeriodText
    major: PeriodText


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """The ten clauses in the words of the organisation; Markdown, policy names allowed."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    support_channels: str
    response_time: str
    technical_assistance: str
    ticketing_system: str
    escalation_process: str
    knowledge_base: str
    updates_and_maintenance: str
    feedback_and_improvement: str
    security_and_privacy: str
    learning_and_training: str


def _not_empty(value: object) -> object:
    return value or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPolicy:
    """Everything that the organisation promises to those who ask it for help."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    organisation: Organisation
    version: Version
    effective: LocalDate
    changes: tuple[Change, ...]
    calendars: Annotated[Mapping[Identifier, BusinessHours], BeforeValidator(_not_empty)]
    channels: tuple[Channel, ...]
    priorities: Annotated[Mapping[Identifier, Priority], BeforeValidator(_not_empty)]
    escalation: tuple[EscalationLevel, ...]
    notice: NoticePeriods
    retention: RetentionRules
    training: Training
    clauses: Clauses

    def hours_of_channel(self, channel: Channel) -> BusinessHours:
        """Return when somebody is there."""
        return self.calendars[channel.hours]

    def hours_of_priority(self, priority: Priority) -> BusinessHours:
        """Return the hours that time requests of this priority."""
        if priority.calendar is None:
            return next(iter(self.calendars.values()))
        return self.calendars[priority.calendar]

    def due_at(self, priority_id: str, target: TargetName, filed: dt.datetime) -> dt.datetime:
        """Return when that target is due for a request filed at `filed`; KeyError if unknown."""
        priority = self.priorities[priority_id]
        return priority.target(target).due_at(filed, self.hours_of_priority(priority))
