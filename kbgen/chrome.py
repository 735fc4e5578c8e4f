"""What every page shares: navigation, the contact card, the foot of the site."""

from __future__ import annotations

from collections.abc import Mapping

from kbgen import __version__
from kbgen.model import Catalog, Category
from kbgen.pages.composed import link
from support_policy.policy import SupportPolicy
from support_policy.wording import hours_in_words

# A page shows at most 24 + 16 entries of navigation: every entry stands on every page, so an
# unbounded list would make the site's size grow with the square of its pages.
CATEGORIES_SHOWN = 24
PAGES_SHOWN = 16


def compose_chrome(catalog: Catalog, policy: SupportPolicy) -> Mapping[str, object]:
    """Return it in plain values; templates read it as `config.extra.kb`."""
    categories = [each for each in catalog.categories if catalog.by_category.get(each.id)]
    organisation = policy.organisation
    return {
        "version": __version__,
        "language": organisation.language,
        "organisation": {
            "name": organisation.name,
            "url": organisation.url,
        },
        "categories": [
            link(each.title, each.address, id=each.id) for each in categories[:CATEGORIES_SHOWN]
        ],
        "sections": {each.id: _section(each, catalog) for each in categories},
        "header_links": [
            link("Topics", "/categories/"),
            link("Questions", "/faq/"),
            link("Maintenance", "/maintenance/"),
            link("Contact", "/contact/"),
        ],
        "footer_links": _footer_links(catalog),
        "contact": _contact(policy),
    }


def _section(category: Category, catalog: Catalog) -> dict[str, object]:
    pages = catalog.by_category[category.id]
    return {
        **link(category.title, category.address),
        "pages": [link(page.short_title, page.address) for page in pages[:PAGES_SHOWN]],
        "more": max(0, len(pages) - PAGES_SHOWN),
    }


def _footer_links(catalog: Catalog) -> list[dict[str, str]]:
    made = [
        link("Support policy", "/support-policy/"),
        link("Tutorials", "/tutorials/"),
        link("Error codes", "/error-codes/"),
        link("Tags", "/tags/"),
    ]
    written = [
        link(doc.fields.nav_title or doc.fields.title, doc.address)
        for doc in catalog.docs
        if doc.address != "/" and doc.address.count("/") == 2
    ]
    return [*made, *written[:8]]


def _contact(policy: SupportPolicy) -> dict[str, object]:
    return {
        **link("Contact and opening hours", "/contact/"),
        "channels": [
            {
                "id": channel.id,
                "kind": str(channel.kind),
                "label": channel.label,
                "text": channel.shown_as,
                "href": channel.href,
                "hours": hours_in_words(policy.hours_of_channel(channel)),
                "audience": channel.audience,
            }
            for channel in policy.channels
        ],
    }
