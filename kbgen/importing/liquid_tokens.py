"""Liquid as text: its tags and outputs, and what they say without the old site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\{%-?\s*(?P<tag>\w+)(?P<rest>.*?)-?%\}|\{\{-?(?P<output>[^{}]*?)-?\}\}", re.DOTALL
)
_PARAMETER = re.compile(r"(?P<key>\w+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"']+)")
_SITE = re.compile(r"(?:site\.)?(?:base_?url|url)$")
_QUOTED_PATH = re.compile(
    r"(?P<quote>[\"'])(?P<path>[^\"']*)(?P=quote)\s*"
    r"\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:base_?url|url))\s*"
    r"(?:\|\s*(?:absolute_url|prepend:\s*site\.(?:base_?url|url))\s*)?$"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A tag `{% name rest %}`, or an output `{{ output }}`."""

    start: int
    end: int
    tag: str | None
    rest: str
    """What stands behind the tag's name, or in the output."""

    @property
    def parameters(self) -> Mapping[str, str]:
        """Return the `key=value` pairs of an include, without quotes."""
        return {
            found["key"]: found["value"][1:-1] if found["value"][0] in "\"'" else found["value"]
            for found in _PARAMETER.finditer(self.rest)
        }

    @property
    def subject(self) -> str:
        """Return the first word behind the tag's name: the included file, or a variable."""
        return (self.rest.split() or [""])[0]


def tokens(text: str) -> Iterator[Token]:
    """Yield the tags and outputs in order."""
    for found in _TOKEN.finditer(text):
        rest = found["rest"] if found["tag"] else found["output"]
        yield Token(found.start(), found.end(), found["tag"], rest.strip())


def site_text(output: str) -> str | None:
    """Return what an output about the old site's place says on this one, if it is one."""
    if _SITE.match(output):
        return ""
    path = _QUOTED_PATH.match(output)
    return path["path"] if path else None


def without_site(text: str) -> str:
    """Return the text with the outputs about the old site's place put in."""
    parts, at = [], 0
    for token in tokens(text):
        shown = site_text(token.rest) if token.tag is None else None
        if shown is not None:
            parts += [text[at : token.start], shown]
            at = token.end
    return "".join([*parts, text[at:]])
