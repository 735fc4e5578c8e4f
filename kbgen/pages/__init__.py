"""Every page of the site, composed from content and policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from kbgen.model import Catalog
from kbgen.pages.categories import compose_categories, compose_tutorials
from kbgen.pages.composed import ComposedPage
from kbgen.pages.contact import compose_contact
from kbgen.pages.error_codes import compose_error_codes
from kbgen.pages.home import compose_home
from kbgen.pages.knowledge import compose_doc, compose_knowledge_page, edit_url
from kbgen.pages.maintenance import compose_maintenance
from kbgen.pages.policy_page import compose_policy_page
from kbgen.pages.questions import compose_questions
from kbgen.pages.tags import compose_tags
from kbgen.settings import Settings
from support_policy.maintenance_windows import MaintenanceCalendar
from support_policy.policy import SupportPolicy


def compose_pages(
    catalog: Catalog,
    policy: SupportPolicy,
    calendar: MaintenanceCalendar,
    settings: Settings,
    names: Mapping[str, str],
    now: datetime,
) -> Iterator[ComposedPage]:
    """Yield every page; links in them still name sources and addresses."""
    categories = {category.id: category for category in catalog.categories}
    home = compose_home(catalog, calendar, policy, now)
    yield _edited_in(home.source, home, settings)
    for page in catalog.pages:
        yield compose_knowledge_page(page, catalog, categories, settings)
    for doc in catalog.docs:
        if doc.address != "/":
            yield compose_doc(doc, settings)
    for made in compose_categories(catalog):
        category = categories.get(str(made.meta["section"]))
        yield _edited_in(category.source if category else None, made, settings)
    yield from compose_tutorials(catalog)
    yield from compose_questions(catalog, names)
    yield from compose_error_codes(catalog)
    yield from compose_tags(catalog)
    yield _edited_in("policy.yml", compose_policy_page(catalog, policy), settings)
    yield _edited_in("policy.yml", compose_contact(policy, now), settings)
    yield _edited_in("maintenance.yml", compose_maintenance(calendar, policy, now), settings)


def _edited_in(source: str | None, page: ComposedPage, settings: Settings) -> ComposedPage:
    """Return the page with an edit link to the file that decides what it says."""
    if source is None:
        return page
    return replace(page, meta={**page.meta, "edit_url": edit_url(source, settings)})
