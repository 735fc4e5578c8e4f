"""Broken sources are told with place, why and fix; the last good site stays as it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytest
from small_roots import NOW_OPTION, Outcome, Root, article

Break = Callable[[Root], object]

ARTICLE = "kb_articles/signing-in/reset-password.md"
NEW = "kb_articles/signing-in/new.md"


def _writes(path: str, content: str | bytes) -> Break:
    return lambda root: root.write(path, content)


def _replaces(path: str, old: str, new: str) -> Break:
    return lambda root: root.replace(path, old, new)


def _new(text: str) -> Break:
    return _writes(NEW, text)


def _folder(path: str) -> Break:
    return lambda root: (root.folder / path).mkdir(parents=True)


def _links(path: str, target: str) -> Break:
    return lambda root: (root.folder / path).symlink_to(target)


def _removes(path: str) -> Break:
    return lambda root: (root.folder / path).unlink()


def _folder_in_place_of(path: str) -> Break:
    def replace(root: Root) -> None:
        (root.folder / path).unlink()
        (root.folder / path).mkdir()

    return replace


def _link_in_place_of(path: str, target: str) -> Break:
    def replace(root: Root) -> None:
        shutil.rmtree(root.folder / path)
        (root.folder / path).symlink_to(target)

    return replace


HEAD = "---\ntitle: New\n"

# Each breaks one thing that would make the site wrong or incomplete: id -> how, and where it says.
STOPPING: dict[str, tuple[Break, str]] = {
    "head-without-end": (
        _new("---\ntitle: New\n\nText: a, b: c\n"),
        f"{NEW}:1:1: error[yaml-syntax]",
    ),
    "title-missing": (
        _new("---\nsummary: No title.\n---\nText.\n"),
        f"{NEW}:2:1: error[missing-key]",
    ),
    "no-head": (_new("Just text.\n"), f"{NEW}:1:1: error[missing-key]"),
    "unknown-key": (_new(f"{HEAD}sumary: x\n---\nText.\n"), f"{NEW}:3:1: error[unknown-key]"),
    "colon-without-quotes": (_new("---\ntitle: A: b\n---\n"), f"{NEW}:2:9: error[yaml-syntax]"),
    "tab": (_new("---\ntitle: New\nchanges:\n\t- x\n---\n"), f"{NEW}:4:1: error[tab-in-yaml]"),
    "duplicate-key": (_new(f"{HEAD}title: Again\n---\n"), f"{NEW}:3:1: error[duplicate-key]"),
    "impossible-date": (
        _new(f"{HEAD}reviewed: 2026-02-30\n---\n"),
        f"{NEW}:3:11: error[invalid-date]",
    ),
    "unknown-state": (_new(f"{HEAD}state: pubished\n---\n"), f"{NEW}:3:8: error[unknown-value]"),
    "minutes-in-words": (
        _writes("tutorials/signing-in/new.md", f"{HEAD}minutes: ten\n---\n"),
        "tutorials/signing-in/new.md:3:10: error[invalid-number]",
    ),
    "error-code-in-small-letters": (
        _new(f"{HEAD}error_codes: [auth-401]\n---\n"),
        f"{NEW}:3:15: error[invalid-error-code]",
    ),
    "yaml-alias": (
        _new(f"{HEAD}tags: &a [x]\naliases: *a\n---\n"),
        f"{NEW}:4:10: error[yaml-alias]",
    ),
    "duplicate-id": (
        _new(article(id="KB-0001", title="New")),
        f"{ARTICLE}:1:1: error[duplicate-id]",
    ),
    "duplicate-id-in-small-letters": (
        _new(article(id="kb-0001", title="New")),
        f"{ARTICLE}:1:1: error[duplicate-id]",
    ),
    "two-pages-one-address": (
        _new(article(title="New", address="/articles/signing-in/reset-password/")),
        f"{ARTICLE}:1:1: error[two-pages-one-address]",
    ),
    "page-where-a-made-page-is": (
        _writes("docs/contact.md", "---\ntitle: Contact\n---\nText.\n"),
        "error[two-pages-one-address]",
    ),
    "file-where-a-page-is": (
        _writes("docs/contact/index.html", "<p>Mine</p>"),
        "docs/contact/index.html:1:1: error[two-pages-one-address]",
    ),
    "latin-1": (
        _writes(NEW, "---\ntitle: Köln\n---\n".encode("latin-1")),
        f"{NEW}:2:9: error[not-utf-8]",
    ),
    "utf-16": (
        _writes(NEW, "---\ntitle: New\n---\n".encode("utf-16")),
        f"{NEW}:1:1: error[not-utf-8]",
    ),
    "zero-byte": (_new(f"{HEAD}---\nText\0.\n"), f"{NEW}:4:5: error[not-utf-8]"),
    "empty-file": (_new(""), f"{NEW}:1:1: error[empty-file]"),
    "blank-file": (_new(" \n\n"), f"{NEW}:1:1: error[empty-file]"),
    "page-of-20-mb": (_new("x" * 20_000_000), f"{NEW}:1:1: error[file-too-large]"),
    "endless-line": (_new(f"{HEAD}---\n{'x' * 900_000}"), f"{NEW}:4:1: error[too-long]"),
    "brackets-that-never-close": (
        _new(f"{HEAD}---\nText.\n" + "[ \n" * 1000),
        f"{NEW}:5:1: error[unclosed-brackets]",
    ),
    "picture-of-20-mb": (
        _writes("docs/big.png", b"x" * 20_000_000),
        "docs/big.png:1:1: error[file-too-large]",
    ),
    "folder-where-a-page-should-be": (_folder(NEW), f"{NEW}:1:1: error[unreadable-file]"),
    "folder-where-the-policy-should-be": (
        _folder_in_place_of("policy.yml"),
        "policy.yml:1:1: error[unreadable-file]",
    ),
    "policy-missing": (_removes("policy.yml"), "policy.yml:1:1: error[unreadable-file]"),
    "link-to-itself": (_links(NEW, "new.md"), f"{NEW}:1:1: error[symbolic-link]"),
    "link-in-a-circle": (
        _links("kb_articles/signing-in/again", ".."),
        "kb_articles/signing-in/again:1:1: error[symbolic-link]",
    ),
    "folder-of-content-that-is-a-link": (
        _link_in_place_of("faq", "/etc"),
        "faq:1:1: error[symbolic-link]",
    ),
    "link-out-of-the-root": (_links(NEW, "/etc/hostname"), f"{NEW}:1:1: error[symbolic-link]"),
    "space-in-a-name": (
        _writes("kb_articles/signing-in/my page.md", article(title="New")),
        "kb_articles/signing-in/my page.md:1:1: error[invalid-file-name]",
    ),
    "capitals-in-the-ending": (
        _writes("kb_articles/signing-in/new.MD", article(title="New")),
        "kb_articles/signing-in/new.MD:1:1: error[invalid-file-name]",
    ),
    "category-described-twice": (
        _writes("faq/signing-in/index.md", "---\ntitle: Signing in\n---\n"),
        "error[duplicate-category]",
    ),
    "policy-with-an-unknown-calendar": (
        _replaces("policy.yml", "audience: All, hours: office", "audience: All, hours: ofice"),
        "error[unknown-calendar]",
    ),
    "policy-without-a-target": (
        _replaces("policy.yml", "first_response: 4 business hours", "first_response: soon"),
        "error[invalid-target]",
    ),
    "maintenance-that-ends-before-it-begins": (
        _replaces("maintenance.yml", "end: 2026-12-05 23:30", "end: 2026-12-05 21:30"),
        "maintenance.yml:11:10: error[end-before-start]",
    ),
    "maintenance-announced-too-late": (
        _replaces("maintenance.yml", "announced: 2026-11-22 10:00", "announced: 2026-12-04 10:00"),
        "maintenance.yml:10:12: error[too-little-notice]",
    ),
    "unknown-option": (
        _replaces("mkdocs.yml", "edit_url:", "edit_uri:"),
        "mkdocs.yml:7:7: error[unknown-key]",
    ),
    "unknown-policy-name": (
        _new(article("We answer {{ policy.priorities.urgnet.first_response }}.\n", title="New")),
        "error[unknown-name]",
    ),
}

# Each leaves a whole site, and is judged by `kbgen check` alone.
JUDGED: dict[str, tuple[Break, str]] = {
    "broken-link": (_new(article("[Gone](gone.md)\n", title="New")), "error[broken-link]"),
    "broken-anchor": (
        _new(article("[Part](reset-password.md#gone)\n", title="New")),
        "error[broken-anchor]",
    ),
    "anchor-of-two-headings": (
        _new(article("## One {#x}\n\n## Two {#x}\n", title="New")),
        "error[repeated-anchor]",
    ),
    "broken-picture": (_new(article("![A key](key.png)\n", title="New")), "error[broken-link]"),
    "change-in-future": (
        _new(article(title="New", reviewed="2027-11-22")),
        "error[date-in-future]",
    ),
    "unknown-related-page": (
        _new(article(title="New", related=["KB-9999"])),
        "error[unknown-page]",
    ),
    "redirect-from-a-living-page": (
        _new(article(title="New", redirect_from=["/articles/signing-in/reset-password/"])),
        "error[redirect-taken]",
    ),
    "version-nobody-explained": (
        _new(article(title="New", version="1.1")),
        "error[version-without-change]",
    ),
    "unknown-rule": (
        _replaces(
            "mkdocs.yml", "      edit_url:", "      checks: {broken-lnik: off}\n      edit_url:"
        ),
        "error[unknown-rule]",
    ),
}


@pytest.mark.parametrize(("damage", "message"), STOPPING.values(), ids=STOPPING)
def test_build_stops_and_leaves_the_last_good_site(root: Root, damage: Break, message: str) -> None:
    before = root.site_bytes()
    damage(root)

    found = root.kbgen("build", NOW_OPTION)

    _assert_told(found, message)
    assert root.site_bytes() == before
    assert not list(root.folder.glob(".site-*"))


@pytest.mark.parametrize(("damage", "message"), STOPPING.values(), ids=STOPPING)
def test_check_tells_the_same(root: Root, damage: Break, message: str) -> None:
    damage(root)

    found = root.kbgen("check", NOW_OPTION)

    _assert_told(found, message)


@pytest.mark.parametrize(("damage", "message"), JUDGED.values(), ids=JUDGED)
def test_check_judges_what_build_lets_pass(root: Root, damage: Break, message: str) -> None:
    damage(root)

    found = root.kbgen("check", NOW_OPTION)
    built = root.kbgen("build", NOW_OPTION)

    _assert_told(found, message)
    assert built.exit_code == 0, built.output


def test_several_faults_are_told_at_once_in_order(root: Root) -> None:
    root.write(NEW, "---\ntitle: A: b\n---\n")
    root.replace("policy.yml", "first_response: 4 business hours", "first_response: soon")
    root.write("faq/signing-in/empty.md", "")

    found = root.kbgen("build", NOW_OPTION)

    places = re.findall(r"^(\S+?):\d+:\d+: error", found.output, re.MULTILINE)
    assert places == sorted(places)
    assert set(places) == {NEW, "policy.yml", "faq/signing-in/empty.md"}


def test_failure_in_the_middle_of_building_leaves_the_last_good_site(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = root.site_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs.utils.write_file", fail)
    found = root.kbgen("build", NOW_OPTION)

    assert found.exit_code == 1
    assert "No space left on device" in found.output
    assert root.site_bytes() == before
    assert not list(root.folder.glob(".site-*"))


def test_root_with_empty_content_folders_builds(root: Root) -> None:
    for name in ("kb_articles", "faq", "tutorials"):
        for path in (root.folder / name).rglob("*.md"):
            path.unlink()
    (root.folder / "docs" / "privacy.md").unlink()

    found = root.kbgen("build", NOW_OPTION)

    assert found.exit_code == 0, found.output
    assert "support-policy/index.html" in root.site_bytes()


def _assert_told(found: Outcome, message: str) -> None:
    assert found.exit_code == 1, found.output
    assert message in found.output
    assert "\n  why: " in found.output
    assert "\n  fix: " in found.output
    assert "Traceback" not in found.output
