"""A page of the knowledge base as a reader sees it: its head, version line, neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kbgen.front_matter import ArticleFields, State, TutorialFields
from kbgen.model import KIND_WORDS, Catalog, Category, DocPage, KnowledgePage
from kbgen.pages.composed import ComposedPage, link, page_meta
from kbgen.settings import Settings
from support_policy.wording import date_in_words, listed

RELATED_SHOWN = 4
CHANGES_SHOWN = 12


def compose_knowledge_page(
    page: KnowledgePage, catalog: Catalog, categories: Mapping[str, Category], settings: Settings
) -> ComposedPage:
    """Return the page with everything that its template prints."""
    category = categories[page.category]
    fields = page.fields
    meta = page_meta(
        page.kind,
        fields.title,
        summary=fields.summary,
        breadcrumb=((category.title, category.address),),
        section=category.id,
    )
    meta |= {
        "facts": version_line(page),
        "related": [page_link(each) for each in related_pages(page, catalog)],
        "changes": [
            {"version": each.version, "date": date_in_words(each.date), "note": each.note}
            for each in fields.changes[:CHANGES_SHOWN]
        ],
        "permalink": f"k/{page.id}/",
        "edit_url": edit_url(page.source, settings),
    }
    if isinstance(fields, ArticleFields):
        meta["codes"] = [{"code": code, "url": f"e/{code}/"} for code in fields.error_codes]
    if isinstance(fields, TutorialFields):
        meta |= _tutorial_meta(fields, catalog)
    return ComposedPage(page.address, meta, page.text, page.source)


def compose_doc(doc: DocPage, settings: Settings) -> ComposedPage:
    """Return a page that was written by hand under docs/."""
    meta = page_meta("doc", doc.fields.title, summary=doc.fields.summary)
    meta["edit_url"] = edit_url(doc.source, settings)
    return ComposedPage(doc.address, meta, doc.text, doc.source)


def version_line(page: KnowledgePage) -> list[str]:
    """Return the parts of the line under the title that are known."""
    fields = page.fields
    line = []
    if fields.state is State.DRAFT:
        line.append("Draft, shown in this preview only")
    if fields.version:
        line.append(f"Version {fields.version}")
    if updated := last_change(page):
        line.append(f"updated {date_in_words(updated)}")
    if fields.reviewed:
        line.append(f"checked {date_in_words(fields.reviewed)}")
    if fields.applies_to:
        line.append(f"applies to {listed(fields.applies_to)}")
    return line


def last_change(page: KnowledgePage) -> date | None:
    """Return the day of the newest change."""
    return max((change.date for change in page.fields.changes), default=None)


def related_pages(page: KnowledgePage, catalog: Catalog) -> Sequence[KnowledgePage]:
    """Return what the writer named, else the pages that follow in the category."""
    if page.fields.related:
        named = (catalog.by_id.get(each) for each in page.fields.related)
        return [each for each in named if each is not None and each is not page]
    place = catalog.place_in_category[page.id]
    neighbours = catalog.by_category[page.category]
    after = neighbours[place + 1 : place + 1 + RELATED_SHOWN]
    return (*after, *neighbours[:place])[:RELATED_SHOWN]


def page_link(page: KnowledgePage) -> dict[str, str]:
    """Return a link to the page for a template."""
    return link(page.short_title, page.address, kind=KIND_WORDS[page.kind])


def edit_url(source: str, settings: Settings) -> str:
    """Return where the source can be edited; empty where the site does not say."""
    return settings.edit_url.replace("{path}", source) if settings.edit_url else ""


def _tutorial_meta(fields: TutorialFields, catalog: Catalog) -> dict[str, object]:
    following = (catalog.by_id.get(each) for each in fields.next)
    return {
        "minutes": str(fields.minutes) if fields.minutes else "",
        "outcome": fields.outcome,
        "needs": list(fields.needs),
        "next": [page_link(each) for each in following if each is not None],
    }
