"""What is wrong with a source file: where, what, why it matters and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic weighs: an error fails `kbgen check`, the others are told."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file; `line` and `column` count from 1, and 1:1 is the whole file."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, in the four parts that every message of this project has."""

    location: Location
    rule: str
    what: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        head = f"{self.location}: {self.severity}[{self.rule}]: {self.what}"
        return f"{head}\n  why: {self.why}\n  fix: {self.fix}"


class InvalidSources(Exception):
    """Sources that cannot be used, with every diagnostic there is, sorted by place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sorted_by_place(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


def sorted_by_place(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each diagnostic once, in the order in which a reader meets the places."""
    return tuple(sorted(set(diagnostics), key=lambda each: (each.location, each.rule, each.what)))


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` was probably meant to be."""
    names = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def unknown_name_fix(name: str, known: Iterable[str]) -> str:
    """Return the words for `fix:` where `name` is none of the `known` ones."""
    names = sorted(set(known))
    guess = did_you_mean(name, names)
    if guess is not None:
        return f"did you mean `{guess}`?"
    if not names:
        return "remove it: there is nothing here that it could name"
    shown = ", ".join(f"`{each}`" for each in names[:12])
    return f"use one of {shown}{' …' if len(names) > 12 else ''}"
