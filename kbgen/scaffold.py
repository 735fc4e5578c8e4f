"""New pages and maintenance windows, begun with everything that can be known already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import yaml

from kbgen.markdown_text import slug
from kbgen.model import FOLDERS, Catalog, Kind
from support_policy.yaml_file import YamlDocument, read_document

_ID_STEMS = {Kind.ARTICLE: "KB", Kind.FAQ: "FAQ", Kind.TUTORIAL: "TUT"}
_TEXTS = {
    Kind.ARTICLE: "Say the answer in one or two sentences.\n\n## Steps\n\n1. First …\n\n"
    "## If that did not help\n\n[Tell us](/contact/), and say what you saw.\n",
    Kind.FAQ: "Add what somebody wants to know who has read the short answer.\n",
    Kind.TUTORIAL: "Say what the reader will have done at the end.\n\n"
    "## First step\n\n1. First …\n",
}
_EXTRA_FIELDS = {
    Kind.ARTICLE: ("error_codes: []",),
    Kind.FAQ: ("# answer: One or two sentences, shown first and in lists.",),
    Kind.TUTORIAL: (
        "minutes: 10",
        "# outcome: What the reader has done at the end.",
        "needs: []",
        "next: []",
    ),
}


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be written; its path is relative to the root."""

    path: str
    text: str


def new_page(
    kind: Kind, title: str, *, category: str, catalog: Catalog, today: date, owner: str
) -> NewFile:
    """Return a draft of a page with the next free id, in the folder of its category."""
    folder = next(name for name, each in FOLDERS.items() if each is kind)
    head = [
        f"id: {next_id(kind, catalog)}",
        f"title: {quoted(title)}",
        # A comment, because an empty value is refused and a made-up one would be published.
        "# summary: One sentence that says what the page does for the reader.",
        "state: draft",
        "aliases: []",
        "tags: []",
        f"owner: {owner}",
        'version: "1.0"',
        f'changes: [{{version: "1.0", date: {today}, note: First published.}}]',
        f"reviewed: {today}",
        "review_every: 6 months",
        "related: []",
        *_EXTRA_FIELDS[kind],
    ]
    text = "\n".join(["---", *head, "---", "", _TEXTS[kind]])
    return NewFile(f"{folder}/{category}/{slug(title) or 'page'}.md", text)


def next_id(kind: Kind, catalog: Catalog) -> str:
    """Return the id after the highest: `KB-0013`."""
    stem = _ID_STEMS[kind]
    used = (re.fullmatch(rf"{stem}-(\d+)", page.id) for page in (*catalog.pages, *catalog.drafts))
    highest = max((int(match[1]) for match in used if match), default=0)
    return f"{stem}-{highest + 1:04}"


def with_window(
    text: str,
    *,
    title: str,
    start: datetime,
    end: datetime,
    components: Sequence[str],
    impact: str,
    kind: str,
    announced: datetime,
) -> str:
    """Return the text of maintenance.yml with one more window; times are local to the file."""
    document = read_document(text, "maintenance.yml")
    taken = {each.get("id") for each in document.value.get("windows") or ()}
    lines = [
        f"  - id: {_free(f'{start:%Y-%m-%d}-{slug(title)[:40].strip(chr(45))}', taken)}",
        f"    title: {quoted(title)}",
        f"    start: {start:%Y-%m-%d %H:%M}",
        f"    end: {end:%Y-%m-%d %H:%M}",
        f"    announced: {announced:%Y-%m-%d %H:%M}",
        f"    components: [{', '.join(components)}]",
        f"    impact: {impact}",
        *([] if kind == "planned" else [f"    kind: {kind}"]),
    ]
    return _with_entry(document, text, lines)


def with_dates(text: str, path: tuple[str | int, ...], entries: Sequence[str]) -> str:
    """Return YAML text with the list at `path` replaced by the entries, one on a line."""
    document = read_document(text, "policy.yml")
    node = _node(document, path)
    lines = text.split("\n")
    key = document.key_location(path)
    indent = " " * (key.column - 1)
    new = [f"{indent}{path[-1]}:", *(f"{indent}  - {entry}" for entry in entries)]
    last = node.end_mark.line if node.end_mark.column else node.end_mark.line - 1
    while last > key.line - 1 and not lines[last].strip():
        last -= 1
    # A comment between the list and what follows belongs to what follows.
    while last > key.line - 1 and lines[last].lstrip().startswith("#"):
        last -= 1
    return "\n".join([*lines[: key.line - 1], *new, *lines[last + 1 :]])


def quoted(text: str) -> str:
    """Return text as a YAML scalar that every parser reads as this text."""
    plain = re.fullmatch(r"[A-Za-z][\w ,.'’?!()/-]*", text) and not text.endswith((" ", ":"))
    words = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    if plain and text.casefold() not in words:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _with_entry(document: YamlDocument, text: str, lines: Sequence[str]) -> str:
    body = text.rstrip("\n").split("\n")
    if not document.value.get("windows"):
        kept = [line for line in body if not re.match(r"windows\s*:", line)]
        return "\n".join([*kept, "windows:", *lines]) + "\n"
    node = _node(document, ("windows",))
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        raise ValueError("windows stand in brackets")
    last = node.value[-1].end_mark.line - (0 if node.value[-1].end_mark.column else 1)
    last = min(last, len(body) - 1)
    while not body[last].strip() or body[last].lstrip().startswith("#"):
        last -= 1
    return "\n".join([*body[: last + 1], *lines, *body[last + 1 :]]) + "\n"


def _node(document: YamlDocument, path: tuple[str | int, ...]) -> yaml.Node:
    node = document.node(path)
    if node is None:
        raise LookupError(path)
    return node


def _free(name: str, taken: set[str | None]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
