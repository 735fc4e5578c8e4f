"""The composed site of small help centres, held against what was reviewed."""

from __future__ import annotations

import difflib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_roots import NOW

from kbgen.exporting import page_text
from kbgen.help_centre import HelpCentre
from kbgen.loading import load_help_centre
from kbgen.site import Site, compose_site

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())

# Schemas have tests of their own, and grow with every field.
LEFT_OUT = ("schemas/",)


@pytest.mark.parametrize("case", CASES)
def test_composed_site_is_what_was_reviewed(case: str) -> None:
    centre = load_help_centre(GOLDEN / case / "sources")

    composed = _texts(centre)

    expected = GOLDEN / case / "expected"
    if os.environ.get("GOLDEN") == "rewrite":
        _rewrite(expected, composed)
    known = {
        path.relative_to(expected).as_posix(): path.read_text(encoding="utf-8")
        for path in expected.rglob("*")
        if path.is_file()
    }
    differences = [
        line
        for name in sorted(known.keys() | composed.keys())
        for line in difflib.unified_diff(
            known.get(name, "").splitlines(),
            composed.get(name, "").splitlines(),
            f"reviewed/{name}",
            f"composed/{name}",
            lineterm="",
        )
    ]
    assert not differences, "\n".join([*differences, "if it should be so: make golden"])


def _texts(centre: HelpCentre) -> Mapping[str, str]:
    site: Site = compose_site(centre.catalog, centre.policy, centre.calendar, centre.settings, NOW)
    texts = {page.path: page_text(page) for page in site.pages}
    texts["chrome.json"] = json.dumps(site.chrome, ensure_ascii=False, indent=1) + "\n"
    for file in site.files:
        if not file.path.startswith(LEFT_OUT):
            texts[file.path] = file.content.decode()
    return texts


def _rewrite(folder: Path, texts: Mapping[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
