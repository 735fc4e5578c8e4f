"""Options that several commands share, and the clock, which only entries read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A moment on the command line; without an offset it is UTC, or the zone asked for later."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Return the moment; naive where no offset was given."""
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"`{value}` is no time; write 2026-11-22T10:00Z or 2026-11-22 10:00", param, ctx
            )


def root_option(command: Command) -> Command:
    """Add `--root`, the folder of the help centre."""
    return click.option(
        "--root",
        type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
        default=".",
        show_default="here",
        help="The folder of the help centre.",
    )(command)


def now_option(command: Command) -> Command:
    """Add `--now`, by which all that depends on time can be repeated."""
    return click.option(
        "--now", type=Moment(), help="Take this for the present time; UTC unless it has an offset."
    )(command)


def moment(value: datetime | None, *, zone: ZoneInfo | None = None) -> datetime:
    """Return the given moment, or the present one; a naive one is in `zone`, else in UTC."""
    if value is None:
        return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  # an entry module
    return value if value.tzinfo else value.replace(tzinfo=zone or UTC)


def say(message: str) -> None:
    """Tell progress: to stderr, so that results on stdout stay whole."""
    click.echo(message, err=True)
