"""Kramdown's attribute lists: what they say about the look goes, ids and the rest stay."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kbgen.importing.body import Body, Changes
from kbgen.importing.rules import tell
from kbgen.markdown_text import Edit

_LIST = re.compile(r"\{:(?![:/])(?P<inside>[^{}\n]*)\}")
_TOKEN = re.compile(
    r"\s*(?:#(?P<id>[\w:.-]+)|\.[\w-]+"
    r"|(?P<key>[\w:-]+)=(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'}]+)|(?P<word>[\w:-]+))"
)
_EXTENSION = re.compile(r"\{::[a-z]+[^{}\n]*\}|\{:/[a-z]*\}")
_COMMENT_END = re.compile(r"\{:/(?:comment)?\}")
_LIST_LINE = re.compile(r"\s*(?:[-*+]|\d+\.)\s")
_LOOK = frozenset({"align", "class", "height", "rel", "style", "target", "width"})


def attribute_list_changes(body: Body) -> Changes:
    """Return what removes the attribute lists; those with an id or a language keep that."""
    edits = sorted([*_lists(body), *_extensions(body)], key=lambda edit: edit.start)
    sources = [body.text[edit.start : edit.end] for edit in edits]
    lost = [
        (edit.start + len(source) - len(source.lstrip()), " ".join(source.split()))
        for edit, source in zip(edits, sources, strict=True)
        if _loses(source, edit.text)
    ]
    if not lost:
        return Changes(tuple(edits))
    listed = ", ".join(f"`{shown[:60]}`" for shown in dict.fromkeys(shown for _, shown in lost))
    count = f"{len(lost)} attribute lists were" if len(lost) > 1 else "an attribute list was"
    notice = tell("dropped-attributes", body.place(lost[0][0]), f"{count} left out: {listed}")
    return Changes(tuple(edits), (notice,))


def _lists(body: Body) -> Iterator[Edit]:
    if "{:" not in body.masked:
        return
    for found in _LIST.finditer(body.masked):
        inside = found["inside"].strip()
        if body.is_html(found.start()) or _TOKEN.sub("", inside).strip():
            continue
        start, end = _line(body.text, found.start(), found.end())
        if body.text[start:end].strip() == found[0]:
            yield _block_edit(body, start, end, inside)
        else:
            yield Edit(found.start(), found.end(), _kept(inside))


def _block_edit(body: Body, start: int, end: int, inside: str) -> Edit:
    """Return the edit of a list that has its line to itself."""
    above_start, above_end = _line(body.text, start - 1, start - 1) if start else (0, 0)
    above = body.text[above_start:above_end]
    kept = _kept(inside)
    if "toc" in inside.split() and _LIST_LINE.match(above):
        return Edit(above_start, end + 1, "")
    if kept and above.lstrip().startswith("#"):
        return Edit(above_end, end, f" {kept}")
    if kept and not above.strip():
        # Without a block above it, the list would be shown as text.
        name = _ids(inside)
        return Edit(start, end, f'<span id="{name[0]}"></span>' if name else "")
    return Edit(start, end if kept else end + 1, kept)


def _extensions(body: Body) -> Iterator[Edit]:
    """Yield what removes Kramdown's own tags, and its comments with what they hide."""
    at = 0
    ends = [found.end() for found in _COMMENT_END.finditer(body.masked)]
    for found in _EXTENSION.finditer(body.masked):
        if found.start() < at:
            continue
        at = found.end()
        if found[0].startswith("{::comment"):
            number = bisect_right(ends, at)
            at = ends[number] if number < len(ends) else at
        yield Edit(found.start(), at, "")


def _kept(inside: str) -> str:
    """Return the attribute list without what only says how something looks."""
    kept = [
        found[0].strip()
        for found in _TOKEN.finditer(inside)
        if found["id"] or (found["key"] and found["key"].lower() not in _LOOK)
    ]
    return f"{{: {' '.join(kept)} }}" if kept else ""


def _ids(inside: str) -> list[str]:
    return [found["id"] for found in _TOKEN.finditer(inside) if found["id"]]


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line or lines from `start` to `end` begin and end."""
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _loses(old: str, new: str) -> bool:
    return not new or "".join(old.split()) != "".join(new.split())
