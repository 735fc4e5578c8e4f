"""Two real help centres come through an import with every word, link and address."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from kbgen.catalog import build_catalog
from kbgen.front_matter import split_head
from kbgen.importing import Import, import_folder, read_folder, write_files
from kbgen.links import Broken, Destination, LinkMap, path_of
from kbgen.model import KnowledgePage
from kbgen.sources import read_sources
from support_policy.diagnostics import Severity
from support_policy.yaml_file import read_document

LOOK = re.compile(r"\{:[^{}\n]*\}")
INCLUDE = re.compile(r"\{%\s*include.*?%\}", re.DOTALL)
CAPTURE = re.compile(r"\{%\s*(?:end)?capture.*?%\}")
LINK_TARGET = re.compile(r"(?<=\])\([^()\s]*\)|(?:href|src)=\"[^\"]*\"")
REDIRECTS = 203


@pytest.fixture(scope="module")
def login_gov(test_data: Path) -> Path:
    return test_data / "login_gov_help"


@pytest.fixture(scope="module")
def thunderbird(test_data: Path) -> Path:
    return test_data / "search" / "thunderbird" / "articles"


@pytest.fixture(scope="module")
def help_centre(login_gov: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Import, Path]:
    root = tmp_path_factory.mktemp("help_centre")
    result = import_folder(login_gov, root, kind="article", language="en")
    assert write_files(result.files, root) == ()
    return result, root


@pytest.fixture(scope="module")
def support_articles(
    thunderbird: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Import, Path]:
    root = tmp_path_factory.mktemp("support_articles")
    result = import_folder(thunderbird, root, kind="article")
    assert write_files(result.files, root) == ()
    return result, root


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def read_text(text: str) -> tuple[dict[str, object], str]:
    head = split_head(text)
    return read_document(head.yaml or "", "x.md").value, head.body


def pages(root: Path) -> dict[str, KnowledgePage]:
    catalog, diagnostics = build_catalog(read_sources(root))
    assert diagnostics == ()
    return {page.source.removeprefix("kb_articles/"): page for page in catalog.pages}


def english(folder: Path) -> dict[str, tuple[dict[str, object], str]]:
    """Path as it should be in the new folder -> front matter and body of the source."""
    return {
        path.relative_to(folder).as_posix().replace("._en", ""): read_text(path.read_text("utf-8"))
        for path in folder.rglob("*._en.md")
    }


class VisibleText(HTMLParser):
    """Collects what a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def test_the_help_centre_is_imported_whole(help_centre: tuple[Import, Path]) -> None:
    result, root = help_centre

    assert len(pages(root)) == 55
    assert not [each for each in result.report if each.severity is Severity.ERROR]
    assert Counter(each.rule for each in result.report) == {
        "dropped-keys": 55,
        "dropped-attributes": 33,
        "link-outside-import": 13,
        "html-needs-script": 9,
        "liquid-tag": 8,
        "include-became-list": 8,
        "image-outside-import": 6,
        "category-described": 6,
        "include-became-note": 3,
        "other-languages": 1,
        "headings-lowered": 1,
        "lists-joined": 1,
    }


def test_addresses_titles_and_redirects_of_the_help_centre_are_kept(
    help_centre: tuple[Import, Path], login_gov: Path
) -> None:
    found = pages(help_centre[1])
    sources = english(login_gov)

    assert found.keys() == sources.keys()
    kept = 0
    for path, (head, _) in sources.items():
        page = found[path]
        assert (page.address, page.title) == (head["permalink"], head["title"])
        assert page.category == head["category"]
        assert list(page.fields.redirect_from) == head.get("redirect_from", [])
        kept += len(page.fields.redirect_from)
    assert kept == REDIRECTS


def test_every_word_of_the_help_centre_is_kept_or_told(
    help_centre: tuple[Import, Path], login_gov: Path
) -> None:
    result, root = help_centre
    found = pages(root)

    for path, (head, body) in english(login_gov).items():
        stem = path.removesuffix(".md")
        told = {each.rule for each in result.report if f"/{stem}." in each.location.file}
        expected, rules = words_to_keep(head, body)
        new = re.sub(r"^\|( --- \|)+$|</?code>", "", found[path].text.markdown, flags=re.MULTILINE)
        assert words(LINK_TARGET.sub("", new)) == expected
        assert rules <= told


def words_to_keep(head: dict[str, object], body: str) -> tuple[Counter[str], set[str]]:
    """The words that a page must hold, and the rules that must tell of what it does not."""
    expected, rules, rest = Counter[str](), set[str](), body
    for include in INCLUDE.findall(body):
        if "items=page." in include:
            listed = head[re.findall(r"items=page\.(\w+)", include)[0]]
            assert isinstance(listed, list)
            expected += words(LINK_TARGET.sub("", "\n".join(listed)))
            rules.add("include-became-list")
        elif "content=" in include:
            expected[re.findall(r"type=\"(\w+)", include)[0]] += 1
            rules.add("include-became-note")
        else:
            expected += words(LINK_TARGET.sub("", include))
            rules.add("liquid-tag")
        rest = rest.replace(include, "", 1)
    if LOOK.search(rest):
        rules.add("dropped-attributes")
    rest = CAPTURE.sub("", LOOK.sub("", rest)).replace("h1", "h2")
    return expected + words(LINK_TARGET.sub("", rest)), rules


