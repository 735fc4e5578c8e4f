"""Lays Kramdown and GitHub Markdown out in the way that Python-Markdown needs to see lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbgen.importing.blocks import LIST_ITEM, RULE, Block, BlockKind, read_blocks, width

_STEP = 4
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_KEEPS_BLANKS = re.compile(r"<(?:pre|textarea|script|style)\b", re.IGNORECASE)
_ROW_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


@dataclass(frozen=True, slots=True)
class LaidLine:
    """A line of the new layout, and where it comes from."""

    text: str
    source_line: int
    """Counted from 0 in the source's body."""
    shift: int = 0
    """By how many columns it moved to the right."""
    kind: BlockKind = BlockKind.TEXT


@dataclass(frozen=True, slots=True)
class _Item:
    """An open list item: the column of its marker, and that of its text."""

    marker: int
    content: int


def laid_out(body: str) -> tuple[LaidLine, ...]:
    """Return the lines with nested text at steps of four, and a blank line before each block.

    Kramdown nests by the column of the text and lets a list follow a paragraph directly;
    Python-Markdown needs four columns and a blank line, and a rule under a table's first row.
    Not a word changes.
    """
    walker = _Walker()
    lines = [line for block in read_blocks(body) for line in walker.lines(block)]
    return tuple(_with_row_rules(lines))


def tidied(body: str) -> str:
    """Return the body without blank lines at its ends, and with one where there are several."""
    lines: list[str] = []
    for block in read_blocks(body):
        if block.kind is not BlockKind.BLANK or (lines and lines[-1].strip()):
            lines += [
                line.rstrip() if block.kind is BlockKind.BLANK else line for line in block.lines
            ]
    return "\n".join(lines).strip("\n")


class _Walker:
    """Goes down the blocks and knows which list items are open."""

    def __init__(self) -> None:
        self._items: list[_Item] = []
        self._base = 0
        """Where the open list begins: not 0 inside a note or a footnote."""
        self._after_blank = True
        self._run_depth = 0
        """How deep the lines since the last blank one began."""
        self._block_depth: int | None = None
        """How deep the block above lies, where a list below needs a blank line after it."""
        self._is_wrapping = False
        """Whether the line above is text that may go on."""

    def lines(self, block: Block) -> Iterator[LaidLine]:
        if block.kind is BlockKind.BLANK:
            self._after_blank = True
            yield LaidLine("", block.first, kind=BlockKind.BLANK)
        elif block.kind is BlockKind.TEXT:
            yield from self._text(block)
        else:
            yield from self._kept(block)

    def _text(self, block: Block) -> Iterator[LaidLine]:
        line = block.lines[0]
        column, text = width(line), line.lstrip()
        item = self._item(column, text)
        if item is not None:
            yield from self._list_item(block, column, item)
        elif self._after_blank or _HEADING.match(text):
            yield from self._paragraph(block, column)
        else:
            yield _moved(line, self._margin(column) if column else 0, block.first)

    def _item(self, column: int, text: str) -> re.Match[str] | None:
        found = LIST_ITEM.match(text)
        if found is None or RULE.match(text):
            return None
        if self._after_blank:
            return found
        # A wrapped line may begin with a year; only a list's first number may interrupt.
        may_go_on = found["marker"] not in {"-", "*", "+", "1."}
        if self._items:
            return None if may_go_on and column >= self._items[-1].content else found
        return None if (may_go_on and self._is_wrapping) or column >= _STEP else found

    def _list_item(self, block: Block, column: int, found: re.Match[str]) -> Iterator[LaidLine]:
        self._close_items(column)
        depth = len(self._items)
        if depth == 0:
            self._base = column - column % _STEP
        if self._block_depth == depth or depth < self._run_depth:
            yield from self._blank_before(block.first)
        self._begin_run(depth)
        self._block_depth, self._is_wrapping = None, False
        space = len(found["space"])
        content = column + len(found["marker"]) + (space if 1 <= space <= _STEP else 1)
        self._items.append(_Item(column, content))
        yield _moved(block.lines[0], self._base + _STEP * depth, block.first)

    def _paragraph(self, block: Block, column: int) -> Iterator[LaidLine]:
        self._close_items(column)
        depth = len(self._items)
        if depth < self._run_depth:
            yield from self._blank_before(block.first)
        self._begin_run(depth)
        self._block_depth = depth
        self._is_wrapping = not _HEADING.match(block.lines[0].lstrip())
        yield _moved(block.lines[0], self._column(column), block.first)

    def _kept(self, block: Block) -> Iterator[LaidLine]:
        column = width(block.lines[0])
        self._close_items(column)
        depth = len(self._items)
        self._begin_run(depth)
        self._block_depth, self._is_wrapping = depth, False
        by = self._column(column) - column
        for number, line in _without_idle_blanks(block):
            moves = by and line.strip()
            text = " " * max(0, width(line) + by) + line.lstrip(" \t") if moves else line
            yield LaidLine(text, block.first + number, len(text) - len(line), block.kind)

    def _column(self, column: int) -> int:
        """Return the new column of a block that is no list; code by its indent stays code."""
        beyond = column - self._items[-1].content if self._items else 0
        return self._margin(column) + (beyond if beyond >= _STEP else 0)

    def _margin(self, column: int) -> int:
        """Return where text stands that belongs to the open items."""
        if self._items:
            return self._base + _STEP * len(self._items)
        return column if column >= _STEP else 0

    def _close_items(self, column: int) -> None:
        # Writers nest by two columns as often as by the column of the text.
        while self._items and column < min(self._items[-1].content, self._items[-1].marker + 2):
            self._items.pop()

    def _blank_before(self, line: int) -> Iterator[LaidLine]:
        if not self._after_blank:
            self._after_blank = True
            yield LaidLine("", line, kind=BlockKind.BLANK)

    def _begin_run(self, depth: int) -> None:
        if self._after_blank:
            self._run_depth = depth
        self._after_blank = False


