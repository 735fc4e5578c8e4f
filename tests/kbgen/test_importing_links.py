"""Links lead to the new files, and what leads out is kept and told."""

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


def told(result: Import, rule: str) -> list[Diagnostic]:
    return [each for each in result.report if each.rule == rule]


def places(result: Import, rule: str) -> list[str]:
    return [str(each.location) for each in told(result, rule)]


TARGETS: dict[str, str | bytes] = {
    **page("1", head="title: B\npermalink: /help/b/\nredirect_from: /old/b/", name="b/one.md"),
    **page("2", name="a/deep/two._en.md"),
    "a/shot.png": b"png",
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("[x](/help/b/)", "[x](../b/one.md)", id="permalink"),
        pytest.param("[x](/help/b)", "[x](../b/one.md)", id="without the last slash"),
        pytest.param("[x](/help/b/index.html)", "[x](../b/one.md)", id="index page"),
        pytest.param("[x](/help/b/#how-to)", "[x](../b/one.md#how-to)", id="anchor"),
        pytest.param("[x](</help/b/>)", "[x](<../b/one.md>)", id="angle brackets"),
        pytest.param('[x](/help/b/ "Title")', '[x](../b/one.md "Title")', id="with a title"),
        pytest.param("[x](/old/b/)", "[x](../b/one.md)", id="redirect"),
        pytest.param("[x]({{ site.baseurl }}/help/b/)", "[x](../b/one.md)", id="baseurl"),
        pytest.param("[x]({{site.url}}{{site.baseurl}}/help/b/)", "[x](../b/one.md)", id="url"),
        pytest.param("[x]({{ '/help/b/' | relative_url }})", "[x](../b/one.md)", id="relative_url"),
        pytest.param("[x]: /help/b/ 'T'", "[x]: ../b/one.md 'T'", id="reference"),
        pytest.param('<a href="/help/b/">x</a>', '<a href="../b/one.md">x</a>', id="HTML"),
        pytest.param(
            '<a href="{{ "/help/b/" | relative_url }}">x</a>',
            '<a href="../b/one.md">x</a>',
            id="HTML with quotes in Liquid",
        ),
        pytest.param("[x](deep/two._en.md)", "[x](deep/two.md)", id="file"),
        pytest.param("[x](deep/two.md#y)", "[x](deep/two.md#y)", id="file without language"),
        pytest.param("[x](./deep/two)", "[x](deep/two.md)", id="file without suffix"),
        pytest.param("[x](deep/two.html)", "[x](deep/two.md)", id="file as HTML"),
        pytest.param("[x](../b/one.md)", "[x](../b/one.md)", id="file elsewhere"),
        pytest.param("[x](/a/deep/two/)", "[x](deep/two.md)", id="path as address"),
        pytest.param("![x](shot.png)", "![x](shot.png)", id="picture beside"),
        pytest.param("![x](/a/shot.png)", "![x](shot.png)", id="picture by its path"),
        pytest.param("[x](#here)", "[x](#here)", id="same page"),
        pytest.param("[x](?a=b#here)", "[x](?a=b#here)", id="same page with a query"),
        pytest.param("[x](/articles-page/#here)", "[x](#here)", id="own address"),
        pytest.param("[x](https://example.com/)", "[x](https://example.com/)", id="external"),
        pytest.param("[x](mailto:a@example.com)", "[x](mailto:a@example.com)", id="mail"),
        pytest.param("<https://example.com/>", "<https://example.com/>", id="automatic"),
        pytest.param("`[x](/help/b/)`", "`[x](/help/b/)`", id="code"),
    ],
)
def test_links_lead_to_the_new_files(written: str, expected: str) -> None:
    result = imported({**TARGETS, **page(written, head="title: A\npermalink: /articles-page/")})

    assert content(result, "kb_articles/a/page.md").endswith(f"---\n\n{expected}\n")
    assert not [each for each in result.report if each.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        pytest.param("[x](/contact/)", "link-outside-import", id="link"),
        pytest.param("[x](missing.md)", "link-outside-import", id="file"),
        pytest.param("![x](/shots/x)", "image-outside-import", id="image"),
        pytest.param("[x](/shots/x.png)", "image-outside-import", id="link to an image"),
        pytest.param('<img src="/shots/x">', "image-outside-import", id="HTML image"),
        pytest.param("![x](https://example.com/x)", "image-elsewhere", id="image of another host"),
    ],
)
def test_a_link_that_leads_out_is_kept_and_told(written: str, rule: str) -> None:
    result = imported(page(f"Text\n\nSee {written}"))

    assert content(result, "kb_articles/a/page.md").endswith(f"\nText\n\nSee {written}\n")
    (warning,) = told(result, rule)
    assert (warning.location.file, warning.location.line) == ("a/page.md", 7)
    assert written[warning.location.column - 5 :].startswith(warning.what.split("`")[1])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("/contact/#a", "https://old.example/contact/#a", id="address"),
        pytest.param("../x/", "https://old.example/help/x/", id="relative to the permalink"),
        pytest.param("https://old.example/help/b/#a", "../b/one.md#a", id="absolute, imported"),
        pytest.param("https://old.example/c/", "https://old.example/c/", id="absolute, elsewhere"),
        pytest.param("/help/b/", "../b/one.md", id="imported"),
    ],
)
def test_links_to_the_old_site_become_absolute_where_it_is_known(
    written: str, expected: str
) -> None:
    files: dict[str, str | bytes] = {
        **TARGETS,
        **page(f"[x]({written})", head="title: A\npermalink: /help/a/"),
    }

    result = imported(files, site_url="https://old.example/")

    assert content(result, "kb_articles/a/page.md").endswith(f"[x]({expected})\n")
    assert not [each for each in result.report if each.severity is Severity.WARNING]


def test_a_query_is_left_out_of_a_link_between_pages_and_told() -> None:
    result = imported({**TARGETS, **page("[x](/help/b/?from=mail#a)")})

    assert "[x](../b/one.md#a)" in content(result, "kb_articles/a/page.md")
    assert places(result, "dropped-query") == ["a/page.md:5:5"]


def test_pictures_that_pages_show_come_along() -> None:
    files: dict[str, str | bytes] = {
        **page("![x](img/my%20shot.png) and [data](../data.csv)"),
        "a/img/my shot.png": b"png",
        "data.csv": b"1,2",
        "unused.png": b"png",
    }

    result = imported(files)

    new = {str(file.path): file.content for file in result.files}
    assert new["kb_articles/a/img/my-shot.png"] == b"png"
    assert new["kb_articles/a/data.csv"] == b"1,2"
    assert "![x](img/my-shot.png) and [data](data.csv)" in str(new["kb_articles/a/page.md"])
    assert places(result, "files-left-out") == ["unused.png:1:1"]


def test_two_pictures_that_would_become_one_are_an_error() -> None:
    files: dict[str, str | bytes] = {
        **page("![x](i/a%20b.png) ![x](i/a-b.png)"),
        "a/i/a b.png": b"1",
        "a/i/a-b.png": b"2",
    }

    assert places(imported(files), "import-clash") == ["a/i/a-b.png:1:1"]
