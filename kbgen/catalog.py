"""All pages together: sorted, findable, and no two in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from kbgen.front_matter import State
from kbgen.model import (
    ADDRESS_STEMS,
    FOLDERS,
    Asset,
    Catalog,
    Category,
    DocPage,
    Kind,
    KnowledgePage,
    SourceAsset,
    SourceFile,
    Sources,
)
from kbgen.parsing import parse_file
from support_policy.diagnostics import Diagnostic, InvalidSources, Location

_KIND_ORDER = {kind: place for place, kind in enumerate((Kind.ARTICLE, Kind.TUTORIAL, Kind.FAQ))}


def build_catalog(
    sources: Sources, *, with_drafts: bool = False
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """Return the catalog of everything that can be read, and what is wrong with the rest.

    With drafts, for a writer's preview, drafts are pages like the others.
    """
    parsed, diagnostics = _parsed(sources.files)
    diagnostics += sources.diagnostics
    pages = sorted(
        (each for each in parsed if isinstance(each, KnowledgePage)),
        key=lambda page: (_KIND_ORDER[page.kind], page.title.casefold(), page.source),
    )
    docs = [each for each in parsed if isinstance(each, DocPage)]
    described = [each for each in parsed if isinstance(each, Category)]
    diagnostics += _taken_twice(pages, docs)
    diagnostics += _described_twice(described)
    published = tuple(page for page in pages if with_drafts or page.fields.state is State.PUBLISHED)
    by_category = _by_category(published)
    catalog = Catalog(
        pages=published,
        drafts=tuple(page for page in pages if page.fields.state is State.DRAFT),
        docs=tuple(docs),
        categories=tuple(_categories(published, described)),
        assets=tuple(_asset(each) for each in sources.assets),
        by_id={page.id: page for page in published},
        by_category=by_category,
        place_in_category={
            page.id: place for group in by_category.values() for place, page in enumerate(group)
        },
    )
    return catalog, tuple(diagnostics)


def _parsed(
    files: Iterable[SourceFile],
) -> tuple[list[KnowledgePage | DocPage | Category], list[Diagnostic]]:
    parsed: list[KnowledgePage | DocPage | Category] = []
    diagnostics: list[Diagnostic] = []
    for file in files:
        try:
            parsed.append(parse_file(file))
        except InvalidSources as error:
            diagnostics += error.diagnostics
    return parsed, diagnostics


def _by_category(pages: Iterable[KnowledgePage]) -> Mapping[str, tuple[KnowledgePage, ...]]:
    groups: defaultdict[str, list[KnowledgePage]] = defaultdict(list)
    for page in pages:
        groups[page.category].append(page)
    return {name: tuple(group) for name, group in groups.items()}


def _categories(
    pages: Iterable[KnowledgePage], described: Iterable[Category]
) -> Sequence[Category]:
    by_id = {category.id: category for category in described}
    for page in pages:
        if page.category not in by_id:
            title = page.category.replace("-", " ").capitalize()
            by_id[page.category] = Category(page.category, title, "", 1000, None, None)
    return sorted(by_id.values(), key=lambda each: (each.order, each.title.casefold(), each.id))


def _asset(asset: SourceAsset) -> Asset:
    path = PurePosixPath(asset.path)
    stem = ADDRESS_STEMS[FOLDERS[path.parts[0]]]
    return Asset(asset.path, stem + "/".join(path.parts[1:]), asset.location)


def _taken_twice(pages: Iterable[KnowledgePage], docs: Iterable[DocPage]) -> Iterator[Diagnostic]:
    ids: dict[str, KnowledgePage] = {}
    # Addresses become folders, and some file systems know no difference between a and A.
    addresses: dict[str, KnowledgePage | DocPage] = {}
    for page in sorted(pages, key=lambda each: each.source):
        if (first := ids.setdefault(page.id.casefold(), page)) is not page:
            yield Diagnostic(
                page.location,
                "duplicate-id",
                f"the id `{page.id}` is already that of {first.source}",
                "permalinks and related pages could mean either",
                "give this page an id that no other page has",
            )
    everything: list[KnowledgePage | DocPage] = [*docs]
    everything += sorted(pages, key=lambda each: each.source)
    for each in everything:
        if (holder := addresses.setdefault(each.address.casefold(), each)) is not each:
            yield two_at_one_address(each.location, each.address, holder.source)


def two_at_one_address(place: Location, address: str, holder: str) -> Diagnostic:
    """Return the diagnostic for a page whose address another page has."""
    return Diagnostic(
        place,
        "two-pages-one-address",
        f"the address {address} is already that of {holder}",
        "one of the two would silently replace the other",
        "rename this file, or give it another `address`",
    )


def redirect_taken(place: Location, address: str, holder: str) -> Diagnostic:
    """Return the diagnostic for an old address that leads somewhere else already."""
    return Diagnostic(
        place,
        "redirect-taken",
        f"the old address {address} is already that of {holder}",
        "an address can lead to one page only",
        "remove it from `redirect_from` in one of the two",
    )


def _described_twice(described: Iterable[Category]) -> Iterator[Diagnostic]:
    first: dict[str, Category] = {}
    for category in described:
        holder = first.setdefault(category.id, category)
        if holder is not category and category.source is not None:
            yield Diagnostic(
                Location(category.source),
                "duplicate-category",
                f"the category `{category.id}` is already described in {holder.source}",
                "readers would see one of the two descriptions only",
                "keep one of the two files",
            )
