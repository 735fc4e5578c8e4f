"""A folder is read without leaving it, and an import is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from kbgen.importing import NewFile, import_folder, read_folder, write_files
from kbgen.importing.folder import MAX_BYTES
from support_policy.diagnostics import Severity


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    (folder / "account").mkdir(parents=True)
    (folder / "account" / "reset.md").write_text("# Reset\n\nText\n")
    return folder


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def new(path: str, content: str | bytes = "text\n") -> NewFile:
    return NewFile(PurePosixPath(path), content)


def test_hidden_files_are_skipped_and_counted(old_site: Path) -> None:
    (old_site / ".git").mkdir()
    (old_site / ".git" / "x.md").write_text("# X\n")
    (old_site / "account" / ".draft.md").write_text("# X\n")

    found = read_folder(old_site)

    assert list(found.files) == [PurePosixPath("account/reset.md")]
    assert [(each.rule, each.what) for each in found.report] == [
        ("hidden-files", "2 with hidden names were skipped: `.git`, `.draft.md`")
    ]


def test_links_that_leave_the_folder_are_skipped_and_told(old_site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n")
    (old_site / "out.md").symlink_to(tmp_path / "secret.md")
    (old_site / "outer").symlink_to(tmp_path)
    (old_site / "lost.md").symlink_to(old_site / "nowhere.md")
    (old_site / "circle.md").symlink_to(old_site / "circle.md")
    (old_site / "in.md").symlink_to(old_site / "account" / "reset.md")

    found = read_folder(old_site)

    assert list(found.files) == [PurePosixPath("in.md"), PurePosixPath("account/reset.md")]
    assert {Path(each.location.file).name: each.what for each in found.report} == {
        "out.md": "this is a symbolic link that leaves the folder",
        "outer": "this is a symbolic link that leaves the folder",
        "lost.md": "this is no regular file",
        "circle.md": "this is no regular file",
    }


def test_large_files_are_skipped_and_told(old_site: Path) -> None:
    (old_site / "large.md").write_bytes(b"x" * (MAX_BYTES + 1))
    (old_site / "just.md").write_bytes(b"x" * MAX_BYTES)

    found = read_folder(old_site)

    assert PurePosixPath("just.md") in found.files
    assert [(each.rule, each.what) for each in found.report] == [
        ("import-skipped", "the file is larger than 1 MB")
    ]


def test_what_is_no_regular_file_is_skipped(old_site: Path) -> None:
    os.mkfifo(old_site / "pipe.md")

    assert [each.what for each in read_folder(old_site).report] == ["this is no regular file"]


def test_a_name_that_is_no_text_is_skipped_and_can_be_printed(old_site: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(old_site) + b"/\xff.md")).write_text("# X\n")
    except OSError:
        pytest.skip("this file system takes only names that are text")

    (skipped,) = read_folder(old_site).report

    assert str(skipped).encode()
    assert skipped.what == "its name is not UTF-8"


@pytest.mark.parametrize("name", ["nowhere", "account/reset.md"])
def test_a_folder_that_is_none_is_an_error(old_site: Path, name: str, tmp_path: Path) -> None:
    result = import_folder(old_site / name, tmp_path, kind="article")

    assert result.files == ()
    assert {each.rule for each in result.report} == {"import-unreadable", "import-nothing"}
    assert all(each.severity is Severity.ERROR for each in result.report)


def test_a_folder_becomes_files_of_the_repository(old_site: Path, tmp_path: Path) -> None:
    root = tmp_path / "new"
    root.mkdir()

    result = import_folder(old_site, root, kind="article")
    problems = write_files(result.files, root)

    assert problems == ()
    assert tree(root) == {
        "kb_articles/account/index.md": b"---\ntitle: Account\n---\n",
        "kb_articles/account/reset.md": b"---\ntitle: Reset\n---\n\nText\n",
    }


def test_a_category_that_the_repository_describes_is_left_alone(
    old_site: Path, tmp_path: Path
) -> None:
    described = tmp_path / "new" / "tutorials" / "account" / "index.md"
    described.parent.mkdir(parents=True)
    described.write_text("---\ntitle: Your account\n---\n")

    result = import_folder(old_site, tmp_path / "new", kind="article")

    assert [str(file.path) for file in result.files] == ["kb_articles/account/reset.md"]


def test_an_import_never_replaces_a_file(old_site: Path, tmp_path: Path) -> None:
    root = tmp_path / "new"
    result = import_folder(old_site, root, kind="article")
    write_files(result.files, root)
    before = tree(root)

    again = write_files([*result.files, new("kb_articles/account/other.md")], root)

    assert tree(root) == before
    assert [(each.rule, str(each.location)) for each in again] == [
        ("import-file-exists", "kb_articles/account/index.md:1:1"),
        ("import-file-exists", "kb_articles/account/reset.md:1:1"),
    ]


def test_a_link_that_leads_nowhere_counts_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.md").symlink_to(tmp_path / "nowhere.md")

    assert [each.rule for each in write_files([new("x.md")], tmp_path)] == ["import-file-exists"]


def test_an_import_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "kb_articles").mkdir()
    (tmp_path / "kb_articles" / "b").write_text("a file where a folder should be")
    before = tree(tmp_path)

    problems = write_files([new("kb_articles/a/x.md"), new("kb_articles/b/y.md")], tmp_path)

    assert [each.rule for each in problems] == ["import-not-written"]
    assert problems[0].severity is Severity.ERROR
    assert tree(tmp_path) == before
    assert not (tmp_path / "kb_articles" / "a").exists()


def test_a_file_of_another_kind_is_written_as_it_is(tmp_path: Path) -> None:
    assert write_files([new("kb_articles/a/x.png", b"\x89PNG\r\n")], tmp_path) == ()

    assert tree(tmp_path) == {"kb_articles/a/x.png": b"\x89PNG\r\n"}
