"""Signs that other Markdown dialects escape in ways that this site's Markdown does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbgen.importing.body import Body, Changes
from kbgen.markdown_text import Edit

_ESCAPED_LESS = re.compile(r"(?<!\\)(?:\\\\)*(?P<sign>\\<)")
_PLACEHOLDER = re.compile(r"(?<!\\)(?:\\\\)*(?P<sign><)(?=[^<>\n]*\\>)")
_HARD_BREAK = re.compile(r"(?<!\\)(?:\\\\)*(?P<sign>\\)(?=\n[ \t]*\S)")
_MEANINGS = ((_ESCAPED_LESS, "&lt;"), (_PLACEHOLDER, "&lt;"), (_HARD_BREAK, "  "))


def escape_changes(body: Body) -> Changes:
    """Return what keeps `\\<name\\>` visible, and a backslash at a line's end a line break."""
    return Changes(tuple(_edits(body)))


def _edits(body: Body) -> Iterator[Edit]:
    if "\\" not in body.masked:
        return
    for pattern, text in _MEANINGS:
        for found in pattern.finditer(body.masked):
            if not body.is_html(found.start("sign")):
                yield Edit(found.start("sign"), found.end("sign"), text)
