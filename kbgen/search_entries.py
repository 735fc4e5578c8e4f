"""What Material's search indexes of a page: its sections, each with its title and plain text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence

Section = tuple[str, str, str]
"""Anchor (empty for what stands before the first heading), title and text, escaped as in HTML."""

# As Material's own plugin writes it for English.
_CONFIG: Mapping[str, object] = {
    "lang": ["en"],
    "separator": r"[\s\-]+",
    "pipeline": ["stopWordFilter"],
    "fields": {
        "title": {"boost": 1000.0},
        "text": {"boost": 1.0},
        "tags": {"boost": 1000000.0},
    },
}

_HEADING = re.compile(r'<h([1-6]) id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|code|del|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>"
)
_TAG = re.compile(r"<[^<>]*>")


def sections_of(content: str) -> list[Section]:
    """Return the sections of a page's HTML, in order; Python-Markdown gave the headings ids."""
    found = []
    at, anchor, title = 0, "", ""
    for heading in _HEADING.finditer(content):
        found.append((anchor, title, _text(content[at : heading.start()])))
        anchor, title = heading[2], _text(_HEADER_LINK.sub("", heading[3]))
        at = heading.end()
    found.append((anchor, title, _text(content[at:])))
    return found


def search_index(pages: Iterable[tuple[str, str, Sequence[Section]]]) -> str:
    """Return Material's index of the pages, given as (address without first slash, title, …)."""
    documents = [
        {
            "location": f"{address}#{anchor}" if anchor else address,
            "title": heading or html.escape(title, quote=False),
            "text": text,
        }
        for address, title, sections in pages
        for anchor, heading, text in sections
    ]
    return json.dumps({"config": _CONFIG, "docs": documents}, separators=(",", ":"))


def _text(content: str) -> str:
    return " ".join(_TAG.sub(" ", _INLINE.sub("", content)).split())
