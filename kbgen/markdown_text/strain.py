"""What nobody writes by hand, and what would keep engines busy for hours."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_LINE = 20_000
MOST_OPEN = 200
"""Brackets that are opened in one block and not closed; engines look for the end of each."""

_SIGNS = re.compile(r"\n[ \t]*\n|\]\(|[\[\])>]|<(?=[a-zA-Z!/?])")


@dataclass(frozen=True, slots=True)
class Strain:
    """A part of a text that is too much; where it begins, and how many signs it has."""

    offset: int
    length: int = 0
    """Of a line; 0 where brackets are the fault."""


def strain(masked: str) -> Strain | None:
    """Return the first part of the text, code left out, that is too much; mostly there is none."""
    if len(masked) > LONGEST_LINE and (found := _long_line(masked)) is not None:
        return found
    if masked.count("[") + masked.count("<") > MOST_OPEN:
        return _open_brackets(masked)
    return None


def _long_line(masked: str) -> Strain | None:
    at = 0
    for line in masked.split("\n"):
        if len(line.strip()) > LONGEST_LINE:
            return Strain(at, len(line))
        at += len(line) + 1
    return None


def _open_brackets(masked: str) -> Strain | None:
    opened: dict[str, list[int]] = {"]": [], ")": [], ">": []}
    for found in _SIGNS.finditer(masked):
        sign, at = found[0], found.start()
        if sign.startswith("\n"):
            for places in opened.values():
                places.clear()
        for closing in sign:
            if opened.get(closing):
                opened[closing].pop()
        if sign in ("[", "](", "<"):
            places = opened[{"[": "]", "](": ")", "<": ">"}[sign]]
            places.append(at)
            if len(places) > MOST_OPEN:
                return Strain(places[0])
    return None
