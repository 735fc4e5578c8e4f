"""The edge of an import: reads a folder of the old site, and writes the new files or none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kbgen.importing.pages import Import, NewFile, import_pages
from kbgen.importing.rules import tell
from kbgen.model import FOLDERS
from support_policy.diagnostics import Diagnostic, Location, sorted_by_place

MAX_BYTES = 1_000_000
"""The size up to which a file is taken."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder, by their path in it, and what was skipped."""

    files: dict[PurePosixPath, bytes]
    report: tuple[Diagnostic, ...]


def import_folder(
    folder: Path,
    root: Path,
    *,
    kind: str,
    category: str | None = None,
    language: str | None = None,
    site_url: str | None = None,
) -> Import:
    """Return what importing the folder into the repository at `root` would write."""
    found = read_folder(folder)
    existing = frozenset(
        PurePosixPath(name, each.parent.name, each.name)
        for name in FOLDERS
        for each in (root / name).glob("*/index.md")
    )
    result = import_pages(
        found.files,
        kind=kind,
        category=category,
        language=language,
        site_url=site_url,
        existing=existing,
        folder=folder.as_posix(),
    )
    return Import(result.files, sorted_by_place((*found.report, *result.report)))


def read_folder(folder: Path) -> Folder:
    """Return the regular files in the folder, and say which were skipped."""
    files: dict[PurePosixPath, bytes] = {}
    report: list[Diagnostic] = []
    for path in _walk(folder, report):
        if problem := _unusable(path, folder):
            report.append(tell("import-skipped", _place(path), problem))
            continue
        try:
            files[PurePosixPath(path.relative_to(folder).as_posix())] = path.read_bytes()
        except OSError as error:
            report.append(_unreadable(path, error))
    return Folder(files, tuple(report))


def write_files(files: Sequence[NewFile], root: Path) -> tuple[Diagnostic, ...]:
    """Write all the files under the root, or none of them: then say why."""
    targets = [(root / file.path, file) for file in files]
    taken = [
        tell("import-file-exists", Location(str(file.path)), "the file is already there")
        for target, file in targets
        if target.exists() or target.is_symlink()
    ]
    if taken:
        return sorted_by_place(taken)
    made: list[Path] = []
    try:
        for target, file in targets:
            _make_folders(target.parent, made)
            _write(_temporary(target), file, made)
        for target, _ in targets:
            _temporary(target).rename(target)
            made.append(target)
    except OSError as error:
        _remove(made)
        what = f"the import could not be written: {error.strerror}"
        return (tell("import-not-written", _place(Path(error.filename or root)), what),)
    return ()


def _walk(folder: Path, report: list[Diagnostic]) -> Iterator[Path]:
    hidden: list[Path] = []

    def refuse(error: OSError) -> None:
        report.append(_unreadable(Path(error.filename), error))

    for place, folders, names in os.walk(folder, onerror=refuse):
        base = Path(place)
        hidden += (base / name for name in [*folders, *names] if name.startswith("."))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if (base / name).is_symlink()]
        yield from (base / name for name in sorted([*names, *linked]) if name[0] != ".")
    if hidden:
        shown = ", ".join(f"`{path.name}`" for path in sorted(hidden)[:5])
        what = f"{len(hidden)} with hidden names were skipped: {shown}"
        report.append(tell("hidden-files", _place(folder), what))


def _unusable(path: Path, folder: Path) -> str | None:
    """Return why a file is not taken, or None."""
    if _place(path).file != path.as_posix():
        return "its name is not UTF-8"
    # Unlike Path.resolve, realpath also answers for links that lead in a circle.
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(folder.resolve()):
        return "this is a symbolic link that leaves the folder"
    if not path.is_file():
        return "this is no regular file"
    if path.stat().st_size > MAX_BYTES:
        return f"the file is larger than {MAX_BYTES // 1_000_000} MB"
    return None


def _unreadable(path: Path, error: OSError) -> Diagnostic:
    return tell("import-unreadable", _place(path), f"it cannot be read: {error.strerror}")


def _place(path: Path) -> Location:
    return Location(path.as_posix().encode("utf-8", "backslashreplace").decode())


def _temporary(target: Path) -> Path:
    # A name that the site's own walk over the sources skips.
    return target.with_name(f".{target.name}.importing")


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _write(path: Path, file: NewFile, made: list[Path]) -> None:
    content = file.content.encode() if isinstance(file.content, str) else file.content
    with path.open("xb") as stream:
        made.append(path)
        stream.write(content)


def _remove(made: Sequence[Path]) -> None:
    """Take back what was made, the newest first."""
    for path in reversed(made):
        # What cannot be taken back must not hide why the import failed.
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
