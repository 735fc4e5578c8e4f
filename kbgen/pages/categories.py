"""A page per category, the list of all of them, and the list of tutorials."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.model import Catalog, Category, Kind, KnowledgePage
from kbgen.pages.composed import ComposedPage
from kbgen.pages.lists import listed_pages
from kbgen.pages.markup import entry, escaped, paragraphs

HEADINGS = {Kind.ARTICLE: "Articles", Kind.TUTORIAL: "Tutorials", Kind.FAQ: "Questions"}


def compose_categories(catalog: Catalog) -> Iterator[ComposedPage]:
    """Yield the list of topics and a page for each."""
    entries = [("", _category_entry(each, catalog)) for each in catalog.categories]
    yield from listed_pages(
        "/categories/",
        "list",
        "All topics",
        entries,
        lead="" if entries else "There are no pages yet.",
        summary="Everything in this help centre, by topic.",
    )
    for category in catalog.categories:
        yield from _category_pages(category, catalog)


def compose_tutorials(catalog: Catalog) -> Iterator[ComposedPage]:
    """Yield the list of tutorials, by topic."""
    titles = {category.id: category.title for category in catalog.categories}
    order = {category.id: place for place, category in enumerate(catalog.categories)}
    pages = sorted(catalog.of_kind(Kind.TUTORIAL), key=lambda page: order[page.category])
    yield from listed_pages(
        "/tutorials/",
        "list",
        "Tutorials",
        [(escaped(titles[page.category]), page_entry(page)) for page in pages],
        lead="" if pages else "There are no tutorials yet.",
        summary="Longer tasks, step by step, from the beginning to the end.",
    )


def page_entry(page: KnowledgePage) -> str:
    """Return the page as an entry of a list."""
    return entry(page.title, page.address, page.fields.summary)


def _category_entry(category: Category, catalog: Catalog) -> str:
    count = len(catalog.by_category.get(category.id, ()))
    pages = f"{count} page" if count == 1 else f"{count} pages"
    note = f"{category.summary} ({pages})" if category.summary else f"({pages})"
    return entry(category.title, category.address, note)


def _category_pages(category: Category, catalog: Catalog) -> Iterator[ComposedPage]:
    pages = catalog.by_category.get(category.id, ())
    intro = category.text.markdown if category.text else ""
    yield from listed_pages(
        category.address,
        "category",
        category.title,
        [(HEADINGS[page.kind], page_entry(page)) for page in pages],
        lead=paragraphs(intro) if intro else "" if pages else "There are no pages here yet.",
        summary=category.summary,
        breadcrumb=(("All topics", "/categories/"),),
        section=category.id,
        source=category.source,
        first_line=category.text.first_line if category.text else 1,
    )
