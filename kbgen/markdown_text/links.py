"""The targets of links, pictures, reference definitions and HTML in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Possessive throughout: what was read once is never tried again, however long a run of it is.
_LINK = re.compile(
    r"\]\(\s*+(?P<target><[^<>\n]*+>|[^\s()<>]*+(?:\([^\s()]*+\)[^\s()]*+)*+)"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'))?+\s*+\)"
)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?!\^)[^\]\n]++\]:[ \t]*+(?P<target><[^<>\n]*+>|[^\s<]\S*+)", re.MULTILINE
)
_HTML_LINK = re.compile(
    r"<[a-zA-Z][^<>]*?\s(?:href|src)\s*+=\s*+(?P<quote>[\"'])(?P<target>[^\"'<>]*+)(?P=quote)"
)


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link or an image, and where it stands in the body."""

    target: str
    start: int
    end: int
    is_html: bool = False
    """Whether it stands in an HTML tag, which engines publish as it is."""


def links(masked: str) -> tuple[Link, ...]:
    """Return the targets of links, images, reference definitions and HTML, in order."""
    found = [_link(match) for match in _LINK.finditer(masked)] if "](" in masked else []
    if "]:" in masked:
        found += [_link(match) for match in _REFERENCE.finditer(masked)]
    if "<" in masked:
        found += [
            Link(match["target"], *match.span("target"), is_html=True)
            for match in _HTML_LINK.finditer(masked)
        ]
    return tuple(sorted((each for each in found if each.target), key=lambda each: each.start))


def _link(match: re.Match[str]) -> Link:
    start, end = match.span("target")
    target = match["target"]
    if target.startswith("<"):
        return Link(target[1:-1], start + 1, end - 1)
    return Link(target, start, end)
