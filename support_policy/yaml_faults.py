"""What is wrong in a document, in the words of this project instead of pydantic's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from support_policy.diagnostics import unknown_name_fix

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value of a document."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at a path of a document, before the path has become a line and a column."""

    path: Path
    rule: str
    what: str
    why: str
    fix: str
    is_about_key: bool = False
    """Whether the key is wrong that the path ends in, and not its value."""


def refuse(rule: str, what: str, why: str, fix: str, *, at: Path = ()) -> NoReturn:
    """Stop a field's validator with a finding; `at` leads from the field to the fault."""
    context = {"what": what, "why": why, "fix": fix, "at": at}
    raise PydanticCustomError("finding", "{what}", {**context, "rule": rule})


def shown(value: object) -> str:
    """Return a value of a document as a message names it."""
    if isinstance(value, str):
        return f"`{value[:60]}{'…' if len(value) > 60 else ''}`"
    if value is None:
        return "an empty value"
    return "a list" if isinstance(value, list | tuple) else "what stands here"


def findings_of(error: ValidationError, into: TypeAdapter[Any]) -> list[Finding]:
    """Return what pydantic found in our words, with the names that were probably meant."""
    return [_finding(details, into) for details in error.errors(include_url=False)]


def _finding(details: ErrorDetails, into: TypeAdapter[Any]) -> Finding:
    path = tuple(step for step in details["loc"] if step != "[key]")
    is_about_key = len(path) < len(details["loc"])
    context = details.get("ctx", {})
    name = f"`{path[-1]}`" if path else "the file"
    if details["type"] == "finding":
        path += tuple(context["at"])
        rule, what, why, fix = (context[part] for part in ("rule", "what", "why", "fix"))
        return Finding(path, rule, what, why, fix, is_about_key)
    if details["type"] == "missing":
        return Finding(path, "missing-key", f"{name} is missing", _NEEDED, f"add `{path[-1]}: …`")
    if details["type"] == "unexpected_keyword_argument":
        fix = unknown_name_fix(str(path[-1]), _known_keys(into).at(path[:-1]))
        what = f"{name} is not a key here"
        return Finding(path, "unknown-key", what, _UNREAD, fix, is_about_key=True)
    rule, why, fix = _WORDS.get(details["type"], _OTHER)
    if details["input"] is None:
        return Finding(path, "empty-value", f"{name} is empty", _SAYS_NOTHING, fix)
    if details["type"] == "enum" and isinstance(details["input"], str):
        known = re.findall("'([^']*)'", context["expected"])
        fix = unknown_name_fix(details["input"], known)
    return Finding(path, rule, _misfit(details["input"], name), why, fix)


def _misfit(given: object, name: str) -> str:
    if isinstance(given, str):
        return f"{shown(given)} does not fit {name}"
    return f"{name} holds {'a list' if isinstance(given, list) else 'keys'}"


_NEEDED = "without it nothing can be shown or timed"
_UNREAD = "a key that nobody reads would look as if it worked"
_SAYS_NOTHING = "an empty value says nothing"
_KEYS = ("wrong-type", "keys are expected here", "write `key: value` lines")
_LIST = ("wrong-type", "a list is expected here", "begin each entry with `- `")
_TEXT = ("wrong-type", "one line of text is expected here", "write a single value")
_NUMBER = ("invalid-number", "a whole number is expected", "write digits alone")
_FLAG = ("invalid-flag", "yes or no is expected", "write `true` or `false`")
_OTHER = (
    "invalid-value",
    "nothing that reads the file could use it",
    "write a value of the form that the handbook shows",
)

# What pydantic calls a fault -> our rule, and the words for why and fix.
_WORDS = {
    "dataclass_type": _KEYS,
    "dict_type": _KEYS,
    "mapping_type": _KEYS,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "string_type": _TEXT,
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "greater_than": ("invalid-number", "the number is too small", "write a larger one"),
    "greater_than_equal": ("invalid-number", "the number is too small", "write a larger one"),
    "less_than_equal": ("invalid-number", "the number is too large", "write a smaller one"),
    "bool_parsing": _FLAG,
    "bool_type": _FLAG,
    "enum": ("unknown-value", "only the listed values have a meaning", "write one of them"),
}


@cache
def _known_keys(adapter: TypeAdapter[Any]) -> _KnownKeys:
    return _KnownKeys(adapter.json_schema())


@dataclass(frozen=True, slots=True)
class _KnownKeys:
    """The keys that a document may have at a path, read from the JSON Schema of its type."""

    schema: dict[str, Any]

    def at(self, path: Path) -> list[str]:
        """Return the names of the keys that the mapping at `path` may hold."""
        schemas = self._resolved(self.schema)
        for step in path:
            inner = [self._step(schema, step) for schema in schemas]
            schemas = [found for each in inner if each for found in self._resolved(each)]
        return [name for schema in schemas for name in schema.get("properties", ())]

    def _resolved(self, schema: dict[str, Any]) -> list[dict[str, Any]]:
        if "$ref" in schema:
            return self._resolved(self.schema["$defs"][schema["$ref"].rsplit("/", 1)[1]])
        choices = schema.get("anyOf", schema.get("oneOf"))
        if choices is None:
            return [schema]
        return [found for choice in choices for found in self._resolved(choice)]

    def _step(self, schema: dict[str, Any], step: str | int) -> dict[str, Any] | None:
        inner: Any = schema.get("items") if isinstance(step, int) else None
        if isinstance(step, str):
            # Where keys are names that writers choose, all of them stand for the same form.
            of_any_key = [schema.get("additionalProperties")]
            of_any_key += schema.get("patternProperties", {}).values()
            choices = [schema.get("properties", {}).get(step), *of_any_key]
            inner = next((each for each in choices if isinstance(each, dict)), None)
        return inner if isinstance(inner, dict) else None
