"""`kbgen check`: says what is wrong, where, why, and how to mend it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kbgen.checking import judge
from kbgen.cli.options import moment, now_option, root_option, say
from kbgen.cli.reporting import FORMATS, fail, render_diagnostics, summary
from support_policy.diagnostics import InvalidSources, Severity


@click.command()
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a pull request.",
)
@click.option("--changed-since", metavar="REF", help="Only files that differ from this commit.")
@click.option("--strict", is_flag=True, help="Count every rule as an error.")
@now_option
def check(
    root: Path,
    form: str,
    changed_since: str | None,
    strict: bool,  # noqa: FBT001  # click passes it by name
    now: datetime | None,
) -> None:
    """Judge the content, the policy and the maintenance windows; 1 if there is an error."""
    try:
        judgement = judge(root, moment(now), changed_since=changed_since, is_strict=strict)
    except InvalidSources as error:
        fail(error)
        return
    shown = render_diagnostics(judgement.diagnostics, form)
    if shown:
        click.echo(shown)
    say(summary(judgement.diagnostics))
    if any(each.severity is Severity.ERROR for each in judgement.diagnostics):
        raise SystemExit(1)
