"""Time zones by name, and the stretches of time between their clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, WithJsonSchema

from support_policy.diagnostics import did_you_mean
from support_policy.yaml_file import refuse

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS_IN_BLOCK = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetSegment:
    """A stretch of time, half-open, in which the clocks of a zone are not changed."""

    start: datetime
    end: datetime
    offset: timedelta

    @property
    def local_start(self) -> datetime:
        """What a clock on the wall shows at the start, without a zone."""
        return (self.start + self.offset).replace(tzinfo=None)

    @property
    def local_end(self) -> datetime:
        """What a clock on the wall would show at the end, were it not changed then."""
        return (self.end + self.offset).replace(tzinfo=None)

    def instant(self, reading: datetime) -> datetime:
        """Return the instant, in UTC, at which a clock on the wall shows `reading`."""
        return reading.replace(tzinfo=UTC) - self.offset


def wall_clock(zone: ZoneInfo, moment: datetime) -> datetime:
    """Return what a clock on the wall shows at `moment`, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def offset_segments(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[OffsetSegment]:
    """Yield the segments that fill the time from `start` to `end`, in order.

    Neighbours may have the same offset.
    """
    number = (start - _EPOCH) // (_DAYS_IN_BLOCK * _DAY)
    while _EPOCH + number * _DAYS_IN_BLOCK * _DAY < end:
        for segment in _block(zone, number):
            if segment.start < end and start < segment.end:
                yield OffsetSegment(
                    start=max(start, segment.start),
                    end=min(end, segment.end),
                    offset=segment.offset,
                )
        number += 1


def first_instant(zone: ZoneInfo, reading: datetime) -> datetime:
    """Return the first instant at which a clock on the wall shows `reading`.

    Where the clocks skip it, that is the end of the gap: the first instant that is later.
    """
    near = reading.replace(tzinfo=UTC)
    # Two days are enough on either side, because no zone is a whole day away from UTC.
    segments = offset_segments(zone, near - 2 * _DAY, near + 2 * _DAY)
    return next(
        segment.instant(max(reading, segment.local_start))
        for segment in segments
        if reading < segment.local_end
    )


# A pure function of its arguments: what the time-zone database says does not change meanwhile.
@lru_cache(maxsize=8192)
def _block(zone: ZoneInfo, number: int) -> tuple[OffsetSegment, ...]:
    """Return the segments of the `number`-th block of days since 1970."""
    first = _EPOCH + number * _DAYS_IN_BLOCK * _DAY
    days = [first + day * _DAY for day in range(_DAYS_IN_BLOCK + 1)]
    # In no zone have clocks ever been changed twice within three days, so a look a day is enough.
    changes = [
        _change(zone, day, next_day)
        for day, next_day in pairwise(days)
        if _offset(zone, day) != _offset(zone, next_day)
    ]
    return tuple(
        OffsetSegment(start=start, end=end, offset=_offset(zone, start))
        for start, end in pairwise([first, *changes, days[-1]])
        if start < end
    )


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the one instant between the two at which the offset changes."""
    old = _offset(zone, before)
    while after - before > _SECOND:
        middle = before + (after - before) // (2 * _SECOND) * _SECOND
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return wall_clock(zone, moment) - moment.replace(tzinfo=None)


def parse_time_zone(value: object) -> ZoneInfo:
    """Return the zone of that name in the time-zone database; refuse any other name."""
    if isinstance(value, ZoneInfo):
        return value
    name = value if isinstance(value, str) else ""
    if name not in _known_zones():
        refuse(
            "unknown-time-zone",
            f"`{name[:60]}` is not a time zone" if name else "the time zone is no name",
            "without its rules nobody can say when 09:00 is there",
            _zone_fix(name),
        )
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone_fix(name: str) -> str:
    wanted = name.strip().replace(" ", "_").casefold()
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(_known_zones())}
    guess = cities.get(wanted) or did_you_mean(wanted, _known_zones()) if wanted else None
    if guess is not None:
        return f"did you mean `{guess}`?"
    return "write its name in the time-zone database, such as `Europe/Berlin` or `UTC`"


TimeZone = Annotated[
    ZoneInfo,
    BeforeValidator(parse_time_zone),
    WithJsonSchema(
        {
            "type": "string",
            "description": "A name of the time-zone database.",
            "examples": ["Europe/Berlin", "UTC"],
        }
    ),
]
"""For a field that holds a time zone by its name."""
