"""Old addresses and permalinks, each a small page that leads to where the text is now."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Collection, Iterator, Mapping

from kbgen.model import Catalog
from kbgen.pages.composed import SiteFile
from kbgen.pages.error_codes import pages_by_code
from kbgen.settings import Settings


def moved_addresses(catalog: Catalog, lived_in: Collection[str]) -> Mapping[str, str]:
    """Return old address -> new address; an address where a page lives is never an old one."""
    # Permanent addresses first: nobody's old address takes them.
    moved = {f"/k/{page.id}/": page.address for page in catalog.pages}
    for code in pages_by_code(catalog):
        if code.lower() != code:
            moved[f"/e/{code.lower()}/"] = f"/e/{code}/"
    taken = {address.casefold() for address in (*lived_in, *moved)}
    for page in catalog.pages:
        replacement = catalog.by_id.get(page.fields.replaced_by or "")
        target = page.address if replacement is None else replacement.address
        for old in page.fields.redirect_from:
            if old.casefold() not in taken:
                taken.add(old.casefold())
                moved[old] = target
    return moved


def compose_redirects(moved: Mapping[str, str], settings: Settings) -> Iterator[SiteFile]:
    """Yield a page for each old address; it works without scripts and is not indexed."""
    for old, new in sorted(moved.items()):
        target = posixpath.relpath(new, old) + "/"
        yield SiteFile(f"{old.strip('/')}/index.html", _page(target, new, settings).encode())


def _page(target: str, new: str, settings: Settings) -> str:
    to = html.escape(target, quote=True)
    canonical = ""
    if settings.site_url:
        full = html.escape(settings.site_url.rstrip("/") + new, quote=True)
        canonical = f'<link rel="canonical" href="{full}">'
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<title>This page has moved</title>"
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={to}">'
        f"{canonical}</head>"
        f'<body><p>This page has moved to <a href="{to}">its new address</a>.</p></body></html>\n'
    )
