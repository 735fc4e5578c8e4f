"""How soon something is promised to happen, and when that is for a ticket filed now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from support_policy.business_hours import BusinessHours
from support_policy.yaml_file import refuse, shown


class TargetUnit(StrEnum):
    """What a target is counted in: time by the clock, open time, or working days."""

    MINUTE = "minute"
    HOUR = "hour"
    BUSINESS_MINUTE = "business minute"
    BUSINESS_HOUR = "business hour"
    BUSINESS_DAY = "business day"


@dataclass(frozen=True, slots=True)
class Target:
    """A promised time: 4 business hours, 1 business day, 24 hours by the clock."""

    amount: int
    unit: TargetUnit

    @property
    def working_time(self) -> timedelta:
        """Return the length; a business day has none, since it is counted in days."""
        match self.unit:
            case TargetUnit.MINUTE | TargetUnit.BUSINESS_MINUTE:
                return timedelta(minutes=self.amount)
            case TargetUnit.HOUR | TargetUnit.BUSINESS_HOUR:
                return timedelta(hours=self.amount)
            case TargetUnit.BUSINESS_DAY:
                raise ValueError("business days have no fixed length")

    def due_at(self, moment: datetime, hours: BusinessHours) -> datetime:
        """Return when the target is due for a clock that starts at `moment`; both are aware.

        Raises `NeverOpens` where the hours hold too little working time.
        """
        if moment.utcoffset() is None:
            raise ValueError(f"a moment needs a time zone: {moment.isoformat()} has none")
        match self.unit:
            case TargetUnit.MINUTE | TargetUnit.HOUR:
                # In UTC, because a local time knows nothing of the hour that a clock change adds.
                return moment.astimezone(UTC) + self.working_time
            case TargetUnit.BUSINESS_MINUTE | TargetUnit.BUSINESS_HOUR:
                return hours.add(moment, self.working_time)
            case TargetUnit.BUSINESS_DAY:
                return hours.add_days(moment, self.amount)

    @property
    def counts_open_time(self) -> bool:
        """Tell whether the clock stands still while the desk is closed."""
        return self.unit not in (TargetUnit.MINUTE, TargetUnit.HOUR)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


TARGET_PATTERN = "([1-9][0-9]{0,3}) ((?:business )?(?:minute|hour)|business day)s?"


def parse_target(text: object) -> Target:
    """Return the target that `text` names, such as `4 business hours`."""
    found = re.fullmatch(TARGET_PATTERN, text) if isinstance(text, str) else None
    if found is None:
        refuse(
            "invalid-target",
            f"{shown(text)} is not a target",
            "targets are printed on the site and timed by the desk",
            "write `4 business hours`, `1 business day`, `24 hours` or `30 minutes`"
            " (days by the clock are written in hours)",
        )
    return Target(int(found[1]), TargetUnit(found[2]))


TargetText = Annotated[
    Target,
    BeforeValidator(parse_target),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{TARGET_PATTERN}$",
            "examples": ["4 business hours", "1 business day", "24 hours"],
        }
    ),
]
"""A target as a field of a file."""
