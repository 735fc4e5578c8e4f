"""Where each page goes: its category, its file and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePosixPath

from pydantic import TypeAdapter, ValidationError

from kbgen.front_matter import Address
from kbgen.importing.fields import Fields
from kbgen.importing.rules import tell
from kbgen.importing.source import SourcePage
from kbgen.markdown_text import slug
from kbgen.model import ADDRESS_STEMS, FOLDERS, Kind
from support_policy.diagnostics import Diagnostic, Location

UNSORTED = "imported"
"""The category of files that lie in no folder and name no category."""
_INDEX_PAGE = re.compile(r"/index\.(?:html?|md)$")
_HTML_SUFFIX = re.compile(r"(?<!/index)\.html?$")
_INDEX_NAMES = frozenset({"index", "readme"})
_ADDRESS = TypeAdapter[str](Address)


@dataclass(frozen=True, slots=True)
class Placement:
    """A page and its place on the new site."""

    page: SourcePage
    fields: Fields
    category: str
    target: PurePosixPath
    """Relative to the root of the repository."""
    address: str
    is_derived: bool
    """Whether the address follows from the target, and need not be written."""


@dataclass(frozen=True, slots=True)
class Placements:
    """All pages with their places, in the order of their files."""

    pages: tuple[Placement, ...]
    report: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """Where a page would go if it were alone."""

    folders: tuple[str, ...]
    name: str

    @property
    def derived_id(self) -> str:
        return "-".join((*self.folders, self.name)).casefold()


def place_pages(
    pages: Iterable[tuple[SourcePage, Fields]], kind: Kind, category: str | None
) -> Placements:
    """Return a place for each page, no two alike, whatever order the files come in."""
    placer = _Placer(kind, category)
    ordered = sorted(pages, key=lambda each: each[0].path)
    permalinks = [placer.permalink(page, fields) for page, fields in ordered]
    placed = [
        placer.placement(page, fields, permalink)
        for (page, fields), permalink in zip(ordered, permalinks, strict=True)
    ]
    return Placements(tuple(placed), tuple(placer.report))


def name_slug(text: str) -> str:
    """Return a file's or folder's name as part of an address."""
    return slug(text.replace(".", "-"))


def name_words(name: str) -> str:
    """Return a file's name as a title: `reset-your-password` -> `Reset your password`."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or "Untitled"


def as_address(path: str) -> str:
    """Return a path as the site writes addresses: a slash at both ends, no index page."""
    path = _INDEX_PAGE.sub("/", re.sub("/+", "/", f"/{path.strip()}"))
    return path if path.endswith("/") else f"{path}/"


def is_address(text: str) -> bool:
    """Return whether a page or a redirect can have the address."""
    try:
        _ADDRESS.validate_python(text)
    except ValidationError:
        return False
    return text != "/"


class _Placer:
    """Gives out addresses and names, each only once."""

    def __init__(self, kind: Kind, category: str | None) -> None:
        self.report: list[Diagnostic] = []
        self._kind = kind
        self._category = name_slug(category) if category else None
        self._folder = next(folder for folder, held in FOLDERS.items() if held is kind)
        self._addresses: dict[str, SourcePage] = {}
        self._ids: set[str] = set()

    def permalink(self, page: SourcePage, fields: Fields) -> str | None:
        """Return the address that the page keeps, if it names one that is free."""
        if fields.permalink is None:
            return None
        written, place = fields.permalink
        without_suffix = _HTML_SUFFIX.sub("", written)
        address = as_address(without_suffix)
        if not is_address(address):
            what = f"`{written}` cannot be the address of a page; it was left out"
            self.report.append(tell("address-changed", place, what))
            return None
        holder = self._addresses.setdefault(address.casefold(), page)
        if holder is not page:
            what = f"the address `{address}` is already that of {holder.file}"
            self.report.append(tell("address-taken", place, what))
            return None
        if without_suffix != written:
            what = f"the address `{written}` became `{address}`"
            self.report.append(tell("address-changed", place, what))
        return address

    def placement(self, page: SourcePage, fields: Fields, permalink: str | None) -> Placement:
        """Return where the page goes."""
        wish, category = self._wish(page, fields)
        candidate = next(each for each in _candidates(wish, page) if self._is_free(each, permalink))
        address = permalink or self._derived(candidate)
        self._ids.add(candidate.derived_id)
        if candidate.name != name_slug(page.name.stem):
            what = f"the page became `{'/'.join((*candidate.folders, candidate.name))}.md`"
            self.report.append(tell("page-renamed", Location(page.file), what))
        self._addresses.setdefault(address.casefold(), page)
        target = PurePosixPath(self._folder, *candidate.folders, f"{candidate.name}.md")
        is_derived = address == self._derived(candidate)
        return Placement(page, fields, category, target, address, is_derived)

    def _is_free(self, wish: _Wish, permalink: str | None) -> bool:
        is_taken = permalink is None and self._derived(wish).casefold() in self._addresses
        return wish.derived_id not in self._ids and not is_taken

    def _wish(self, page: SourcePage, fields: Fields) -> tuple[_Wish, str]:
        folders = [each for part in page.path.parent.parts if (each := name_slug(part))]
        category = self._category or name_slug(fields.category or "")
        if category in folders:
            folders = folders[folders.index(category) + 1 :]
        elif folders and not self._category:
            category, folders = category or folders[0], folders[1:]
        category = category or UNSORTED
        name = name_slug(page.name.stem) or "page"
        if name in _INDEX_NAMES:
            # An index.md describes its category; this one is a page like the others.
            name = folders.pop() if folders else "overview"
        return _Wish((category, *folders), name), category

    def _derived(self, wish: _Wish) -> str:
        return ADDRESS_STEMS[self._kind] + "".join(f"{p}/" for p in (*wish.folders, wish.name))


def _candidates(wish: _Wish, page: SourcePage) -> Iterator[_Wish]:
    """Yield names until one is free: with the language, with the folders, with a number."""
    yield wish
    if page.name.language:
        yield replace(wish, name=f"{wish.name}-{page.name.language}")
    folders = [name_slug(part) for part in page.path.parent.parts]
    if prefix := "-".join(each for each in folders if each and each not in wish.folders):
        yield replace(wish, name=f"{prefix}-{wish.name}")
    for number in count(2):
        yield replace(wish, name=f"{wish.name}-{number}")
