"""The files of a folder, sorted into pages of one language and everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kbgen.importing.fields import Fields, read_fields
from kbgen.importing.rules import tell
from kbgen.importing.source import SourceName, SourcePage, read_name, read_page
from kbgen.model import Kind
from support_policy.diagnostics import Diagnostic, InvalidSources, Location


@dataclass(frozen=True, slots=True)
class Pages:
    """What can be imported, and what had to stay behind."""

    pages: tuple[tuple[SourcePage, Fields], ...]
    others: Mapping[PurePosixPath, bytes | str]
    """Files that are no Markdown; pages may show them."""
    report: tuple[Diagnostic, ...]


def read_pages(
    files: Mapping[PurePosixPath, bytes | str], kind: Kind, language: str | None, folder: str
) -> Pages:
    """Return the pages in `language` (all, where it is None); files without a mark count as it."""
    named = [(path, read_name(path)) for path in sorted(files)]
    markdown = [(path, name) for path, name in named if name is not None]
    wanted = [(path, name) for path, name in markdown if _is_in(name, language)]
    pages: list[tuple[SourcePage, Fields]] = []
    report = list(_told_languages(markdown, language, folder))
    for path, name in wanted:
        try:
            page = read_page(path, name, files[path], shown_path(path, folder))
        except InvalidSources as error:
            report += error.diagnostics
        else:
            pages.append((page, read_fields(page, kind)))
    others = {path: files[path] for path, name in named if name is None}
    return Pages(tuple(pages), others, tuple(report))


def shown_path(path: PurePosixPath, folder: str) -> str:
    """Return what the report calls a file of the folder."""
    return str(PurePosixPath(folder, path)) if folder else str(path)


def _is_in(name: SourceName, language: str | None) -> bool:
    if language is None or name.language is None:
        return True
    return name.language.casefold() == language.casefold()


def _told_languages(
    markdown: list[tuple[PurePosixPath, SourceName]], language: str | None, folder: str
) -> Iterator[Diagnostic]:
    others = [(path, name) for path, name in markdown if not _is_in(name, language)]
    counts = Counter(name.language for _, name in markdown if name.language)
    if others:
        place = Location(shown_path(others[0][0], folder))
        found = ", ".join(sorted({name.language or "" for _, name in others}))
        count = f"{len(others)} files are" if len(others) > 1 else "one file is"
        yield tell("other-languages", place, f"{count} not in `{language}` but in: {found}")
    elif language is None and len(counts) > 1:
        place = Location(shown_path(next(path for path, name in markdown if name.language), folder))
        found = ", ".join(f"{name} ({number})" for name, number in sorted(counts.items()))
        yield tell("several-languages", place, f"the files are in several languages: {found}")
