"""The plain texts that files are made of: identifiers, single lines, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from support_policy.yaml_file import refuse

MAX_LINE = 2000


def _matching(pattern: str, rule: str, form: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def matched(text: str) -> str:
        if compiled.fullmatch(text) is None:
            refuse(rule, f"`{text[:60]}` is not {form}", _WHY[rule], _FIX[rule])
        return text

    return matched


_WHY = {
    "invalid-identifier": "identifiers become addresses and file names",
    "invalid-address": "customers press it to reach you",
    "invalid-version": "a reader compares it with the version that a colleague named",
}
_FIX = {
    "invalid-identifier": "use lower-case letters, digits and hyphens: `first-line`",
    "invalid-address": "check it for spaces and typing errors",
    "invalid-version": 'write two or three numbers with points, in quotes: "1.2"',
}


def _one_line(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            refuse("empty-value", "the value is empty", "an empty value says nothing", "write it")
        if len(value) > MAX_LINE:
            refuse(
                "too-long",
                f"the value has {len(value)} characters",
                f"more than {MAX_LINE} is a mistake here",
                "shorten it",
            )
        return " ".join(value.split())
    return value


Line = Annotated[str, BeforeValidator(_one_line)]
"""Text in one line; line breaks of the file become spaces."""

Identifier = Annotated[
    str,
    AfterValidator(_matching(r"[a-z0-9]+(?:-[a-z0-9]+)*", "invalid-identifier", "an identifier")),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
"""A name inside the files: lower-case letters, digits, hyphens."""

WebAddress = Annotated[
    str,
    AfterValidator(_matching(r"https?://[^\s<>\"']+", "invalid-address", "a web address")),
    WithJsonSchema({"type": "string", "format": "uri"}),
]

MailAddress = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;.]+", "invalid-address", "a mail address"
        )
    ),
    WithJsonSchema({"type": "string", "format": "email"}),
]

PhoneNumber = Annotated[
    str,
    AfterValidator(
        _matching(r"\+?[0-9][0-9 ()/.-]{3,24}[0-9]", "invalid-address", "a telephone number")
    ),
    WithJsonSchema({"type": "string"}),
]

Version = Annotated[
    str,
    AfterValidator(_matching(r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}", "invalid-version", "a version")),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,4}){1,2}$"}),
]
"""A version of a text: two or three numbers with points."""
