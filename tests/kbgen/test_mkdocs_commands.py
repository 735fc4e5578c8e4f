"""The plugin is an ordinary one: MkDocs' own commands build the site with it."""

from __future__ import annotations

import re
import shutil

import pytest
from small_roots import Outcome, Root, article, process


def mkdocs(root: Root, *arguments: str) -> Outcome:
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return process("mkdocs", *arguments, folder=root.folder, environment=quiet)


@pytest.mark.parametrize("options", [(), ("--strict",), ("--strict", "--clean")], ids=" ".join)
def test_mkdocs_builds_every_page(root: Root, options: tuple[str, ...]) -> None:
    paths = set(root.site_bytes())
    shutil.rmtree(root.folder / "site")

    found = mkdocs(root, "build", *options)

    assert found.exit_code == 0, found.output
    assert set(root.site_bytes()) == paths
    assert "WARNING" not in found.output


def test_mkdocs_and_kbgen_write_the_same_article(root: Root) -> None:
    path = "site/articles/signing-in/reset-password/index.html"
    text = root.read(path)

    assert mkdocs(root, "build").exit_code == 0

    assert root.read(path) == text


def test_a_fault_stops_mkdocs_with_our_message_and_leaves_the_site(root: Root) -> None:
    before = root.site_bytes()
    root.write("kb_articles/signing-in/new.md", "---\ntitle: A: b\n---\n")
    root.write("faq/signing-in/empty.md", "")

    found = mkdocs(root, "build")

    assert found.exit_code == 1
    assert "Traceback" not in found.output
    assert re.findall(r"^(\S+: error\[\S+\]):", found.output, re.MULTILINE) == [
        "faq/signing-in/empty.md:1:1: error[empty-file]",
        "kb_articles/signing-in/new.md:2:9: error[yaml-syntax]",
    ]
    assert found.output.count("\n  why: ") == 2
    assert found.output.count("\n  fix: ") == 2
    assert root.site_bytes() == before


def test_a_broken_link_fails_a_strict_build_only(root: Root) -> None:
    root.write("kb_articles/signing-in/new.md", article("[Gone](gone.md)\n", title="New"))

    found, strict = mkdocs(root, "build"), mkdocs(root, "build", "--strict")

    place = "kb_articles/signing-in/new.md:11:8: error[broken-link]"
    assert found.exit_code == 0
    assert strict.exit_code == 1
    assert place in found.output
    assert place in strict.output


def test_mkdocs_finds_the_sources_beside_the_named_configuration(root: Root) -> None:
    elsewhere = root.folder / "elsewhere"
    elsewhere.mkdir()

    found = process("mkdocs", "build", "--config-file=../mkdocs.yml", folder=elsewhere)

    assert found.exit_code == 0, found.output
    assert "privacy/index.html" in root.site_bytes()
