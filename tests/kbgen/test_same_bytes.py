"""The same sources and the same `--now` give the same bytes, wherever and whenever."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_roots import NOW_OPTION, PAGES, Root, article, hashes, process, write_root

MANY = {
    f"kb_articles/topic-{number % 4}/page-{number:03}.md": article(
        f"Text of page {number} with `code` and [contact](/contact/).\n\n## Part\n\nMore.\n",
        title=f"Page {number}",
    )
    for number in range(220)
}
"""So many that pages are rendered in several processes."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Root:
    return write_root(tmp_path_factory.mktemp("here") / "help", {**PAGES, **MANY})


@pytest.fixture(scope="module")
def built_here(here: Root) -> Mapping[str, str]:
    found = process("kbgen", "build", f"--root={here.folder}", NOW_OPTION, folder=here.folder)
    assert found.exit_code == 0, found.output
    return here.site_bytes()


def test_another_folder_zone_language_and_hash_seed_change_no_byte(
    built_here: Mapping[str, str], here: Root, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "another place" / "with spaces"
    shutil.copytree(here.folder, elsewhere, ignore=shutil.ignore_patterns("site", ".cache"))
    for path in elsewhere.rglob("*.md"):
        os.utime(path, (86_400, 86_400))
    environment = {"TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONHASHSEED": "7"}

    found = process(
        "kbgen",
        "build",
        f"--root={elsewhere}",
        NOW_OPTION,
        "--no-cache",
        folder=tmp_path,
        environment=environment,
    )

    assert found.exit_code == 0, found.output
    assert hashes(elsewhere / "site") == built_here


def test_one_process_renders_as_many_do(
    built_here: Mapping[str, str], here: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbgen.mkdocs_plugin.rendering.MIN_PAGES", 10**6)

    found = here.kbgen("build", NOW_OPTION, "--no-cache", f"--site-dir={tmp_path / 'one'}")

    assert found.exit_code == 0, found.output
    assert hashes(tmp_path / "one") == built_here


def test_another_day_changes_only_what_the_clock_decides(
    built_here: Mapping[str, str], here: Root, tmp_path: Path
) -> None:
    found = here.kbgen("build", "--now=2026-11-24T12:00Z", f"--site-dir={tmp_path / 'later'}")

    assert found.exit_code == 0, found.output
    later = hashes(tmp_path / "later")
    changed = {path for path in built_here if later[path] != built_here[path]}
    assert changed == {
        "hours.json",
        "maintenance.json",
        "maintenance/index.html",
        "search/search_index.json",
    }


def test_two_exports_are_the_same(here: Root, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"

    for folder in (first, second):
        assert here.kbgen("export", str(folder), NOW_OPTION).exit_code == 0

    assert hashes(first) == hashes(second)
