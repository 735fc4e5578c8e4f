"""The pages that kbgen makes from the catalog: home, lists, codes, tags, maintenance, contact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown
from small_roots import (
    MAINTENANCE,
    NOW,
    NOW_OPTION,
    PAGES,
    POLICY,
    article,
    head,
    help_centre,
    page_at,
    site_of,
    write_root,
)

from kbgen.markdown_flavour import EXTENSIONS
from kbgen.pages.lists import PAGE_SIZE
from kbgen.pages.markup import entry, escaped, table
from kbgen.pages.questions import PAGE_SIZE as QUESTIONS_SHOWN
from kbgen.site import Site

MAX_PAGE_BYTES = 80_000


def composed(pages: Mapping[str, str] = {}, now: datetime = NOW, **more: str) -> Site:
    return site_of(help_centre({**PAGES, **pages}, **more), now)


def only(pages: Mapping[str, str], **more: str) -> Site:
    return site_of(help_centre(pages, **more))


def html_of(markdown: str) -> html.HtmlElement:
    options = {name: dict(each) for name, each in EXTENSIONS.items()}
    text = Markdown(extensions=list(EXTENSIONS), extension_configs=options).convert(markdown)
    return html.fromstring(f"<main>{text}</main>")


def articles(count: int, folder: str = "kb_articles/files", **fields: object) -> dict[str, str]:
    return {
        f"{folder}/page-{number:03}.md": article(title=f"Page {number:03}", **fields)  # type: ignore[arg-type]
        for number in range(count)
    }


def links_of(markdown: str) -> list[str]:
    return re.findall(r"^- \[(.*?)\]", markdown, re.MULTILINE)


# Text from heads


@settings(deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab1 .,:;!?'\"/\\`*_[](){}|~^=<>&#+-@$%"), min_size=1).map(
        lambda text: " ".join(text.split()) or "x"
    )
)
def test_text_from_a_head_is_shown_as_it_is(text: str) -> None:
    page = html_of(
        f"## {escaped(text)}\n\n{entry(text, '/contact/', text)}\n\n"
        f"{table(('A', 'B'), [(escaped(text), 'x')])}\n"
    )

    for sign in page.xpath("//a[@class='headerlink']"):
        sign.drop_tree()
    assert page.xpath("string(//h2)") == text
    assert page.xpath("string(//li/a)") == text
    assert page.xpath("string(//li)") == f"{text} {text}"
    assert page.xpath("string(//td)") == text


def test_signs_in_titles_and_summaries_are_shown_as_they_are() -> None:
    odd = article(title="C# & *C++* {{ x }} | <b>", summary="50 % [off] `now`", tags=["a"])

    site = composed({"kb_articles/files/odd.md": odd})

    for address in ("/categories/files/", "/tags/a/"):
        page = html_of(page_at(site, address).markdown)
        assert page.xpath("string(//li)") == "C# & *C++* {{ x }} | <b> 50 % [off] `now`"


# Home


def test_home_begins_with_what_was_written_for_it() -> None:
    text = page_at(composed(), "/").markdown

    assert text.startswith("Search, or choose a topic.\n")
    assert page_at(composed(), "/").meta["title"] == "How can we help?"


def test_home_without_a_text_of_its_own_has_everything_else() -> None:
    pages = {name: text for name, text in PAGES.items() if name != "docs/index.md"}

    page = page_at(only(pages), "/")

    assert page.meta["title"] == "How can we help?"
    assert page.source is None
    assert "kb-cards" in page.markdown


def test_home_shows_a_card_for_each_topic_with_four_links() -> None:
    site = composed(
        {
            "kb_articles/files/index.md": head(title="Files", summary="Up & down.", order=0),
            **articles(6),
        }
    )

    cards = html_of(page_at(site, "/").markdown).xpath("//section[@class='kb-card']")

    assert [card.xpath("string(.//h2/a[1])") for card in cards] == ["Files", "Signing in"]
    assert "Up & down." in cards[0].text_content()
    assert cards[0].xpath(".//li/a/text()") == [f"Page {number:03}" for number in range(4)]
    assert [card.xpath("string(.//h2/@id)") for card in cards] == ["files", "signing-in"]


def test_home_shows_at_most_twelve_cards_and_no_empty_topic() -> None:
    pages = {"kb_articles/empty/index.md": head(title="Empty")}
    for number in range(20):
        pages |= articles(1, f"kb_articles/topic-{number:02}")

    cards = html_of(page_at(composed(pages), "/").markdown).xpath("//section[@class='kb-card']")

    assert len(cards) == 12
    assert "Empty" not in "".join(card.text_content() for card in cards)


def test_home_has_a_box_for_error_codes_where_there_are_any() -> None:
    page = html_of(page_at(composed(), "/").markdown)

    assert page.xpath("//form[@class='kb-error-box']/@action") == ["error-codes/"]
    assert page.xpath("//datalist/option/@value") == ["AUTH-401"]
    without = only({"docs/index.md": PAGES["docs/index.md"], **articles(1)})
    assert "kb-error-box" not in page_at(without, "/").markdown


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-11-22T12:00", "Database upgrade, Saturday 5 December", id="before"),
        pytest.param("2026-12-05T22:29:59", "Database upgrade, Saturday 5 December", id="running"),
        pytest.param("2026-12-05T22:30", "Maintenance: nothing is announced.", id="over"),
    ],
)
def test_home_says_what_is_happening(now: str, expected: str) -> None:
    site = composed(now=datetime.fromisoformat(now).replace(tzinfo=UTC))

    page = html_of(page_at(site, "/").markdown)

    assert expected in page.xpath("string(//section[@class='kb-now'])")
    live = page.xpath("//section[@class='kb-now']//span[@class='kb-live']/@data-kb-channel")
    assert live == ["email", "phone"]


# Lists


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        pytest.param(1, [1], id="one"),
        pytest.param(PAGE_SIZE, [PAGE_SIZE], id="a full page"),
        pytest.param(PAGE_SIZE + 1, [PAGE_SIZE, 1], id="one more"),
        pytest.param(3 * PAGE_SIZE, [PAGE_SIZE] * 3, id="three full pages"),
    ],
)
def test_a_long_category_is_cut_into_pages(count: int, sizes: list[int]) -> None:
    site = composed(articles(count))

    addresses = ["/categories/files/"]
    addresses += [f"/categories/files/{number}/" for number in range(2, len(sizes) + 1)]
    found = [len(links_of(page_at(site, each).markdown)) for each in addresses]
    assert found == sizes
    assert f"categories/files/{len(sizes) + 1}.md" not in {page.path for page in site.pages}
    titles = [title for each in addresses for title in links_of(page_at(site, each).markdown)]
    assert titles == sorted(set(titles))


def test_each_page_of_a_list_leads_to_its_neighbours_and_both_ends() -> None:
    site = composed(articles(10 * PAGE_SIZE))

    page = page_at(site, "/categories/files/5/")

    assert page.meta["title"] == "Files, page 5"
    pager = page.markdown[page.markdown.index('<nav class="kb-pager"') :]
    assert re.findall(r"Page (\d+)\]\(<(.*?)>\)|\*\*(\d+)\*\*", pager) == [
        ("1", "../files.md", ""),
        ("3", "3.md", ""),
        ("4", "4.md", ""),
        ("", "", "5"),
        ("6", "6.md", ""),
        ("7", "7.md", ""),
        ("10", "10.md", ""),
    ]
    steps = [step["title"] for step in page.meta["breadcrumb"]]  # type: ignore[attr-defined]
    assert steps == ["Home", "All topics", "Files"]


def test_a_short_list_has_no_pager() -> None:
    assert "kb-pager" not in page_at(composed(), "/categories/signing-in/").markdown


def test_a_category_lists_its_pages_by_kind() -> None:
    page = html_of(page_at(composed(), "/categories/signing-in/").markdown)

    assert [each.text for each in page.xpath("//h2")] == ["Articles", "Tutorials", "Questions"]
    assert page.xpath("//li/a/text()") == [
        "Reset your password",
        "Your account is locked",
        "Set up two steps",
        "What is a code?",
    ]


def test_the_list_of_topics_counts_their_pages() -> None:
    site = composed({"kb_articles/empty/index.md": head(title="Empty"), **articles(1)})

    page = html_of(page_at(site, "/categories/").markdown)

    assert [each.text_content() for each in page.xpath("//li")] == [
        "Signing in Passwords. (4 pages)",
        "Empty (0 pages)",
        "Files (1 page)",
    ]


def test_questions_show_their_short_answers_with_the_words_of_the_policy() -> None:
    escaped_name = article(title="Braces?", answer="Write \\{{ policy.version }}, *please*.")

    site = composed({"faq/signing-in/braces.md": escaped_name})

    page = html_of(page_at(site, "/faq/").markdown)
    assert [each.text_content() for each in page.xpath("//li")] == [
        "Braces? Write {{ policy.version }}, please.",
        "What is a code? Six digits. They come by E-mail.",
    ]
    assert [each.text for each in page.xpath("//h2")] == ["Signing in"]


def test_many_questions_are_cut_into_pages() -> None:
    pages = articles(QUESTIONS_SHOWN, "faq/files", answer="Yes.")

    site = composed(pages)

    assert len(links_of(page_at(site, "/faq/").markdown)) == QUESTIONS_SHOWN
    assert len(links_of(page_at(site, "/faq/2/").markdown)) == 1


def test_tutorials_are_listed_by_topic() -> None:
    site = composed(articles(2, "tutorials/files", minutes=5, outcome="Done."))

    page = html_of(page_at(site, "/tutorials/").markdown)

    assert [each.text for each in page.xpath("//h2")] == ["Signing in", "Files"]
    assert len(page.xpath("//li")) == 3


def test_a_site_without_pages_says_so_in_every_list() -> None:
    site = only({})

    for address, words in {
        "/categories/": "There are no pages yet.",
        "/faq/": "There are no questions yet.",
        "/tutorials/": "There are no tutorials yet.",
        "/error-codes/": "No error code has been explained yet.",
        "/tags/": "No page has a tag yet.",
    }.items():
        assert page_at(site, address).markdown == f"{words}\n"


# Codes and tags


def test_a_code_leads_to_every_article_that_explains_it() -> None:
    pages = articles(2, error_codes=["E-7", "AUTH-401"])

    site = composed(pages)

    index = html_of(page_at(site, "/error-codes/").markdown)
    assert index.xpath("//li/a/text()") == ["AUTH-401", "E-7"]
    page = html_of(page_at(site, "/e/AUTH-401/").markdown)
    assert page.xpath("//li/a/text()") == ["Page 000", "Page 001", "Reset your password"]
    assert page_at(site, "/e/AUTH-401/").meta["title"] == "Error AUTH-401"


def test_an_article_links_to_the_pages_of_its_codes() -> None:
    page = page_at(composed(), "/articles/signing-in/reset-password/")

    assert page.meta["codes"] == [{"code": "AUTH-401", "url": "e/AUTH-401/"}]


def test_tags_are_counted_and_each_has_its_page() -> None:
    site = composed(articles(2, tags=["sign-in", "two-words"]))

    index = html_of(page_at(site, "/tags/").markdown)
    assert [each.text_content() for each in index.xpath("//li")] == ["sign in 3", "two words 2"]
    page = page_at(site, "/tags/two-words/")
    assert page.meta["title"] == "Tag: two words"
    assert links_of(page.markdown) == ["Page 000", "Page 001"]


def test_drafts_are_in_no_list() -> None:
    draft = article(title="Draft", state="draft", tags=["sign-in"], error_codes=["AUTH-401"])

    site = composed({"kb_articles/signing-in/draft.md": draft})

    assert not any("Draft" in page.markdown for page in site.pages)
    assert "articles/signing-in/draft.md" not in {page.path for page in site.pages}


# A page of the knowledge base


def test_a_page_has_everything_that_its_template_prints() -> None:
    page = page_at(composed(), "/articles/signing-in/reset-password/")

    assert page.meta == {
        "title": "Reset your password",
        "kind": "article",
        "summary": "What to do: Reset your password.",
        "description": "What to do: Reset your password.",
        "breadcrumb": [
            {"title": "Home", "url": ""},
            {"title": "Signing in", "url": "categories/signing-in/"},
        ],
        "section": "signing-in",
        "facts": ["Version 1.0", "updated 22 November 2026", "checked 22 November 2026"],
        "codes": [{"code": "AUTH-401", "url": "e/AUTH-401/"}],
        "related": [
            {
                "title": "What is a code?",
                "url": "faq/signing-in/what-is-a-code/",
                "kind": "Question",
            },
            {
                "title": "Set up two steps",
                "url": "tutorials/signing-in/two-steps/",
                "kind": "Tutorial",
            },
        ],
        "changes": [{"version": "1.0", "date": "22 November 2026", "note": "First published."}],
        "permalink": "k/KB-0001/",
        "edit_url": ("https://git.example.com/edit/kb_articles/signing-in/reset-password.md"),
        "noindex": False,
    }


def test_a_page_without_related_ones_shows_its_neighbours() -> None:
    page = page_at(composed(articles(7)), "/articles/files/page-005/")

    titles = [each["title"] for each in page.meta["related"]]  # type: ignore[attr-defined]
    assert titles == ["Page 006", "Page 000", "Page 001", "Page 002"]


def test_the_newest_twelve_changes_are_shown() -> None:
    changes = [
        {"version": f"1.{number}", "date": "2026-11-22", "note": "More."}
        for number in range(20, 0, -1)
    ]

    page = page_at(
        composed({"faq/a/b.md": article(title="New", version="1.20", changes=changes)}), "/faq/a/b/"
    )

    shown = [each["version"] for each in page.meta["changes"]]  # type: ignore[attr-defined]
    assert shown == [f"1.{number}" for number in range(20, 8, -1)]


def test_a_tutorial_says_what_it_needs_and_what_follows() -> None:
    meta = page_at(composed(), "/tutorials/signing-in/two-steps/").meta

    assert (meta["minutes"], meta["outcome"]) == ("10", "You sign in with two steps.")
    assert meta["needs"] == ["A telephone"]
    assert meta["next"] == [
        {
            "title": "Reset your password",
            "url": "articles/signing-in/reset-password/",
            "kind": "Article",
        }
    ]


# Maintenance


@pytest.mark.parametrize(
    ("moment", "state", "heading"),
    [
        pytest.param("2026-12-05T20:59:59", "Upcoming", "Upcoming", id="a second before"),
        pytest.param("2026-12-05T21:00:00", "Running now", "Running now", id="at its start"),
        pytest.param("2026-12-05T22:29:59", "Running now", "Running now", id="a second to go"),
        pytest.param("2026-12-05T22:30:00", "Past", "Past", id="at its end"),
    ],
)
def test_a_window_moves_on_with_the_clock(moment: str, state: str, heading: str) -> None:
    site = composed(now=datetime.fromisoformat(moment).replace(tzinfo=UTC))

    page = html_of(page_at(site, "/maintenance/").markdown)
    (window,) = page.xpath("//section[@class='kb-window']")
    assert window.xpath("string(.//span[@class='kb-state'])") == state
    assert window.xpath("string(preceding::h2[1]/text())") == heading
    assert window.get("data-start") == "2026-12-05T21:00:00Z"
    assert window.get("data-end") == "2026-12-05T22:30:00Z"
    assert window.xpath("string(.//h3/@id)") == "2026-12-05-database"


def test_a_window_says_when_what_and_how_much() -> None:
    page = html_of(page_at(composed(), "/maintenance/").markdown)

    assert page.xpath("//section[@class='kb-window']//li/text()") == [
        "From Saturday 5 December 2026, 22:00 (Europe/Berlin)",
        "Until Saturday 5 December 2026, 23:30 (Europe/Berlin)",
        "Affected: Website",
        "Not available",
        "Announced Sunday 22 November 2026, 10:00 (Europe/Berlin)",
    ]


def test_nothing_announced_is_said() -> None:
    text = page_at(composed(maintenance="windows: []\n"), "/maintenance/").markdown

    assert text.startswith("## Upcoming {#upcoming}\n\nNothing is announced.\n")


def test_the_last_twenty_windows_are_remembered_newest_first() -> None:
    windows = "".join(
        f"  - {{id: w-{number}, title: Window {number}, start: 2026-01-{number:02} 12:00,"
        f" end: 2026-01-{number:02} 13:00, announced: 2025-12-01 10:00,"
        " components: [website], impact: none}\n"
        for number in range(1, 26)
    )

    site = composed(maintenance=MAINTENANCE[: MAINTENANCE.index("  - id:")] + windows)

    page = html_of(page_at(site, "/maintenance/").markdown)
    titles = [each.text for each in page.xpath("//section[@class='kb-window']//h3")]
    assert titles == [f"Window {number}" for number in range(25, 5, -1)]


# Contact


def test_every_channel_has_its_section_and_its_live_state() -> None:
    page = html_of(page_at(composed(), "/contact/").markdown)

    sections = page.xpath("//section[@class='kb-channel']")
    assert [each.xpath("string(.//h2/@id)") for each in sections] == ["email", "phone"]
    assert [each.xpath("string(.//p/a/@href)") for each in sections] == [
        "mailto:help@example.com",
        "tel:+493023125000",
    ]
    assert page.xpath("//span[@class='kb-live']/@data-kb-channel") == ["email", "phone"]


def test_the_week_and_the_days_that_differ_are_tables() -> None:
    page = html_of(page_at(composed(), "/contact/").markdown)

    week, days = page.xpath("//div[@class='kb-hours']/table")
    assert [row.text_content().split("\n")[1:3] for row in week.xpath(".//tbody/tr")] == [
        [day, "09:00–17:00"] for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    ] + [["Saturday", "closed"], ["Sunday", "closed"]]
    assert [row.xpath("./td/text()") for row in days.xpath(".//tbody/tr")] == [
        ["Thursday 24 December 2026", "09:00–12:00", "Christmas Eve"],
        ["Friday 25 December 2026", "closed", "Christmas Day"],
        ["Friday 1 January 2027", "closed", "New Year's Day"],
    ]


@pytest.mark.parametrize(
    ("now", "first"),
    [
        pytest.param("2026-12-25T22:59", "Friday 25 December 2026", id="still that day"),
        pytest.param("2026-12-25T23:00", "Friday 1 January 2027", id="the next day has begun"),
    ],
)
def test_days_that_are_over_are_not_shown(now: str, first: str) -> None:
    site = composed(now=datetime.fromisoformat(now).replace(tzinfo=UTC))

    page = html_of(page_at(site, "/contact/").markdown)

    days = page.xpath("//div[@class='kb-hours']/table")[1]
    assert days.xpath("string(.//tbody/tr[1]/td[1])") == first


def test_hours_without_exceptions_have_one_table() -> None:
    start, end = POLICY.index("    holidays:"), POLICY.index("channels:")

    site = composed(policy=POLICY[:start] + POLICY[end:])

    page = html_of(page_at(site, "/contact/").markdown)
    assert len(page.xpath("//div[@class='kb-hours']/table")) == 1


# Weight


def test_no_page_is_heavier_than_a_phone_likes(tmp_path: Path) -> None:
    long = {"summary": "summary " * 20, "tags": ["tag"], "error_codes": ["E-1"]}
    pages: dict[str, str] = {}
    for number in range(2 * PAGE_SIZE):
        title = f"Page {number:03} {'with a long title ' * 4}"[:70].strip()
        path = f"kb_articles/topic-{number % 30:02}/page-{number:03}.md"
        pages[path] = article(title=title, **long)  # type: ignore[arg-type]
        pages[f"kb_articles/files/page-{number:03}.md"] = article(title=title, **long)  # type: ignore[arg-type]
    for number in range(QUESTIONS_SHOWN):
        pages[f"faq/files/question-{number:02}.md"] = article(
            title=f"Question {number:02}", answer="A short answer of two sentences. " * 12
        )
    root = write_root(tmp_path / "help", {**PAGES, **pages})

    assert root.kbgen("build", NOW_OPTION, "--no-cache").exit_code == 0

    sizes = {
        path.relative_to(root.folder).as_posix(): path.stat().st_size
        for path in (root.folder / "site").rglob("*.html")
    }
    heaviest = max(sizes, key=lambda path: sizes[path])
    assert sizes[heaviest] <= MAX_PAGE_BYTES, f"{heaviest}: {sizes[heaviest]} bytes"
