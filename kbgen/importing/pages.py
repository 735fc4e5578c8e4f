"""Imports a folder of Markdown as values: source files in, new files and a report out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kbgen.importing.conversion import convert
from kbgen.importing.destinations import address_book
from kbgen.importing.placing import Placement, name_words, place_pages
from kbgen.importing.reading import read_pages, shown_path
from kbgen.importing.redirects import keep_redirects
from kbgen.importing.rules import tell
from kbgen.importing.yaml_text import front_matter
from kbgen.model import FOLDERS, Kind
from support_policy.diagnostics import Diagnostic, Location, sorted_by_place


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write; the path is relative to the root of the repository."""

    path: PurePosixPath
    content: str | bytes


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would write, and all that it has to say."""

    files: tuple[NewFile, ...]
    report: tuple[Diagnostic, ...]


def import_pages(
    files: Mapping[PurePosixPath, bytes | str],
    *,
    kind: str,
    category: str | None = None,
    language: str | None = None,
    site_url: str | None = None,
    existing: Collection[PurePosixPath] = frozenset(),
    folder: str = "",
) -> Import:
    """Return the files of a help centre made from `files`; the same input gives the same bytes.

    `existing` are the files that the repository has, relative to its root: a category that
    they describe gets no second description. `folder` is put before each source's path in
    the report. `site_url` is the old site: links to its other pages become absolute there.
    """
    kind = Kind(kind)
    if kind is Kind.DOC:
        raise ValueError("pages under docs/ are written by hand")
    site_url = site_url.rstrip("/") if site_url else None
    read = read_pages(files, kind, language, folder)
    placed = place_pages(read.pages, kind, category)
    redirects = keep_redirects(placed.pages, site_url)
    book = address_book(placed.pages, redirects.by_target, read.others.keys(), site_url)
    converted = [convert(page, redirects.by_target[page.target], book) for page in placed.pages]
    needed = dict.fromkeys(sorted(pair for each in converted for pair in each.needed))
    described = tuple(_described(placed.pages, existing, kind))
    new = [*(NewFile(each.page.target, each.text) for each in converted), *described]
    new += [NewFile(target, read.others[file]) for file, target in needed]
    report = [*read.report, *placed.report, *redirects.report]
    report += [diagnostic for each in converted for diagnostic in each.report]
    report += map(_told_description, described)
    report += _told_left_out(set(read.others) - {file for file, _ in needed}, folder)
    report += _told_clashes(needed, folder)
    if not placed.pages:
        report.append(_told_nothing(language, folder))
    return Import(tuple(sorted(new, key=lambda each: each.path)), sorted_by_place(report))


def _described(
    pages: Iterable[Placement], existing: Collection[PurePosixPath], kind: Kind
) -> Iterator[NewFile]:
    """Yield the description of each category that has none."""
    folder = next(name for name, held in FOLDERS.items() if held is kind)
    for category in sorted({page.category for page in pages}):
        if not any(PurePosixPath(each, category, "index.md") in existing for each in FOLDERS):
            path = PurePosixPath(folder, category, "index.md")
            yield NewFile(path, front_matter({"title": name_words(category)}))


def _told_description(file: NewFile) -> Diagnostic:
    what = f"the category `{file.path.parent.name}` had no description: one was made"
    return tell("category-described", Location(str(file.path)), what)


def _told_left_out(left_out: Collection[PurePosixPath], folder: str) -> Iterator[Diagnostic]:
    if paths := sorted(left_out):
        names = ", ".join(f"`{path}`" for path in paths[:5])
        more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
        count = f"{len(paths)} files were" if len(paths) > 1 else "a file was"
        place = Location(shown_path(paths[0], folder))
        yield tell("files-left-out", place, f"{count} left out: {names}{more}")


def _told_clashes(
    needed: Iterable[tuple[PurePosixPath, PurePosixPath]], folder: str
) -> Iterator[Diagnostic]:
    """Yield an error for each file that would replace another one of the folder."""
    holders: dict[PurePosixPath, PurePosixPath] = {}
    for file, target in needed:
        holder = holders.setdefault(target, file)
        if holder != file:
            what = f"it would become `{target}`, and so would `{holder}`"
            yield tell("import-clash", Location(shown_path(file, folder)), what)


def _told_nothing(language: str | None, folder: str) -> Diagnostic:
    what = "there is no page to import" + (f" in `{language}`" if language else "")
    return tell("import-nothing", Location(folder or "."), what)
