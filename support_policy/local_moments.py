"""A moment as people write it: local time of a zone, with an offset only where it is needed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, WithJsonSchema

from support_policy.yaml_file import refuse

_PATTERN = r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?) ?(Z|[+-]\d{2}:\d{2})?"


class ClockChange(StrEnum):
    """What makes a local time no single instant."""

    GAP = "gap"
    OVERLAP = "overlap"


def parse_local_moment(text: object) -> datetime:
    """Return the moment; naive, unless an offset was written."""
    found = re.fullmatch(_PATTERN, text) if isinstance(text, str) else None
    try:
        if found is not None:
            return datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
    except ValueError:
        pass
    refuse(
        "invalid-moment",
        f"`{text}` is not a date with a time",
        "everybody is told this moment in their own zone",
        "write `2026-12-05 22:00`; between two clock changes add the offset: "
        "`2026-10-25 02:30+01:00`",
    )


LocalMoment = Annotated[
    datetime,
    BeforeValidator(parse_local_moment),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{_PATTERN}$", "examples": ["2026-12-05 22:00"]}
    ),
]
"""A local moment as a field of a file."""


def instant_of(moment: datetime, zone: ZoneInfo) -> datetime | ClockChange:
    """Return the instant in UTC, or why the local time names none or two."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment
    return ClockChange.OVERLAP if exists else ClockChange.GAP
