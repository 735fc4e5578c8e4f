"""The links of a body, from the old site's addresses to the new files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kbgen.importing.body import Body, Changes, read_body
from kbgen.importing.destinations import AddressBook, Destination, Reach
from kbgen.importing.liquid_tokens import tokens, without_site
from kbgen.importing.placing import Placement
from kbgen.importing.rules import tell
from kbgen.markdown_text import Edit, Link, edited, links
from support_policy.diagnostics import Diagnostic, Location

_SHOWING_TAG = re.compile(r"<(?:img|source|video|audio|iframe|embed|track)\b", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)(?:[?#]|$)", re.IGNORECASE)
_LONGEST_LABEL = 2000
_FILLER = "\ue000"


@dataclass(frozen=True, slots=True)
class LinkChanges:
    """The changes of the links, and the files of the folder that they need: file -> target."""

    changes: Changes
    files: tuple[tuple[PurePosixPath, PurePosixPath], ...]


@dataclass(frozen=True, slots=True)
class LinkedText:
    """A text from the front matter with its links changed."""

    text: str
    report: tuple[Diagnostic, ...]
    files: tuple[tuple[PurePosixPath, PurePosixPath], ...]


def link_changes(body: Body, page: Placement, book: AddressBook) -> LinkChanges:
    """Return what makes every link to an imported page lead to its new file."""
    edits: list[Edit] = []
    report: list[Diagnostic] = []
    files: list[tuple[PurePosixPath, PurePosixPath]] = []
    for link in links(_without_liquid(body.masked)):
        written = body.text[link.start : link.end]
        plain = without_site(written)
        if any(tokens(plain)):
            continue
        is_shown = bool(_PICTURE.search(plain)) or _is_shown(body.masked, link)
        found = book.destination(plain, page)
        if is_shown and found.kind is Reach.OLD_SITE:
            found = Destination(Reach.MISSING, plain)
        if found.written != written:
            edits.append(Edit(link.start, link.end, found.written))
        if found.file is not None and found.file_target is not None:
            files.append((found.file, found.file_target))
        report += _told(found, plain, body.place(link.start), is_shown=is_shown)
    return LinkChanges(Changes(tuple(edits), tuple(report)), tuple(files))


def linked_text(text: str, place: Location, page: Placement, book: AddressBook) -> LinkedText:
    """Return text from the front matter with its links changed; all of it stands at `place`."""
    body = read_body(text, place.file, place.line)
    found = link_changes(body, page, book)
    report = tuple(replace(each, location=place) for each in found.changes.report)
    return LinkedText(edited(body.text, found.changes.edits), report, found.files)


def _without_liquid(masked: str) -> str:
    """Return the text with Liquid filled up, so that its spaces and quotes end no link."""
    if "{%" not in masked and "{{" not in masked:
        return masked
    signs = list(masked)
    for token in tokens(masked):
        signs[token.start : token.end] = _FILLER * (token.end - token.start)
    return "".join(signs)


def _told(
    found: Destination, link: str, place: Location, *, is_shown: bool
) -> Iterator[Diagnostic]:
    match found.kind:
        case Reach.MISSING | Reach.OLD_SITE if is_shown:
            yield tell("image-outside-import", place, f"`{link}` is not in the folder")
        case Reach.MISSING:
            yield tell("link-outside-import", place, f"`{link}` leads to no imported page")
        case Reach.ELSEWHERE if is_shown and not link.startswith("data:"):
            yield tell("image-elsewhere", place, f"`{link}` is shown from another host")
        case Reach.PAGE if found.lost_query:
            yield tell("dropped-query", place, f"`{found.lost_query}` was left out of a link")
        case _:
            pass


def _is_shown(masked: str, link: Link) -> bool:
    """Return whether the page shows what stands at the link's end, as it does with a picture."""
    before = masked[max(0, link.start - _LONGEST_LABEL) : link.start]
    opening = before.removesuffix("<").rstrip()
    if opening.endswith("]("):
        return _is_image(opening[:-1])
    tag = masked.rfind("<", 0, link.start)
    return tag >= 0 and _SHOWING_TAG.match(masked, tag) is not None


def _is_image(label: str) -> bool:
    """Return whether the text that ends in a link's label has a `!` before the label."""
    depth = 0
    for at in range(len(label) - 1, -1, -1):
        depth += {"]": 1, "[": -1}.get(label[at], 0)
        if depth == 0:
            return at > 0 and label[at - 1] == "!"
    return False
