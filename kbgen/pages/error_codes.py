"""The index of error codes, and a permanent page for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kbgen.front_matter import ArticleFields
from kbgen.model import Catalog, KnowledgePage
from kbgen.pages.categories import page_entry
from kbgen.pages.composed import ComposedPage, made_page
from kbgen.pages.lists import listed_pages
from kbgen.pages.markup import block, entry, paragraphs, to

_INDEX = ("Error codes", "/error-codes/")


def pages_by_code(catalog: Catalog) -> Mapping[str, tuple[KnowledgePage, ...]]:
    """Return the articles that explain each code, codes in order."""
    groups: defaultdict[str, list[KnowledgePage]] = defaultdict(list)
    for page in catalog.pages:
        if isinstance(page.fields, ArticleFields):
            for code in page.fields.error_codes:
                groups[code].append(page)
    return {code: tuple(groups[code]) for code in sorted(groups)}


def compose_error_codes(catalog: Catalog) -> Iterator[ComposedPage]:
    """Yield the index and the page of every code."""
    groups = pages_by_code(catalog)
    yield from listed_pages(
        _INDEX[1],
        "list",
        _INDEX[0],
        [("", entry(code, f"/e/{code}/", pages[0].title)) for code, pages in groups.items()],
        lead="" if groups else "No error code has been explained yet.",
        summary="Find the code that stands on your screen.",
    )
    for code, pages in groups.items():
        yield made_page(
            f"/e/{code}/",
            "error-code",
            f"Error {code}",
            paragraphs(
                f"The code {code} is explained here:",
                block("kb-list", *map(page_entry, pages)),
                f"Not what you see? {to('Tell us', '/contact/')}, and name the code.",
            ),
            summary=pages[0].fields.summary,
            breadcrumb=(_INDEX,),
            section=pages[0].category,
        )
