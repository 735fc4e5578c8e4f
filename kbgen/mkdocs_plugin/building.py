"""Lets MkDocs build a composed site, into a folder that replaces the old one only when whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from kbgen.mkdocs_plugin import KbgenPlugin
from kbgen.site import Site


def build_with_mkdocs(root: Path, site: Site, site_dir: Path, *, cache: Path | None) -> None:
    """Build the site; until the last moment `site_dir` holds what it held before.

    Raises whatever MkDocs raises; then `site_dir` is as it was.
    """
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{site_dir.name}-", dir=site_dir.parent))
    try:
        new = workshop / "new"
        build(mkdocs_config(root, site, new, cache=cache))
        _exchange(new, site_dir, workshop / "old")
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def mkdocs_config(root: Path, site: Site, site_dir: Path, *, cache: Path | None) -> MkDocsConfig:
    """Return the root's configuration with our plugin in it, holding the composed site."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site_dir))
    plugin = config.plugins.get("kbgen")
    if not isinstance(plugin, KbgenPlugin):
        plugin = KbgenPlugin()
        plugin.load_config({})
        config.plugins["kbgen"] = plugin
    plugin.site = site
    plugin.cache = cache
    return config


def _exchange(new: Path, site_dir: Path, old: Path) -> None:
    mode = 0o755
    if site_dir.exists():
        mode = site_dir.stat().st_mode & 0o777
        site_dir.rename(old)
    try:
        new.chmod(mode)
        new.rename(site_dir)
    except OSError:
        if old.exists():
            old.replace(site_dir)
        raise
