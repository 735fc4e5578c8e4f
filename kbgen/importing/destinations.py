"""Where a link of the old site leads: to an imported page, a file beside it, or elsewhere."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin

from kbgen.importing.placing import Placement, as_address, name_slug
from kbgen.importing.source import read_name

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SUFFIX = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)


class Reach(StrEnum):
    """How far the import can follow a link."""

    PAGE = "page"
    FILE = "file"
    SAME_PAGE = "same page"
    ELSEWHERE = "elsewhere"
    OLD_SITE = "old site"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Destination:
    """A link as it is written in the new page."""

    kind: Reach
    written: str
    lost_query: str = ""
    file: PurePosixPath | None = None
    """The file of the folder that has to come along."""
    file_target: PurePosixPath | None = None


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Every page and file of the import, by all the names that links call them."""

    by_address: Mapping[str, Placement]
    by_stem: Mapping[tuple[str, str], Placement]
    """Folder and name without language and suffix -> page."""
    by_path: Mapping[str, Placement]
    files: Collection[PurePosixPath]
    site_url: str | None

    def destination(self, link: str, page: Placement) -> Destination:
        """Return where `link` leads from the page."""
        plain = html.unescape(link.strip())
        if self.site_url and (plain == self.site_url or plain.startswith(f"{self.site_url}/")):
            found = self._found(plain.removeprefix(self.site_url) or "/", page)
            return found or Destination(Reach.ELSEWHERE, link)
        if _SCHEME.match(plain):
            return Destination(Reach.ELSEWHERE, link)
        if plain[:1] in ("", "#", "?"):
            return Destination(Reach.SAME_PAGE, link)
        return self._found(plain, page) or self._missing(link.strip(), page)

    def _found(self, link: str, page: Placement) -> Destination | None:
        path, query, anchor = _parts(link)
        holder = self._page(path, page)
        if holder is None:
            return self._file(path, query + anchor, page)
        if holder is page and anchor:
            return Destination(Reach.PAGE, anchor, query)
        return Destination(Reach.PAGE, _way(holder.target, page) + anchor, query)

    def _page(self, path: str, page: Placement) -> Placement | None:
        if path.startswith("/"):
            return self._at_address(path)
        place = posixpath.normpath(posixpath.join(str(page.page.path.parent), path))
        if place in self.by_path:
            return self.by_path[place]
        name = read_name(PurePosixPath(place))
        stem = name.stem if name else _SUFFIX.sub("", posixpath.basename(place))
        folder = posixpath.dirname(place) or "."
        for key in ((folder, stem), (place, "index"), (place, "README")):
            if key in self.by_stem:
                return self.by_stem[key]
        return None if page.is_derived else self._at_address(urljoin(page.address, path))

    def _at_address(self, path: str) -> Placement | None:
        for form in (as_address(path), as_address(_SUFFIX.sub("", path))):
            if form in self.by_address:
                return self.by_address[form]
        return None

    def _file(self, path: str, tail: str, page: Placement) -> Destination | None:
        base = "" if path.startswith("/") else str(page.page.path.parent)
        file = PurePosixPath(posixpath.normpath(posixpath.join(base, path.lstrip("/"))))
        if file not in self.files:
            return None
        target = file_target(file, page)
        return Destination(Reach.FILE, _way(target, page) + tail, "", file, target)

    def _missing(self, link: str, page: Placement) -> Destination:
        base = page.address if not page.is_derived else None
        if self.site_url is None or not (link.startswith("/") or base):
            return Destination(Reach.MISSING, link)
        return Destination(Reach.OLD_SITE, self.site_url + urljoin(base or "/", link))


def address_book(
    pages: Iterable[Placement],
    redirects: Mapping[PurePosixPath, tuple[str, ...]],
    files: Collection[PurePosixPath],
    site_url: str | None,
) -> AddressBook:
    """Return the book; an address that a page has beats one that only leads there."""
    pages = tuple(pages)
    by_address = {page.address: page for page in pages}
    for page in pages:
        for old in redirects[page.target]:
            by_address.setdefault(old, page)
    for page in pages:
        for guess in _guessed(page):
            by_address.setdefault(guess, page)
    by_stem: dict[tuple[str, str], Placement] = {}
    for page in pages:
        by_stem.setdefault((str(page.page.path.parent), page.page.name.stem), page)
    by_path = {str(page.page.path): page for page in pages}
    return AddressBook(by_address, by_stem, by_path, files, site_url)


def file_target(file: PurePosixPath, page: Placement) -> PurePosixPath:
    """Return where a picture goes that the page shows: into the page's category."""
    parts = file.parts
    if len(parts) > 1 and name_slug(parts[0]) == page.category:
        parts = parts[1:]
    safe = (re.sub(r"[\\?#<>\"'|*:\s]+", "-", part) for part in parts)
    return PurePosixPath(page.target.parts[0], page.category, *safe)


def _guessed(page: Placement) -> Iterator[str]:
    """Yield the address that a page without one had wherever addresses follow file names."""
    if page.is_derived:
        path = page.page.path.with_name(page.page.name.stem)
        yield as_address(str(path))
        if page.page.name.stem.casefold() == "index":
            yield as_address("" if str(path.parent) == "." else str(path.parent))


def _parts(link: str) -> tuple[str, str, str]:
    head, mark, anchor = link.partition("#")
    path, query_mark, query = head.partition("?")
    return unquote(path), query_mark + query, mark + anchor


def _way(target: PurePosixPath, page: Placement) -> str:
    return quote(posixpath.relpath(str(target), str(page.target.parent)), safe="/.-_~")
