"""Markdown to HTML: what an earlier build rendered is remembered, the rest is done in parallel."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import platform
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import _RelativePathTreeprocessor

from kbgen import __version__
from kbgen.build_cache import read_cache, write_cache
from kbgen.mkdocs_plugin.quick_inline import spare_patterns
from kbgen.search_entries import sections_of

MIN_PAGES = 200
"""Below it, starting the processes takes longer than they save."""
CHUNK = 25

_PACKAGES = ("Markdown", "mkdocs", "mkdocs-material", "pygments", "pymdown-extensions")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML, and its headings as Python-Markdown's `toc` names them, in JSON."""

    html: str
    headings: str
    sections: str
    """What search indexes, in JSON."""

    def toc_tokens(self) -> list[Any]:
        """Return the headings as MkDocs expects them."""
        tokens: list[Any] = json.loads(self.headings)
        return tokens


class Renderer:
    """Python-Markdown with MkDocs' resolution of links to files; one instance for all pages."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._files = files
        self._markdown = markdown.Markdown(
            extensions=list(config.markdown_extensions), extension_configs=config.mdx_configs or {}
        )
        spare_patterns(self._markdown)
        home = files.src_uris["index.md"]  # any file will do: each page sets its own
        self._links = _RelativePathTreeprocessor(home, files, config)
        self._links._register(self._markdown)
        self._fingerprint = _fingerprint(config, files)

    def render(self, file: File, text: str) -> Rendered:
        """Return the text of the file's page as HTML."""
        self._links.file = file
        self._markdown.reset()
        html = self._markdown.convert(text)
        headings = json.dumps(getattr(self._markdown, "toc_tokens", []))
        return Rendered(html, headings, json.dumps(sections_of(html)))

    def render_at(self, path: str, text: str) -> Rendered:
        """Return the text of the page at a docs path as HTML."""
        return self.render(self._files.src_uris[path], text)

    def key(self, path: str, text: str) -> str:
        """Return what a rendered page depends on: its text, its place, all addresses, versions."""
        parts = "\0".join((self._fingerprint, path, text))
        return hashlib.blake2b(parts.encode(), digest_size=20).hexdigest()


def render_pages(
    renderer: Renderer, texts: Sequence[tuple[str, str]], *, cache: Path | None
) -> Mapping[str, Rendered]:
    """Return docs path -> page for every (path, text); deleting the cache changes no byte."""
    keys = {path: renderer.key(path, text) for path, text in texts}
    known = read_cache(cache, keys.values()) if cache else {}
    rendered = {path: Rendered(*known[key]) for path, key in keys.items() if key in known}
    missing = [(path, text) for path, text in texts if path not in rendered]
    rendered.update(_render_all(renderer, missing))
    if cache is not None and (missing or len(known) != len(texts)):
        entries = ((keys[path], page) for path, page in rendered.items())
        write_cache(
            cache, {key: (page.html, page.headings, page.sections) for key, page in entries}
        )
    return rendered


def _render_all(
    renderer: Renderer, texts: Sequence[tuple[str, str]]
) -> Iterable[tuple[str, Rendered]]:
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    # A fork beside other threads could copy a lock that nobody opens again.
    if len(texts) < MIN_PAGES or processes < 2 or threading.active_count() > 1:
        return ((path, renderer.render_at(path, text)) for path, text in texts)
    return _render_in_processes(renderer, texts, min(processes, 8))


def _render_in_processes(
    renderer: Renderer, texts: Sequence[tuple[str, str]], processes: int
) -> Iterator[tuple[str, Rendered]]:
    # Forked processes inherit the renderer, which cannot be sent to them.
    fork = multiprocessing.get_context("fork")
    receivers = []
    for part in range(processes):
        receiver, sender = fork.Pipe(duplex=False)
        fork.Process(
            target=_send_rendered, args=(renderer, texts[part::processes], sender), daemon=True
        ).start()
        # Only the child keeps this end, so that its death is seen as the end of the stream.
        sender.close()
        receivers.append(receiver)
    for receiver in receivers:
        while chunk := receiver.recv():
            yield from chunk


def _send_rendered(
    renderer: Renderer, texts: Sequence[tuple[str, str]], sender: Connection[Any, Any]
) -> None:
    for at in range(0, len(texts), CHUNK):
        chunk = texts[at : at + CHUNK]
        sender.send([(path, renderer.render_at(path, text)) for path, text in chunk])
    sender.send([])


def _fingerprint(config: MkDocsConfig, files: Files) -> str:
    parts = [
        __version__,
        platform.python_version(),
        *(f"{name} {version(name)}" for name in _PACKAGES),
        repr(list(config.markdown_extensions)),
        repr(sorted((config.mdx_configs or {}).items())),
        *sorted(files.src_uris),
    ]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=20).hexdigest()
