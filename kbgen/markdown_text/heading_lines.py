"""Which lines of a text are headings, exactly as Python-Markdown sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown import Markdown

STRUCTURE = (
    "abbr",
    "admonition",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
)
"""The extensions of our flavour that decide where blocks begin and end; a test holds them equal."""

_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    # Colours are not looked at here, and take the most time.
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tabbed": {"alternate_style": True},
}
_MARKED = re.compile(r"^(?P<before>[ \t>*+:.)\d-]*+)#{1,6}", re.MULTILINE)
_UNDERLINE = re.compile(r"^[ \t>*+:.)\d]*+[=-]+ *$")
_UNDERLINED = re.compile(r"(?<=[^\n])\n[ \t>*+:.)\d]*+[=-]+ *$", re.MULTILINE)
_TAG = re.compile(r"<[a-zA-Z!?/]")
_RAW = re.compile(r"<(?:!--|pre\b|code\b|script\b|style\b)", re.IGNORECASE)
_ODD_FENCE = re.compile(
    r"^(?:[ >]+(?:`{3}|~{3})|(?:`{3,}+|~{3,}+)(?! *+[\w+-]*+ *$))", re.MULTILINE
)
_OPENED, _CLOSED = "\ue000", "\ue001"
_NUMBER = re.compile(f"{_OPENED}([0-9]+){_CLOSED}")
_TAGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line that holds the title of a heading."""

    line: int
    """Counted from 0."""
    level: int
    is_marked: bool
    """Whether `#` signs begin it; else a line of `=` or `-` stands below."""


def heading_lines(body: str, masked: str) -> Sequence[HeadingLine]:
    """Return the lines in order.

    Signs at the margin are headings wherever they are not code, and most texts have no others.
    What lists, quotes, HTML, tables or underlines make doubtful, Python-Markdown decides.
    """
    if "#" not in body and not _UNDERLINED.search(body):
        return ()
    if _is_doubtful(body, masked):
        return sorted(_as_parsed(body), key=lambda each: each.line)
    return tuple(_at_the_margin(masked))


def _is_doubtful(body: str, masked: str) -> bool:
    if _UNDERLINED.search(body) or _TAG.search(masked) or _RAW.search(body):
        return True
    if _ODD_FENCE.search(body):
        return True
    has_table = "|" in body
    for found in _MARKED.finditer(body):
        if found["before"]:
            return True
        at = found.start()
        end = body.find("\n", at)
        follows_text = at > 1 and body[at - 2] != "\n"
        if (has_table and follows_text) or body.endswith("\\", at, end if end >= 0 else len(body)):
            return True
    return False


def _at_the_margin(masked: str) -> Iterator[HeadingLine]:
    for number, line in enumerate(masked.split("\n")):
        if line.startswith("#") and line.strip("# \t"):
            level = min(6, len(line) - len(line.lstrip("#")))
            yield HeadingLine(number, level, is_marked=True)


def _as_parsed(body: str) -> Iterator[HeadingLine]:
    """Yield what is a heading once every line that might be one is numbered and parsed."""
    parser = _parser()
    parser.reset()
    lines = _numbered(body)
    for preprocessor in parser.preprocessors:
        lines = preprocessor.run(lines)
    for element in parser.parser.parseDocument(lines).iter():
        text = element.text or ""
        if element.tag not in _TAGS or not (number := _NUMBER.search(text)):
            continue
        if _NUMBER.sub("", text).strip():
            is_marked = number.start() == 0
            yield HeadingLine(int(number[1]), _TAGS[element.tag], is_marked=is_marked)


def _numbered(body: str) -> list[str]:
    lines = body.replace(_OPENED, " ").replace(_CLOSED, " ").split("\n")
    below = [*lines[1:], ""]
    for number, (line, following) in enumerate(zip(lines, below, strict=True)):
        number_sign = f"{_OPENED}{number}{_CLOSED}"
        if found := _MARKED.match(line):
            lines[number] = line[: found.end()] + number_sign + line[found.end() :]
        elif _may_be_title(line) and _UNDERLINE.match(following):
            lines[number] = line + number_sign
    return lines


def _may_be_title(line: str) -> bool:
    text = line.strip(" \t>")
    # What opens or closes a block would not do so with a number behind it.
    return bool(text) and not text.startswith(("```", "~~~", "!!!", "???", "==="))


@cache
def _parser() -> Markdown:
    options = {name: dict(each) for name, each in _OPTIONS.items()}
    return Markdown(extensions=list(STRUCTURE), extension_configs=options)
