"""Where Markdown is code or a comment, and so says nothing to us."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

_FENCE = re.compile(
    r"(?P<before>[ >]*+)(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?:\.?[\w#.+-]++(?=[ \t]|$))?+[ \t]*+"
    r"(?:\{[^\n]*\}[ \t]*+|(?:[a-zA-Z]\w*+(?:=(?:\"[^\"]*+\"|'[^']*+'))?+(?:[ \t]++|$))*+)$"
)
_MAY_BE_CODE = re.compile(r"`|~~~|^ {4}", re.MULTILINE)
_CONTAINER = re.compile(r"(?:[-*+] |\d+[.)] |!!! |\?\?\?\+? |=== |: {1,3}\S|\[\^[^\]]+\]:|> )")
_BEGINS_BLOCK = re.compile(r"[ ]*+(?:$|#{1,6}|[-*+] |\d+[.)] |\||: |!!! |\?\?\?|=== |\[\^)")
_TICKS = re.compile(r"`+")
_RAW_BLOCK = re.compile(
    r"^ {0,3}<(?:!--|(?P<name>pre|code|script|style)\b[^<>]*>)", re.MULTILINE | re.IGNORECASE
)
_RAW = re.compile(r"<(?:!--|(?P<name>pre|code|script|style)\b[^<>]*>)", re.IGNORECASE)
_NO_LINE_BREAK = re.compile(r"[^\n]")


def without_code(body: str) -> str:
    """Return the body with every sign of code, raw blocks and comments turned into a space.

    Length and line breaks stay, so that a place in the result is a place in the body.
    """
    masked = body
    if "<" in body:
        # Not spaces yet, which would look like the indentation of code.
        masked = _without_raw(masked, _RAW_BLOCK, sign="\0")
    if _MAY_BE_CODE.search(masked):
        masked = _without_spans("\n".join(_without_code_lines(masked.split("\n"))))
    return _without_raw(masked, _RAW, sign=" ").replace("\0", " ") if "<" in body else masked


def _without_code_lines(lines: Sequence[str]) -> Iterator[str]:
    fenced = {number for first, last in _fences(lines) for number in range(first, last + 1)}
    containers: list[int] = []
    after_blank, in_code = True, False
    for number, line in enumerate(lines):
        if number in fenced:
            yield " " * len(line)
            after_blank = in_code = False
            continue
        text = line.lstrip(" ")
        if not text:
            after_blank = True
            yield line
            continue
        indent = len(line) - len(text)
        begins = _CONTAINER.match(text)
        # Without a blank line before it, less indentation only carries the paragraph on.
        while containers and indent <= containers[-1] and (after_blank or begins):
            containers.pop()
        content_indent = containers[-1] + 4 if containers else 0
        in_code = indent - content_indent >= 4 and (after_blank or in_code)
        if begins and not in_code:
            containers.append(indent)
        after_blank = text.startswith("#") and not indent
        yield " " * len(line) if in_code else line


def _fences(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each fenced block, by the rules of pymdownx.superfences.

    A fence that is never closed, or whose lines lose its indentation, is none.
    """
    opening: re.Match[str] | None = None
    first = 0
    for number, line in enumerate(lines):
        if opening is None:
            if "```" in line or "~~~" in line:
                opening, first = _FENCE.match(line), number
            continue
        before, fence = opening["before"], opening["fence"]
        content = _inside(line, before)
        if content is None:
            opening = None
        elif content.startswith(fence) and not content[len(fence) :].strip():
            yield first, number
            opening = None


def _inside(line: str, before: str) -> str | None:
    """Return the line without what stands before its fence; None where it stands outside."""
    if not line.strip(" >"):
        return ""
    prefix = line[: len(before)]
    if prefix.strip(" >") or prefix.count(">") > before.count(">"):
        return None
    is_quoted = ">" in before
    return line[len(before) :] if is_quoted or len(prefix) == len(before) else None


def _without_spans(text: str) -> str:
    parts, at = [], 0
    for start, end in _spans(text):
        parts += [text[at:start], _blank(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code stands in a line: between runs of backticks of one length, in one block."""
    if "`" not in text:
        return
    for start, end in _blocks(text):
        runs = [match.span() for match in _TICKS.finditer(text, start, end)]
        later: defaultdict[int, deque[int]] = defaultdict(deque)
        for number, (begins, ends) in enumerate(runs):
            later[ends - begins].append(number)
        at = 0
        while at < len(runs):
            begins, ends = runs[at]
            begins += _is_escaped(text, begins)
            closing = _closing(later, at, ends - begins)
            if closing is not None:
                yield begins, runs[closing][1]
                at = closing
            at += 1


def _closing(later: defaultdict[int, deque[int]], at: int, length: int) -> int | None:
    """Return the next run as long as this one, else the next that is as long as its end."""
    for wanted in range(length, 0, -1):
        runs = later.get(wanted, deque())
        while runs and runs[0] <= at:
            runs.popleft()
        if runs:
            return runs[0]
    return None


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that code in a line cannot leave: paragraphs, headings, list items."""
    start = at = 0
    was_quote = was_heading = False
    for line in text.split("\n"):
        is_quote = line.startswith(">")
        if _BEGINS_BLOCK.match(line) or is_quote != was_quote or was_heading:
            if at > start:
                yield start, at
            start = at
        was_quote, was_heading = is_quote, line.startswith("#")
        at += len(line) + 1
    yield start, len(text)


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _without_raw(text: str, opening: re.Pattern[str], *, sign: str) -> str:
    """Return the text without comments and raw elements; what is never closed stays."""
    parts, at, searched = [], 0, 0
    never_closed: set[str] = set()
    while found := opening.search(text, searched):
        name = (found["name"] or "").lower()
        searched = found.end()
        if name in never_closed:
            continue
        closing = rf"</{name}\s*>" if name else "-->"
        end = re.compile(closing, re.IGNORECASE).search(text, searched)
        if end is None:
            never_closed.add(name)
            continue
        parts += [text[at : found.start()], _blank(text[found.start() : end.end()], sign)]
        at = searched = end.end()
    return "".join([*parts, text[at:]])


def _blank(text: str, sign: str = " ") -> str:
    return _NO_LINE_BREAK.sub(sign, text)
