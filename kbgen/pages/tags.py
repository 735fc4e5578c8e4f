"""The list of tags, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kbgen.model import Catalog, KnowledgePage
from kbgen.pages.categories import HEADINGS, page_entry
from kbgen.pages.composed import ComposedPage
from kbgen.pages.lists import listed_pages
from kbgen.pages.markup import entry

_INDEX = ("Tags", "/tags/")


def compose_tags(catalog: Catalog) -> Iterator[ComposedPage]:
    """Yield the index of tags and the pages of every tag."""
    groups: defaultdict[str, list[KnowledgePage]] = defaultdict(list)
    for page in catalog.pages:
        for tag in page.fields.tags:
            groups[tag].append(page)
    yield from listed_pages(
        _INDEX[1],
        "list",
        _INDEX[0],
        [
            ("", entry(_words(tag), f"/tags/{tag}/", str(len(groups[tag]))))
            for tag in sorted(groups)
        ],
        lead="" if groups else "No page has a tag yet.",
        summary="Pages across topics that belong together.",
    )
    for tag in sorted(groups):
        yield from listed_pages(
            f"/tags/{tag}/",
            "list",
            f"Tag: {_words(tag)}",
            [(HEADINGS[page.kind], page_entry(page)) for page in groups[tag]],
            breadcrumb=(_INDEX,),
        )


def _words(tag: str) -> str:
    return tag.replace("-", " ")
