"""An import gives each page its place, its address and its old addresses, whatever the order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from kbgen.importing import RULES, Import, import_pages
from kbgen.model import KnowledgePage, SourceFile
from kbgen.parsing import parse_file
from support_policy.diagnostics import Diagnostic


def imported(files: Mapping[str, str | bytes], **options: str) -> Import:
    paths = {PurePosixPath(path): content for path, content in files.items()}
    return import_pages(paths, **{"kind": "article", **options})  # type: ignore[arg-type]  # the tests give fewer options


def page(body: str, *, head: str = "title: Alpha", name: str = "a/page.md") -> dict[str, str]:
    return {name: f"---\n{head}\n---\n\n{body}\n"}


def content(result: Import, path: str) -> str:
    found = {str(file.path): file.content for file in result.files}[path]
    assert isinstance(found, str)
    return found


def told(result: Import, rule: str) -> list[Diagnostic]:
    return [each for each in result.report if each.rule == rule]


def places(result: Import, rule: str) -> list[str]:
    return [str(each.location) for each in told(result, rule)]


@pytest.mark.parametrize(
    ("source", "head", "options", "target"),
    [
        pytest.param("account/reset.md", "", {}, "account/reset.md", id="first folder"),
        pytest.param("account/mail/x.md", "", {}, "account/mail/x.md", id="nested folder"),
        pytest.param("reset.md", "", {}, "imported/reset.md", id="no folder"),
        pytest.param(
            "reset.md", "", {"category": "Sign in"}, "sign-in/reset.md", id="category given"
        ),
        pytest.param(
            "mail/x.md", "", {"category": "account"}, "account/mail/x.md", id="given, with folder"
        ),
        pytest.param(
            "docs/x.md", "category: account", {}, "account/x.md", id="category of the page"
        ),
        pytest.param(
            "docs/account/mail/x.md",
            "category: account",
            {},
            "account/mail/x.md",
            id="category of the page is a folder",
        ),
        pytest.param("a/My Page (2).md", "", {}, "a/my-page-2.md", id="name with signs"),
        pytest.param("a/v2.0.md", "", {}, "a/v2-0.md", id="name with points"),
        pytest.param("a/index.md", "", {}, "a/overview.md", id="index of a category"),
        pytest.param("a/b/README.md", "", {}, "a/b.md", id="index of a nested folder"),
        pytest.param("../../etc/x.md", "", {}, "etc/x.md", id="path that climbs"),
        pytest.param("a/x.md", "category: ../../etc", {}, "etc/x.md", id="category that climbs"),
        pytest.param("a/reset._en.md", "", {}, "a/reset.md", id="language with underscore"),
        pytest.param("a/reset.en.markdown", "", {}, "a/reset.md", id="language, long suffix"),
    ],
)
def test_a_page_goes_to_its_category(
    source: str, head: str, options: dict[str, str], target: str
) -> None:
    result = imported({source: f"---\ntitle: T\n{head}\n---\nText\n"}, **options)

    assert f"kb_articles/{target}" in {str(file.path) for file in result.files}


@pytest.mark.parametrize(
    ("kind", "folder"), [("article", "kb_articles"), ("faq", "faq"), ("tutorial", "tutorials")]
)
def test_the_kind_decides_the_folder(kind: str, folder: str) -> None:
    result = imported(page("Text"), kind=kind)

    assert [str(file.path) for file in result.files] == [
        f"{folder}/a/index.md",
        f"{folder}/a/page.md",
    ]


def test_pages_written_by_hand_are_no_kind_of_import() -> None:
    with pytest.raises(ValueError, match="by hand"):
        imported(page("Text"), kind="doc")


def test_pages_that_collide_get_their_folder_into_the_name() -> None:
    head = "---\ntitle: T\ncategory: account\n---\n"
    result = imported({"x/overview.md": head, "y/overview.md": head, "overview.md": head})

    assert [str(file.path.name) for file in result.files] == [
        "index.md",
        "overview.md",
        "x-overview.md",
        "y-overview.md",
    ]
    assert places(result, "page-renamed") == ["x/overview.md:1:1", "y/overview.md:1:1"]


def test_names_that_would_give_one_id_are_told_apart() -> None:
    result = imported({"a/b-c.md": "# One\n", "a-b/c.md": "# Two\n", "a/B-C.markdown": "# Three\n"})

    pages = [file for file in result.files if file.path.name != "index.md"]
    parsed = [parse_file(SourceFile(str(file.path), str(file.content))) for file in pages]
    ids = {each.id.casefold() for each in parsed if isinstance(each, KnowledgePage)}
    assert len(ids) == len(pages) == 3


def test_each_language_becomes_a_page_where_none_is_chosen() -> None:
    result = imported({f"a/x._{name}.md": f"# {name}\n" for name in ("en", "es", "fr")})

    names = [file.path.name for file in result.files if file.path.name != "index.md"]
    assert names == ["x-es.md", "x-fr.md", "x.md"]
    assert told(result, "several-languages")[0].what.endswith("en (1), es (1), fr (1)")


def test_one_language_is_taken_and_the_others_are_counted_once() -> None:
    files = {"a/x._en.md": "# X\n", "a/x._es.md": "# X\n", "a/y._zh.md": "# Y\n", "a/z.md": "# Z\n"}

    result = imported(files, language="en")

    names = [file.path.name for file in result.files if file.path.name != "index.md"]
    assert names == ["x.md", "z.md"]
    assert [each.what for each in told(result, "other-languages")] == [
        "2 files are not in `en` but in: es, zh"
    ]


def test_a_category_is_described_only_where_nobody_did() -> None:
    existing = frozenset({PurePosixPath("faq/account/index.md")})
    files = {PurePosixPath("account/x.md"): "# X\n", PurePosixPath("sign-in/y.md"): "# Y\n"}

    result = import_pages(files, kind="article", existing=existing)

    assert content(result, "kb_articles/sign-in/index.md") == "---\ntitle: Sign in\n---\n"
    assert places(result, "category-described") == ["kb_articles/sign-in/index.md:1:1"]


def test_an_address_is_given_only_once() -> None:
    head = "title: T\npermalink: /help/x/"
    files = {**page("1", head=head, name="a/one.md"), **page("2", head=head, name="a/two.md")}

    result = imported(files)

    assert "address: /help/x/" in content(result, "kb_articles/a/one.md")
    assert "address" not in content(result, "kb_articles/a/two.md")
    assert places(result, "address-taken") == ["a/two.md:3:12"]


def test_a_permalink_on_the_place_of_another_page_moves_that_page() -> None:
    files = {
        **page("1", name="a/one.md"),
        **page("2", head="title: T\npermalink: /articles/a/one/", name="a/two.md"),
    }

    result = imported(files)

    assert "address: /articles/a/one/" in content(result, "kb_articles/a/two.md")
    assert "title: Alpha" in content(result, "kb_articles/a/one-2.md")


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        pytest.param("/help/x.html", "address: /help/x/", id="HTML page"),
        pytest.param("/help/a b/", None, id="space"),
        pytest.param("/", None, id="home page"),
    ],
)
def test_an_address_that_cannot_stay_is_told(permalink: str, address: str | None) -> None:
    result = imported(page("Text", head=f"title: T\npermalink: {permalink}"))

    assert places(result, "address-changed") == ["a/page.md:3:12"]
    assert (address or "title: T") in content(result, "kb_articles/a/page.md")
    assert address is not None or "address" not in content(result, "kb_articles/a/page.md")


@pytest.mark.parametrize(
    ("redirect", "rule"),
    [
        pytest.param("/help/one/", "redirect-taken", id="address of a page"),
        pytest.param("/HELP/One", "redirect-taken", id="same address in another case"),
        pytest.param("/old/", "redirect-taken", id="redirect of a page"),
        pytest.param("https://elsewhere.example/x/", "redirect-unusable", id="another host"),
        pytest.param("/old/?id=2", "redirect-unusable", id="query"),
        pytest.param("/", "redirect-unusable", id="home page"),
    ],
)
def test_a_redirect_that_cannot_stay_is_told_and_left_out(redirect: str, rule: str) -> None:
    one = "title: One\npermalink: /help/one/\nredirect_from: /old/"
    two = f"title: Two\nredirect_from:\n  - {redirect}\n  - /free/"
    files = {**page("1", head=one, name="a/one.md"), **page("2", head=two, name="a/two.md")}

    result = imported(files)

    assert places(result, rule) == ["a/two.md:4:5"]
    assert "redirect_from:\n  - /free/\n---" in content(result, "kb_articles/a/two.md")


def test_the_order_of_the_files_makes_no_difference() -> None:
    files: dict[str, str | bytes] = {
        **page("[x](other.md) {% x %}"),
        "a/PAGE.markdown": "# Other\n",
        "b/other.md": "![x](shot.png)\n",
        "b/shot.png": b"png",
    }

    assert imported(files) == imported(dict(reversed(files.items())))


def test_places_begin_with_the_folder_that_was_read() -> None:
    result = imported(page("[x](/gone/)"), folder="../old site")

    assert places(result, "link-outside-import") == ["../old site/a/page.md:5:5"]


def test_every_rule_has_words_for_why_and_how_to_mend() -> None:
    assert all(words.why and words.fix for words in RULES.values())
