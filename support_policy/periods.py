"""A length of calendar time as people promise it: 72 hours, 14 days, 24 months."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from support_policy.yaml_file import refuse, shown


class PeriodUnit(StrEnum):
    """What a period is counted in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A whole number of hours, days, weeks, months or years by the calendar."""

    amount: int
    unit: PeriodUnit

    def after(self, moment: datetime) -> datetime:
        """Return the moment one period later, by the calendar of the moment's own zone.

        31 January and one month is 28 or 29 February.
        """
        if moment.utcoffset() is None:
            raise ValueError(f"a moment needs a time zone: {moment.isoformat()} has none")
        match self.unit:
            case PeriodUnit.HOUR:
                # In UTC, because a local time knows nothing of the hour that a clock change adds.
                later = moment.astimezone(UTC) + timedelta(hours=self.amount)
                return later.astimezone(moment.tzinfo)
            case PeriodUnit.DAY:
                return moment + timedelta(days=self.amount)
            case PeriodUnit.WEEK:
                return moment + timedelta(weeks=self.amount)
            case PeriodUnit.MONTH:
                return _months_later(moment, self.amount)
            case PeriodUnit.YEAR:
                return _months_later(moment, 12 * self.amount)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


MAX_YEARS = 100
_WHY = "it is printed as a promise and kept by the software"
_PATTERN = r"(?P<amount>[1-9][0-9]{0,3}) (?P<unit>hour|day|week|month|year)s?"


def parse_period(text: object) -> Period:
    """Return the period that `text` names, such as `24 months`."""
    found = re.fullmatch(_PATTERN, text) if isinstance(text, str) else None
    if found is None:
        refuse(
            "invalid-period",
            f"{shown(text)} is not a length of time",
            _WHY,
            "write a number and a unit: 72 hours, 14 days, 2 weeks, 24 months, 1 year",
        )
    period = Period(int(found["amount"]), PeriodUnit(found["unit"]))
    if period.unit is PeriodUnit.YEAR and period.amount > MAX_YEARS:
        refuse(
            "invalid-period",
            f"`{text}` is more than {MAX_YEARS} years",
            _WHY,
            f"write at most {MAX_YEARS} years",
        )
    return period


def _months_later(moment: datetime, months: int) -> datetime:
    index = moment.year * 12 + moment.month - 1 + months
    year, month = index // 12, index % 12 + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)


PeriodText = Annotated[
    Period,
    BeforeValidator(parse_period),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_PATTERN}$".replace("?P<amount>", "").replace("?P<unit>", ""),
            "examples": ["14 days", "24 months"],
        }
    ),
]
"""A period as a field of a file."""
