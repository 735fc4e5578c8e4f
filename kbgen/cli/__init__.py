"""The command line `kbgen`."""

from __future__ import annotations

from typing import Any

import click

from kbgen import __version__
from kbgen.cli.checking import check
from kbgen.cli.making import build, export, serve
from kbgen.cli.promises import due, holidays
from kbgen.cli.writing import import_, new, schema
from support_policy.business_hours import NeverOpens


class _Commands(click.Group):
    """The commands; trouble that comes from outside ends with a sentence, not a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}") from error
        except (NeverOpens, OverflowError) as error:
            raise click.ClickException(f"this time lies beyond every calendar: {error}") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kbgen")
def main() -> None:
    """Turn Markdown and the support policy into a help centre."""


for command in (check, build, serve, export, new, import_, schema, due, holidays):
    main.add_command(command)
