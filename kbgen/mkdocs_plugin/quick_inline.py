"""Spares Python-Markdown the inline patterns that cannot match; deleting this changes no byte."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# Every text is searched for every pattern, though each needs one of these signs. What a pattern
# leaves behind holds none of them, so that signs can be looked for once.
_SIGNS: Mapping[str, str] = {
    "backtick": "`",
    "escape": "\\",
    "keys": "+",
    "keys-custom": "+",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "short_reference": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
    "linebreak": "\n",
    "em_strong": "*_",
}
"""Pattern -> the signs of which it needs one; a pattern that is not listed is always tried."""

_PRIORITY = 20
"""The place of the inline step among the tree processors, as Python-Markdown registers it."""

_ALL = sorted(set("".join(_SIGNS.values())))


class QuickInlineProcessor(InlineProcessor):
    """Python-Markdown's inline step, with the patterns chosen by the signs in the text."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self._chosen: dict[str, tuple[tuple[int, Any], ...]] = {}

    # The one place to step in is a private method of the class above, hence its full name.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        present = "".join([sign for sign in _ALL if sign in data])
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]  # as above
        for index, pattern in self._patterns(present):
            if index < patternIndex:
                continue
            start, matched = 0, True
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data

    def _patterns(self, present: str) -> tuple[tuple[int, Any], ...]:
        """Return the patterns that can match where these signs are, with their places."""
        if present not in self._chosen:
            registry = self.md.inlinePatterns
            needed = {id(registry[name]): _SIGNS[name] for name in _SIGNS if name in registry}
            self._chosen[present] = tuple(
                (index, pattern)
                for index, pattern in enumerate(registry)
                if id(pattern) not in needed or set(needed[id(pattern)]) & set(present)
            )
        return self._chosen[present]


def spare_patterns(md: markdown.Markdown) -> None:
    """Let the instance try only patterns that can match."""
    md.treeprocessors.register(QuickInlineProcessor(md), "inline", _PRIORITY)
