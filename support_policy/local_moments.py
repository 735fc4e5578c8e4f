"""Dates and times as people write them: local, with an offset only where it is needed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, WithJsonSchema

from support_policy.yaml_file import refuse, shown

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}"
_PATTERN = rf"({_DATE})[ T]({_TIME}(?::[0-9]{{2}})?) ?(Z|[+-]{_TIME})?"
_YEARS = range(1970, 2200)


class ClockChange(StrEnum):
    """What makes a local time no single instant."""

    GAP = "gap"
    OVERLAP = "overlap"


def parse_local_moment(text: object) -> datetime:
    """Return the moment; naive, unless an offset was written."""
    found = re.fullmatch(_PATTERN, text) if isinstance(text, str) else None
    try:
        if found is not None:
            moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
            if moment.year in _YEARS:
                return moment
    except ValueError:
        pass
    refuse(
        "invalid-moment",
        f"{shown(text)} is not a date with a time",
        "everybody is told this moment in their own zone",
        "write `2026-12-05 22:00`; in the hour that a clock change repeats add the offset: "
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


def parse_local_date(value: object) -> date:
    """Return the date that is written as `2026-11-22`, and in no other way."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(_DATE, value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    refuse(
        "invalid-date",
        f"{shown(value)} is not a date",
        "it has to mean the same day to every reader and every program",
        "write year, month and day: 2026-11-22",
    )


LocalDate = Annotated[
    date,
    BeforeValidator(parse_local_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-22"]}),
]
"""A date as a field of a file."""


def instant_of(moment: datetime, zone: ZoneInfo) -> datetime | ClockChange:
    """Return the instant in UTC, or why the local time names none or two."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment
    return ClockChange.OVERLAP if exists else ClockChange.GAP