def test_links_of_the_help_centre_lead_where_they_led(
    help_centre: tuple[Import, Path], login_gov: Path
) -> None:
    result, root = help_centre
    found = pages(root)
    addresses = {page.address: Destination(path_of(page.address)) for page in found.values()}
    sources = {page.source: page.address for page in found.values()}
    moved = {old: page.address for page in found.values() for old in page.fields.redirect_from}
    link_map = LinkMap(addresses, sources, moved)

    mapped = outside = 0
    for path, (head, body) in english(login_gov).items():
        page = found[path]
        listed = " ".join(str(value) for key, value in head.items() if key.endswith("_list"))
        old = Counter(re.findall(r"\]\((/[^()\s]*)\)", body + listed))
        new = Counter[str]()
        for link in page.text.links:
            if re.match(r"[a-z]+:", link.target) or "/assets/" in link.target:
                continue
            leads_to = link_map.resolve(link.target, source=page.source, path=path_of(page.address))
            if isinstance(leads_to, Broken):
                outside += 1
                new[link.target] += 1
            else:
                mapped += 1
                target = posixpath.join(posixpath.dirname(page.source), link.target)
                new[sources[posixpath.normpath(target)]] += 1
        assert new == old
    assert (mapped, outside) == (193, 13)
    assert outside == len([each for each in result.report if each.rule == "link-outside-import"])


def test_each_place_that_is_told_holds_what_was_found(
    help_centre: tuple[Import, Path], support_articles: tuple[Import, Path]
) -> None:
    beginnings = {
        "link-outside-import": r"/|https?:",
        "image-outside-import": r"\{\{ site.baseurl \}\}/assets",
        "liquid-tag": r"\{%",
        "include-became-list": r"\{% include",
        "include-became-note": r"\{% include alert",
        "lists-joined": r"\{% include",
        "dropped-attributes": r"\{:",
        "html-needs-script": r"<(?:button|noscript)",
        "headings-lowered": r"<h1",
        "dropped-keys": r"layout:|order:|child",
    }
    for each in (*help_centre[0].report, *support_articles[0].report):
        if each.rule in beginnings:
            source = Path(each.location.file).read_text("utf-8").split("\n")
            text = source[each.location.line - 1][each.location.column - 1 :]
            is_list_value = text.startswith("__") and each.rule == "link-outside-import"
            assert is_list_value or re.match(beginnings[each.rule], text), each


def test_the_support_articles_are_imported_whole(
    support_articles: tuple[Import, Path], thunderbird: Path
) -> None:
    result, root = support_articles
    found = pages(root)

    assert Counter(each.rule for each in result.report) == {"category-described": 1}
    assert len(found) == 321
    for path in thunderbird.glob("*.md"):
        head, body = read_text(path.read_text("utf-8"))
        page = found[f"imported/{path.name}"]
        assert (page.title, page.fields.summary) == (head["title"], head["summary"])
        assert page.address == f"/articles/imported/{path.stem}/"
        title, _, rest = body.partition("\n")
        assert title == f"# {head['title']}"
        new = page.text.markdown.replace("&lt;", "<")
        assert words(new) == words(rest)


def test_readers_see_every_word_of_the_support_articles(
    support_articles: tuple[Import, Path], thunderbird: Path
) -> None:
    for path, page in pages(support_articles[1]).items():
        _, body = read_text((thunderbird / Path(path).name).read_text("utf-8"))
        seen = "".join(VisibleText(markdown.markdown(page.text.markdown)).parts)
        # A number at a line's beginning is that of a list, which browsers count themselves.
        text = re.sub(r"^\d+\. ", "", body.partition("\n")[2], flags=re.MULTILINE)
        assert words(seen) == words(text)


@pytest.mark.parametrize("language", ["en", None])
def test_an_import_gives_the_same_bytes_again(login_gov: Path, language: str | None) -> None:
    first = import_folder(login_gov, Path("nowhere"), kind="article", language=language)
    again = import_folder(login_gov, Path("nowhere"), kind="article", language=language)

    assert first == again


def test_all_languages_can_be_imported_together(login_gov: Path) -> None:
    result = import_folder(login_gov, Path("nowhere"), kind="article")

    new = [file for file in result.files if file.path.name != "index.md"]
    assert len(new) == len(read_folder(login_gov).files) == 220
    assert not [each for each in result.report if each.severity is Severity.ERROR]
