"""Imports a folder of Markdown as values: source files in, new files and a report out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kbgen.importing.attribute_lists import attribute_list_changes
from kbgen.importing.body import joined
from kbgen.importing.destinations import AddressBook, address_book
from kbgen.importing.escapes import escape_changes
from kbgen.importing.fields import head_values
from kbgen.importing.headings import read_outline
from kbgen.importing.layout import tidied
from kbgen.importing.links import LinkedText, link_changes, linked_text
from kbgen.importing.liquid import liquid_changes, used_keys
from kbgen.importing.live_liquid import without_names
from kbgen.importing.placing import Placement, name_slug, place_pages
from kbgen.importing.reading import read_pages, shown_path
from kbgen.importing.redirects import keep_redirects
from kbgen.importing.rules import tell
from kbgen.importing.scripts import script_changes
from kbgen.importing.yaml_text import front_matter
from kbgen.markdown_text import edited
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


@dataclass(frozen=True, slots=True)
class _Converted:
    file: NewFile
    report: tuple[Diagnostic, ...]
    needed: tuple[tuple[PurePosixPath, PurePosixPath], ...]
    """Files of the folder that the page shows or links to: file -> target."""


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
    converted = [_converted(page, redirects.by_target[page.target], book) for page in placed.pages]
    needed = dict.fromkeys(sorted(pair for each in converted for pair in each.needed))
    left_out = sorted(set(read.others) - {file for file, _ in needed})
    described = tuple(_described(placed.pages, existing, kind))
    report = (
        *read.report,
        *placed.report,
        *redirects.report,
        *(diagnostic for each in converted for diagnostic in each.report),
        *(_told_description(each) for each in described),
        *_told_left_out(left_out, folder),
        *_told_clashes(needed, folder),
        *(() if placed.pages else (_told_nothing(language, folder),)),
    )
    new = [*(each.file for each in converted), *described]
    new += [NewFile(target, read.others[file]) for file, target in needed]
    return Import(tuple(sorted(new, key=lambda each: each.path)), sorted_by_place(report))


def _converted(page: Placement, redirects: Iterable[str], book: AddressBook) -> _Converted:
    source, body = page.page, page.page.body
    outline = read_outline(body, page.fields.title)
    linked = link_changes(body, page, book)
    used = used_keys(body, source.values)
    lists = {key: _list(page, key, book) for key in used if isinstance(source.values[key], list)}
    changes = joined(
        [
            outline.changes,
            linked.changes,
            attribute_list_changes(body),
            escape_changes(body),
            script_changes(body),
        ]
    )
    liquid = liquid_changes(
        body, source.values, lambda key: [each.text for each in lists[key]], changes.edits
    )
    title = outline.title or _words(source.name.stem)
    address = None if page.is_derived else page.address
    head = front_matter(head_values(page.fields, title, redirects, address))
    text = without_names(tidied(edited(body.text, [*changes.edits, *liquid.edits])))
    values = [each for items in lists.values() for each in items]
    return _Converted(
        NewFile(page.target, f"{head}\n{text}\n" if text else head),
        (
            *changes.report,
            *liquid.report,
            *(diagnostic for each in values for diagnostic in each.report),
            *_told_keys(page, used),
        ),
        (*linked.files, *(file for each in values for file in each.files)),
    )


def _list(page: Placement, key: str, book: AddressBook) -> list[LinkedText]:
    """Return the items of a list in the front matter with their links changed."""
    head = page.page.head
    return [
        linked_text(item, head.location((key, number)), page, book)
        for number, item in enumerate(head.value[key])
    ]


def _told_keys(page: Placement, used: Collection[str]) -> Iterator[Diagnostic]:
    """Yield one notice for all the keys of a file that map to nothing."""
    known = set(page.fields.used) | set(used)
    if name_slug(page.fields.category or "") != page.category:
        known -= {"category", "categories"}
    lost = [key for key in page.page.values if key not in known]
    if lost:
        place = page.page.head.key_location((lost[0],))
        names = ", ".join(f"`{key}`" for key in lost)
        count = f"{len(lost)} keys were" if len(lost) > 1 else "a key was"
        yield tell("dropped-keys", place, f"{count} left out: {names}")


def _described(
    pages: Iterable[Placement], existing: Collection[PurePosixPath], kind: Kind
) -> Iterator[NewFile]:
    """Yield the description of each category that has none."""
    folder = next(name for name, held in FOLDERS.items() if held is kind)
    for category in sorted({page.category for page in pages}):
        if not any(PurePosixPath(each, category, "index.md") in existing for each in FOLDERS):
            path = PurePosixPath(folder, category, "index.md")
            yield NewFile(path, front_matter({"title": _words(category)}))


def _told_description(file: NewFile) -> Diagnostic:
    what = f"the category `{file.path.parent.name}` had no description: one was made"
    return tell("category-described", Location(str(file.path)), what)


def _told_left_out(paths: list[PurePosixPath], folder: str) -> Iterator[Diagnostic]:
    if paths:
        names = ", ".join(f"`{path}`" for path in paths[:5])
        more = f" and {len(paths) - 5} more" if len(paths) > 5 else ""
        count = f"{len(paths)} files were" if len(paths) > 1 else "a file was"
        place = Location(shown_path(paths[0], folder))
        yield tell("files-left-out", place, f"{count} left out: {names}{more}")


def _told_clashes(
    needed: Iterable[tuple[PurePosixPath, PurePosixPath]], folder: str
) -> Iterator[Diagnostic]:
    """Yield an error for each file that would replace another one of the folder."""
    holders: dict[str, PurePosixPath] = {}
    for file, target in needed:
        holder = holders.setdefault(str(target).casefold(), file)
        if holder != file:
            what = f"it would become `{target}`, and so would `{holder}`"
            yield tell("import-clash", Location(shown_path(file, folder)), what)


def _told_nothing(language: str | None, folder: str) -> Diagnostic:
    what = "there is no page to import" + (f" in `{language}`" if language else "")
    return tell("import-nothing", Location(folder or "."), what)


def _words(name: str) -> str:
    """Return a file's name as a title: `reset-your-password` -> `Reset your password`."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or "Untitled"
