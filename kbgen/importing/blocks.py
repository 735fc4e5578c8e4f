"""What stands on the lines of a Markdown source: text, code, raw HTML, or nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markdown.util import BLOCK_LEVEL_ELEMENTS

from kbgen.markdown_text import line_starts

LIST_ITEM = re.compile(r"(?P<marker>[-*+]|\d{1,9}\.)(?P<space> +(?=\S)|$)")
RULE = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
_HOLDS_INDENTED = re.compile(r"(?:!!! |\?\?\?\+? |=== |:\s|\[\^[^\]]+\]:)")
_HTML = re.compile(r"^[ \t]*(?P<sign><)(?:!--|(?P<tag>[A-Za-z][\w-]*)(?=[\s>/]|$))", re.MULTILINE)
_ANY_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][\w-]*)(?=[\s>/]|$)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|$)")
_NEVER = -1
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
    lines, html_ends = body.split("\n"), _html_ends(body)
    at, after_blank, is_nested = 0, True, False
    while at < len(lines):
        line = lines[at]
        may_be_code = after_blank and not is_nested
        kind, end = _block(lines, at, html_ends.get(at), may_be_code=may_be_code)
        yield Block(kind, at, tuple(lines[at:end]))
        if kind is BlockKind.TEXT:
            is_nested = _is_nested(line, is_nested=is_nested, after_blank=after_blank)
        after_blank = kind is BlockKind.BLANK
        at = end


def width(line: str) -> int:
    """Return the columns before the first sign of a line, with tab stops of four."""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return len(indent.expandtabs(4))


def _block(
    lines: Sequence[str], at: int, html_end: int | None, *, may_be_code: bool
) -> tuple[BlockKind, int]:
    line = lines[at]
    if not line.strip():
        return BlockKind.BLANK, at + 1
    if end := _fence_end(lines, at):
        return BlockKind.CODE, end
    if may_be_code and width(line) >= 4:
        return BlockKind.CODE, _indented_end(lines, at)
    return (BlockKind.TEXT, at + 1) if html_end is None else (BlockKind.HTML, html_end)


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


def _html_ends(body: str) -> dict[int, int]:
    """Return for each line that may begin raw HTML the line after that HTML's end.

    HTML that is never closed ends at the next blank line.
    """
    if "<" not in body:
        return {}
    starts, closings = line_starts(body), _closings(body)
    blanks = [found.start() for found in _BLANK_LINE.finditer(body)]
    ends: dict[int, int] = {}
    for opening in _HTML.finditer(body):
        end = _html_end(body, opening, closings)
        if end == _NEVER:
            following = bisect_right(blanks, opening.start())
            end = blanks[following] if following < len(blanks) else len(body)
        if end is not None:
            number = bisect_right(starts, opening.start()) - 1
            ends[number] = bisect_right(starts, max(end - 1, opening.start()))
    return ends


def _html_end(body: str, opening: re.Match[str], closings: Mapping[int, int]) -> int | None:
    """Return where the HTML ends, `_NEVER` where it is not closed; None for what is text."""
    tag = (opening["tag"] or "").lower()
    if not tag:
        end = body.find("-->", opening.end())
        return None if end < 0 else end + 3
    tag_end = body.find(">", opening.end()) + 1
    if tag not in _BLOCK_TAGS or not tag_end or "markdown" in body[opening.end() : tag_end]:
        return None
    if tag in _VOID:
        return tag_end
    return closings.get(opening.start("sign"), _NEVER)


def _closings(body: str) -> dict[int, int]:
    """Return where each element that is closed ends, by where it begins."""
    ends: dict[int, int] = {}
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for tag in _ANY_TAG.finditer(body):
        name = tag["name"].lower()
        if not tag["slash"]:
            opened[name].append(tag.start())
        elif opened[name]:
            ends[opened[name].pop()] = tag.end()
    return ends
