"""The catalog: what is published, in which order, and no two things in one place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from small_roots import PAGES, article, head, help_centre, site_of, sources

from kbgen.catalog import build_catalog
from kbgen.model import Kind
from support_policy.diagnostics import InvalidSources


def told(pages: Mapping[str, str]) -> list[str]:
    _, diagnostics = build_catalog(sources(pages))
    return [f"{each.location} {each.rule}" for each in diagnostics]


def named(*titles: str, folder: str = "kb_articles/a", **fields: object) -> dict[str, str]:
    return {
        f"{folder}/{number}.md": article(title=title, **fields)  # type: ignore[arg-type]
        for number, title in enumerate(titles)
    }


def test_pages_stand_by_kind_and_title() -> None:
    pages = {
        **named("b", "A", "c"),
        **named("D?", folder="faq/a"),
        **named("E", folder="tutorials/a"),
    }

    catalog, _ = build_catalog(sources(pages))

    assert [page.title for page in catalog.pages] == ["A", "b", "c", "E", "D?"]
    assert [page.title for page in catalog.of_kind(Kind.FAQ)] == ["D?"]
    assert [page.title for page in catalog.by_category["a"]] == ["A", "b", "c", "E", "D?"]
    assert [catalog.place_in_category[page.id] for page in catalog.pages] == [0, 1, 2, 3, 4]


def test_drafts_are_kept_apart() -> None:
    pages = {**named("A"), **named("B", folder="kb_articles/b", state="draft", id="KB-1")}

    catalog, _ = build_catalog(sources(pages))

    assert [page.title for page in catalog.pages] == ["A"]
    assert [page.title for page in catalog.drafts] == ["B"]
    assert "KB-1" not in catalog.by_id
    assert "b" not in catalog.by_category


def test_categories_stand_by_order_and_then_by_title() -> None:
    pages = {
        "kb_articles/z/index.md": head(title="Last by name", order=1),
        "kb_articles/b/index.md": head(title="Beta", order=2),
        "faq/a/index.md": head(title="Alpha", order=2),
        **named("A", folder="kb_articles/two-words"),
        **named("B", folder="kb_articles/other"),
    }

    catalog, _ = build_catalog(sources(pages))

    assert [(each.id, each.title) for each in catalog.categories] == [
        ("z", "Last by name"),
        ("a", "Alpha"),
        ("b", "Beta"),
        ("other", "Other"),
        ("two-words", "Two words"),
    ]


def test_files_beside_pages_are_published_beside_them() -> None:
    names = ["docs/logo.svg", "kb_articles/a/key.png", "faq/a/b/c.pdf"]

    catalog, _ = build_catalog(sources({}, names))

    assert [each.address for each in catalog.assets] == [
        "/logo.svg",
        "/articles/a/key.png",
        "/faq/a/b/c.pdf",
    ]


def test_what_can_be_read_is_kept_when_other_files_are_broken() -> None:
    pages = {**named("A"), "faq/a/broken.md": "", "faq/a/wrong.md": "---\nx: y\n---\n"}

    catalog, diagnostics = build_catalog(sources(pages))

    assert [page.title for page in catalog.pages] == ["A"]
    assert {each.location.file for each in diagnostics} == {"faq/a/broken.md", "faq/a/wrong.md"}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param(
            {
                "faq/a/1.md": article(title="A", id="KB-1"),
                "faq/a/2.md": article(title="B", id="KB-1"),
            },
            ["faq/a/2.md:1:1 duplicate-id"],
            id="one id",
        ),
        pytest.param(
            {
                "faq/a/1.md": article(title="A", id="KB-1"),
                "faq/a/2.md": article(title="B", id="kb-1"),
            },
            ["faq/a/2.md:1:1 duplicate-id"],
            id="one id but for its case",
        ),
        pytest.param(
            {
                "faq/a/1.md": article(title="A", id="KB-1", state="draft"),
                "faq/a/2.md": article(title="B", id="KB-1"),
            },
            ["faq/a/2.md:1:1 duplicate-id"],
            id="one id with a draft",
        ),
        pytest.param(
            {
                "kb_articles/a/b.md": article(title="A"),
                "faq/x/y.md": article(title="B", id="a-b"),
            },
            ["kb_articles/a/b.md:1:1 duplicate-id"],
            id="an id like one that is made from a file",
        ),
        pytest.param(
            {
                "faq/a/1.md": article(title="A", address="/help/"),
                "faq/a/2.md": article(title="B", address="/help/"),
            },
            ["faq/a/2.md:1:1 two-pages-one-address"],
            id="one address",
        ),
        pytest.param(
            {
                "faq/a/1.md": article(title="A"),
                "faq/a/2.md": article(title="B", address="/FAQ/a/1/"),
            },
            ["faq/a/2.md:1:1 two-pages-one-address"],
            id="one address but for its case",
        ),
        pytest.param(
            {
                "docs/help.md": head(title="A") + "Text.\n",
                "docs/help/index.md": head(title="B") + "Text.\n",
            },
            ["docs/help/index.md:1:1 two-pages-one-address"],
            id="a page and a folder's index",
        ),
        pytest.param(
            {
                "docs/help.md": head(title="A") + "Text.\n",
                "faq/a/1.md": article(title="B", address="/help/"),
            },
            ["faq/a/1.md:1:1 two-pages-one-address"],
            id="a page of docs and another",
        ),
        pytest.param(
            {
                "kb_articles/a/index.md": head(title="A"),
                "faq/a/index.md": head(title="B"),
                "tutorials/a/index.md": head(title="C"),
            },
            [
                "kb_articles/a/index.md:1:1 duplicate-category",
                "tutorials/a/index.md:1:1 duplicate-category",
            ],
            id="a category described three times",
        ),
    ],
)
def test_no_two_things_share_a_place(pages: Mapping[str, str], expected: list[str]) -> None:
    assert told(pages) == expected


COLLISIONS = {
    "a page and one that kbgen makes": (
        {"docs/contact.md": head(title="Contact") + "Text.\n"},
        (),
        "docs/contact.md:1:1",
    ),
    "a page and a category": (
        {"docs/categories/signing-in.md": head(title="Mine") + "Text.\n"},
        (),
        "kb_articles/signing-in/index.md:1:1",
    ),
    "a page with the address of a made one": (
        {"faq/a/1.md": article(title="A", address="/support-policy/")},
        (),
        "faq/a/1.md:1:1",
    ),
    "a page and the page of a code": (
        {"docs/e/AUTH-401.md": head(title="Mine") + "Text.\n"},
        (),
        "docs/e/AUTH-401.md:1:1",
    ),
    "a file and a page": ({}, ("docs/contact/index.html",), "docs/contact/index.html:1:1"),
    "a file and a page, by case": ({}, ("docs/Contact/Index.html",), "docs/Contact/Index.html:1:1"),
    "a file and an article": (
        {},
        ("kb_articles/signing-in/reset-password/index.html",),
        "kb_articles/signing-in/reset-password/index.html:1:1",
    ),
    "a file and the home page": ({}, ("docs/index.html",), "docs/index.html:1:1"),
    "a file and data": ({}, ("docs/policy.json",), "docs/policy.json:1:1"),
    "a file and the missing page": ({}, ("docs/404.html",), "docs/404.html:1:1"),
    "a file of the theme": ({}, ("docs/assets/kb/site.js",), "docs/assets/kb/site.js:1:1"),
    "a file where a folder has to be": ({}, ("docs/contact",), "(made by kbgen)/contact/:1:1"),
    "a page inside a file": (
        {"docs/policy.json.md": head(title="A") + "Text.\n"},
        (),
        "docs/policy.json.md:1:1",
    ),
}


@pytest.mark.parametrize(("pages", "assets", "place"), COLLISIONS.values(), ids=COLLISIONS)
def test_nothing_replaces_anything_else_in_the_built_site(
    pages: Mapping[str, str], assets: tuple[str, ...], place: str
) -> None:
    centre = help_centre({**PAGES, **pages}, assets=assets)

    with pytest.raises(InvalidSources) as caught:
        site_of(centre)

    found = caught.value.diagnostics
    assert place in [str(each.location) for each in found]
    assert {each.rule for each in found} == {"two-pages-one-address"}


def test_a_file_with_a_name_of_its_own_is_published() -> None:
    names = ("docs/contact.pdf", "docs/assets/logo.svg", "faq/a/picture.png", "docs/CNAME")

    site = site_of(help_centre(assets=names))

    assert [each.source for each in site.assets] == list(names)
