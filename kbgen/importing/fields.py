"""The front matter of a source page: what maps to this site's, and what does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from kbgen.front_matter import State, fields_type
from kbgen.importing.source import SourcePage
from kbgen.model import FIELDS, Kind
from support_policy.diagnostics import Location
from support_policy.identifiers import MAX_LINE

SAME_HERE = (
    "nav_title",
    "tags",
    "applies_to",
    "error_codes",
    "answer",
    "minutes",
    "outcome",
    "needs",
    "reviewed",
    "review_every",
)
"""Keys that mean the same on this site, and are kept where their value fits."""

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fields:
    """What the front matter says, in this site's words."""

    title: str | None
    summary: str | None
    aliases: tuple[str, ...]
    category: str | None
    is_draft: bool
    permalink: tuple[str, Location] | None
    redirects: tuple[tuple[str, Location], ...]
    kept: Values
    """Values under the keys of `SAME_HERE`."""
    used: frozenset[str]
    """The source's keys that are not lost."""


def read_fields(page: SourcePage, kind: Kind) -> Fields:
    """Return the fields; a value of the wrong form counts as not mapped."""
    values = page.values
    title = _text(values.get("title"))
    summary_key = next((key for key in ("summary", "description") if _text(values.get(key))), "")
    permalink_key = next((key for key in ("permalink", "url") if _path(values.get(key))), "")
    category_key, category = _category(values)
    redirects, redirect_keys = _redirects(page)
    aliases, alias_keys = _aliases(values, title)
    kept = {key: value for key in SAME_HERE if (value := _fitting(values, key, kind)) is not None}
    used = {summary_key, permalink_key, category_key, *redirect_keys, *alias_keys, *kept}
    used |= {"title"} if title else set()
    used |= {key for key in ("published", "draft") if values.get(key) in ("true", "false")}
    return Fields(
        title=title,
        summary=_text(values.get(summary_key)),
        aliases=aliases,
        category=category,
        is_draft=values.get("published") == "false" or values.get("draft") == "true",
        permalink=(values[permalink_key].strip(), page.head.location((permalink_key,)))
        if permalink_key
        else None,
        redirects=redirects,
        kept=kept,
        used=frozenset(used),
    )


def head_values(
    fields: Fields, title: str, redirects: Iterable[str], address: str | None
) -> Values:
    """Return the new front matter, in the order in which it is written."""
    values: dict[str, str | tuple[str, ...]] = {"title": title}
    if fields.summary:
        values["summary"] = fields.summary
    if fields.is_draft:
        values["state"] = str(State.DRAFT)
    aliases = [alias for alias in fields.aliases if alias.casefold() != title.casefold()]
    lists = {"aliases": tuple(aliases), "redirect_from": tuple(redirects)}
    values |= {key: value for key, value in {**fields.kept, **lists}.items() if value}
    if address is not None:
        values["address"] = address
    return values


def _text(value: object) -> str | None:
    """Return a value as one line, where it is text that a field can hold."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if 0 < len(text) <= MAX_LINE else None


def _texts(value: object, separator: str = "") -> tuple[str, ...] | None:
    """Return a list of text, or text with separators, as a tuple; None where it is neither."""
    if isinstance(value, str):
        value = re.split(separator, value) if separator else [value]
    if not isinstance(value, list):
        return None
    texts = [_text(each) for each in value if each not in (None, "")]
    found = tuple(each for each in texts if each is not None)
    return found if len(found) == len(texts) else None


def _path(value: object) -> bool:
    # Jekyll also has names of styles here (`pretty`) and templates (`/:title/`).
    return isinstance(value, str) and value.strip().startswith("/") and "/:" not in value


def _category(values: Mapping[str, object]) -> tuple[str, str | None]:
    if category := _text(values.get("category")):
        return "category", category
    several = _texts(values.get("categories"))
    return ("categories", several[0]) if several and len(several) == 1 else ("", None)


def _redirects(page: SourcePage) -> tuple[tuple[tuple[str, Location], ...], set[str]]:
    """Return the old addresses, each with its place; Hugo calls them `aliases`."""
    found: list[tuple[str, Location]] = []
    keys = set()
    for key in ("redirect_from", "aliases"):
        value = page.values.get(key)
        texts = _texts(value)
        if not texts or (key == "aliases" and not all(each.startswith("/") for each in texts)):
            continue
        keys.add(key)
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            if text := _text(each):
                found.append((text, page.head.location((key, number))))
    return tuple(found), keys


def _aliases(values: Mapping[str, object], title: str | None) -> tuple[tuple[str, ...], set[str]]:
    """Return the other words for the page: its own aliases, keywords and another title."""
    found: dict[str, str] = {}
    keys = set()
    for key, separator in (("aliases", ""), ("keywords", ","), ("meta_title", "")):
        texts = _texts(values.get(key), separator)
        if not texts or (key == "aliases" and all(each.startswith("/") for each in texts)):
            continue
        keys.add(key)
        for text in texts:
            if text.casefold() != (title or "").casefold():
                found.setdefault(text.casefold(), text)
    return tuple(found.values()), keys


def _fitting(values: Mapping[str, object], key: str, kind: Kind) -> str | tuple[str, ...] | None:
    value = values.get(key)
    texts = _texts(value)
    if not texts:
        return None
    try:
        # mypy does not see that a class can be hashed.
        adapter = fields_type(FIELDS[kind])  # type: ignore[arg-type]
        adapter.validate_python({"title": "x", key: value})
    except ValidationError:
        return None
    return texts if isinstance(value, list) else texts[0]
