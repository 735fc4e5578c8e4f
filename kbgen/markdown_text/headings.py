"""The headings of a text, and the anchor that every engine is told to give each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown.extensions.attr_list import get_attrs_and_remainder

from kbgen.markdown_text.code import without_code
from kbgen.markdown_text.edits import Edit, line_starts
from kbgen.markdown_text.heading_lines import HeadingLine, heading_lines
from kbgen.markdown_text.names import names
from kbgen.markdown_text.words import plain_text, slug

_BEFORE = re.compile(r"[ >]*+(?:(?:[-*+]|\d++[.)]|:)[ >]++)*+")
_MARKS = re.compile(r"#{1,6}")
_BRACE = re.compile(r"(?<= )\{")
_HTML_ID = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*+=\s*+[\"']([^\"'<>]++)[\"']")
_ATTRIBUTES = re.compile(r"\{:?([^{}\n]*+)\}")
_HASH_NAME = re.compile(r"#([^\s={}]+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its anchor."""

    level: int
    text: str
    anchor: str
    line: int
    """Counted from 0 in the body."""
    is_marked: bool = True
    """Whether `#` signs begin the line; else it is underlined."""


@dataclass(frozen=True, slots=True)
class _Title:
    """Where the title of a heading stands in its line, and the attributes behind it."""

    start: int
    end: int
    attributes: str | None
    """What stands between the braces; None where there are none."""

    @property
    def explicit_anchor(self) -> str | None:
        """Return the id that the writer chose."""
        found = dict(get_attrs_and_remainder(self.attributes.strip())[0]) if self.attributes else {}
        return found.get("id") or None


def headings(body: str, masked: str) -> tuple[Heading, ...]:
    """Return the headings in order, each with an anchor of its own.

    What the writer wrote as an anchor stays; the others get what the title says.
    """
    lines = body.split("\n")
    found = [
        (each, _title(lines[each.line], is_marked=each.is_marked))
        for each in heading_lines(body, masked)
    ]
    taken = _written_anchors(masked) | {title.explicit_anchor or "" for _, title in found}
    free = _FreeAnchors(taken)
    return tuple(_heading(lines[each.line], each, title, free) for each, title in found)


def anchors(masked: str, found: Iterable[Heading]) -> frozenset[str]:
    """Return everything in the body that a link can point at."""
    return frozenset(_written_anchors(masked) | {heading.anchor for heading in found})


def heading_edits(body: str, found: Sequence[Heading]) -> Iterator[Edit]:
    """Yield what writes each heading's anchor into the body, so that no engine invents one."""
    if not found:
        return
    starts = line_starts(body)
    lines = body.split("\n")
    for heading in found:
        line, start = lines[heading.line], starts[heading.line]
        title = _title(line, is_marked=heading.is_marked)
        for at in _loose_braces(line[title.start : title.end]):
            yield Edit(start + title.start + at, start + title.start + at + 1, "&#123;")
        if title.explicit_anchor is None:
            attributes = f"#{heading.anchor} {(title.attributes or '').strip()}".rstrip()
            # Behind a last `#`, engines would take it for one of the signs that close a heading.
            is_hash = _before_closing_marks(line, title.start, title.end) < title.end
            end = start + title.end - is_hash
            yield Edit(end, start + len(line), f"{'&#35;' if is_hash else ''} {{{attributes}}}")


class _FreeAnchors:
    """Hands out each anchor once."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._numbers: dict[str, int] = {}

    def like(self, anchor: str) -> str:
        """Return the anchor, with a number behind it where it is taken."""
        number, name = self._numbers.get(anchor, 1), anchor
        while name in self._taken:
            number += 1
            name = f"{anchor}-{number}"
        self._numbers[anchor] = number
        self._taken.add(name)
        return name


def _heading(line: str, found: HeadingLine, title: _Title, free: _FreeAnchors) -> Heading:
    text = plain_text(line[title.start : title.end])
    anchor = title.explicit_anchor or free.like(slug(text) or "section")
    return Heading(found.level, text, anchor, found.line, found.is_marked)


def _written_anchors(masked: str) -> set[str]:
    found: set[str] = set()
    if "<" in masked:
        found.update(_HTML_ID.findall(masked))
    if "#" in masked and "{" in masked:
        for attributes in _ATTRIBUTES.findall(masked):
            found.update(_HASH_NAME.findall(attributes))
    return found


def _title(line: str, *, is_marked: bool) -> _Title:
    before = _BEFORE.match(line)
    start, end = before.end() if before else 0, len(line)
    if is_marked and (marks := _MARKS.match(line, start)):
        start = marks.end()
        end = _before_closing_marks(line, start, end)
    start, end = _stripped(line, start, end)
    at = line.rfind(" {", start, end)
    if at < 0 or line[end - 1] != "}":
        return _Title(start, end, None)
    inside = line[at + 2 : end - 1].removeprefix(":")
    if "}" in inside or not inside.strip() or get_attrs_and_remainder(inside)[1]:
        return _Title(start, end, None)
    start, end = _stripped(line, start, at)
    return _Title(*_stripped(line, start, _before_closing_marks(line, start, end)), inside)


def _stripped(line: str, start: int, end: int) -> tuple[int, int]:
    text = line[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _before_closing_marks(line: str, start: int, end: int) -> int:
    text = line[start:end]
    title = text.rstrip("#")
    backslashes = len(title) - len(title.rstrip("\\"))
    is_escaped = len(title) < len(text) and backslashes % 2 == 1
    return start + len(title) + is_escaped


def _loose_braces(title: str) -> Iterator[int]:
    """Yield the braces in a title that an engine would take for the beginning of attributes."""
    masked = without_code(title)
    # The braces of a name, which an escaping backslash may precede.
    named = {each.start + at for each in names(masked) for at in range(3)}
    for brace in _BRACE.finditer(masked):
        if brace.start() not in named:
            yield brace.start()
