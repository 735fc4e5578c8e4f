"""Markdown as text: where its headings, links and names stand, code left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^([ >]*)(`{3,}|~{3,})(.*)$")
_CONTAINER = re.compile(r"^(?:[-*+] |\d+[.)] |!!! |\?\?\?\+? |=== |: {1,3}\S|\[\^[^\]]+\]:|> )")
_INLINE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_RAW_BLOCK = re.compile(
    r"<!--.*?-->|<(pre|code|script|style)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_ATX = re.compile(r"^(?P<indent> *)(?P<marks>#{1,6})(?P<space>[ \t]*)(?P<text>.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r"^(?:=+|-+)[ ]*$")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?(?P<inside>[^{}]*)\}[ \t]*$")
_EXPLICIT_ID = re.compile(r"(?:^|\s)#(?P<id>[^\s#.{}]+)")
_LINK = re.compile(
    r"\]\(\s*(?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?P<target><[^<>\n]*>|\S+)", re.MULTILINE)
_HTML_LINK = re.compile(
    r"<[a-zA-Z][^<>]*?\s(?:href|src)\s*=\s*(?P<quote>[\"'])(?P<target>[^\"'<>]*)(?P=quote)"
)
_HTML_ID = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*[\"']([^\"'<>]+)[\"']")
_ATTRIBUTE_ID = re.compile(r"\{:?[^{}\n]*?#([^\s#.{}]+)[^{}\n]*\}")
_NAME = re.compile(r"(?P<escape>\\?)\{\{(?P<name>[^{}\n]*)\}\}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the anchor that every engine is told to give it."""

    level: int
    text: str
    anchor: str
    line: int
    """Counted from 0 in the body."""


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link or an image, and where it stands in the body."""

    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """`{{ name }}` in the body; escaped ones are meant to be read as they stand."""

    name: str
    start: int
    end: int
    is_escaped: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of part of a text."""

    start: int
    end: int
    text: str


def without_code(body: str) -> str:
    """Return the body with every sign of code, raw blocks and comments turned into a space.

    Length and line breaks stay, so that a place in the result is a place in the body.
    """
    lines = body.split("\n")
    if "`" in body or "~~~" in body or "\n    " in body or body.startswith("    "):
        lines = list(_blank_code_lines(lines))
    masked = "\n".join(lines)
    if "`" in masked:
        masked = _INLINE_CODE.sub(_blank_within_paragraph, masked)
    if "<" in masked:
        masked = _RAW_BLOCK.sub(_blank, masked)
    return masked


def headings(body: str, masked: str) -> tuple[Heading, ...]:
    """Return the headings in order, each with an anchor of its own."""
    lines, shown = body.split("\n"), masked.split("\n")
    taken: set[str] = set()
    found = []
    for number, level, text in _heading_lines(lines, shown):
        explicit = _explicit_anchor(text)
        plain = plain_text(_ATTRIBUTES.sub("", text))
        anchor = explicit or _free(slug(plain) or "section", taken)
        taken.add(anchor)
        found.append(Heading(level, plain, anchor, number))
    return tuple(found)


def anchors(masked: str, found: Iterable[Heading]) -> frozenset[str]:
    """Return everything in the body that a link can point at."""
    names = {heading.anchor for heading in found}
    if "<" in masked:
        names.update(_HTML_ID.findall(masked))
    if "#" in masked and "{" in masked:
        names.update(_ATTRIBUTE_ID.findall(masked))
    return frozenset(names)


def links(masked: str) -> tuple[Link, ...]:
    """Return the targets of links, images, reference definitions and HTML, in order."""
    found = [*_LINK.finditer(masked)] if "](" in masked else []
    if "]:" in masked:
        found += _REFERENCE.finditer(masked)
    if "<" in masked:
        found += _HTML_LINK.finditer(masked)
    targets = [_link(match) for match in found]
    return tuple(sorted((link for link in targets if link.target), key=lambda each: each.start))


def names(masked: str) -> tuple[Name, ...]:
    """Return every `{{ name }}` outside code."""
    if "{{" not in masked:
        return ()
    return tuple(
        Name(match["name"].strip(), match.start(), match.end(), bool(match["escape"]))
        for match in _NAME.finditer(masked)
    )


