"""Two real help centres, brought in and built."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from lxml import html
from small_roots import NOW_OPTION, Root, write_root


@pytest.fixture
def empty_root(tmp_path: Path) -> Root:
    return write_root(tmp_path / "help", {"docs/index.md": "---\ntitle: Home\n---\n"})


def test_login_gov_keeps_every_address_title_and_redirect(
    empty_root: Root, test_data: Path
) -> None:
    source = test_data / "login_gov_help"

    _bring_in(empty_root, source, "--language=en")

    site = empty_root.folder / "site"
    pages = list(source.rglob("*._en.md"))
    assert len(pages) == 55
    for page in pages:
        head = yaml.load(page.read_text().split("---\n")[1], Loader=yaml.BaseLoader)
        address = head["permalink"].strip("/")
        shown = html.parse(site / address / "index.html").xpath("string(//h1)").strip()
        assert _letters(shown) == _letters(head["title"]), page
        for old in head.get("redirect_from", ()):
            assert (site / old.strip("/") / "index.html").is_file(), old


def test_thunderbird_keeps_every_title(empty_root: Root, test_data: Path) -> None:
    source = test_data / "search" / "thunderbird" / "articles"

    _bring_in(empty_root, source)

    addresses = json.loads((empty_root.folder / "site" / "urls.json").read_text())["pages"]
    titles = {_letters(entry["title"]) for entry in addresses}
    pages = list(source.glob("*.md"))
    assert len(pages) == 321
    for page in pages:
        title = re.search(r'^title: "(.+)"$', page.read_text(), re.MULTILINE)
        assert title is not None
        assert _letters(title[1].replace('\\"', '"')) in titles, page


def _bring_in(root: Root, source: Path, *options: str) -> None:
    found = root.kbgen("import", str(source), "--kind=article", *options)
    assert found.exit_code == 0, found.output
    built = root.kbgen("build", NOW_OPTION)
    assert built.exit_code == 0, built.output


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()
