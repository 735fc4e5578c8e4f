"""The home page: search first, then topics, what is happening now, and how to reach a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kbgen.model import Catalog, Category
from kbgen.pages.composed import ComposedPage, page_meta
from kbgen.pages.contact import live_line
from kbgen.pages.maintenance import coming_windows, window_line
from kbgen.pages.markup import attribute, block, entry, escaped, paragraphs, to
from kbgen.parsing import parse_text
from support_policy.maintenance_windows import MaintenanceCalendar
from support_policy.policy import SupportPolicy

CARDS_SHOWN = 12
LINKS_SHOWN = 4
CODES_SHOWN = 200
WINDOWS_SHOWN = 2

_TITLE = "How can we help?"


def compose_home(
    catalog: Catalog, calendar: MaintenanceCalendar, policy: SupportPolicy, now: datetime
) -> ComposedPage:
    """Return the home page; docs/index.md may give its title, summary and an opening text."""
    home = catalog.home
    title = home.fields.title if home else _TITLE
    summary = home.fields.summary if home else ""
    shown = [each for each in catalog.categories if catalog.by_category.get(each.id)]
    markdown = paragraphs(
        home.text.markdown if home else "",
        _error_box(catalog),
        block("kb-cards", *(_card(each, catalog) for each in shown[:CARDS_SHOWN])) if shown else "",
        to("All topics", "/categories/") if shown else "",
        block("kb-now", *_now(calendar, policy, now), tag="section"),
    )
    first_line = home.text.first_line if home else 1
    meta = {**page_meta("home", title, summary=summary), "search": {"exclude": True}}
    text = parse_text(markdown, first_line=first_line)
    return ComposedPage("/", meta, text, home.source if home else None)


def _card(category: Category, catalog: Catalog) -> str:
    pages = catalog.by_category[category.id]
    lines = [
        f"## {to(category.title, category.address)} {{#{category.id}}}",
        "",
        escaped(category.summary),
        "",
        *(entry(page.short_title, page.address) for page in pages[:LINKS_SHOWN]),
    ]
    return block("kb-card", *lines, tag="section")


def _error_box(catalog: Catalog) -> str:
    codes = sorted(
        {code for page in catalog.pages for code in getattr(page.fields, "error_codes", ())}
    )
    if not codes:
        return ""
    options = "".join(f'<option value="{attribute(code)}">' for code in codes[:CODES_SHOWN])
    return (
        '<form class="kb-error-box" action="error-codes/" method="get">'
        '<label for="kb-error-code">Error code on your screen?</label> '
        '<input id="kb-error-code" name="code" list="kb-error-codes" autocomplete="off" '
        'autocapitalize="characters" spellcheck="false">'
        f'<datalist id="kb-error-codes">{options}</datalist> '
        '<button type="submit">Explain it</button></form>'
    )


def _now(calendar: MaintenanceCalendar, policy: SupportPolicy, now: datetime) -> Iterator[str]:
    yield "## What is happening now {#now}"
    yield ""
    yield from (live_line(channel) for channel in policy.channels)
    coming = coming_windows(calendar, now)
    yield from (window_line(window) for window in coming[:WINDOWS_SHOWN])
    if not coming:
        yield f"- {to('Maintenance', '/maintenance/')}: nothing is announced."
    yield ""
    yield to("All ways to reach us", "/contact/")
