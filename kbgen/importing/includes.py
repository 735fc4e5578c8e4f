"""What the includes of the old site become: a list, a note, or nothing that is known."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import markdown

from kbgen.importing.liquid_tokens import Token

_NOTES = {
    "alert": "note",
    "callout": "note",
    "caution": "warning",
    "danger": "danger",
    "emergency": "danger",
    "error": "danger",
    "important": "warning",
    "info": "info",
    "note": "note",
    "notice": "note",
    "success": "success",
    "tip": "tip",
    "warning": "warning",
}
"""A word in the name of an include, or its `type` -> the kind of note on this site."""

_CONTENT = ("content", "text", "message", "body")
_TITLES = ("heading", "title")
_LOOK = frozenset({"class", "classes", "style", "id", "type"})


def note_kind(include: Token) -> str | None:
    """Return the kind of note that an include showed, or None where it is no note."""
    words = re.split(r"[-_]", PurePosixPath(include.subject).stem.lower())
    named = next((_NOTES[word] for word in words if word in _NOTES), None)
    if named is None:
        return None
    return _NOTES.get(include.parameters.get("type", "").lower(), named)


def content_parameter(include: Token) -> str | None:
    """Return the name of the parameter that holds the words of a note."""
    return next((key for key in _CONTENT if key in include.parameters), None)


def note_title(include: Token) -> tuple[str, str] | None:
    """Return the parameter that holds a note's title, and the title."""
    parameters = include.parameters
    return next(((key, parameters[key]) for key in _TITLES if parameters.get(key)), None)


def holds_other_words(include: Token, used: Iterable[str]) -> bool:
    """Return whether a parameter that is not `used` may hold words for readers."""
    known = _LOOK | set(used)
    return any(" " in value for key, value in include.parameters.items() if key not in known)


def other_parameters(include: Token, used: Iterable[str]) -> str:
    """Return the parameters that are not `used`, for the report."""
    names = set(used)
    return " ".join(
        f"{key}={value}" for key, value in include.parameters.items() if key not in names
    )


def render_note(kind: str, title: str | None, content: str, *, is_html: bool) -> str:
    """Return a note on this site, in Markdown or in HTML."""
    if is_html:
        heading = html.escape(title or kind.capitalize(), quote=False)
        head = f'<p class="admonition-title">{heading}</p>'
        return f'<div class="admonition {kind}">\n{head}\n{content}\n</div>'
    head = f'!!! {kind} "{title.replace(chr(34), chr(39))}"' if title else f"!!! {kind}"
    return "\n".join([head, *_indented(content)])


def render_list(items: Iterable[str], *, is_html: bool) -> str:
    """Return the items as a list, in Markdown or in HTML."""
    if is_html:
        lines = (f"<li>{_inline_html(item)}</li>" for item in items)
        return "\n".join(["<ul>", *lines, "</ul>"])
    return "\n".join("- " + "\n".join(_indented(item)).strip() for item in items)


def render_literal(text: str, *, is_html: bool) -> str:
    """Return text that is shown as it stands, whatever signs it holds."""
    line = re.sub(r"\s*\n\s*", " ", text)
    if is_html:
        return f"<code>{html.escape(line, quote=False)}</code>"
    return f"`` {line} ``" if "`" in line else f"`{line}`"


def page_list(values: Mapping[str, object], include: Token) -> tuple[str, str] | None:
    """Return the parameter of an include that names a list of the front matter, and the list."""
    for key, value in include.parameters.items():
        name = value.removeprefix("page.")
        found = values.get(name) if value.startswith("page.") else None
        if isinstance(found, list) and found and all(isinstance(each, str) for each in found):
            return key, name
    return None


def _indented(text: str) -> list[str]:
    return [f"    {line}" if line.strip() else "" for line in text.split("\n")]


def _inline_html(text: str) -> str:
    rendered = markdown.markdown(text)
    whole = re.fullmatch(r"<p>(.*)</p>", rendered, re.DOTALL)
    return whole[1] if whole and "<p>" not in whole[1] else rendered
