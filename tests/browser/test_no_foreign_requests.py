"""Reading the site tells nobody else about it, and leaves nothing in the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page

from browser.served_site import ServedSite
from browser.visits import Visits, host_of, stored_by

PAGES_AT_ONCE = 8

LOADING_ATTRIBUTES = ("src", "srcset", "href", "action", "formaction", "data", "poster", "ping")
INSTRUCTIONS = {"canonical"}
"""Relations of `<link>` that load nothing."""


def addresses(site: ServedSite) -> list[str]:
    known = json.loads((site.folder / "urls.json").read_text(encoding="utf-8"))
    return [page["url"] for page in known["pages"]]


def read_together(pages: Sequence[Page], urls: Sequence[str]) -> None:
    """Open the URLs side by side, and read each to its end."""
    opened = pages[: len(urls)]
    for page, url in zip(opened, urls, strict=True):
        page.goto(url, wait_until="commit")
    for page in opened:
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")


def test_no_page_asks_another_host_or_stores_anything(visit: Visits, site: ServedSite) -> None:
    context = visit("/").context
    pages = [context.new_page() for _ in range(PAGES_AT_ONCE)]
    urls = [site.url(address) for address in addresses(site)]

    for start in range(0, len(urls), PAGES_AT_ONCE):
        read_together(pages, urls[start : start + PAGES_AT_ONCE])

    assert len(urls) > 50
    assert visit.faults() == []
    assert stored_by(pages[0]) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("/k/KB-0001/", "/articles/signing-in/reset-password/", id="permalink"),
        pytest.param("/e/auth-401/", "/e/AUTH-401/", id="another-spelling"),
    ],
)
def test_an_old_address_leads_on_without_asking_another_host(
    visit: Visits, site: ServedSite, old: str, new: str
) -> None:
    page = visit(old)

    page.wait_for_url(site.url(new))

    page.wait_for_load_state("networkidle")
    assert visit.faults() == []
    assert stored_by(page) == {}


def test_a_missing_page_asks_no_other_host(visit: Visits) -> None:
    page = visit("/no/such/page/", status=404)

    page.wait_for_load_state("networkidle")

    assert page.get_by_role("heading", level=1).inner_text() == "This page does not exist"
    assert visit.faults() == []
    assert stored_by(page) == {}


def test_nothing_in_the_files_is_loaded_from_another_host(site_folder: Path) -> None:
    documents = sorted(site_folder.rglob("*.html"))
    sheets = sorted(site_folder.rglob("*.css"))

    foreign = [
        f"{file.relative_to(site_folder)}: {url}"
        for file, urls in (
            *((file, urls_loaded_by(file.read_text(encoding="utf-8"))) for file in documents),
            *((file, urls_in_css(file.read_text(encoding="utf-8"))) for file in sheets),
        )
        for url in urls
        if host_of(url)
    ]

    assert len(documents) > 80
    assert len(sheets) > 5
    assert foreign == []


def urls_loaded_by(document: str) -> Iterator[str]:
    """Yield what a browser may load for a page by itself, or send to; links are for the reader."""
    for element in html.document_fromstring(document.encode()).iter("*"):
        if element.tag in ("a", "area"):
            yield element.get("ping", "")
        elif element.tag != "link" or element.get("rel") not in INSTRUCTIONS:
            for name in LOADING_ATTRIBUTES:
                yield from re.split(r",\s+", element.get(name, ""))
        if element.get("http-equiv", "").lower() == "refresh":
            yield element.get("content", "").partition("url=")[2]
        yield from urls_in_css(element.get("style", ""))
        if element.tag == "style":
            yield from urls_in_css(element.text or "")


def urls_in_css(text: str) -> Iterator[str]:
    yield from re.findall(r"""url\(\s*['"]?([^'")]+)""", text)
    yield from re.findall(r"""@import\s+['"]([^'"]+)""", text)
