"""Headings, attribute lists and escapes of other dialects become this site's Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from kbgen.importing import Import, import_pages
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


def body_of(files: Mapping[str, str | bytes], path: str = "kb_articles/a/page.md") -> str:
    return content(imported(files), path).split("---\n", 2)[2].strip("\n")


def told(result: Import, rule: str) -> list[Diagnostic]:
    return [each for each in result.report if each.rule == rule]


def places(result: Import, rule: str) -> list[str]:
    return [str(each.location) for each in told(result, rule)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("# Alpha\n\nText", "Text", id="title removed"),
        pytest.param("#  ALPHA #\nText", "Text", id="title in another case"),
        pytest.param("Alpha\n=====\n\nText", "Text", id="underlined title"),
        pytest.param("Text\n\n# Alpha", "Text\n\n## Alpha", id="title further down"),
        pytest.param("# [Alpha](https://x.example)", "## [Alpha](https://x.example)", id="link"),
        pytest.param("# Alpha\n\n## B\n\n### C", "## B\n\n### C", id="levels below the title"),
        pytest.param(
            "## A\n\n# B\n\n## C\n\n###### D",
            "## A\n\n## B\n\n### C\n\n###### D",
            id="levels below another first level",
        ),
        pytest.param("##Mended\n\nText", "## Mended\n\nText", id="space mended"),
        pytest.param("#1 in the list", "\\#1 in the list", id="number sign"),
        pytest.param("B\n===\n\nC\n---", "B\n---\n\n### C\n", id="underlined headings"),
        pytest.param("B\n---\n\nText", "B\n---\n\nText", id="underlined heading kept"),
        pytest.param("<div><h1 id='x'>B</h1></div>", "<div><h2 id='x'>B</h2></div>", id="HTML"),
        pytest.param("```\n# Alpha\n```", "```\n# Alpha\n```", id="code"),
    ],
)
def test_headings_begin_at_the_second_level(body: str, expected: str) -> None:
    assert body_of(page(body)) == expected.strip("\n")


def test_lowered_headings_are_told_once() -> None:
    result = imported(page("## A\n\n# B\n\n## C\n"))

    assert places(result, "headings-lowered") == ["a/page.md:7:1"]
    assert told(result, "headings-lowered")[0].what == "2 headings were lowered by one level"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("{: .steps}\n\n1. One", "1. One", id="before a block"),
        pytest.param("Text\n{: .lead}\n\nMore", "Text\n\nMore", id="after a block"),
        pytest.param('[x](y:z){:target="_blank"} a', "[x](y:z) a", id="after a link"),
        pytest.param("Text\n{: #here .lead}", "Text\n{: #here }", id="id kept"),
        pytest.param("## B\n{: #here .x}", "## B {: #here }", id="id of a heading"),
        pytest.param("{: #here}\n\nText", '<span id="here"></span>\n\nText', id="id of nothing"),
        pytest.param('x{: lang="fr" .y}', 'x{: lang="fr" }', id="language kept"),
        pytest.param("* TOC\n{:toc}\n\nText", "Text", id="contents"),
        pytest.param("A{::comment}hidden{:/comment}B", "AB", id="comment"),
        pytest.param("`{: .x}` and {:not a: list!}", "`{: .x}` and {:not a: list!}", id="no list"),
    ],
)
def test_attribute_lists_lose_what_is_only_look(body: str, expected: str) -> None:
    assert body_of(page(body)) == expected


def test_attribute_lists_are_told_once_with_the_place_of_the_first() -> None:
    body = '{: .steps}\n1. [x](y:z){:class="e"}\n2. [x](y:z){:class="e"}\n\nText {: #id}'

    (notice,) = told(imported(page(body)), "dropped-attributes")

    assert str(notice.location) == "a/page.md:5:1"
    assert notice.what == '3 attribute lists were left out: `{: .steps}`, `{:class="e"}`'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "C:\\Users\\\\<your name\\>\\x", "C:\\Users\\\\&lt;your name\\>\\x", id="name"
        ),
        pytest.param("\\<b\\>", "&lt;b\\>", id="escaped sign"),
        pytest.param("one\\\ntwo", "one  \ntwo", id="line break"),
        pytest.param("one\\\\\ntwo", "one\\\\\ntwo", id="backslash"),
        pytest.param("`\\<b\\>`", "`\\<b\\>`", id="code"),
    ],
)
def test_escapes_of_other_dialects_are_translated(body: str, expected: str) -> None:
    assert body_of(page(body)) == expected
