"""Business hours: when it is open, and how working time passes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from support_policy.business_hours.dated_hours import (
    ExceptionalHours,
    Holiday,
    Holidays,
    exceptions_in_order,
)
from support_policy.business_hours.intervals import Interval, merged
from support_policy.business_hours.time_zone import (
    TimeZone,
    first_instant,
    offset_segments,
    wall_clock,
)
from support_policy.opening_hours import Span, WeeklyHoursText
from support_policy.yaml_file import STRICT, refuse

HORIZON = timedelta(days=3653)
"""How far ahead of a moment openings are looked for: ten years."""

_DAY = timedelta(days=1)
_FIVE_WEEKS = timedelta(weeks=5)
_NO_TIME = timedelta()
_NO_HOLIDAYS = Holidays()


class NeverOpens(Exception):
    """From `moment` on, the hours hold too little working time within the horizon."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        super().__init__(f"the opening hours run out within ten years of {moment.isoformat()}")


class HoursSource(StrEnum):
    """What decides about a date: a dated exception, before a holiday, before the week."""

    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHours:
    """The spans that start on a date, what decided that, and the name or reason to tell."""

    spans: tuple[Span, ...]
    source: HoursSource
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """When a team works: hours by weekday in a zone, with holidays and exceptions.

    It is open at an instant when the wall clock then shows a time inside a span of that local
    date, or inside a span of the day before that runs past midnight. So 02:00-03:00 lasts two
    hours, one or none on the nights the clocks change. The day on which a span starts decides
    for the whole of it: a holiday does not cut what began on its eve.

    Moments must be aware, results are in UTC, and nothing is rounded.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    time_zone: TimeZone
    hours: WeeklyHoursText
    holidays: Holidays = _NO_HOLIDAYS
    exceptions: tuple[ExceptionalHours, ...] = ()

    _holiday_on: Mapping[date, Holiday] = field(init=False, repr=False, compare=False)
    _exceptions: tuple[ExceptionalHours, ...] = field(init=False, repr=False, compare=False)
    _last_dated_day: date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        holidays = {holiday.date: holiday for holiday in self.holidays.in_force}
        object.__setattr__(self, "_holiday_on", holidays)
        object.__setattr__(self, "_exceptions", exceptions_in_order(self.exceptions))
        last_days = (exception.last_day for exception in self.exceptions)
        object.__setattr__(self, "_last_dated_day", max((*holidays, *last_days), default=date.min))
        dated = (*holidays, *(exception.from_ for exception in self.exceptions))
        if not any(self.hours.days) and not any(self.day_hours(day).spans for day in dated):
            refuse(
                "never-open",
                "these hours never open",
                "a time counted in them would never come",
                "give a day hours, such as `mon-fri: 09:00-17:00`, or add a dated exception",
                at=("hours",),
            )

    def day_hours(self, day: date) -> DayHours:
        """Return the spans that start on a local date, and why it has those."""
        place = bisect_right(self._exceptions, day, key=lambda exception: exception.from_)
        if place and day <= (exception := self._exceptions[place - 1]).last_day:
            source = HoursSource.EXCEPTION
            return DayHours(spans=exception.hours, source=source, name=exception.reason)
        holiday = self._holiday_on.get(day)
        if holiday is not None:
            source = HoursSource.HOLIDAY
            return DayHours(spans=holiday.hours, source=source, name=holiday.name)
        return DayHours(spans=self.hours.days[day.weekday()], source=HoursSource.WEEK)

    def is_open(self, moment: datetime) -> bool:
        """Return whether `moment` lies in the opening hours; closing time does not."""
        return self._day_open_at(wall_clock(self.time_zone, _utc(moment))) is not None

    def open_intervals(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """Yield the open time from `start` to `end` as intervals: sorted, merged, cut to fit."""
        return merged(self._open_pieces(_utc(start), _utc(end)))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; none when `end` is not later."""
        pieces = self._open_pieces(_utc(start), _utc(end))
        return sum((piece.length for piece in pieces), _NO_TIME)

    def add(self, moment: datetime, working_time: timedelta) -> datetime:
        """Return the instant at which `working_time` has passed since `moment`.

        A result on closing time is the closing instant. No working time leads from an open
        moment to itself, from a closed one to the next opening. Raises `NeverOpens`.
        """
        if working_time < _NO_TIME:
            raise ValueError(f"working time cannot be taken away: {working_time}")
        start, left = _utc(moment), working_time
        for piece in self._open_pieces(start, start + HORIZON):
            if left <= piece.length:
                return piece.start + left
            left -= piece.length
        raise NeverOpens(start)

    def add_days(self, moment: datetime, days: int) -> datetime:
        """Return the instant that is `days` business days after `moment`.

        Counted from the first open instant: the same clock time that many working days later,
        or the next opening after it. A working day is a local date on which hours start, even
        if they run past midnight: from Saturday 02:00 inside Friday 22:00-06:00, one day later
        is 02:00 in the next night shift. A clock time that clocks skip is the end of the gap;
        of one that they repeat it is the first. Raises `NeverOpens`.
        """
        if days < 0:
            raise ValueError(f"business days cannot be taken away: {days}")
        opening = self.add(moment, _NO_TIME)
        if not days:
            return opening
        reading = wall_clock(self.time_zone, opening)
        started = self._day_open_at(reading) or reading.date()
        clock_time = reading - _midnight(started)
        day = self._working_day_after(started, days)
        if day is None:
            raise NeverOpens(_utc(moment))
        same_time = first_instant(self.time_zone, _midnight(day) + clock_time)
        return self.add(same_time, _NO_TIME)

    def next_opening(self, moment: datetime) -> datetime | None:
        """Return `moment` where it is open, else the next opening; None past the horizon."""
        start = _utc(moment)
        first = next(self._open_pieces(start, start + HORIZON), None)
        return None if first is None else first.start

    def next_closing(self, moment: datetime) -> datetime | None:
        """Return when the open interval that holds `moment`, or else the next one, ends.

        None where it is open without end up to the horizon, or does not open before it.
        """
        start = _utc(moment)
        dated = self._last_dated_day - start.date()
        # After the last dated day each week is like the one before, except for a closing that a
        # clock change swallows: hours that do not close for five weeks never do.
        end = start + min(HORIZON, max(dated, _NO_TIME) + _FIVE_WEEKS)
        first = next(self.open_intervals(start, end), None)
        return None if first is None or first.end >= end else first.end

    def _open_pieces(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """Yield the open time from `start` to `end` in order; neighbours may touch."""
        # From UTC to the wall and back, so that an hour that the clocks repeat is seen twice,
        # one that they skip not at all, and nothing out of order.
        for segment in offset_segments(self.time_zone, start, end):
            for opens, closes in self._open_readings(segment.local_start, segment.local_end):
                yield Interval(start=segment.instant(opens), end=segment.instant(closes))

    def _open_readings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open stretches of a wall clock that runs from `start` to `end` unchanged."""
        reached = start
        midnight = _midnight(start.date()) - _DAY
        while midnight < end:
            for span in self.day_hours(midnight.date()).spans:
                opens = max(midnight + span.start, reached)
                closes = min(midnight + span.end, end)
                if opens < closes:
                    yield opens, closes
                    reached = closes
            midnight += _DAY

    def _day_open_at(self, reading: datetime) -> date | None:
        """Return the local date whose hours hold this time on the wall; of two, the earlier."""
        for day in (reading.date() - _DAY, reading.date()):
            since = reading - _midnight(day)
            if any(span.start <= since < span.end for span in self.day_hours(day).spans):
                return day
        return None

    def _working_day_after(self, day: date, days: int) -> date | None:
        for later in range(1, HORIZON.days):
            days -= self._is_working_day(day + later * _DAY)
            if not days:
                return day + later * _DAY
        return None

    def _is_working_day(self, day: date) -> bool:
        """Return whether hours start on the date and hold any time, in spite of clock changes."""
        zone, midnight = self.time_zone, _midnight(day)
        return any(
            wall_clock(zone, first_instant(zone, midnight + span.start)) < midnight + span.end
            for span in self.day_hours(day).spans
        )


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"a moment needs a time zone: {moment.isoformat()} has none")
    return moment.astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
