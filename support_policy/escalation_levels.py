"""The levels a request can climb: after what, to whom, and what the customer hears."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

from support_policy.identifiers import Identifier, Line
from support_policy.response_targets import Target, parse_target
from support_policy.yaml_file import STRICT, refuse


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


def parse_trigger(text: object) -> Trigger:
    """Return what `after:` names: `75% of resolution` or `2 business hours overdue`."""
    if isinstance(text, str):
        if share := re.fullmatch(r"([1-9][0-9]?|100) ?% of (\w+)", text):
            if share[2] in set(TargetName):
                return ShareOfTarget(int(share[1]), TargetName(share[2]))
        elif text.endswith(" overdue"):
            return Overdue(parse_target(text.removesuffix(" overdue")))
    refuse(
        "invalid-trigger",
        f"`{text}` does not say when the level begins",
        "the desk raises requests by it, and the site prints it",
        "write `75% of resolution` (or first_response, next_update), or `2 business hours overdue`",
    )


TriggerText = Annotated[
    Trigger,
    BeforeValidator(parse_trigger),
    PlainSerializer(str),
    WithJsonSchema(
        {"type": "string", "examples": ["75% of resolution", "2 business hours overdue"]}
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
    outside_hours: bool = False
    """Whether the clock may raise a request to this level while the desk is closed."""
