"""The live preview: MkDocs' server, with the problems of the sources shown in the page."""

from __future__ import annotations

import html
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.livereload import LiveReloadServer

from kbgen.mkdocs_plugin.building import mkdocs_config
from kbgen.model import FOLDERS
from kbgen.site import Site
from support_policy.diagnostics import Diagnostic, InvalidSources

WATCHED = (*FOLDERS, "policy.yml", "maintenance.yml", "mkdocs.yml")

Outcome = tuple[Site | None, tuple[Diagnostic, ...]]
"""The composed site, if there is one, and what is wrong with the sources."""


def serve_with_mkdocs(
    root: Path, compose: Callable[[], Outcome], *, port: int, told: Callable[[Outcome], None]
) -> None:
    """Serve the site on loopback until interrupted; build it again whenever a source changes."""
    folder = Path(tempfile.mkdtemp(prefix="kbgen-preview-"))
    site_dir, cache = folder / "site", folder / "cache.sqlite"
    site_dir.mkdir()

    watched: set[str] = set()

    def rebuild() -> None:
        for name in WATCHED:
            # A folder may come while the preview runs.
            if name not in watched and (root / name).exists():
                watched.add(name)
                server.watch(str(root / name))
        site, diagnostics = compose()
        try:
            if site is not None:
                config = mkdocs_config(root, site, site_dir, cache=cache)
                build(config, serve_url=f"http://127.0.0.1:{port}/")
        except InvalidSources as error:
            site, diagnostics = None, (*error.diagnostics, *diagnostics)
        told((site, diagnostics))
        _show_problems(site_dir, diagnostics, is_all=site is None)

    server = LiveReloadServer(
        builder=rebuild, host="127.0.0.1", port=port, root=str(site_dir), mount_path="/"
    )
    server.error_handler = lambda code: _error_page(site_dir, code)
    try:
        rebuild()
        server.serve()  # type: ignore[no-untyped-call]  # MkDocs is untyped there
    finally:
        # Its threads would keep the process alive after the last word.
        server.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _show_problems(site_dir: Path, diagnostics: tuple[Diagnostic, ...], *, is_all: bool) -> None:
    """Put the problems into the pages that stand there, or in place of them all."""
    if is_all:
        for path in site_dir.rglob("*.html"):
            path.unlink()
        page = _page(diagnostics)
        (site_dir / "index.html").write_text(page, encoding="utf-8")
        (site_dir / "404.html").write_text(page, encoding="utf-8")
    elif diagnostics:
        box = _box(diagnostics)
        for path in site_dir.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("</body>", f"{box}</body>", 1), encoding="utf-8")


def _error_page(site_dir: Path, code: int) -> bytes | None:
    page = site_dir / f"{code}.html"
    return page.read_bytes() if page.is_file() else None


def _box(diagnostics: tuple[Diagnostic, ...]) -> str:
    count = len(diagnostics)
    title = f"{count} problem{'' if count == 1 else 's'} in the sources"
    return (
        '<details class="kb-problems" role="status">'
        f"<summary>{title}</summary><pre>{_text(diagnostics)}</pre></details>"
    )


def _page(diagnostics: tuple[Diagnostic, ...]) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<title>The site cannot be built</title></head><body><h1>The site cannot be built</h1>"
        "<p>Mend what stands here; this page loads again by itself.</p>"
        f"<pre>{_text(diagnostics)}</pre></body></html>"
    )


def _text(diagnostics: tuple[Diagnostic, ...]) -> str:
    return html.escape("\n\n".join(map(str, diagnostics[:50])))
