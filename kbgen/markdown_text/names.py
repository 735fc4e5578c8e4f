"""The names in a text that stand for what the policy says."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"(?P<escape>\\?)\{\{(?P<name>[^{}\n]*)\}\}")


@dataclass(frozen=True, slots=True)
class Name:
    """`{{ name }}` in the body; escaped ones are meant to be read as they stand."""

    name: str
    start: int
    end: int
    is_escaped: bool


def names(masked: str) -> tuple[Name, ...]:
    """Return every `{{ name }}` outside code."""
    if "{{" not in masked:
        return ()
    return tuple(
        Name(match["name"].strip(), match.start(), match.end(), bool(match["escape"]))
        for match in _NAME.finditer(masked)
    )
