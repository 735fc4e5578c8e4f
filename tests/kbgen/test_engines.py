"""The exported folder is a plain site: MkDocs, ProperDocs and Zensical all build it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html
from small_roots import NOW_OPTION, REPOSITORY, Outcome, Root

ENGINES = ("mkdocs", "properdocs", "zensical")
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site as `kbgen build` makes it."""
    folder = tmp_path_factory.mktemp("built") / "site"
    found = Root(REPOSITORY).kbgen("build", NOW_OPTION, f"--site-dir={folder}")
    assert found.exit_code == 0, found.output
    return folder


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site as `kbgen export` writes it."""
    folder = tmp_path_factory.mktemp("exported") / "plain"
    found = Root(REPOSITORY).kbgen("export", str(folder), NOW_OPTION)
    assert found.exit_code == 0, found.output
    return folder


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_builds_every_page_with_title_and_anchors(engine: str, exported: Path) -> None:
    found = _run(engine, exported)

    assert found.exit_code == 0, found.output
    site = exported / "site"
    addresses = json.loads((site / "urls.json").read_text())["pages"]
    assert len(addresses) > 50
    for entry in addresses:
        page = html.fromstring(_text(site, entry["url"]))
        assert page.xpath("string(//h1)").strip() == entry["title"]
        ids = set(page.xpath("//main//@id"))
        assert set(entry["anchors"]) <= ids, entry["url"]


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_leaves_no_template_sign_and_no_markdown_link(engine: str, exported: Path) -> None:
    found = _run(engine, exported)

    assert found.exit_code == 0, found.output
    for path in (exported / "site").rglob("*.html"):
        text = re.sub(r"<(code|pre)\b.*?</\1>", "", path.read_text(), flags=re.DOTALL)
        assert "{{" not in text, path
        assert "{%" not in text, path
        assert not re.search(r'href="[^":]*\.md[#"]', text), path


def test_mkdocs_renders_the_export_as_kbgen_builds_it(exported: Path, built: Path) -> None:
    found = _run("mkdocs", exported)

    assert found.exit_code == 0, found.output
    for path in built.rglob("index.html"):
        name = path.relative_to(built)
        assert (exported / "site" / name).read_bytes() == path.read_bytes(), name


def test_export_refuses_a_folder_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")

    found = Root(REPOSITORY).kbgen("export", str(tmp_path), NOW_OPTION)

    assert found.exit_code == 1
    assert "error[folder-in-use]" in found.output
    assert (tmp_path / "thesis.txt").read_text() == "ten years of work"


def _run(engine: str, folder: Path) -> Outcome:
    environment: Mapping[str, str] = {**os.environ, **QUIET, "HOME": str(folder.parent)}
    found = subprocess.run(
        [Path(sys.executable).parent / engine, "build", "--clean"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Outcome(found.returncode, found.stdout, found.stderr)


def _text(site: Path, address: str) -> str:
    return (site / address.strip("/") / "index.html").read_text(encoding="utf-8")
