"""Which Liquid in a body the old site read, and which only looks like it."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from kbgen.importing.body import Body
from kbgen.importing.liquid_tokens import Token, tokens
from kbgen.markdown_text import Edit, edited, names, without_code

OPEN_BRACES = re.compile(r"(?<!\\)\{\{")
"""Where this site's Markdown would begin to read a name."""


def live_tokens(body: Body) -> list[Token]:
    """Return the tokens that the old site would have read: not in code, and not raw."""
    found = [token for token in tokens(body.text) if not body.is_code(token.start)]
    live, is_raw = [], False
    for token in found:
        if token.tag in ("raw", "endraw"):
            is_raw = token.tag == "raw"
        elif not is_raw:
            live.append(token)
    return live


def raw_edits(body: Body) -> Iterator[Edit]:
    """Yield what removes the marks of raw text, in code as well; the text stays."""
    for token in tokens(body.text):
        if token.tag in ("raw", "endraw"):
            yield Edit(token.start, token.end, "")


def stray_braces(
    body: Body, spans: Sequence[tuple[int, int]], taken: Collection[int]
) -> Iterator[Edit]:
    """Yield what keeps `{{` from being read as a name where no live Liquid stands."""
    for found in OPEN_BRACES.finditer(body.masked):
        at = found.start()
        if at not in taken and not is_within(at, spans):
            yield Edit(at, at + 2, "\\{{")


def without_names(text: str) -> str:
    """Return Markdown in which nothing can be taken for a name that the policy fills in."""
    found = names(without_code(text))
    return edited(
        text, [Edit(each.start, each.start, "\\") for each in found if not each.is_escaped]
    )


def is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of the spans, which are in order, holds the offset."""
    number = bisect_right(spans, (at, sys.maxsize)) - 1
    return number >= 0 and at < spans[number][1]
