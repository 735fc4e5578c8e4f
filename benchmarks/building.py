"""Builds generated sites, ours and the peer's in turn, and looks at what came out."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants import ENVIRONMENT, Contestant
from benchmarks.generated_pages import generated_pages
from benchmarks.measured_run import Measurement, measure


@dataclass(frozen=True, slots=True)
class Weights:
    """The size of the HTML files of a site, in KB of 1,000 bytes."""

    average_kb: float
    """Of the articles alone: redirects are small and would flatter it."""
    largest_kb: float
    """Of all."""
    largest: str


@dataclass(frozen=True, slots=True)
class Build:
    """One build of a generated site from nothing, and once more after an edit of one page."""

    contestant: str
    size: int
    cold: Measurement
    weights: Weights
    after_edit: Measurement | None = None


class Incomplete(Exception):
    """A build ended well and its site lacks a page, so that its time means nothing."""


def builds(contestants: Sequence[Contestant], size: int, *, runs: int) -> Iterator[Build]:
    """Yield the builds of each round in turn, so that noise meets all contestants alike."""
    for _ in range(runs):
        for contestant in contestants:
            yield build(contestant, size, with_edit=contestant.remembers)


def build(contestant: Contestant, size: int, *, with_edit: bool = False) -> Build:
    """Build a site of that size in a folder of its own, where nothing is remembered."""
    folder = Path(tempfile.mkdtemp(prefix="kb-bench-"))
    try:
        contestant.lay_out(folder, size)
        cold = measure(contestant.command, folder=folder, environment=ENVIRONMENT)
        _refuse_incomplete(folder, contestant, size)
        weights = _weights(folder / "built")
        after_edit = None
        if with_edit:
            _edit_one_page(folder / contestant.articles)
            after_edit = measure(contestant.command, folder=folder, environment=ENVIRONMENT)
        return Build(contestant.name, size, cold, weights, after_edit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_incomplete(folder: Path, contestant: Contestant, size: int) -> None:
    for page in generated_pages(size):
        built = folder / "built" / "articles" / page.path.removesuffix(".md") / "index.html"
        last_heading = re.findall(r"^## (.+)$", page.body, re.MULTILINE)[-1]
        if not built.is_file() or last_heading not in built.read_text(encoding="utf-8"):
            raise Incomplete(f"{contestant.name}: {page.path} is not in the built site")


def _weights(site: Path) -> Weights:
    sizes = {path: path.stat().st_size / 1000 for path in site.rglob("*.html")}
    largest = max(sizes, key=lambda path: sizes[path])
    articles = [sizes[path] for path in sizes if path.is_relative_to(site / "articles")]
    return Weights(
        average_kb=sum(articles) / len(articles),
        largest_kb=sizes[largest],
        largest=largest.relative_to(site).as_posix(),
    )


def _edit_one_page(articles: Path) -> None:
    path = min(articles.glob("*/page-*.md"))
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
