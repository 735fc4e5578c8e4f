"""What every page shares: navigation that stays small however large the site grows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from small_roots import NOW_OPTION, PAGES, POLICY, article, head, help_centre, site_of, write_root

from kbgen import __version__
from kbgen.chrome import CATEGORIES_SHOWN, PAGES_SHOWN

MOST_ENTRIES = 50


def chrome(pages: Mapping[str, str] = {}, **more: str) -> dict[str, Any]:
    return dict(site_of(help_centre({**PAGES, **pages}, **more)).chrome)


def topics(count: int, pages: int = 1) -> dict[str, str]:
    return {
        f"kb_articles/topic-{topic:02}/page-{number:03}.md": article(
            title=f"Page {topic}-{number:03}", nav_title=f"P {number:03}"
        )
        for topic in range(count)
        for number in range(pages)
    }


def test_topics_are_listed_up_to_a_bound() -> None:
    found = chrome(topics(CATEGORIES_SHOWN + 10))

    assert len(found["categories"]) == CATEGORIES_SHOWN
    assert found["categories"][0] == {
        "title": "Signing in",
        "url": "categories/signing-in/",
        "id": "signing-in",
    }
    assert len(found["sections"]) == CATEGORIES_SHOWN + 11


def test_a_topic_without_pages_is_not_listed() -> None:
    found = chrome({"kb_articles/empty/index.md": head(title="Empty")})

    assert [each["id"] for each in found["categories"]] == ["signing-in"]
    assert list(found["sections"]) == ["signing-in"]


@pytest.mark.parametrize(
    ("count", "shown", "more"),
    [
        pytest.param(1, 1, 0, id="one"),
        pytest.param(PAGES_SHOWN, PAGES_SHOWN, 0, id="as many as are shown"),
        pytest.param(PAGES_SHOWN + 1, PAGES_SHOWN, 1, id="one more"),
        pytest.param(100, PAGES_SHOWN, 100 - PAGES_SHOWN, id="many"),
    ],
)
def test_a_topic_lists_its_first_pages_and_counts_the_rest(
    count: int, shown: int, more: int
) -> None:
    section = chrome(topics(1, count))["sections"]["topic-00"]

    assert (len(section["pages"]), section["more"]) == (shown, more)
    assert section["url"] == "categories/topic-00/"
    assert section["pages"][0] == {"title": "P 000", "url": "articles/topic-00/page-000/"}


def test_the_foot_names_what_was_written_at_the_top_of_docs() -> None:
    found = chrome(
        {
            "docs/legal/terms.md": head(title="Terms") + "Text.\n",
            "docs/imprint.md": head(title="Imprint and more", nav_title="Imprint") + "Text.\n",
        }
    )

    assert [each["title"] for each in found["footer_links"]] == [
        "Support policy",
        "Tutorials",
        "Error codes",
        "Tags",
        "Imprint",
        "Privacy",
    ]


def test_the_foot_is_bounded_too() -> None:
    docs = {f"docs/page-{number:02}.md": head(title=f"P {number}") + "A\n" for number in range(30)}

    assert len(chrome(docs)["footer_links"]) <= 12


def test_the_contact_card_is_made_from_the_policy() -> None:
    assert chrome()["contact"] == {
        "title": "Contact and opening hours",
        "url": "contact/",
        "channels": [
            {
                "id": "email",
                "kind": "email",
                "label": "E-mail",
                "text": "help@example.com",
                "href": "mailto:help@example.com",
                "hours": "Monday to Friday 09:00–17:00 (Europe/Berlin)",
                "audience": "All",
            },
            {
                "id": "phone",
                "kind": "phone",
                "label": "Telephone",
                "text": "+49 30 23125 000",
                "href": "tel:+493023125000",
                "hours": "Monday to Friday 09:00–17:00 (Europe/Berlin)",
                "audience": "Urgent problems",
            },
        ],
    }


def test_organisation_language_and_version_are_known_to_templates() -> None:
    found = chrome(policy=POLICY.replace("organisation:\n", "organisation:\n  language: de\n"))

    assert found["organisation"] == {"name": "Small Company", "url": "https://www.example.com"}
    assert (found["language"], found["version"]) == ("de", __version__)


def test_no_page_shows_more_navigation_than_a_reader_can_use(tmp_path: Path) -> None:
    pages = {**PAGES, **topics(CATEGORIES_SHOWN + 6, 2), **topics(1, PAGES_SHOWN + 5)}
    root = write_root(tmp_path / "help", pages)

    assert root.kbgen("build", NOW_OPTION, "--no-cache").exit_code == 0

    counts = {}
    for path in (root.folder / "site").rglob("*.html"):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        counts[str(path)] = len(page.xpath("//nav[@id='kb-navigation']//a"))
    assert max(counts.values()) <= MOST_ENTRIES
    assert max(counts.values()) > CATEGORIES_SHOWN + PAGES_SHOWN
