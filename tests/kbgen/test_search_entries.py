"""What search indexes of a page."""

from __future__ import annotations

import json

from kbgen.search_entries import search_index, sections_of

CONTENT = (
    "<p>Open the <strong>page</strong>.</p>"
    '<h2 id="steps">Steps &amp; more<a class="headerlink" href="#steps">¶</a></h2>'
    "<ol><li>One</li><li>Two <code>&lt;b&gt;</code></li></ol>"
    '<h3 id="end">End</h3>'
)


def test_sections_have_anchor_title_and_plain_text() -> None:
    found = sections_of(CONTENT)

    assert found == [
        ("", "", "Open the page."),
        ("steps", "Steps &amp; more", "One Two &lt;b&gt;"),
        ("end", "End", ""),
    ]


def test_index_names_the_page_and_its_sections() -> None:
    found = json.loads(search_index([("articles/a/", "A < B", sections_of(CONTENT))]))

    assert [document["location"] for document in found["docs"]] == [
        "articles/a/",
        "articles/a/#steps",
        "articles/a/#end",
    ]
    assert found["docs"][0]["title"] == "A &lt; B"


def test_page_without_headings_is_one_section() -> None:
    assert sections_of("<p>Text</p>") == [("", "", "Text")]
