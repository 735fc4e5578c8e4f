"""Front matter becomes YAML text that every reader of YAML takes for the same values."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[^\W\d_][^\x00-\x1f]*|/[^\s#]*")
_RESERVED = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def front_matter(values: Mapping[str, str | tuple[str, ...]]) -> str:
    """Return the lines between and with the two `---`, in the order of the keys."""
    lines = ["---"]
    for key, value in values.items():
        if isinstance(value, str):
            lines.append(f"{key}: {scalar(value)}")
        else:
            lines += [f"{key}:", *(f"  - {scalar(each)}" for each in value)]
    return "\n".join([*lines, "---", ""])


def scalar(text: str) -> str:
    """Return the text as one line of YAML, in double quotes unless nobody could misread it."""
    return text if _is_plain(text) else f'"{"".join(map(_quoted, text))}"'


def _is_plain(text: str) -> bool:
    return (
        _PLAIN.fullmatch(text) is not None
        and text.isprintable()
        and text == text.strip()
        and text.casefold() not in _RESERVED
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
    )


def _quoted(sign: str) -> str:
    if sign in _SHORT:
        return _SHORT[sign]
    if sign.isprintable():
        return sign
    code = ord(sign)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
