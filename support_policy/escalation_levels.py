"""The levels a request can climb: after what, to whom, and what the customer hears."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from support_policy.identifiers import Flag, Identifier, Line
from support_policy.response_targets import TARGET_PATTERN, Target, parse_target
from support_policy.yaml_file import STRICT, refuse, shown


class TargetName(StrEnum):
    """The three things that are promised for every request."""

    FIRST_RESPONSE = "first_response"
    NEXT_UPDATE = "next_update"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class ShareOfTarget:
    """A level that begins when this much of a target's time has passed."""

    percent: int
    target: TargetName

    def __str__(self) -> str:
        return f"{self.percent}% of {self.target}"


@dataclass(frozen=True, slots=True)
class Overdue:
    """A level that begins when something promised is this late."""

    late_by: Target

    def __str__(self) -> str:
        return f"{self.late_by} overdue"


Trigger = ShareOfTarget | Overdue


_SHARE = rf"([1-9][0-9]?|100) ?% of ({'|'.join(TargetName)})"


def parse_trigger(text: object) -> Trigger:
    """Return what `after:` names: `75% of resolution` or `2 business hours overdue`."""
    if isinstance(text, str):
        if share := re.fullmatch(_SHARE, text):
            return ShareOfTarget(int(share[1]), TargetName(share[2]))
        if text.endswith(" overdue"):
            return Overdue(parse_target(text.removesuffix(" overdue")))
    refuse(
        "invalid-trigger",
        f"{shown(text)} does not say when the level begins",
        "the desk raises requests by it, and the site prints it",
        "write `75% of resolution` (or first_response, next_update), or `2 business hours overdue`",
    )


TriggerText = Annotated[
    Trigger,
    BeforeValidator(parse_trigger),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^({_SHARE}|{TARGET_PATTERN} overdue)$",
            "examples": ["75% of resolution", "2 business hours overdue"],
        }
    ),
]
"""A trigger as a field of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationLevel:
    """One level of the ladder; the first has no `after`, because every request starts there."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    label: Line
    team: Identifier
    handles: Line
    customer_hears: Line
    after: TriggerText | None = None
    outside_hours: Flag = False
    """Whether the clock may raise a request to this level while the desk is closed."""
