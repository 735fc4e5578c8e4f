"""Days on which the week does not hold: holidays, and exceptions with their dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from support_policy.identifiers import Line
from support_policy.local_moments import LocalDate
from support_policy.opening_hours import DayHoursText
from support_policy.yaml_file import STRICT, Finding, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which the week's hours do not hold: closed, or open for the `hours` given."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    date: LocalDate
    name: Line
    hours: DayHoursText = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """The public holidays of a region, frozen as `dates`, and how the team departs from them."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    region: Line | None = None
    dates: tuple[Holiday, ...] = ()
    add: tuple[Holiday, ...] = ()
    remove: tuple[LocalDate, ...] = ()

    def __post_init__(self) -> None:
        _refuse_all(_faults_of_holidays(self))

    @property
    def in_force(self) -> tuple[Holiday, ...]:
        """The holidays that the team keeps, by date."""
        kept = [holiday for holiday in self.dates if holiday.date not in self.remove]
        return tuple(sorted([*kept, *self.add], key=lambda holiday: holiday.date))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionalHours:
    """Hours for some dates, in place of the week's and of any holiday's."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    from_: Annotated[LocalDate, Field(alias="from")]
    hours: DayHoursText
    until: LocalDate | None = None
    """The last of the dates; without it there is only one."""
    reason: Line = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.from_:
            refuse(
                "until-before-from",
                f"`until` {self.until} lies before `from` {self.from_}",
                "such an exception would hold on no day",
                "swap the two dates, or correct the year",
                at=("until",),
            )

    @property
    def last_day(self) -> dt.date:
        """The last local date on which these hours hold."""
        return self.from_ if self.until is None else self.until


def exceptions_in_order(exceptions: Sequence[ExceptionalHours]) -> tuple[ExceptionalHours, ...]:
    """Return the exceptions by date; refuse two for the same day."""
    _refuse_all(_faults_of_exceptions(exceptions))
    return tuple(sorted(exceptions, key=lambda exception: exception.from_))


def _faults_of_holidays(holidays: Holidays) -> Iterator[Finding]:
    dates = {holiday.date for holiday in holidays.dates}
    added = (holiday.date for holiday in holidays.add)
    yield from _named_twice("dates", (holiday.date for holiday in holidays.dates))
    yield from _named_twice("add", added, taken=dates - set(holidays.remove))
    yield from _named_twice("remove", holidays.remove)
    for place, date in enumerate(holidays.remove):
        if date not in dates:
            yield Finding(
                ("remove", place),
                "unknown-holiday",
                f"{date} is not one of the `dates`",
                "the holiday that was meant would still close the team",
                _nearest_fix(date, holidays.dates),
            )


def _named_twice(
    key: str, dates: Iterable[dt.date], *, taken: Iterable[dt.date] = ()
) -> Iterator[Finding]:
    seen = Counter(taken)
    for place, date in enumerate(dates):
        if seen[date]:
            yield Finding(
                (key, place),
                "holiday-named-twice",
                f"{date} stands here already",
                "only one of the two entries could hold, and nobody could say which",
                "take one out; to change one of the `dates`, name it in `remove` and `add`",
            )
        seen[date] += 1


def _nearest_fix(date: dt.date, holidays: Sequence[Holiday]) -> str:
    if not holidays:
        return "take it out: there are no `dates` to remove it from"
    nearest = min(holidays, key=lambda holiday: (abs(holiday.date - date), holiday.date))
    return f"take it out, or name one of the `dates`, such as {nearest.date} ({nearest.name})"


def _faults_of_exceptions(exceptions: Sequence[ExceptionalHours]) -> Iterator[Finding]:
    for place, later in enumerate(exceptions):
        for earlier in exceptions[:place]:
            if later.from_ <= earlier.last_day and earlier.from_ <= later.last_day:
                shared = max(earlier.from_, later.from_)
                yield Finding(
                    ("exceptions", place),
                    "overlapping-exceptions",
                    f"{shared} has another exception already, from {earlier.from_}",
                    "only one of the two could hold, and nobody could say which",
                    "let one end on the day before the other begins",
                )


def _refuse_all(findings: Iterable[Finding]) -> None:
    """Stop a validator with all findings at once, where there are any."""
    errors: list[InitErrorDetails] = []
    for finding in findings:
        try:
            refuse(finding.rule, finding.what, finding.why, finding.fix, at=finding.path)
        except PydanticCustomError as error:
            errors.append(InitErrorDetails(type=error, input=finding.what))
    if errors:
        raise ValidationError.from_exception_data("dated hours", errors)
