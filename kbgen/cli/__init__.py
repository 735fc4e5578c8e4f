"""The command line `kbgen`."""

from __future__ import annotations

import click

from kbgen import __version__
from kbgen.cli.checking import check
from kbgen.cli.making import build, export, serve
from kbgen.cli.promises import due, holidays
from kbgen.cli.writing import import_, new, schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kbgen")
def main() -> None:
    """Turn Markdown and the support policy into a help centre."""


for command in (check, build, serve, export, new, import_, schema, due, holidays):
    main.add_command(command)
