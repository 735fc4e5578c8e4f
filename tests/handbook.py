"""Reads the handbook as tests need it: sections, tables, code and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
HANDBOOK = REPOSITORY / "handbook"

_FENCE = re.compile(r"^ *```")
_HEADING = re.compile(r"^(#+) (.+?)\s*$")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its language, its lines, and where it begins, counted from 1."""

    language: str
    lines: tuple[str, ...]
    line: int


def documents() -> tuple[Path, ...]:
    """Return every Markdown file that explains this repository."""
    return (
        *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        *sorted(HANDBOOK.glob("*.md")),
    )


@cache
def text_of(name: str) -> str:
    """Return the text of a page of the handbook."""
    return (HANDBOOK / name).read_text(encoding="utf-8")


def without_blocks(text: str) -> str:
    """Return the text with the lines of code blocks emptied, so that places stay."""
    lines, inside = [], False
    for line in text.split("\n"):
        is_fence = bool(_FENCE.match(line))
        lines.append("" if inside or is_fence else line)
        inside ^= is_fence
    return "\n".join(lines)


def headings(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield level, text and line index of every heading."""
    for number, line in enumerate(without_blocks(text).split("\n")):
        if found := _HEADING.match(line):
            yield len(found[1]), found[2], number


def section(text: str, title: str) -> str:
    """Return what stands below a heading, up to the next one that is not below it."""
    found = list(headings(text))
    level, start = next((level, at) for level, name, at in found if name == title)
    end = next((at for other, _, at in found if at > start and other <= level), None)
    return "\n".join(text.split("\n")[start + 1 : end])


def cells(text: str, column: int = 0) -> Iterator[str]:
    """Yield the cells of a column of all tables in the text, without their heads."""
    lines = without_blocks(text).split("\n")
    for number, line in enumerate(lines):
        if not line.startswith("|") or line.startswith("|---") or _is_head(lines, number):
            continue
        parts = re.split(r"(?<!\\)\|", line)[1:-1]
        yield parts[column].strip().replace("\\|", "|")


def code_in(cell: str) -> list[str]:
    """Return the pieces of code in a line of text."""
    return _CODE.findall(cell)


def code_cells(text: str, column: int = 0) -> set[str]:
    """Return every piece of code in a column of all tables in the text."""
    return {code for cell in cells(text, column) for code in code_in(cell)}


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of code."""
    language, lines, start = "", [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not _FENCE.match(line):
            lines.append(line)
        elif start:
            yield Block(language, tuple(lines), start)
            start = 0
        else:
            language, lines, start = line.strip().strip("`"), [], number


def all_code(text: str) -> Iterator[str]:
    """Yield every line that is code: in a block, or between backticks in a sentence."""
    for block in blocks(text):
        yield from block.lines
    for line in without_blocks(text).split("\n"):
        yield from code_in(line)


def links(text: str) -> list[str]:
    """Return the targets of all links and pictures outside code."""
    return _LINK.findall(_CODE.sub("", without_blocks(text)))


def anchors(text: str) -> set[str]:
    """Return the anchors that a reader of the repository gets for the headings."""
    return {
        re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for _, name, _ in headings(text)
    }


def _is_head(lines: list[str], number: int) -> bool:
    return number + 1 < len(lines) and lines[number + 1].startswith("|---")
