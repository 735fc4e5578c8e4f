"""What is read from the content folders, and what is told of the rest."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kbgen.model import Sources
from kbgen.sources import MAX_ASSET_BYTES, MAX_DEPTH, read_sources
from support_policy.files import MAX_SOURCE_BYTES


def write(root: Path, path: str, content: bytes = b"text") -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def told(found: Sources) -> list[str]:
    return [f"{each.location} {each.rule}" for each in found.diagnostics]


def test_pages_and_files_are_found_in_order(tmp_path: Path) -> None:
    for path in (
        "docs/index.md",
        "docs/logo.svg",
        "faq/b/two.md",
        "faq/b/one.md",
        "faq/a/three.md",
        "kb_articles/x/y/deep.md",
        "tutorials/x/picture.png",
        "elsewhere/no.md",
        "no.md",
    ):
        write(tmp_path, path)

    found = read_sources(tmp_path)

    assert [each.path for each in found.files] == [
        "kb_articles/x/y/deep.md",
        "faq/a/three.md",
        "faq/b/one.md",
        "faq/b/two.md",
        "docs/index.md",
    ]
    assert [each.path for each in found.assets] == ["tutorials/x/picture.png", "docs/logo.svg"]
    assert found.diagnostics == ()


def test_notes_for_writers_and_hidden_files_are_no_pages(tmp_path: Path) -> None:
    for path in ("faq/README.md", "faq/a/readme.md", "faq/.draft.md", "faq/.git/x.md"):
        write(tmp_path, path)

    assert read_sources(tmp_path) == Sources((), (), ())


def test_a_root_without_folders_has_no_sources(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == Sources((), (), ())


def test_text_is_read_without_its_mark_and_with_one_kind_of_line_end(tmp_path: Path) -> None:
    write(tmp_path, "faq/a.md", b"\xef\xbb\xbfone\r\ntwo\rthree\n")

    assert read_sources(tmp_path).files[0].text == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("my page.md", id="a space"),
        pytest.param("a%20b.md", id="a percent sign"),
        pytest.param("a{{b}}.md", id="braces"),
        pytest.param("a[b].png", id="brackets"),
        pytest.param("a#b.md", id="a hash"),
        pytest.param("a?b.md", id="a question mark"),
        pytest.param("a:b.md", id="a colon"),
        pytest.param('a"b.md', id="a quote"),
        pytest.param("a\\b.md", id="a backslash"),
        pytest.param("a\nb.md", id="a line break"),
        pytest.param("a\u200eb.md", id="a sign that is not seen"),
        pytest.param("a.MD", id="an ending in capitals"),
        pytest.param("a.markdown", id="a long ending"),
    ],
)
def test_a_name_that_no_address_can_hold_is_told(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"faq/{name}")

    found = read_sources(tmp_path)

    assert told(found) == [f"faq/{name}:1:1 invalid-file-name"]
    assert (found.files, found.assets) == ((), ())


def test_a_name_that_is_no_text_is_told_in_text(tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    os.close(os.open(os.fsencode(tmp_path / "faq") + b"/K\xf6ln.md", os.O_CREAT))

    (found,) = read_sources(tmp_path).diagnostics

    assert str(found).encode() is not None
    assert str(found.location) == "faq/K\\udcf6ln.md:1:1"


def test_letters_of_every_language_can_be_names(tmp_path: Path) -> None:
    write(tmp_path, "faq/größe/パスワード.md")

    assert [each.path for each in read_sources(tmp_path).files] == ["faq/größe/パスワード.md"]


Make = Callable[[Path], object]


def link(path: str, target: str) -> Make:
    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)

    return make


def folder(path: str) -> Make:
    return lambda root: (root / path).mkdir(parents=True)


def pipe(path: str) -> Make:
    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True)
        os.mkfifo(root / path)

    return make


def file(path: str, size: int = 1) -> Make:
    return lambda root: write(root, path, b"x" * size)


PAGE = "faq/a.md"
DEEP = f"faq{'/a' * (MAX_DEPTH + 1)}"
ODD: dict[str, tuple[Make, str]] = {
    "a link to itself": (link(PAGE, "a.md"), f"{PAGE}:1:1 symbolic-link"),
    "a link up": (link("faq/a", ".."), "faq/a:1:1 symbolic-link"),
    "a link to nothing": (link(PAGE, "gone"), f"{PAGE}:1:1 symbolic-link"),
    "a link out": (link(PAGE, "/etc/hostname"), f"{PAGE}:1:1 symbolic-link"),
    "a folder that is a link": (link("faq", "/etc"), "faq:1:1 symbolic-link"),
    "a folder that is a link to itself": (link("faq", "faq"), "faq:1:1 symbolic-link"),
    "a file for a folder": (file("faq"), "faq:1:1 unreadable-file"),
    "a folder for a page": (folder(PAGE), f"{PAGE}:1:1 unreadable-file"),
    "a pipe": (pipe(PAGE), f"{PAGE}:1:1 unreadable-file"),
    "a large page": (file(PAGE, MAX_SOURCE_BYTES + 1), f"{PAGE}:1:1 file-too-large"),
    "a large file": (file("faq/a.png", MAX_ASSET_BYTES + 1), "faq/a.png:1:1 file-too-large"),
    "a folder too deep": (file(f"{DEEP}/b.md"), f"{DEEP}:1:1 invalid-file-name"),
}


@pytest.mark.parametrize(("make", "expected"), ODD.values(), ids=ODD)
def test_what_cannot_be_read_is_told_and_the_rest_is_read(
    tmp_path: Path, make: Make, expected: str
) -> None:
    write(tmp_path, "docs/right.md")
    make(tmp_path)

    found = read_sources(tmp_path)

    assert told(found) == [expected]
    assert [each.path for each in found.files] == ["docs/right.md"]
    assert all(each.why and each.fix for each in found.diagnostics)


def test_a_page_and_a_file_as_large_as_allowed_are_read(tmp_path: Path) -> None:
    write(tmp_path, "faq/a.md", b"x" * MAX_SOURCE_BYTES)
    write(tmp_path, "faq/a.png", b"x" * MAX_ASSET_BYTES)

    assert read_sources(tmp_path).diagnostics == ()


def test_a_file_whose_reading_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "faq/page.md")
    write(tmp_path, "faq/picture.png")
    opened = Path.open

    # Rights would not hold where tests run as root.
    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if path.name == "page.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    found = read_sources(tmp_path)

    assert told(found) == ["faq/page.md:1:1 unreadable-file", "faq/picture.png:1:1 unreadable-file"]
