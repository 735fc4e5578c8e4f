"""The plain texts of the files: what is taken as it stands, and what is refused with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from support_policy.identifiers import (
    Flag,
    Identifier,
    Language,
    Line,
    MailAddress,
    PhoneNumber,
    Version,
    WebAddress,
)

TYPES: dict[str, TypeAdapter[Any]] = {
    "line": TypeAdapter(Line),
    "identifier": TypeAdapter(Identifier),
    "web address": TypeAdapter(WebAddress),
    "mail address": TypeAdapter(MailAddress),
    "telephone number": TypeAdapter(PhoneNumber),
    "version": TypeAdapter(Version),
    "language": TypeAdapter(Language),
    "flag": TypeAdapter(Flag),
}

RIGHT = [
    ("identifier", "first-line"),
    ("identifier", "2026-12-05-database"),
    ("identifier", "a"),
    ("web address", "https://www.example.com/chat?a=b#c"),
    ("web address", "http://localhost:8000"),
    ("mail address", "support@example.com"),
    ("mail address", "first.last+tag@mail.example.co.uk"),
    ("telephone number", "+49 30 23125 000"),
    ("telephone number", "(030) 23125-0"),
    ("telephone number", "0800/123456"),
    ("version", "1.0"),
    ("version", "1.10"),
    ("version", "12.0.3"),
    ("language", "en"),
    ("language", "no"),
    ("language", "pt-BR"),
    ("line", "Anything at all: <b>, *, {{ }}"),
]

WRONG = [
    ("identifier", "First", "invalid-identifier"),
    ("identifier", "first_line", "invalid-identifier"),
    ("identifier", "first line", "invalid-identifier"),
    ("identifier", "-first", "invalid-identifier"),
    ("identifier", "first--line", "invalid-identifier"),
    ("identifier", "première", "invalid-identifier"),
    ("identifier", "first\n", "invalid-identifier"),
    ("web address", "www.example.com", "invalid-address"),
    ("web address", "javascript:alert(1)", "invalid-address"),
    ("web address", "https://example.com/a b", "invalid-address"),
    ("web address", 'https://example.com/"onclick=', "invalid-address"),
    ("mail address", "support", "invalid-address"),
    ("mail address", "support@localhost", "invalid-address"),
    ("mail address", "a@b.example, c@d.example", "invalid-address"),
    ("mail address", "Support <support@example.com>", "invalid-address"),
    ("mail address", "a@b.example\nBcc: c@d.example", "invalid-address"),
    ("telephone number", "call us", "invalid-address"),
    ("telephone number", "112", "invalid-address"),
    ("telephone number", "+49 30 23125 ext. 5", "invalid-address"),
    ("version", "1", "invalid-version"),
    ("version", "v1.0", "invalid-version"),
    ("version", "1.0-beta", "invalid-version"),
    ("language", "english", "invalid-language"),
    ("language", "EN", "invalid-language"),
    ("line", "", "empty-value"),
    ("line", " \n ", "empty-value"),
    ("line", "x" * 2_001, "too-long"),
]


@pytest.mark.parametrize(("kind", "text"), RIGHT)
def test_a_right_text_is_taken_as_it_stands(kind: str, text: str) -> None:
    assert TYPES[kind].validate_python(text) == text


@pytest.mark.parametrize(("kind", "text", "rule"), WRONG)
def test_a_wrong_text_is_refused_by_its_rule(kind: str, text: str, rule: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TYPES[kind].validate_python(text)

    (details,) = caught.value.errors()
    assert details["ctx"]["rule"] == rule
    assert details["ctx"]["why"]
    assert details["ctx"]["fix"]


@pytest.mark.parametrize(("kind", "text"), RIGHT)
def test_no_schema_refuses_a_right_text(kind: str, text: str) -> None:
    assert Draft202012Validator(TYPES[kind].json_schema()).is_valid(text)


@pytest.mark.parametrize("value", [True, False, "true", "no", "on", "off"])
def test_a_flag_may_be_written_with_or_without_quotes(value: bool | str) -> None:
    assert TYPES["flag"].validate_python(value) is (value in (True, "true", "on"))
    assert Draft202012Validator(TYPES["flag"].json_schema()).is_valid(value)


def test_a_text_of_several_lines_becomes_one() -> None:
    assert TYPES["line"].validate_python("  one\n  two\tthree ") == "one two three"
