"""The body of a source in the site's layout: text, code masked, and the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbgen.importing.blocks import BlockKind
from kbgen.importing.layout import LaidLine, laid_out
from kbgen.markdown_text import Edit, edited, line_starts, without_code
from support_policy.diagnostics import Diagnostic, Location


@dataclass(frozen=True, slots=True)
class Body:
    """A body that can be searched; `masked` has a space for each sign of code."""

    file: str
    first_line: int
    """The line of the file on which the body begins, counted from 1."""
    text: str
    masked: str
    lines: tuple[LaidLine, ...]
    starts: tuple[int, ...]

    def place(self, offset: int) -> Location:
        """Return where in the source file the sign at `offset` stands."""
        number = self.line_at(offset)
        line = self.lines[number]
        column = max(0, offset - self.starts[number] - line.shift)
        return Location(self.file, self.first_line + line.source_line, column + 1)

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds `offset`, counted from 0."""
        return bisect_right(self.starts, offset) - 1

    def is_html(self, offset: int) -> bool:
        """Return whether the sign at `offset` stands in a block of raw HTML."""
        return self.lines[self.line_at(offset)].kind is BlockKind.HTML

    def is_code(self, offset: int) -> bool:
        """Return whether the sign at `offset` stands in code."""
        return self.text[offset] != self.masked[offset]


@dataclass(frozen=True, slots=True)
class Changes:
    """What one rule of the import does to a body, and what it has to say about it."""

    edits: tuple[Edit, ...] = ()
    report: tuple[Diagnostic, ...] = ()


def read_body(text: str, file: str, first_line: int) -> Body:
    """Return the body in the site's layout."""
    lines = laid_out(text)
    laid = "\n".join(line.text for line in lines)
    return Body(file, first_line, laid, without_code(laid), lines, tuple(line_starts(laid)))


def joined(changes: Iterable[Changes]) -> Changes:
    """Return all the changes as one."""
    found = tuple(changes)
    return Changes(
        tuple(edit for each in found for edit in each.edits),
        tuple(diagnostic for each in found for diagnostic in each.report),
    )


def part(body: Body, edits: Sequence[Edit], start: int, end: int) -> str:
    """Return the text from `start` to `end` with the edits made that lie in it."""
    inside = [
        Edit(edit.start - start, edit.end - start, edit.text)
        for edit in edits
        if start <= edit.start and edit.end <= end
    ]
    return edited(body.text[start:end], inside)
