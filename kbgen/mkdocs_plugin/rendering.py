"""Markdown to HTML, one page at a time or many at once on all processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import _RelativePathTreeprocessor

MIN_PAGES = 200
"""Below it, starting the processes takes longer than they save."""
CHUNK = 25


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML, and its headings as Python-Markdown's `toc` names them."""

    html: str
    toc_tokens: list[Any]


class Renderer:
    """Python-Markdown with MkDocs' resolution of links to files."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._files = files
        self._markdown = markdown.Markdown(
            extensions=list(config.markdown_extensions), extension_configs=config.mdx_configs or {}
        )
        home = files.src_uris["index.md"]  # any file will do: each page sets its own
        self._links = _RelativePathTreeprocessor(home, files, config)
        self._links._register(self._markdown)

    def render(self, file: File, text: str) -> Rendered:
        """Return the text of the file's page as HTML."""
        self._links.file = file
        self._markdown.reset()
        html = self._markdown.convert(text)
        return Rendered(html, getattr(self._markdown, "toc_tokens", []))

    def render_at(self, path: str, text: str) -> Rendered:
        """Return the text of the page at a docs path as HTML."""
        return self.render(self._files.src_uris[path], text)


def render_ahead(renderer: Renderer, texts: Sequence[tuple[str, str]]) -> dict[str, Rendered]:
    """Return path -> page; empty where it would not pay or processes cannot be forked."""
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(texts) < MIN_PAGES or processes < 2:
        return {}
    global _forked
    _forked = renderer
    try:
        with multiprocessing.get_context("fork").Pool(min(processes, 8)) as pool:
            return dict(pool.imap_unordered(_render, texts, chunksize=CHUNK))
    finally:
        _forked = None


# A forked process inherits it; sending the renderer to it is not possible.
_forked: Renderer | None = None


def _render(page: tuple[str, str]) -> tuple[str, Rendered]:
    path, text = page
    assert _forked is not None  # noqa: S101  # set before the fork
    return path, _forked.render_at(path, text)
