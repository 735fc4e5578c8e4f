"""Every kind of page is whole without scripts, on a phone and on a desk, in light and in dark."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.served_site import ServedSite, bare_help_centre, build_site, served
from browser.visits import Reader, Visits

PHONE = 375
DESK = 1280
NARROWEST = 320

ARTICLE = "/articles/signing-in/reset-password/"
QUESTION = "/faq/signing-in/unrequested-code/"
TUTORIAL = "/tutorials/signing-in/set-up-two-step-sign-in/"

PAGES = ("/", ARTICLE, QUESTION, TUTORIAL, "/contact/", "/support-policy/", "/maintenance/")

Scheme = Literal["light", "dark"]


def reader(width: int, scheme: Scheme = "light") -> Reader:
    return Reader(scripts=False, width=width, scheme=scheme)


def topics(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Help topics")


every_page = pytest.mark.parametrize("address", PAGES)
every_width = pytest.mark.parametrize("width", [PHONE, DESK])
every_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])
pages_of_the_knowledge_base = pytest.mark.parametrize("address", [ARTICLE, QUESTION, TUTORIAL])


@every_page
@every_width
@every_scheme
def test_a_page_has_its_title_a_way_to_a_person_and_the_colours_that_are_preferred(
    visit: Visits, site: ServedSite, address: str, width: int, scheme: Scheme
) -> None:
    page = visit(address, reader(width, scheme))

    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(titles(site)[address])
    expect(page).to_have_title(re.compile("Example Help Centre$"))
    main = page.get_by_role("main")
    mail = main.locator("a[href^='mailto:']")
    link = main.get_by_role("link", name="All ways to reach us")
    expect((link if address == "/" else mail).first).to_be_visible()
    paper = brightness(page.locator("html"), "background-color")
    assert (paper < 0.15) if scheme == "dark" else (paper > 0.85)
    assert (brightness(title, "color") > 0.5) is (scheme == "dark")


def titles(site: ServedSite) -> Mapping[str, str]:
    """Return the title of every page by its address."""
    known = json.loads((site.folder / "urls.json").read_text(encoding="utf-8"))
    return {page["url"]: page["title"] for page in known["pages"]}


def brightness(element: Locator, name: str) -> float:
    """Return how bright a colour of the element is, from 0 to 1."""
    colour: list[int] = element.evaluate(
        """(element, name) => {
          const canvas = document.createElement("canvas").getContext("2d");
          canvas.fillStyle = getComputedStyle(element).getPropertyValue(name);
          canvas.fillRect(0, 0, 1, 1);
          return Array.from(canvas.getImageData(0, 0, 1, 1).data).slice(0, 3);
        }""",
        name,
    )
    return sum(colour) / 3 / 255


@every_page
def test_the_topics_are_beside_the_text_on_a_desk(visit: Visits, address: str) -> None:
    page = visit(address, reader(DESK))

    expect(page.get_by_role("banner").get_by_role("link", name="Contact")).to_be_visible()
    if address != "/":  # whose cards are the topics
        expect(topics(page).get_by_role("link", name="Uploads and downloads")).to_be_visible()


@every_page
def test_the_topics_are_one_tap_away_on_a_phone(visit: Visits, address: str) -> None:
    page = visit(address, reader(PHONE))
    expect(topics(page)).to_be_hidden()

    page.get_by_role("button", name="Menu").click()

    expect(topics(page).get_by_role("link", name="Contact")).to_be_visible()
    topics(page).get_by_role("link", name="Uploads and downloads").click()
    expect(page).to_have_url(re.compile("/categories/files/$"))


def test_the_menu_opens_and_closes_by_keyboard(visit: Visits) -> None:
    page = visit(ARTICLE, reader(PHONE))
    page.get_by_role("button", name="Menu").focus()

    page.keyboard.press("Enter")
    expect(topics(page)).to_be_visible()
    page.keyboard.press("Escape")

    expect(topics(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()


@pages_of_the_knowledge_base
@every_width
def test_a_page_says_its_version_what_is_near_it_and_where_it_is_edited(
    visit: Visits, address: str, width: int
) -> None:
    page = visit(address, reader(width))

    main = page.get_by_role("main")
    expect(main.get_by_text(re.compile(r"^Version \d+\.\d+$"))).to_be_visible()
    related = page.get_by_role("region", name="Related pages")
    expect(related.get_by_role("link").first).to_be_visible()
    edit = main.get_by_role("link", name="Edit this page")
    expect(edit).to_be_visible()
    expect(edit).to_have_attribute("href", re.compile(r"^https://git\.example\.com/.*\.md$"))
    expect(page.get_by_role("region", name="Reach a person")).to_be_visible()


@every_page
def test_what_only_scripts_can_do_is_not_shown(visit: Visits, address: str) -> None:
    page = visit(address, reader(DESK))

    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("colours"))).to_be_hidden()
    assert page.locator(".kb-live:visible").count() == 0


def test_no_page_scrolls_sideways_on_the_narrowest_screen(visit: Visits, site: ServedSite) -> None:
    page = visit("/no/such/page/", reader(NARROWEST), status=404)
    widths = {"/404.html": page.evaluate("document.documentElement.scrollWidth")}

    for address in titles(site):
        page.goto(site.url(address))
        widths[address] = page.evaluate("document.documentElement.scrollWidth")

    assert len(widths) > 50
    assert {address: width for address, width in widths.items() if width > NARROWEST} == {}


@every_page
def test_what_scripts_add_does_not_make_a_page_scroll_sideways(visit: Visits, address: str) -> None:
    page = visit(address, Reader(width=NARROWEST))

    page.locator(".kb-live").first.wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def test_a_missing_page_finds_its_looks_and_its_links_below_another_path(
    visit: Visits, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("below") / "root"
    settings = "site_name: Example Help Centre\nsite_url: https://example.com/help/\n"
    settings += "theme: {name: material, font: false}\nplugins: [kbgen, search]\n"
    folder = build_site(bare_help_centre(root, {"mkdocs.yml": settings}), root / "site")
    with served(folder, under="/help/") as below:
        page = visit("/no/such/page/", reader(DESK), site=below, status=404)

        assert brightness(page.locator("html"), "background-color") > 0.85
        page.get_by_role("banner").get_by_role("link", name="Contact").click()

        expect(page).to_have_url(below.url("/contact/"))
