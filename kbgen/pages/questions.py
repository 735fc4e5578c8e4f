"""The frequent questions, each with its short answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kbgen.front_matter import FaqFields
from kbgen.model import Catalog, Kind, KnowledgePage
from kbgen.pages.composed import ComposedPage
from kbgen.pages.lists import listed_pages
from kbgen.pages.markup import entry, escaped, short

PAGE_SIZE = 40


def compose_questions(catalog: Catalog, names: Mapping[str, str]) -> Iterator[ComposedPage]:
    """Yield the list of questions by topic; the short answer stands below each."""
    titles = {category.id: category.title for category in catalog.categories}
    order = {category.id: place for place, category in enumerate(catalog.categories)}
    pages = sorted(catalog.of_kind(Kind.FAQ), key=lambda page: order[page.category])
    yield from listed_pages(
        "/faq/",
        "list",
        "Frequent questions",
        [
            (escaped(titles[page.category]), entry(page.title, page.address, _answer(page, names)))
            for page in pages
        ],
        lead="" if pages else "There are no questions yet.",
        summary="Short answers to what we are asked most.",
        page_size=PAGE_SIZE,
    )


def _answer(page: KnowledgePage, names: Mapping[str, str]) -> str:
    answer = page.fields.answer if isinstance(page.fields, FaqFields) else ""
    for name in page.text.names:
        # Unknown names are refused elsewhere, with their place.
        given = page.text.markdown[name.start : name.end]
        said = given.removeprefix("\\") if name.is_escaped else names.get(name.name, given)
        answer = answer.replace(given, said)
    return short(answer)
