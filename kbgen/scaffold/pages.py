"""New pages, begun with everything that can be known already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kbgen.markdown_text import slug
from kbgen.model import FOLDERS, Catalog, Kind
from kbgen.scaffold.yaml_lists import quoted

_LONGEST_NAME = 80
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
    name = slug(title)[:_LONGEST_NAME].strip("-") or "page"
    return NewFile(f"{folder}/{category}/{name}.md", text)


def next_id(kind: Kind, catalog: Catalog) -> str:
    """Return the id after the highest: `KB-0013`."""
    stem = _ID_STEMS[kind]
    ids = (page.id.upper() for page in (*catalog.pages, *catalog.drafts))
    used = (re.fullmatch(rf"{stem}-([0-9]+)", each) for each in ids)
    highest = max((int(match[1]) for match in used if match), default=0)
    return f"{stem}-{highest + 1:04}"
