"""The whole site as a value: files of Markdown, JSON and feeds that any engine can render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from kbgen.catalog import redirect_taken, two_at_one_address
from kbgen.chrome import compose_chrome
from kbgen.data_files import compose_data_files
from kbgen.links import Broken, Destination, LinkFault, LinkMap, path_of
from kbgen.markdown_text import Edit, edited, heading_edits
from kbgen.model import Asset, Catalog
from kbgen.pages import compose_pages
from kbgen.pages.composed import MADE, ComposedPage, SiteFile
from kbgen.pages.markup import escaped
from kbgen.redirects import compose_redirects, moved_addresses
from kbgen.settings import Settings
from support_policy.diagnostics import (
    Diagnostic,
    InvalidSources,
    Location,
    did_you_mean,
    sorted_by_place,
    unknown_name_fix,
)
from support_policy.maintenance_windows import MaintenanceCalendar
from support_policy.policy import SupportPolicy
from support_policy.wording import policy_names


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page as an engine gets it: where it goes, its head, and Markdown without our own marks."""

    path: str
    """Relative to the docs folder: `articles/signing-in/reset.md`."""
    meta: Mapping[str, object]
    markdown: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, before an engine has put it into HTML."""

    pages: tuple[SitePage, ...]
    files: tuple[SiteFile, ...]
    assets: tuple[Asset, ...]
    chrome: Mapping[str, object]
    """What all pages share; templates read it as `config.extra.kb`."""
    diagnostics: tuple[Diagnostic, ...]
    """Links that lead nowhere: the site is whole without them, and `kbgen check` judges them."""


def compose_site(
    catalog: Catalog,
    policy: SupportPolicy,
    calendar: MaintenanceCalendar,
    settings: Settings,
    now: datetime,
) -> Site:
    """Return the site; the same values always give the same bytes.

    Raises `InvalidSources` where a page names what the policy does not say, or where two pages
    have one address.
    """
    names = policy_names(policy)
    composed = tuple(compose_pages(catalog, policy, calendar, settings, names, now))
    lived_in = {page.address for page in composed}
    redirects = moved_addresses(catalog, lived_in)
    files = (
        *compose_redirects(redirects, settings),
        *compose_data_files(composed, redirects, policy, calendar, settings, now),
    )
    faults = [
        *_taken_twice(composed, files, catalog),
        *_folded(composed),
        *_unknown_names(composed, names),
    ]
    if faults:
        raise InvalidSources(faults)
    link_map = _link_map(composed, catalog, redirects)
    diagnostics: list[Diagnostic] = []
    engine_page = partial(_site_page, names=names, link_map=link_map, diagnostics=diagnostics)
    pages = tuple(map(engine_page, composed))
    return Site(
        pages=pages,
        files=files,
        assets=catalog.assets,
        chrome=compose_chrome(catalog, policy),
        diagnostics=sorted_by_place([*diagnostics, *_redirects_taken(catalog, composed)]),
    )


def _redirects_taken(catalog: Catalog, pages: Iterable[ComposedPage]) -> Iterator[Diagnostic]:
    """Yield the old addresses where kbgen makes a page; `checks` knows those of writers."""
    written = {page.address for page in catalog.pages} | {doc.address for doc in catalog.docs}
    made = {page.address.casefold() for page in pages if page.address not in written}
    for page in catalog.pages:
        for old in page.fields.redirect_from:
            if old.casefold() in made:
                yield redirect_taken(page.place_of_field("redirect_from"), old, f"{MADE}{old}")


def _site_page(
    page: ComposedPage,
    names: Mapping[str, str],
    link_map: LinkMap,
    diagnostics: list[Diagnostic],
) -> SitePage:
    path = path_of(page.address)
    edits = list(heading_edits(page.text.markdown, page.text.headings))
    for name in page.text.names:
        # As an entity, because engines would take a brace in a heading for attributes.
        shown = f"&#123;&#123; {name.name} }}}}" if name.is_escaped else escaped(names[name.name])
        edits.append(Edit(name.start, name.end, shown))
    for link in page.text.links:
        if "{{" in link.target:
            continue
        found = link_map.resolve(link.target, source=page.source, path=path, is_html=link.is_html)
        if isinstance(found, Broken):
            diagnostics.append(_broken(page, link.start, link.target, found))
        elif found.target != link.target:
            edits.append(Edit(link.start, link.end, found.target))
    return SitePage(path, page.meta, edited(page.text.markdown, edits), page.source)


def _broken(page: ComposedPage, start: int, target: str, found: Broken) -> Diagnostic:
    if found.fault is LinkFault.NO_ANCHOR:
        return Diagnostic(
            _place(page, start),
            found.fault,
            f"`{target}`: the page has no heading or anchor `{found.wanted}`",
            "readers land at the top and have to search again",
            unknown_name_fix(found.wanted, found.known),
        )
    guess = did_you_mean(found.wanted, found.known)
    return Diagnostic(
        _place(page, start),
        found.fault,
        f"`{target}` leads nowhere",
        "readers would meet an error page",
        f"did you mean `{guess}`?" if guess else "name a page or a file that is there",
    )


def _place(page: ComposedPage, offset: int) -> Location:
    return Location(page.shown_source, *page.text.place(offset))


def _unknown_names(pages: Iterable[ComposedPage], names: Mapping[str, str]) -> list[Diagnostic]:
    return [
        Diagnostic(
            _place(page, name.start),
            "unknown-name",
            f"`{name.name}` is nothing that the policy says",
            "readers would see the braces",
            unknown_name_fix(name.name, names)
            + " (to show braces as they are, write a backslash before them)",
        )
        for page in pages
        for name in page.text.names
        if not name.is_escaped and name.name not in names
    ]


def _folded(pages: Iterable[ComposedPage]) -> Iterator[Diagnostic]:
    """Yield the addresses that engines would put elsewhere: `/a/index/` becomes `/a/`."""
    for page in pages:
        if PurePosixPath(page.address).name.casefold() in ("index", "readme"):
            yield Diagnostic(
                Location(page.shown_source),
                "invalid-address",
                f"the address {page.address} ends in a name that stands for its folder",
                "engines put the page one level up, over what is there",
                "choose another name for the file, the category or the tag",
            )


def _taken_twice(
    pages: Iterable[ComposedPage], files: Iterable[SiteFile], catalog: Catalog
) -> Iterator[Diagnostic]:
    """Yield whatever would replace something else in the built site, or lie inside a file."""
    holders: dict[str, tuple[str, Location]] = {}
    placed = list(_placed(pages, files, catalog))
    for path, place in placed:
        # Some file systems know no difference between a and A.
        held, holder = holders.setdefault(path.casefold(), (path, place))
        is_made = place.file.startswith(MADE) and holder.file.startswith(MADE)
        if holder is not place and not (is_made and held != path):
            yield two_at_one_address(place, f"/{path.removesuffix('index.html')}", holder.file)
    for path, place in placed:
        for folder in PurePosixPath(path.casefold()).parents:
            if found := holders.get(str(folder)):
                yield two_at_one_address(place, f"/{folder}", found[1].file)


def _placed(
    pages: Iterable[ComposedPage], files: Iterable[SiteFile], catalog: Catalog
) -> Iterator[tuple[str, Location]]:
    """Yield path in the built site and source of everything, first what nobody can rename."""
    redirects = {
        f"{old.strip('/')}/index.html": page.place_of_field("redirect_from")
        for page in catalog.pages
        for old in page.fields.redirect_from
    }
    # The theme's files and the engine's own are not among ours; nothing lies in their place.
    for path in ("404.html", "assets/kb", "search/search_index.json"):
        yield path, Location(f"{MADE}/{path}")
    for page in sorted(pages, key=lambda each: each.source is not None):
        yield f"{page.address.lstrip('/')}index.html", Location(page.shown_source)
    for file in files:
        yield file.path, redirects.get(file.path, Location(f"{MADE}/{file.path}"))
    for asset in catalog.assets:
        yield asset.address.lstrip("/"), Location(asset.source)


def _link_map(
    pages: Iterable[ComposedPage], catalog: Catalog, redirects: Mapping[str, str]
) -> LinkMap:
    by_address = {
        page.address: Destination(path_of(page.address), page.text.anchors) for page in pages
    }
    by_source = {page.source: page.address for page in pages if page.source is not None}
    for asset in catalog.assets:
        by_address[asset.address] = Destination(asset.address.lstrip("/"))
        by_source[asset.source] = asset.address
    return LinkMap(by_address, by_source, redirects)
