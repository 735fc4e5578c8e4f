"""The headings of a body: the title leaves it, the rest begins at the second level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbgen.importing.body import Body, Changes
from kbgen.importing.rules import tell
from kbgen.markdown_text import Edit, Heading, headings
from support_policy.diagnostics import Diagnostic

_MARKS = re.compile(r"(?P<indent> *)(?P<marks>#{1,6})(?P<space>[ \t]*)")
_HTML_H1 = re.compile(r"(?<=<)(?P<slash>/?)h1(?=[\s>])", re.IGNORECASE)
_LOWEST = 6


@dataclass(frozen=True, slots=True)
class Outline:
    """The title that the headings give, and what the import changes in them."""

    title: str | None
    changes: Changes


def read_outline(body: Body, title: str | None) -> Outline:
    """Return the title (the first heading's, where the front matter has none) and the changes."""
    numbers = list(_escaped_numbers(body))
    escaped = {body.line_at(edit.start) for edit in numbers}
    found = [
        heading
        for heading in headings(body.text, body.masked)
        if heading.line not in escaped and not body.is_html(body.starts[heading.line])
    ]
    shown = title or _first_title(found)
    leading = _leading_title(body, found, shown)
    levels = _levels([each for each in found if each is not leading])
    edits = [edit for each, level in levels for edit in _edits(body, each, level)]
    if leading is not None:
        edits.append(_removal(body, leading))
    html = [Edit(h1.end() - 2, h1.end(), "h2") for h1 in _HTML_H1.finditer(body.masked)]
    lowered = [body.starts[each.line] for each, level in levels if level != each.level]
    lowered += [edit.start - 1 for edit in html if body.masked[edit.start - 1] == "<"]
    return Outline(shown, Changes((*numbers, *edits, *html), tuple(_notice(body, lowered))))


def _first_title(found: Sequence[Heading]) -> str | None:
    first = [each.text for each in found if each.level == 1] or [each.text for each in found]
    return first[0] if first else None


def _leading_title(body: Body, found: Sequence[Heading], title: str | None) -> Heading | None:
    """Return the heading that begins the body and says nothing but the title."""
    if not found or title is None or found[0].level != 1:
        return None
    line = body.lines[found[0].line].text
    is_first = not body.text[: body.starts[found[0].line]].strip()
    holds_more = "](" in line or "<" in line
    return found[0] if is_first and not holds_more and _same(found[0].text, title) else None


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _levels(found: Sequence[Heading]) -> list[tuple[Heading, int]]:
    """Return each heading with its new level: what stands under a first level moves with it."""
    levels, by = [], 0
    for heading in found:
        by = 1 if heading.level == 1 else by
        levels.append((heading, min(_LOWEST, heading.level + by)))
    return levels


def _edits(body: Body, heading: Heading, level: int) -> Iterator[Edit]:
    start = body.starts[heading.line]
    marks = _MARKS.match(body.lines[heading.line].text)
    if marks is not None:
        new = f"{marks['indent']}{'#' * level}{marks['space'] or ' '}"
        if new != marks[0]:
            yield Edit(start, start + marks.end(), new)
    elif level != heading.level:
        yield from _setext_edits(body, heading, level)


def _setext_edits(body: Body, heading: Heading, level: int) -> Iterator[Edit]:
    start, under = body.starts[heading.line], body.starts[heading.line + 1]
    end = body.text.find("\n", under)
    end = len(body.text) if end < 0 else end
    if level == 2:
        yield Edit(under, end, "-" * (end - under))
    else:
        yield Edit(start, start, f"{'#' * level} ")
        yield Edit(under, end, "")


def _removal(body: Body, heading: Heading) -> Edit:
    start = body.starts[heading.line]
    is_setext = not body.lines[heading.line].text.lstrip().startswith("#")
    last = heading.line + (1 if is_setext else 0)
    end = body.starts[last + 1] if last + 1 < len(body.starts) else len(body.text)
    return Edit(start, end, "")


def _escaped_numbers(body: Body) -> Iterator[Edit]:
    """Yield what keeps a line such as `#1 in the list` from being read as a heading."""
    for found in re.finditer(r"^ {0,3}(?=#\d)", body.masked, re.MULTILINE):
        if not body.is_html(found.start()):
            yield Edit(found.end(), found.end(), "\\")


def _notice(body: Body, lowered: Sequence[int]) -> Iterator[Diagnostic]:
    if lowered:
        count = f"{len(lowered)} headings were" if len(lowered) > 1 else "a heading was"
        place = body.place(min(lowered))
        yield tell("headings-lowered", place, f"{count} lowered by one level")
