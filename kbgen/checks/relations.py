"""Rules between pages: names that must lead somewhere, things that only one page can have."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

from kbgen.catalog import redirect_taken as taken_address
from kbgen.front_matter import TutorialFields
from kbgen.help_centre import HelpCentre
from kbgen.model import KnowledgePage
from support_policy.diagnostics import Diagnostic, Location, unknown_name_fix
from support_policy.maintenance_windows import MaintenanceKind


def unknown_page(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Ids in a head are those of published pages, and not the page's own."""
    known = centre.catalog.by_id
    for page in centre.catalog.pages:
        named = [("related", each) for each in page.fields.related]
        named += [("replaced_by", page.fields.replaced_by)] if page.fields.replaced_by else []
        if isinstance(page.fields, TutorialFields):
            named += [("next", each) for each in page.fields.next]
        for field, name in named:
            if name not in known or name == page.id:
                own = name == page.id
                what = "the page itself" if own else f"`{name}`, which is no page"
                yield Diagnostic(
                    page.place_of_field(field),
                    "unknown-page",
                    f"`{field}` names {what}",
                    "readers would miss the link",
                    "remove it" if own else unknown_name_fix(name, known),
                )


def redirect_taken(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """An old address belongs to one page, and no page lives there."""
    homes = {page.address.casefold(): page.source for page in centre.catalog.pages}
    homes |= {doc.address.casefold(): doc.source for doc in centre.catalog.docs}
    taken: dict[str, KnowledgePage] = {}
    for page in centre.catalog.pages:
        for old in page.fields.redirect_from:
            holder = homes.get(old.casefold())
            first = taken.setdefault(old.casefold(), page)
            if holder is None and first is not page:
                holder = first.source
            if holder is not None:
                yield taken_address(page.place_of_field("redirect_from"), old, holder)


def duplicate_title(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """No two pages of a kind have one title."""
    first: dict[tuple[str, str], KnowledgePage] = {}
    for page in centre.catalog.pages:
        holder = first.setdefault((page.kind, page.title.casefold()), page)
        if holder is not page:
            yield Diagnostic(
                page.place_of_field("title"),
                "duplicate-title",
                f"the title is also that of {holder.source}",
                "in lists and results readers cannot tell the two apart",
                "say in the title what is different, or merge the pages",
            )


def duplicate_alias(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """An alias leads to one page."""
    holders: defaultdict[str, list[KnowledgePage]] = defaultdict(list)
    for page in centre.catalog.pages:
        for alias in dict.fromkeys(each.casefold() for each in page.fields.aliases):
            holders[alias].append(page)
    for alias, pages in holders.items():
        for page in pages[1:]:
            yield Diagnostic(
                page.place_of_field("aliases"),
                "duplicate-alias",
                f"the alias `{alias}` is also one of {pages[0].source}",
                "search cannot know which of the two is meant",
                "keep it on the page that answers it best",
            )


def announcement_not_dated(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A window says when it was announced, or its notice cannot be checked."""
    for window in centre.calendar.windows:
        if window.announced is None and window.kind is not MaintenanceKind.EMERGENCY:
            yield Diagnostic(
                Location("maintenance.yml"),
                "announcement-not-dated",
                f"`{window.id}` does not say when it was announced",
                "without it nobody can check that customers had the notice we promise",
                "add `announced: 2026-11-22 10:00`",
            )


def unused_file(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Every file beside the pages is shown or linked somewhere."""
    used: set[str] = set()
    drafts = ((page.source, page.text) for page in centre.catalog.drafts)
    for source, text in (*centre.catalog.texts(), *drafts):
        for link in text.links:
            path = unquote(link.target.partition("#")[0].partition("?")[0])
            used.add(path if path.startswith("/") else _beside(source, path))
    for asset in centre.catalog.assets:
        if asset.source not in used and asset.address not in used:
            yield Diagnostic(
                Location(asset.source),
                "unused-file",
                "no page shows this file or links to it",
                "every reader of the repository has to wonder what it is for",
                "remove it, or use it",
            )


def _beside(source: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
