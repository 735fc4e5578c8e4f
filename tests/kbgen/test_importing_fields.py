"""Front matter is kept where it maps, and a page that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from kbgen.importing import Import, import_pages
from support_policy.diagnostics import Diagnostic, Severity


def imported(files: Mapping[str, str | bytes], **options: str) -> Import:
    paths = {PurePosixPath(path): content for path, content in files.items()}
    return import_pages(paths, **{"kind": "article", **options})  # type: ignore[arg-type]  # the tests give fewer options


def page(body: str, *, head: str = "title: Alpha", name: str = "a/page.md") -> dict[str, str]:
    return {name: f"---\n{head}\n---\n\n{body}\n"}


def content(result: Import, path: str) -> str:
    found = {str(file.path): file.content for file in result.files}[path]
    assert isinstance(found, str)
    return found


def head_of(files: Mapping[str, str | bytes], path: str = "kb_articles/a/page.md") -> str:
    return content(imported(files), path).split("---\n", 2)[1].strip("\n")


def told(result: Import, rule: str) -> list[Diagnostic]:
    return [each for each in result.report if each.rule == rule]


def places(result: Import, rule: str) -> list[str]:
    return [str(each.location) for each in told(result, rule)]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("title: T", "title: T", id="title"),
        pytest.param("title: T\nsummary: Short.", "title: T\nsummary: Short.", id="summary"),
        pytest.param(
            "title: T\ndescription: Short.", "title: T\nsummary: Short.", id="description"
        ),
        pytest.param("title: 'A: B'", 'title: "A: B"', id="title with a colon"),
        pytest.param("title: 404", 'title: "404"', id="title like a number"),
        pytest.param("title: >\n  Two\n  lines", "title: Two lines", id="folded title"),
        pytest.param("title: T\ndraft: true", "title: T\nstate: draft", id="draft"),
        pytest.param("title: T\npublished: false", "title: T\nstate: draft", id="not published"),
        pytest.param("title: T\npublished: true", "title: T", id="published"),
        pytest.param(
            "title: T\nkeywords: lost phone, sim, Lost phone",
            "title: T\naliases:\n  - lost phone\n  - sim",
            id="keywords in a line",
        ),
        pytest.param(
            "title: T\nkeywords: [lost phone, sim]",
            "title: T\naliases:\n  - lost phone\n  - sim",
            id="keywords as a list",
        ),
        pytest.param("title: T\nmeta_title: t", "title: T", id="equal meta title"),
        pytest.param(
            "title: T\nmeta_title: Other", "title: T\naliases:\n  - Other", id="other meta title"
        ),
        pytest.param(
            "title: T\naliases: [one, two]", "title: T\naliases:\n  - one\n  - two", id="aliases"
        ),
        pytest.param(
            "title: T\naliases: [/old/]", "title: T\nredirect_from:\n  - /old/", id="Hugo's aliases"
        ),
        pytest.param("title: T\ntags: [a-b]", "title: T\ntags:\n  - a-b", id="fitting tags"),
        pytest.param("title: T\npermalink: /x/", "title: T\naddress: /x/", id="permalink"),
        pytest.param("title: T\nurl: /x", "title: T\naddress: /x/", id="Hugo's url"),
        pytest.param("title: T\npermalink: /articles/a/page/", "title: T", id="derived address"),
        pytest.param("title: T\npermalink: pretty", "title: T", id="style of permalinks"),
        pytest.param("title: T\npermalink: /:title/", "title: T", id="template of permalinks"),
        pytest.param(
            "title: T\npermalink: /x/index.html", "title: T\naddress: /x/", id="index permalink"
        ),
        pytest.param(
            "title: T\nredirect_from: old", "title: T\nredirect_from:\n  - /old/", id="one redirect"
        ),
        pytest.param(
            "title: T\npermalink: /x/\nredirect_from: [/x, /old, /old/, /b/]",
            "title: T\nredirect_from:\n  - /old/\n  - /b/\naddress: /x/",
            id="own and double redirects",
        ),
    ],
)
def test_front_matter_is_kept_where_it_maps(head: str, expected: str) -> None:
    assert head_of(page("Text", head=head)) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("# Reset *your* password\n\nText", "Reset your password", id="first line"),
        pytest.param("Text\n\n## Second\n\n# First\n", "First", id="highest heading"),
        pytest.param("Text\n\n## Only\n", "Only", id="any heading"),
        pytest.param("Text\n", "Lost phone", id="file name"),
    ],
)
def test_a_page_without_a_title_gets_one_from_its_headings_or_its_name(
    text: str, title: str
) -> None:
    head = head_of({"a/lost-phone.md": text}, "kb_articles/a/lost-phone.md")

    assert head == f"title: {title}"


def test_keys_that_do_not_map_are_told_in_one_notice_at_the_first() -> None:
    result = imported(page("Text", head="title: T\nlayout: help\norder: 2\ntags: [Not An Id]"))

    (notice,) = told(result, "dropped-keys")
    assert str(notice.location) == "a/page.md:3:1"
    assert notice.what == "3 keys were left out: `layout`, `order`, `tags`"
    assert notice.severity is Severity.NOTICE


def test_the_category_of_a_page_is_told_where_another_one_was_given() -> None:
    result = imported(page("Text", head="title: T\ncategory: old"), category="new")

    assert [each.what for each in told(result, "dropped-keys")] == [
        "a key was left out: `category`"
    ]


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        pytest.param("---\ntitle: [\n---\n", "yaml-syntax", "a/bad.md:3:1", id="no YAML"),
        pytest.param("---\ntitle: A\ntitle: B\n---\n", "duplicate-key", "a/bad.md:3:1", id="twice"),
        pytest.param("---\njust words\n---\n", "import-front-matter", "a/bad.md:2:1", id="no keys"),
        pytest.param("---\n- a\n---\n", "import-front-matter", "a/bad.md:2:1", id="a list"),
        pytest.param("+++\ntitle='x'\n+++\n", "import-front-matter", "a/bad.md:1:1", id="TOML"),
        pytest.param(
            b"---\ntitle: \xe4\n---\n", "not-utf-8", "a/bad.md:2:8", id="another encoding"
        ),
        pytest.param(b"# T\n\n\x00", "not-utf-8", "a/bad.md:3:1", id="zero byte"),
    ],
)
def test_a_page_that_cannot_be_read_is_left_out_and_the_others_go_on(
    text: str | bytes, rule: str, place: str
) -> None:
    result = imported({"a/bad.md": text, "a/good.md": "# Good\n"})

    assert places(result, rule) == [place]
    assert told(result, rule)[0].severity is Severity.ERROR
    assert [file.path.name for file in result.files] == ["good.md", "index.md"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("\ufeff---\ntitle: T\n---\n\nOne\n\nTwo\n", id="byte order mark"),
        pytest.param("---\r\ntitle: T\r\n---\r\n\r\nOne\r\n\r\nTwo\r\n", id="Windows lines"),
        pytest.param("---  \ntitle: T\n---\t\n\nOne\n\nTwo\n", id="spaces behind the lines"),
    ],
)
def test_ways_to_save_a_file_make_no_difference(raw: str) -> None:
    result = imported({"a/page.md": raw.encode()})

    assert content(result, "kb_articles/a/page.md") == "---\ntitle: T\n---\n\nOne\n\nTwo\n"


def test_an_empty_folder_is_an_error() -> None:
    result = imported({"a/x._es.md": "# X\n", "notes.txt": "x"}, language="en")

    assert result.files == ()
    assert [each.severity for each in told(result, "import-nothing")] == [Severity.ERROR]
    assert told(result, "files-left-out")[0].what == "a file was left out: `notes.txt`"
