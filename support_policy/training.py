"""What the team does to stay able to help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from support_policy.identifiers import Identifier, Line
from support_policy.periods import PeriodText
from support_policy.response_targets import TargetText
from support_policy.yaml_file import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDuty:
    """Something that every member of a team does again and again."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    title: Line
    every: PeriodText
    team: Identifier | None = None
    """Who it is for; nobody named means every agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """The duties, and how soon a changed article has been read by every agent."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    required_reading: TargetText
    duties: tuple[TrainingDuty, ...] = ()
