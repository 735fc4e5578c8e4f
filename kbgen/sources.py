"""Walks the content folders and reads what writers wrote."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from kbgen.model import FOLDERS, SourceAsset, SourceFile, Sources
from support_policy.diagnostics import Diagnostic, InvalidSources, Location
from support_policy.files import read_text

MAX_ASSET_BYTES = 16_000_000
MAX_DEPTH = 12
_NOT_IN_NAMES = "\\?#<>\"'|*: \t\n%{}[]^`"


def read_sources(root: Path) -> Sources:
    """Return the content under the root; what cannot be read is a diagnostic, not an exception."""
    files: list[SourceFile] = []
    assets: list[SourceAsset] = []
    diagnostics: list[Diagnostic] = []
    for folder in FOLDERS:
        for found in _walk(root / folder, folder, depth=0):
            if isinstance(found, Diagnostic):
                diagnostics.append(found)
                continue
            path, entry = found
            try:
                if path.endswith(".md"):
                    files.append(SourceFile(path, read_text(Path(entry.path), shown_as=path)))
                else:
                    assets.append(_asset(path, entry))
            except InvalidSources as error:
                diagnostics += error.diagnostics
    return Sources(tuple(files), tuple(assets), tuple(diagnostics))


def _walk(
    folder: Path, path: str, *, depth: int
) -> Iterator[tuple[str, os.DirEntry[str]] | Diagnostic]:
    if depth == 0 and folder.is_symlink():
        yield _link(path)
        return
    if depth == 0 and not folder.exists():
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable_folder(path, error)
        return
    for entry in entries:
        inner = f"{path}/{entry.name}"
        if entry.name.startswith(".") or entry.name.lower() == "readme.md":
            continue
        if (problem := _unusable(entry, inner, depth)) is not None:
            yield problem
        elif entry.is_dir():
            yield from _walk(Path(entry.path), inner, depth=depth + 1)
        else:
            yield inner, entry


def _unusable(entry: os.DirEntry[str], path: str, depth: int) -> Diagnostic | None:
    if not _is_text(entry.name) or any(sign in entry.name for sign in _NOT_IN_NAMES):
        return _bad_name(path)
    if entry.is_symlink():
        return _link(path)
    if entry.is_dir():
        if entry.name.endswith(".md"):
            return _folder_as_page(path)
        return _too_deep(path) if depth >= MAX_DEPTH else None
    if not entry.is_file():
        return _no_file(path)
    if entry.name.lower().endswith((".md", ".markdown")) and not entry.name.endswith(".md"):
        return _suffix(path)
    return None


def _asset(path: str, entry: os.DirEntry[str]) -> SourceAsset:
    if entry.stat().st_size > MAX_ASSET_BYTES:
        raise InvalidSources([_large_asset(path)])
    if not os.access(entry.path, os.R_OK):
        raise InvalidSources([_unreadable_folder(path, PermissionError(errno.EACCES, "denied"))])
    return SourceAsset(path, entry.path)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return name.isprintable()


def _bad_name(path: str) -> Diagnostic:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Diagnostic(
        Location(shown),
        "invalid-file-name",
        "the name holds a space or a sign that addresses cannot hold",
        "the file's name becomes the page's address",
        "rename it with letters, digits and hyphens: `reset-your-password.md`",
    )


def _link(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "symbolic-link",
        "this is a symbolic link",
        "links can lead in a circle or out of the repository, and other systems lose them",
        "put a copy of the file here, or link to the page in Markdown",
    )


def _folder_as_page(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "unreadable-file",
        "this is a folder where a file should be",
        "names that end in `.md` are pages",
        "rename the folder without `.md`",
    )


def _no_file(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "unreadable-file",
        "this is neither a file nor a folder",
        "only files can be published",
        "remove it",
    )


def _suffix(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "invalid-file-name",
        "pages end in `.md`, in small letters",
        "with another ending the page would be missing from the site",
        "rename the file to end in `.md`",
    )


def _too_deep(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "invalid-file-name",
        f"this folder lies more than {MAX_DEPTH} levels deep",
        "nobody finds a page that deep",
        "move it up",
    )


def _large_asset(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "file-too-large",
        f"the file is larger than {MAX_ASSET_BYTES // 1_000_000} MB",
        "customers on a phone would wait for it, and every copy of the repository carries it",
        "make it smaller, or put it on a download server and link to it",
    )


def _unreadable_folder(path: str, error: OSError) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "unreadable-file",
        f"this cannot be read: {error.strerror}",
        "the site would be incomplete without it",
        "check what it is and its rights",
    )
