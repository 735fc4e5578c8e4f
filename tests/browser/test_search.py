"""The search field answers where it stands, by keyboard and by mouse, at any address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.served_site import ServedSite, served
from browser.visits import Reader, Visits

RESET = "Reset your password"
ARTICLE = "/articles/signing-in/reset-password/"
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types kb-search"
)
PAUSE_MS = 500
"""More than the field waits for another key."""
NOWHERE = "xylophonist quizzical"


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search the help centre")


def panel(page: Page) -> Locator:
    return page.locator(".kb-search-panel")


def answers(page: Page) -> Locator:
    return panel(page).get_by_role("listitem")


def search(page: Page, words: str) -> None:
    """Type the words, and wait for what is said about them."""
    field(page).press_sequentially(words)
    expect(panel(page)).to_be_visible()


def wait_for_earlier_answers(page: Page) -> None:
    """Ask another question: they are answered in their order."""
    page.evaluate("import('/assets/kb/search.js').then(({search}) => search('password'))")


@pytest.mark.parametrize("address", ["/", "/contact/", ARTICLE, "/no/such/page/"])
def test_the_key_slash_leads_to_the_field_of_every_page(visit: Visits, address: str) -> None:
    page = visit(address, status=404 if "no/such" in address else 200)
    page.locator(".kb-search-panel").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.locator("main").focus()

    page.keyboard.press("/")

    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")


def test_the_key_slash_writes_a_slash_in_a_field(visit: Visits) -> None:
    page = visit("/contact/")

    field(page).press_sequentially("a/b")

    expect(field(page)).to_have_value("a/b")


@pytest.mark.parametrize("address", ["/", "/contact/", ARTICLE])
def test_typing_password_offers_the_article_that_resets_it(visit: Visits, address: str) -> None:
    page = visit(address)

    search(page, "password")

    expect(answers(page).first).to_contain_text(RESET)
    expect(page.get_by_role("search").get_by_role("status")).to_have_text(
        re.compile(r"\d+ pages? found")
    )


def test_a_click_on_an_answer_opens_it_and_back_shows_the_answers_again(
    visit: Visits, site: ServedSite
) -> None:
    page = visit("/")
    search(page, "password")

    answers(page).filter(has_text=RESET).first.get_by_role("link").first.click()

    expect(page).to_have_url(site.url(ARTICLE))
    page.go_back()
    expect(field(page)).to_have_value("password")
    expect(answers(page).first).to_contain_text(RESET)


def test_arrows_lead_through_the_answers_and_back_to_the_field(visit: Visits) -> None:
    page = visit("/")
    search(page, "password")
    links = panel(page).get_by_role("link")
    expect(answers(page).first).to_contain_text(RESET)

    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")

    expect(field(page)).to_be_focused()


def test_enter_leads_to_the_first_answer_and_opens_it(visit: Visits, site: ServedSite) -> None:
    page = visit("/")
    field(page).fill("forgotten password")

    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(re.escape(site.url(ARTICLE))))


def test_answers_that_stay_the_same_are_not_taken_from_under_the_reader(visit: Visits) -> None:
    page = visit("/")
    page.clock.install()
    page.reload()
    field(page).fill("password")
    page.clock.run_for(PAUSE_MS)
    expect(answers(page).first).to_contain_text(RESET)

    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.clock.run_for(PAUSE_MS)
    wait_for_earlier_answers(page)

    expect(panel(page).get_by_role("link").first).to_be_focused()


def test_escape_closes_the_answers_and_keeps_the_words_at_hand(visit: Visits) -> None:
    page = visit("/contact/")
    search(page, "password")
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Escape")

    expect(panel(page)).to_be_hidden()
    expect(field(page)).to_be_focused()


def test_answers_do_not_come_back_after_escape(visit: Visits) -> None:
    page = visit("/")
    page.clock.install()
    page.reload()
    field(page).fill("password")
    page.clock.run_for(PAUSE_MS)
    expect(answers(page).first).to_contain_text(RESET)

    page.keyboard.press("s")
    page.keyboard.press("Escape")
    page.clock.run_for(PAUSE_MS)
    wait_for_earlier_answers(page)

    expect(panel(page)).to_be_hidden()


def test_a_click_elsewhere_closes_the_answers(visit: Visits) -> None:
    page = visit("/contact/")
    search(page, "password")

    page.get_by_role("heading", level=1).click(position={"x": 1, "y": 1}, force=True)

    expect(panel(page)).to_be_hidden()


@pytest.mark.parametrize("address", ["/?q=password", "/categories/?q=password"])
def test_words_in_the_address_are_searched(visit: Visits, address: str) -> None:
    page = visit(address)

    expect(field(page)).to_have_value("password")
    expect(answers(page).first).to_contain_text(RESET)


def test_where_nothing_is_found_there_is_a_way_to_a_person(visit: Visits, site: ServedSite) -> None:
    page = visit(ARTICLE)

    search(page, NOWHERE)

    expect(panel(page)).to_contain_text(f"Nothing found for “{NOWHERE}”")
    panel(page).get_by_role("link", name="reach a person").click()
    expect(page).to_have_url(site.url("/contact/"))


@pytest.mark.parametrize(
    "lost",
    [
        "/search/search_index.json",
        "/assets/kb/search.js",
        "/assets/kb/material-search.js",
    ],
)
def test_where_the_search_does_not_arrive_there_is_a_way_to_a_person(
    visit: Visits, lost: str
) -> None:
    page = visit("/contact/", Reader(blocked=(lost,)))

    search(page, "password")

    expect(panel(page)).to_contain_text("Search could not be loaded")
    expect(panel(page).get_by_role("link", name="reach a person")).to_be_visible()


def test_nothing_of_the_search_is_loaded_before_the_field_is_used(visit: Visits) -> None:
    page = visit(ARTICLE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")

    assert asked
    assert [url for url in asked if "search_index" in url or "material-search" in url] == []


def test_words_are_shown_as_words_and_never_run(visit: Visits) -> None:
    page = visit("/")

    search(page, "<img src=x onerror=alert(1)>")

    expect(panel(page)).to_be_visible()
    assert panel(page).locator("img").count() == 0


@pytest.mark.parametrize("address", ["/", ARTICLE])
def test_it_works_below_another_path(visit: Visits, site: ServedSite, address: str) -> None:
    with served(site.folder, under="/help/") as below:
        page = visit(address, site=below)

        search(page, "password")
        answers(page).filter(has_text=RESET).first.get_by_role("link").first.click()

        expect(page).to_have_url(below.url(ARTICLE))


def test_it_works_under_a_strict_content_security_policy(visit: Visits, site: ServedSite) -> None:
    with served(site.folder, headers={"Content-Security-Policy": STRICT}) as strict:
        page = visit("/", site=strict)

        search(page, "password")

        expect(answers(page).first).to_contain_text(RESET)


@pytest.mark.parametrize("address", ["/", ARTICLE])
def test_without_scripts_there_is_a_way_to_all_topics(
    visit: Visits, site: ServedSite, address: str
) -> None:
    page = visit(address, Reader(scripts=False))

    page.get_by_role("search").get_by_role("link", name="See all topics").click()

    expect(page).to_have_url(site.url("/categories/"))


def test_without_scripts_the_field_itself_leads_to_all_topics(visit: Visits) -> None:
    page = visit("/", Reader(scripts=False))
    field(page).fill("password")

    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/categories/\?q=password$"))
    expect(page.get_by_role("main").get_by_role("link", name="Signing in")).to_be_visible()