def _moved(line: str, indent: int, source_line: int) -> LaidLine:
    text = line.lstrip(" \t")
    return LaidLine(" " * indent + text, source_line, indent - (len(line) - len(text)))


def _without_idle_blanks(block: Block) -> Iterator[tuple[int, str]]:
    """Yield the lines of a block; raw HTML without the blank lines between its elements.

    Other engines, and GitHub's preview, end the HTML there and show the rest as code.
    """
    keeps_all = block.kind is not BlockKind.HTML or any(map(_KEEPS_BLANKS.search, block.lines))
    blanks: list[int] = []
    for number, line in enumerate(block.lines):
        if not line.strip() and not keeps_all:
            blanks.append(number)
            continue
        if not line.lstrip().startswith("<"):
            yield from ((blank, "") for blank in blanks)
        blanks = []
        yield number, line


def _with_row_rules(lines: list[LaidLine]) -> Iterator[LaidLine]:
    """Yield the lines with the rule that makes rows of `| a | b |` a table, where it misses."""
    for number, line in enumerate(lines):
        before = lines[number - 1].text.strip() if number else ""
        after = lines[number + 1].text.strip() if number + 1 < len(lines) else ""
        is_first_row = _is_row(line) and not before.startswith("|") and after.startswith("|")
        if is_first_row and before:
            yield LaidLine("", line.source_line, kind=BlockKind.BLANK)
        yield line
        if is_first_row and not _ROW_RULE.match(after):
            row = line.text.strip().strip("|")
            cells = len(re.findall(r"(?<!\\)\|", row)) + 1
            indent = " " * (len(line.text) - len(line.text.lstrip()))
            yield LaidLine(f"{indent}|{' --- |' * cells}", line.source_line)


def _is_row(line: LaidLine) -> bool:
    return line.kind is BlockKind.TEXT and line.text.lstrip().startswith("|")
