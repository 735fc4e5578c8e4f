"""A page on its way to the site: its address, its head, and text whose links still name sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.model import Text
from kbgen.parsing import parse_text

MADE = "(made by kbgen)"
"""Begins the place of what has no file of its own."""


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page before its links are resolved."""

    address: str
    meta: Mapping[str, object]
    text: Text
    source: str | None = None
    """The file it was written in; pages that kbgen makes have none."""

    @property
    def shown_source(self) -> str:
        """Return what a diagnostic names: the file, or where a made page comes from."""
        return self.source or f"{MADE}{self.address}"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site that is no page, with its bytes."""

    path: str
    content: bytes


def made_page(
    address: str,
    kind: str,
    title: str,
    markdown: str,
    *,
    summary: str = "",
    breadcrumb: tuple[tuple[str, str], ...] = (),
    section: str = "",
    is_searched: bool = True,
    source: str | None = None,
    first_line: int = 1,
    **more: object,
) -> ComposedPage:
    """Return a page that kbgen makes; `breadcrumb` holds titles and addresses below home.

    Where it begins with a text that somebody wrote, `source` and `first_line` say where that is.
    """
    meta = {
        **page_meta(kind, title, summary=summary, breadcrumb=breadcrumb, section=section),
        **more,
    }
    if not is_searched:
        meta["search"] = {"exclude": True}
    return ComposedPage(address, meta, parse_text(markdown, first_line=first_line), source)


def page_meta(
    kind: str,
    title: str,
    *,
    summary: str = "",
    breadcrumb: tuple[tuple[str, str], ...] = (),
    section: str = "",
) -> dict[str, object]:
    """Return the head that every page has, in the plain values that any engine reads."""
    return {
        "title": title,
        "kind": kind,
        "summary": summary,
        "description": summary,
        "breadcrumb": [link("Home", "/"), *(link(*each) for each in breadcrumb)]
        if kind != "home"
        else [],
        "section": section,
        "facts": [],
        "codes": [],
        "related": [],
        "changes": [],
        "permalink": "",
        "edit_url": "",
        "noindex": False,
    }


def link(title: str, address: str, **more: str) -> dict[str, str]:
    """Return a link for a template: its address has no leading slash, so that `url` fits it."""
    return {"title": title, "url": address.lstrip("/"), **more}
