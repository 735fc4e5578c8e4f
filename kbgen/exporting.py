"""Writes the composed site as a folder that MkDocs, ProperDocs and Zensical build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from kbgen.markdown_flavour import EXTENSIONS
from kbgen.settings import Settings
from kbgen.site import Site, SitePage
from kbgen.theme_files import THEME, material_files, theme_assets
from support_policy.diagnostics import Diagnostic, InvalidSources, Location

_MARK = ".kbgen-export"


def export_site(site: Site, settings: Settings, folder: Path) -> None:
    """Write `docs/`, `theme/` and `mkdocs.yml`; an earlier export in the folder is replaced.

    Raises `InvalidSources` where the folder holds anything else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise InvalidSources([_not_ours(folder)])
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("docs", "theme"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / _MARK).write_text("Written by `kbgen export`; changes here are lost.\n")
    docs = folder / "docs"
    for page in site.pages:
        _write(docs / page.path, page_text(page).encode())
    for name, content in {**theme_assets(), **material_files()}.items():
        _write(docs / name, content)
    for file in site.files:
        _write(docs / file.path, file.content)
    for asset in site.assets:
        target = docs / asset.address.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset.location, target)
    shutil.copytree(THEME, folder / "theme", ignore=shutil.ignore_patterns("assets"))
    _write(folder / "mkdocs.yml", engine_config(site, settings).encode())


def page_text(page: SitePage) -> str:
    """Return the page with its head; values are JSON, which every YAML parser reads alike."""
    head = "\n".join(f"{key}: {_json(value)}" for key, value in page.meta.items())
    return f"---\n{head}\n---\n\n{page.markdown.rstrip()}\n"


def engine_config(site: Site, settings: Settings) -> str:
    """Return a plain mkdocs.yml without any plugin of ours."""
    values: dict[str, object] = {
        "site_name": settings.site_name,
        "theme": {"name": "material", "custom_dir": "theme", "font": False},
        "plugins": ["search"],
        "nav": ["index.md"],
        "validation": {"nav": {"omitted_files": "ignore"}},
        "markdown_extensions": [
            {name: options} if options else name for name, options in EXTENSIONS.items()
        ],
        "extra": {"kb": site.chrome},
    }
    if settings.site_url:
        values["site_url"] = settings.site_url
    return "".join(f"{key}: {_json(value)}\n" for key, value in values.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _not_ours(folder: Path) -> Diagnostic:
    return Diagnostic(
        Location(str(folder)),
        "folder-in-use",
        "the folder holds files that `kbgen export` did not write",
        "they would be lost among the exported ones",
        "name an empty or a new folder",
    )
