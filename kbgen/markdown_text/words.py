"""Markdown without its signs, for titles, anchors and file names."""

from __future__ import annotations

import html
import re
import unicodedata

# What is looked for is bounded, so that a long run of opening signs takes no more than linear time.
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,300}\])?")
_TAG = re.compile(r"<[^<>]{1,1000}>")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`|~~|==)(?=\S)(.{1,120}?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+.!|~-])")


def slug(text: str) -> str:
    """Return the text as part of an address: lower case, words joined by hyphens."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"[^\w\s-]", "", text).replace("_", "-")
    return re.sub(r"[-\s]+", "-", text).strip("-")


def plain_text(text: str) -> str:
    """Return one line of Markdown without its signs."""
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _EMPHASIS.sub(r"\2", text)
    return html.unescape(_ESCAPED.sub(r"\1", text)).strip()
