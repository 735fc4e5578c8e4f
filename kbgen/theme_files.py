"""Where the theme lies, and the files that it takes from the installed Material package."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

THEME = Path(__file__).parent / "theme"

_FROM_MATERIAL = {
    "assets/kb/material.css": "assets/stylesheets/main.*.min.css",
    "assets/kb/material-search.js": "assets/javascripts/workers/search.*.min.js",
}


def material_files() -> Mapping[str, bytes]:
    """Return path in the site -> bytes, without the comment that names a source map."""
    templates = Path(str(files("material"))) / "templates"
    found = {}
    for path, pattern in _FROM_MATERIAL.items():
        (source,) = templates.glob(pattern)
        lines = source.read_bytes().splitlines(keepends=True)
        found[path] = b"".join(line for line in lines if b"sourceMappingURL" not in line)
    return found


def theme_assets() -> Mapping[str, bytes]:
    """Return path in the site -> bytes of our own styles and scripts."""
    return {
        path.relative_to(THEME).as_posix(): path.read_bytes()
        for path in sorted((THEME / "assets").rglob("*"))
        if path.is_file()
    }
