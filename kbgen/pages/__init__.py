"""Every page of the site, composed from content and policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from kbgen.model import Catalog
from kbgen.pages.categories import compose_categories, compose_tutorials
from kbgen.pages.composed import ComposedPage
from kbgen.pages.contact import compose_contact
from kbgen.pages.error_codes import compose_error_codes
from kbgen.pages.home import compose_home
from kbgen.pages.knowledge import compose_doc, compose_knowledge_page
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
    yield compose_home(catalog, calendar, policy, now)
    for page in catalog.pages:
        yield compose_knowledge_page(page, catalog, categories, settings)
    for doc in catalog.docs:
        if doc.address != "/":
            yield compose_doc(doc, settings)
    yield from compose_categories(catalog)
    yield from compose_tutorials(catalog)
    yield from compose_questions(catalog, names)
    yield from compose_error_codes(catalog)
    yield from compose_tags(catalog)
    yield compose_policy_page(catalog, policy)
    yield compose_contact(policy, now)
    yield compose_maintenance(calendar, policy, now)
