"""A warm build gives the bytes of a cold one, whatever was edited in between."""

from __future__ import annotations

import os
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbgen.build_cache import read_cache, write_cache
from kbgen.loading import load_help_centre
from kbgen.mkdocs_plugin.building import build_with_mkdocs
from kbgen.site import compose_site

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
REPOSITORY = Path(__file__).parents[2]
EDITS = 60 if os.environ.get("SOAK") else 14


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "help"
    folder.mkdir()
    for name in ("policy.yml", "maintenance.yml", "mkdocs.yml"):
        (folder / name).write_text((REPOSITORY / name).read_text())
    (folder / "docs").mkdir()
    for number in range(8):
        _write_page(folder, number, "The first text.")
    return folder


@pytest.fixture
def seed() -> int:
    chosen = int(os.environ.get("KB_TEST_SEED", random.randrange(10**6)))
    print(f"KB_TEST_SEED={chosen}")
    return chosen


def test_warm_builds_equal_cold_ones_after_random_edits(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    cache = root / ".cache" / "kbgen.sqlite"

    for step in range(EDITS):
        edit = chance.choice(EDITS_OF_A_WRITER)
        edit(root, chance)
        warm = _built(root, cache=cache)
        cold = _built(root, cache=None)
        assert warm == cold, f"after edit {step} ({edit.__name__}), seed {seed}"


def test_unusable_cache_costs_time_and_nothing_else(root: Path) -> None:
    cache = root / "cache.sqlite"
    cache.write_bytes(b"this is no database" * 100)

    warm = _built(root, cache=cache)

    assert warm == _built(root, cache=None)


def test_cache_keeps_only_what_the_last_build_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache.sqlite"
    write_cache(cache, {"old": ("<p>old</p>", "[]", "[]"), "both": ("<p>both</p>", "[]", "[]")})

    write_cache(cache, {"both": ("<p>both</p>", "[]", "[]"), "new": ("<p>new</p>", "[]", "[]")})

    with sqlite3.connect(cache) as database:
        kept = {key for (key,) in database.execute("SELECT key FROM rendered")}
    assert kept == {"both", "new"}


def test_cache_that_does_not_exist_knows_nothing(tmp_path: Path) -> None:
    assert read_cache(tmp_path / "none.sqlite", ["key"]) == {}


def _built(root: Path, *, cache: Path | None) -> dict[str, bytes]:
    centre = load_help_centre(root)
    site = compose_site(centre.catalog, centre.policy, centre.calendar, centre.settings, NOW)
    folder = root / "site"
    build_with_mkdocs(root, site, folder, cache=cache)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _page(root: Path, number: int) -> Path:
    return root / "kb_articles" / f"topic-{number % 3}" / f"page-{number}.md"


def _write_page(root: Path, number: int, text: str, *, title: str | None = None) -> None:
    path = _page(root, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    other = number + 3
    path.write_text(
        f"---\ntitle: {title or f'Page {number}'}\nsummary: About {number}.\n---\n\n{text}\n\n"
        f"## Part {number}\n\nSee [another](page-{other}.md) and [contact](/contact/).\n\n"
        f"We answer {{{{ policy.priorities.urgent.first_response }}}}.\n"
    )


def change_text(root: Path, chance: random.Random) -> None:
    _write_page(root, chance.randrange(12), f"Text {chance.random()} with `code` and **weight**.")


def change_title(root: Path, chance: random.Random) -> None:
    title = f"Title {chance.randrange(100)}"
    _write_page(root, chance.randrange(12), "The first text.", title=title)


def remove_page(root: Path, chance: random.Random) -> None:
    _page(root, chance.randrange(12)).unlink(missing_ok=True)


def change_policy(root: Path, chance: random.Random) -> None:
    path = root / "policy.yml"
    hours = chance.randrange(2, 40)
    lines = path.read_text().split("\n")
    path.write_text(
        "\n".join(
            f"    first_response: {hours} business hours" if "first_response:" in line else line
            for line in lines
        )
    )


def change_nothing(_root: Path, _chance: random.Random) -> None:
    pass


EDITS_OF_A_WRITER = (change_text, change_title, remove_page, change_policy, change_nothing)
