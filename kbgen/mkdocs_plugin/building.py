"""Lets MkDocs build a composed site, into a folder that replaces the old one only when whole."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from kbgen.mkdocs_plugin import KbgenPlugin
from kbgen.model import FOLDERS
from kbgen.site import Site
from kbgen.theme_files import THEME
from support_policy.diagnostics import Diagnostic, InvalidSources, Location
from support_policy.files import read_text
from support_policy.yaml_file import read_document

_log = logging.getLogger("mkdocs.kbgen")

_MARK = "urls.json"
"""A file that every site of ours has, and hardly any other folder."""
_DAY = 24 * 60 * 60


def build_with_mkdocs(root: Path, site: Site, site_dir: Path, *, cache: Path | None) -> None:
    """Build the site; until the last moment `site_dir` holds what it held before.

    Raises `InvalidSources` where `site_dir` holds anything but a site or mkdocs.yml is not right,
    and whatever MkDocs raises; then `site_dir` is as it was.
    """
    if (reason := _reason_to_keep(site_dir, root)) is not None:
        raise InvalidSources([_folder_in_use(site_dir, reason)])
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    _restore(site_dir)
    workshop = Path(tempfile.mkdtemp(prefix=f".{site_dir.name}-", dir=site_dir.parent))
    _clear_old_workshops(workshop, site_dir.name)
    try:
        new = workshop / "new"
        build(mkdocs_config(root, site, new, cache=cache))
        _exchange(new, site_dir, workshop / "old")
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def mkdocs_config(root: Path, site: Site, site_dir: Path, *, cache: Path | None) -> MkDocsConfig:
    """Return the root's configuration with our plugin in it, holding the composed site.

    Raises `InvalidSources` for what MkDocs refuses.
    """
    config = _loaded(root / "mkdocs.yml", site_dir)
    plugin = config.plugins.get("kbgen")
    if not isinstance(plugin, KbgenPlugin):
        plugin = KbgenPlugin()
        plugin.load_config({})
        config.plugins["kbgen"] = plugin
    plugin.site = site
    plugin.cache = cache
    return config


def _loaded(path: Path, site_dir: Path) -> MkDocsConfig:
    """Return what MkDocs reads, as its own `load_config` does, with its errors at their places."""
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_file(file)
    except ConfigurationError as error:
        raise InvalidSources([_refused(Location("mkdocs.yml"), str(error))]) from None
    config.load_dict({"site_dir": str(site_dir)})
    if not (path.parent / "docs").exists():
        # MkDocs insists on a folder; what it finds there is replaced by the composed site.
        config.load_dict({"docs_dir": str(THEME)})
    errors, warnings = config.validate()
    for name, warning in warnings:
        _log.warning("mkdocs.yml: `%s`: %s", name, warning)
    if errors:
        document = read_document(
            read_text(path, shown_as="mkdocs.yml"), "mkdocs.yml", is_shared=True
        )
        raise InvalidSources(
            _refused(document.key_location((name,)), f"`{name}`: {error}") for name, error in errors
        )
    return config


def _refused(place: Location, what: str) -> Diagnostic:
    return Diagnostic(
        place,
        "refused-by-mkdocs",
        " ".join(what.split()),
        "MkDocs, which makes the HTML, does not begin with it",
        "mend the line, or remove it: kbgen needs only `site_name` here",
    )


def _reason_to_keep(site_dir: Path, root: Path) -> str | None:
    """Return why the folder must not be replaced by a site; None where it can be."""
    if site_dir == root or site_dir in root.parents:
        return "it holds the sources"
    if any(site_dir.is_relative_to(root / name) for name in FOLDERS):
        return "it is one of the folders of content"
    if not site_dir.exists() or (site_dir / _MARK).is_file():
        return None
    if not site_dir.is_dir():
        return "it is a file"
    return "it holds something else than a built site" if any(site_dir.iterdir()) else None


def _folder_in_use(site_dir: Path, reason: str) -> Diagnostic:
    return Diagnostic(
        Location(str(site_dir)),
        "folder-in-use",
        f"the site cannot go here: {reason}",
        "the new site takes the place of the folder, and what is in it would be lost",
        "name a new folder, an empty one, or that of an earlier site",
    )


def _clear_old_workshops(workshop: Path, name: str) -> None:
    """Remove what builds have left that were killed; those of today may be at work."""
    for other in workshop.parent.glob(f".{name}-*"):
        age = workshop.stat().st_mtime - other.stat().st_mtime
        if age > _DAY and (other / "new").is_dir():
            shutil.rmtree(other, ignore_errors=True)


def _restore(site_dir: Path) -> None:
    """Put back the site of a build that was killed between taking the old and setting the new."""
    for other in site_dir.parent.glob(f".{site_dir.name}-*/old"):
        if not site_dir.exists():
            other.rename(site_dir)


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
