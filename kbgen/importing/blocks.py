"""What stands on the lines of a Markdown source: text, code, raw HTML, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown.util import BLOCK_LEVEL_ELEMENTS

LIST_ITEM = re.compile(r"(?P<marker>[-*+]|\d{1,9}\.)(?P<space> +(?=\S)|$)")
RULE = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
_HOLDS_INDENTED = re.compile(r"(?:!!! |\?\?\?\+? |=== |:\s|\[\^[^\]]+\]:)")
_HTML = re.compile(r"\s*<(?:!--|(?P<tag>[A-Za-z][\w-]*)(?=[\s>/]|$))")
_VOID = frozenset({"hr", "br", "img", "input", "link", "meta"})
_BLOCK_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS)


class BlockKind(StrEnum):
    """How the lines of a block are read."""

    BLANK = "blank"
    TEXT = "text"
    CODE = "code"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; text and blank blocks have one line each."""

    kind: BlockKind
    first: int
    """The number of its first line, counted from 0."""
    lines: tuple[str, ...]


def read_blocks(body: str) -> Iterator[Block]:
    """Yield the blocks in order; together they hold every line of the body."""
    lines = body.split("\n")
    at, after_blank, is_nested = 0, True, False
    while at < len(lines):
        line = lines[at]
        kind, end = _block(lines, at, may_be_code=after_blank and not is_nested)
        yield Block(kind, at, tuple(lines[at:end]))
        if kind is BlockKind.TEXT:
            is_nested = _is_nested(line, is_nested=is_nested, after_blank=after_blank)
        after_blank = kind is BlockKind.BLANK
        at = end


def width(line: str) -> int:
    """Return the columns before the first sign of a line, with tab stops of four."""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return len(indent.expandtabs(4))


def _block(lines: Sequence[str], at: int, *, may_be_code: bool) -> tuple[BlockKind, int]:
    line = lines[at]
    if not line.strip():
        return BlockKind.BLANK, at + 1
    if end := _fence_end(lines, at):
        return BlockKind.CODE, end
    if may_be_code and width(line) >= 4:
        return BlockKind.CODE, _indented_end(lines, at)
    if end := _html_end(lines, at):
        return BlockKind.HTML, end
    return BlockKind.TEXT, at + 1


def _is_nested(line: str, *, is_nested: bool, after_blank: bool) -> bool:
    """Return whether an indented line after this one belongs to a list or a note."""
    text = line.lstrip()
    if (LIST_ITEM.match(text) and not RULE.match(text)) or _HOLDS_INDENTED.match(text):
        return True
    return is_nested and not (after_blank and width(line) < 2)


def _fence_end(lines: Sequence[str], at: int) -> int | None:
    opening = _FENCE.match(lines[at])
    if opening is None or (opening["fence"][0] == "`" and "`" in opening["info"]):
        return None
    closing = re.compile(rf"[\s>]*{re.escape(opening['fence'])}{opening['fence'][0]}*\s*$")
    for number in range(at + 1, len(lines)):
        if closing.match(lines[number]):
            return number + 1
    return None


def _indented_end(lines: Sequence[str], at: int) -> int:
    end = at + 1
    for number in range(at + 1, len(lines)):
        if lines[number].strip():
            if width(lines[number]) < 4:
                break
            end = number + 1
    return end


def _html_end(lines: Sequence[str], at: int) -> int | None:
    opening = _HTML.match(lines[at])
    if opening is None:
        return None
    text = "\n".join(lines[at:])
    if opening["tag"] is None:
        end = text.find("-->")
        return None if end < 0 else at + text.count("\n", 0, end) + 1
    tag = opening["tag"].lower()
    if tag not in _BLOCK_TAGS or "markdown" in text[: text.find(">") + 1]:
        return None
    if tag in _VOID:
        return at + text.count("\n", 0, text.find(">") + 1) + 1
    return at + text.count("\n", 0, _closing(text, tag)) + 1


def _closing(text: str, tag: str) -> int:
    """Return where the element that begins the text ends: if nowhere, at the next blank line."""
    depth = 0
    for found in re.finditer(rf"<(/?){tag}(?=[\s>/])", text, re.IGNORECASE):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end()
    blank = re.search(r"\n[ \t]*(?:\n|$)", text)
    return blank.start() if blank else len(text)
