"""How diagnostics are printed: for people, for programs, and for pull requests."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

import click

from support_policy.diagnostics import Diagnostic, InvalidSources, Severity

FORMATS = ("text", "json", "github")


def render_diagnostics(diagnostics: Sequence[Diagnostic], form: str) -> str:
    """Return the diagnostics in one of `FORMATS`; no diagnostics give an empty text or list."""
    if form == "json":
        return json.dumps([_plain(each) for each in diagnostics], ensure_ascii=False, indent=2)
    if form == "github":
        return "\n".join(map(_annotation, diagnostics))
    return "\n".join(map(str, diagnostics))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return `2 errors, 1 warning`."""
    counts = Counter(each.severity for each in diagnostics)
    parts = [
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) or "no problems"


def fail(error: InvalidSources) -> None:
    """Print what is wrong and leave with 1."""
    click.echo(render_diagnostics(error.diagnostics, "text"), err=True)
    click.echo(summary(error.diagnostics), err=True)
    raise SystemExit(1)


def _plain(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "file": diagnostic.location.file,
        "line": diagnostic.location.line,
        "column": diagnostic.location.column,
        "severity": diagnostic.severity,
        "rule": diagnostic.rule,
        "what": diagnostic.what,
        "why": diagnostic.why,
        "fix": diagnostic.fix,
    }


def _annotation(diagnostic: Diagnostic) -> str:
    """Return a workflow command as GitHub's runner reads it; its escapes are part of that form."""
    place = diagnostic.location
    text = f"{diagnostic.what}\nwhy: {diagnostic.why}\nfix: {diagnostic.fix}"
    fields = {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "title": diagnostic.rule,
    }
    head = ",".join(f"{name}={_escaped(value, inside=True)}" for name, value in fields.items())
    return f"::{diagnostic.severity} {head}::{_escaped(text, inside=False)}"


def _escaped(text: str, *, inside: bool) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text
