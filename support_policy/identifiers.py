"""The plain texts that files are made of: identifiers, single lines, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from support_policy.yaml_file import refuse, shown

MAX_LINE = 2000


def _matching(pattern: str, rule: str, form: str, fix: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def matched(text: str) -> str:
        if compiled.fullmatch(text) is None:
            refuse(rule, f"{shown(text)} is not {form}", _WHY[rule], fix)
        return text

    return matched


_WHY = {
    "invalid-identifier": "identifiers become addresses and file names",
    "invalid-address": "customers press it to reach you",
    "invalid-language": "screen readers choose their voice by it",
    "invalid-version": "a reader compares it with the version that a colleague named",
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
    AfterValidator(
        _matching(
            r"[a-z0-9]+(?:-[a-z0-9]+)*",
            "invalid-identifier",
            "an identifier",
            "use lower-case letters, digits and hyphens: `first-line`",
        )
    ),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
"""A name inside the files: lower-case letters, digits, hyphens."""

WebAddress = Annotated[
    str,
    AfterValidator(
        _matching(
            r"https?://[^\s<>\"']+",
            "invalid-address",
            "a web address",
            "write it whole and without spaces: `https://www.example.com/chat`",
        )
    ),
    WithJsonSchema({"type": "string", "format": "uri"}),
]

MailAddress = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[^\s@<>\"',;]+@[^\s@<>\"',;]+\.[^\s@<>\"',;.]+",
            "invalid-address",
            "a mail address",
            "write one address and nothing else: `support@example.com`",
        )
    ),
    WithJsonSchema({"type": "string", "format": "email"}),
]

PhoneNumber = Annotated[
    str,
    AfterValidator(
        _matching(
            r"\+?\(?[0-9][0-9 ()/.-]{3,24}[0-9]",
            "invalid-address",
            "a telephone number",
            "write digits, the country first: `+49 30 1234567`",
        )
    ),
    WithJsonSchema({"type": "string"}),
]

Version = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}",
            "invalid-version",
            "a version",
            'write two or three numbers with points, in quotes: "1.2"',
        )
    ),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,4}){1,2}$"}),
]
"""A version of a text: two or three numbers with points."""

Language = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[a-z]{2,3}(?:-[A-Z]{2})?",
            "invalid-language",
            "a language",
            "write a code such as `en`, `de` or `pt-BR`",
        )
    ),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z]{2})?$"}),
]

Flag = Annotated[
    bool,
    # Which of these words is a flag and which is text differs from one YAML program to another.
    WithJsonSchema({"enum": [True, False, "true", "false", "yes", "no", "on", "off"]}),
]
"""A yes or no."""