def heading_edits(body: str, found: Iterable[Heading]) -> Iterator[Edit]:
    """Yield what writes each heading's anchor into the body, so that no engine invents one."""
    starts = line_starts(body)
    lines = body.split("\n")
    for heading in found:
        line, start = lines[heading.line], starts[heading.line]
        if _explicit_anchor(line) is not None:
            continue
        if attributes := _ATTRIBUTES.search(line):
            inside = start + attributes.start("inside")
            yield Edit(inside, inside, f" #{heading.anchor} ")
        else:
            is_atx = line.lstrip().startswith("#")
            text = line.rstrip().rstrip("#").rstrip() if is_atx else line.rstrip()
            yield Edit(start + len(text), start + len(line), f" {{#{heading.anchor}}}")


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; where two overlap, the first one holds."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if edit.start < at:
            continue
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def slug(text: str) -> str:
    """Return the text as part of an address: lower case, words joined by hyphens."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"[^\w\s-]", "", text).replace("_", "-")
    return re.sub(r"[-\s]+", "-", text).strip("-")


def plain_text(text: str) -> str:
    """Return one line of Markdown without its signs."""
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?", r"\1", text)
    text = re.sub(r"<[^<>]+>", "", text)
    text = re.sub(r"(\*\*|__|\*|`|~~|==)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", text).strip()


def line_starts(text: str) -> list[int]:
    """Return where each line of the text begins."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _blank_code_lines(lines: Iterable[str]) -> Iterator[str]:
    fence = ""
    containers: list[int] = []
    after_blank, in_code = True, False
    for line in lines:
        if fence:
            match = _FENCE.match(line)
            closes = match and match[2].startswith(fence) and not match[3].strip()
            fence = "" if closes else fence
            yield " " * len(line)
            continue
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            after_blank = True
            yield line
            continue
        if (match := _FENCE.match(line)) and not (match[2][0] == "`" and "`" in match[3]):
            fence, after_blank, in_code = match[2], False, False
            yield " " * len(line)
            continue
        while containers and indent <= containers[-1]:
            containers.pop()
        content_indent = containers[-1] + 4 if containers else 0
        in_code = indent - content_indent >= 4 and (after_blank or in_code)
        if not in_code and _CONTAINER.match(line[indent:]):
            containers.append(indent)
        after_blank = False
        yield " " * len(line) if in_code else line


def _heading_lines(lines: list[str], shown: list[str]) -> Iterator[tuple[int, int, str]]:
    for number, line in enumerate(shown):
        if "#" in line and (match := _ATX.match(line)) and _may_be_heading(match):
            yield number, len(match["marks"]), lines[number].strip(" #\t")
        elif (
            number
            and line[:1] in "=-"
            and _SETEXT.match(line)
            and shown[number - 1][:1].strip()
            and not _CONTAINER.match(shown[number - 1])
            and (number == 1 or not shown[number - 2].strip())
        ):
            yield number - 1, 1 if line[0] == "=" else 2, lines[number - 1].strip()


def _may_be_heading(match: re.Match[str]) -> bool:
    # Python-Markdown takes `#word` for a heading, but only at the start of its block's line.
    return bool(match["text"].strip()) and len(match["indent"]) % 4 == 0


def _explicit_anchor(line: str) -> str | None:
    attributes = _ATTRIBUTES.search(line)
    found = _EXPLICIT_ID.search(attributes["inside"]) if attributes else None
    return found["id"] if found else None


def _free(anchor: str, taken: set[str]) -> str:
    number, name = 1, anchor
    while name in taken:
        number += 1
        name = f"{anchor}-{number}"
    return name


def _link(match: re.Match[str]) -> Link:
    start, end = match.span("target")
    target = match["target"]
    if target.startswith("<"):
        return Link(target[1:-1], start + 1, end - 1)
    return Link(target, start, end)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _blank_within_paragraph(match: re.Match[str]) -> str:
    return match[0] if "\n\n" in match[0] else _blank(match)
