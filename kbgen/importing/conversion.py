"""One page of the old site becomes one file of this one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from kbgen.importing.attribute_lists import attribute_list_changes
from kbgen.importing.body import joined
from kbgen.importing.destinations import AddressBook
from kbgen.importing.escapes import escape_changes
from kbgen.importing.fields import head_values
from kbgen.importing.headings import read_outline
from kbgen.importing.layout import tidied
from kbgen.importing.links import LinkedText, link_changes, linked_text
from kbgen.importing.liquid import liquid_changes, used_keys
from kbgen.importing.live_liquid import without_names
from kbgen.importing.placing import Placement, name_slug, name_words
from kbgen.importing.rules import tell
from kbgen.importing.scripts import script_changes
from kbgen.importing.yaml_text import front_matter
from kbgen.markdown_text import edited
from support_policy.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Converted:
    """The text of a new page, what had to be said about it, and the files that it needs."""

    page: Placement
    text: str
    report: tuple[Diagnostic, ...]
    needed: tuple[tuple[PurePosixPath, PurePosixPath], ...]
    """Files of the folder that the page shows or links to: file -> target."""


def convert(page: Placement, redirects: Iterable[str], book: AddressBook) -> Converted:
    """Return the page as this site has it; every word that is not reported is kept."""
    source, body = page.page, page.page.body
    used = used_keys(body, source.values)
    lists = {key: _list(page, key, book) for key in used if isinstance(source.values[key], list)}
    values = [item for items in lists.values() for item in items]
    outline, linked = read_outline(body, page.fields.title), link_changes(body, page, book)
    plain = (attribute_list_changes(body), escape_changes(body), script_changes(body))
    changes = joined((outline.changes, linked.changes, *plain))
    liquid = liquid_changes(
        body, source.values, lambda key: [item.text for item in lists[key]], changes.edits
    )
    text = without_names(tidied(edited(body.text, [*changes.edits, *liquid.edits])))
    head = _head(page, outline.title, redirects)
    report = (*changes.report, *liquid.report, *_told_keys(page, used))
    return Converted(
        page,
        f"{head}\n{text}\n" if text else head,
        (*report, *(diagnostic for item in values for diagnostic in item.report)),
        (*linked.files, *(file for item in values for file in item.files)),
    )


def _head(page: Placement, title: str | None, redirects: Iterable[str]) -> str:
    title = title or name_words(page.page.name.stem)
    address = None if page.is_derived else page.address
    return front_matter(head_values(page.fields, title, redirects, address))


def _list(page: Placement, key: str, book: AddressBook) -> Sequence[LinkedText]:
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
