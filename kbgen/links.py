"""Where a link in a source leads: to a page, an anchor, a file, elsewhere, or nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

_SCHEME = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")


class LinkFault(StrEnum):
    """Why a link leads nowhere."""

    NO_TARGET = "broken-link"
    NO_ANCHOR = "broken-anchor"


@dataclass(frozen=True, slots=True)
class Destination:
    """What stands at an address: the docs path that engines know, and the anchors of a page."""

    path: str
    anchors: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A link that leads somewhere, as it is written in the composed page."""

    target: str
    moved_to: str | None = None
    """The new address, where the link names an address that was moved."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere, with the name that was probably meant."""

    fault: LinkFault
    wanted: str
    known: tuple[str, ...]
    """What could have been meant: addresses, sources or anchors."""


@dataclass(frozen=True, slots=True)
class LinkMap:
    """Everything that a link can lead to."""

    by_address: Mapping[str, Destination]
    by_source: Mapping[str, str]
    """Source path -> address, of pages and files."""
    moved: Mapping[str, str]
    """Old address -> new address."""

    def resolve(
        self, target: str, *, source: str | None, path: str, is_html: bool = False
    ) -> Resolved | Broken:
        """Return where `target` leads from the page at docs path `path`, written in `source`.

        Engines turn docs paths into addresses, but not in HTML, which gets the address itself.
        """
        if _SCHEME.match(target):
            return Resolved(target)
        head, mark, anchor = target.partition("#")
        head, query_mark, query = head.partition("?")
        tail = f"{query_mark}{query}{mark}{anchor}"
        address = self._address(unquote(head), source) if head else address_of(path)
        moved_to = self.moved.get(address) if address else None
        destination = self.by_address.get(moved_to or address or "")
        if destination is None:
            return Broken(LinkFault.NO_TARGET, head, self._candidates(head, source))
        if (
            anchor
            and destination.anchors is not None
            and unquote(anchor) not in destination.anchors
        ):
            return Broken(LinkFault.NO_ANCHOR, anchor, tuple(sorted(destination.anchors)))
        if not head:
            return Resolved(target)
        if is_html:
            return Resolved(_relative_address(moved_to or address or "/", path) + tail, moved_to)
        return Resolved(_relative(destination.path, path) + tail, moved_to)

    def _address(self, head: str, source: str | None) -> str | None:
        if head.startswith("/"):
            return self._known(posixpath.normpath(head).replace("//", "/"))
        if source is None:
            return None
        place = posixpath.normpath(posixpath.join(posixpath.dirname(source), head))
        if place in self.by_source:
            return self.by_source[place]
        return self.by_source.get(f"{place}/index.md")

    def _known(self, address: str) -> str | None:
        for form in (address, f"{address.rstrip('/')}/"):
            if form in self.by_address or form in self.moved:
                return form
        return None

    def _candidates(self, head: str, source: str | None) -> tuple[str, ...]:
        """Return everything that the link could have named, as it would name it."""
        if head.startswith("/") or source is None:
            return tuple(self.by_address)
        folder = posixpath.dirname(source)
        return tuple(posixpath.relpath(each, folder) for each in self.by_source)


def path_of(address: str) -> str:
    """Return the docs path whose page every engine puts at `address`: `/a/b/` -> `a/b.md`."""
    stem = address.strip("/")
    return f"{stem}.md" if stem else "index.md"


def address_of(path: str) -> str:
    """Return the address of the page at a docs path: `a/b.md` -> `/a/b/`."""
    return "/" if path == "index.md" else f"/{path.removesuffix('.md')}/"


def _relative_address(address: str, path: str) -> str:
    shown = posixpath.relpath(address, address_of(path))
    return quote(f"{shown}/" if address.endswith("/") else shown, safe="/.-_~")


def _relative(path: str, base: str) -> str:
    return quote(posixpath.relpath(path, posixpath.dirname(base) or "."), safe="/.-_~")
