"""Stretches of time between two instants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The time from `start` up to, but not including, `end`; both in UTC."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end - self.start


def merged(pieces: Iterable[Interval]) -> Iterator[Interval]:
    """Yield intervals that come in order and do not overlap, those that touch as one."""
    current: Interval | None = None
    for piece in pieces:
        if current is not None and piece.start == current.end:
            current = Interval(start=current.start, end=piece.end)
            continue
        if current is not None:
            yield current
        current = piece
    if current is not None:
        yield current
