"""Who is measured: `kbgen build`, and Material for MkDocs as its own package ships it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generated_pages import generated_pages, section_titles
from kbgen.markdown_flavour import EXTENSIONS

ENVIRONMENT: Mapping[str, str] = {
    **os.environ,
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
}
_ROOT = Path(__file__).resolve().parent.parent
_BIN = Path(sys.executable).parent
_HOME = "---\ntitle: How can we help?\n---\n"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to build a site: how its sources are laid out, and the command that builds them.

    The command runs in the folder of the sources and builds into `built/`; an article lies in
    `built/articles/` with either.
    """

    name: str
    lay_out: Callable[[Path, int], None]
    """Writes sources of that many pages into an empty folder."""
    articles: str
    """The folder of the sources in which the articles lie."""
    command: Sequence[str]
    remembers: bool
    """Whether a build gains from the one before it, so that an edit is worth measuring."""


def _lay_out_ours(folder: Path, size: int) -> None:
    for name in ("policy.yml", "maintenance.yml", "mkdocs.yml"):
        shutil.copy(_ROOT / name, folder / name)
    _write(folder / "docs" / "index.md", _HOME)
    for section, title in section_titles():
        _write(folder / "kb_articles" / section / "index.md", f"---\ntitle: {title}\n---\n")
    _write_articles(folder / "kb_articles", size)


def _lay_out_material(folder: Path, size: int) -> None:
    settings = {
        "site_name": "Generated pages",
        "site_url": "https://help.example.com/",
        "theme": {"name": "material", "font": False, "features": ["navigation.prune"]},
        "plugins": ["search"],
        "markdown_extensions": [
            {name: options} if options else name for name, options in EXTENSIONS.items()
        ],
    }
    # JSON is YAML, and needs no quoting of ours.
    _write(folder / "mkdocs.yml", json.dumps(settings, indent=2))
    _write(folder / "docs" / "index.md", _HOME)
    _write_articles(folder / "docs" / "articles", size)


def _write_articles(folder: Path, size: int) -> None:
    for page in generated_pages(size):
        _write(folder / page.path, page.text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


OURS = Contestant(
    "kbgen",
    _lay_out_ours,
    "kb_articles",
    (str(_BIN / "kbgen"), "build", "--site-dir", "built", "--now", "2026-11-22T10:00Z"),
    remembers=True,
)
MATERIAL = Contestant(
    "material",
    _lay_out_material,
    "docs/articles",
    (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "built"),
    remembers=False,
)
