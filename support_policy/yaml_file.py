"""YAML text becomes a frozen dataclass, or diagnostics with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from support_policy.diagnostics import Diagnostic, InvalidSources, Location, unknown_name_fix

T = TypeVar("T")
Path = tuple[str | int, ...]

STRICT = ConfigDict(extra="forbid")
"""For `__pydantic_config__` of every dataclass that a file is read into."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

# C is ten times faster; both read every scalar as text, so that `17:00` stays `17:00`.
_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at a path of a document, before the path has become a line and a column."""

    path: Path
    rule: str
    what: str
    why: str
    fix: str


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A parsed document: plain text values, and the nodes that know where each one stands."""

    file: str
    value: Any
    root: yaml.Node | None
    line_offset: int = 0

    def location(self, path: Path) -> Location:
        """Return where the value at `path` begins; for a key that is missing, its parent."""
        node = self.root
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        if node is None:
            return Location(self.file, self.line_offset + 1, 1)
        return _location(self.file, node.start_mark, self.line_offset)

    def node(self, path: Path) -> yaml.Node | None:
        """Return the node at `path`, whose marks tell where it begins and ends."""
        node = self.root
        for step in path:
            node = _child(node, step)
        return node

    def key_location(self, path: Path) -> Location:
        """Return where the key that `path` ends in stands."""
        parent = self.root
        for step in path[:-1]:
            parent = _child(parent, step)
        if isinstance(parent, yaml.MappingNode):
            for key, _ in parent.value:
                if key.value == path[-1]:
                    return _location(self.file, key.start_mark, self.line_offset)
        return self.location(path)

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return the finding with its place in the file."""
        at_key = finding.rule == "unknown-key"
        place = self.key_location(finding.path) if at_key else self.location(finding.path)
        return Diagnostic(place, finding.rule, finding.what, finding.why, finding.fix)


def refuse(rule: str, what: str, why: str, fix: str, *, at: Path = ()) -> NoReturn:
    """Stop a field's validator with a finding; `at` leads from the field to the fault."""
    context = {"what": what, "why": why, "fix": fix, "at": at}
    raise PydanticCustomError("finding", "{what}", {**context, "rule": rule})


def parse_yaml(
    text: str,
    file: str,
    into: TypeAdapter[T],
    *,
    rules: Callable[[T], Iterable[Finding]] = lambda _: (),
    line_offset: int = 0,
) -> T:
    """Return the document in `text` as the type of `into`, with every rule kept.

    Raises `InvalidSources` with all diagnostics; `rules` run once the shape is right.
    """
    document = read_document(text, file, line_offset=line_offset)
    try:
        value = into.validate_python(document.value)
    except ValidationError as error:
        raise InvalidSources(map(document.diagnostic, findings_of(error, into))) from None
    if problems := [document.diagnostic(finding) for finding in rules(value)]:
        raise InvalidSources(problems)
    return value


def findings_of(error: ValidationError, into: TypeAdapter[Any]) -> list[Finding]:
    """Return what pydantic found in our words, with the names that were probably meant."""
    known = _KnownKeys(into)
    return [_finding(details, known) for details in error.errors()]


def read_document(text: str, file: str, *, line_offset: int = 0) -> YamlDocument:
    """Return the document with every scalar as text; refuse duplicate keys, tags and aliases."""
    if len(text) > MAX_BYTES:
        raise InvalidSources([_too_large(file)])
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise InvalidSources([_syntax_error(error, text, file, line_offset)]) from None
    except RecursionError:
        raise InvalidSources([Diagnostic(Location(file), *_TOO_DEEP)]) from None
    plain = _Plain(file, line_offset)
    value = {} if root is None else plain.value(root)
    if plain.diagnostics:
        raise InvalidSources(plain.diagnostics)
    return YamlDocument(file, value, root, line_offset)


class _Plain:
    """Nodes become plain values; what must not be in a file is collected on the way."""

    def __init__(self, file: str, line_offset: int) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._file = file
        self._line_offset = line_offset
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, *, depth: int = 0) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return None if node.style is None and node.value in ("", "~", "null") else node.value
        if id(node) in self._seen or depth > MAX_DEPTH:
            self._refuse(node, *(_ALIAS if id(node) in self._seen else _TOO_DEEP))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, depth=depth + 1) for each in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, *_KEY_NOT_TEXT)
            elif key.value in plain:
                self._refuse(key, "duplicate-key", f"`{key.value}` stands here twice", *_DUPLICATE)
            else:
                plain[key.value] = self.value(value, depth=depth + 1)
        return plain

    def _refuse(self, node: yaml.Node, rule: str, what: str, why: str, fix: str) -> None:
        place = _location(self._file, node.start_mark, self._line_offset)
        self.diagnostics.append(Diagnostic(place, rule, what, why, fix))


_ALIAS = (
    "yaml-alias",
    "a `*name` repeats another part of the file",
    "such repetition can make a small file explode in memory",
    "write the value out",
)
_TOO_DEEP = ("wrong-type", "this is nested too deeply", "no value here is that deep", "flatten it")
_KEY_NOT_TEXT = ("wrong-type", "a key is not plain text", "keys are names", "write `name: value`")
_DUPLICATE = ("other programs would silently keep one of the two", "remove one, or merge them")


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                found: yaml.Node = value
                return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def _location(file: str, mark: Any, line_offset: int) -> Location:
    return Location(file, mark.line + 1 + line_offset, mark.column + 1)


# What pydantic calls a fault -> our rule, and the words for why and fix.
_WORDS: dict[str, tuple[str, str, str]] = {
    "missing": ("missing-key", "without it nothing can be shown or timed", "add `{name}: …`"),
    "unexpected_keyword_argument": (
        "unknown-key",
        "a key that nobody reads would look as if it worked",
        "remove it",
    ),
    "dataclass_type": ("wrong-type", "keys are expected here", "write `key: value` lines"),
    "dict_type": ("wrong-type", "keys are expected here", "write `key: value` lines"),
    "mapping_type": ("wrong-type", "keys are expected here", "write `key: value` lines"),
    "list_type": ("wrong-type", "a list is expected here", "begin each entry with `- `"),
    "tuple_type": ("wrong-type", "a list is expected here", "begin each entry with `- `"),
    "string_type": ("wrong-type", "one line of text is expected here", "write a single value"),
    "string_too_short": ("empty-value", "an empty value says nothing", "write a value"),
    "date_from_datetime_parsing": ("invalid-date", "a date is expected", "write 2026-11-22"),
    "date_parsing": ("invalid-date", "a date is expected", "write 2026-11-22"),
    "date_type": ("invalid-date", "a date is expected", "write 2026-11-22"),
    "int_parsing": ("invalid-number", "a whole number is expected", "write digits alone"),
    "int_type": ("invalid-number", "a whole number is expected", "write digits alone"),
    "bool_parsing": ("invalid-flag", "yes or no is expected", "write `true` or `false`"),
    "bool_type": ("invalid-flag", "yes or no is expected", "write `true` or `false`"),
    "enum": (
        "unknown-value",
        "only the listed values have a meaning",
        "use one of the listed values",
    ),
}


class _KnownKeys:
    """The keys that a document may have at a path, read from the JSON Schema of its type."""

    def __init__(self, adapter: TypeAdapter[Any]) -> None:
        self._schema = adapter.json_schema()

    def at(self, path: Path) -> list[str]:
        """Return the names of the keys that the mapping at `path` may hold."""
        schemas = self._resolved(self._schema)
        for step in path:
            inner = [self._step(schema, step) for schema in schemas]
            schemas = [found for each in inner if each for found in self._resolved(each)]
        return [name for schema in schemas for name in schema.get("properties", ())]

    def _resolved(self, schema: dict[str, Any]) -> list[dict[str, Any]]:
        if "$ref" in schema:
            return self._resolved(self._schema["$defs"][schema["$ref"].rsplit("/", 1)[1]])
        choices = schema.get("anyOf", schema.get("oneOf"))
        if choices is None:
            return [schema]
        return [found for choice in choices for found in self._resolved(choice)]

    def _step(self, schema: dict[str, Any], step: str | int) -> dict[str, Any] | None:
        inner: Any = schema.get("items") if isinstance(step, int) else None
        if isinstance(step, str):
            inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
        return inner if isinstance(inner, dict) else None


def _finding(details: ErrorDetails, known: _KnownKeys) -> Finding:
    path = tuple(step for step in details["loc"] if step != "[key]")
    context = details.get("ctx", {})
    if details["type"] == "finding":
        rule, why, fix = context["rule"], context["why"], context["fix"]
        return Finding(path + tuple(context["at"]), rule, context["what"], why, fix)
    rule, why, fix = _WORDS.get(
        details["type"],
        ("invalid-value", details["msg"], "write a value of the form that the handbook shows"),
    )
    name = str(path[-1]) if path else "document"
    if rule == "unknown-key":
        fix = unknown_name_fix(name, known.at(path[:-1]))
    return Finding(path, rule, _what(details, name), why, _fix(details, name, fix))


def _what(details: ErrorDetails, name: str) -> str:
    given = details["input"]
    match details["type"]:
        case "missing":
            return f"`{name}` is missing"
        case "unexpected_keyword_argument":
            return f"`{name}` is not a key here"
        case _ if isinstance(given, str):
            return f"`{given[:60]}` does not fit `{name}`"
        case _ if given is None:
            return f"`{name}` is empty"
        case _:
            return f"`{name}` holds {'a list' if isinstance(given, list) else 'keys'}"


def _fix(details: ErrorDetails, name: str, fix: str) -> str:
    if details["type"] == "enum" and isinstance(details["input"], str):
        return unknown_name_fix(
            details["input"], re.findall("'([^']*)'", details["ctx"]["expected"])
        )
    return fix.format(name=name) if details["type"] == "missing" else fix


def _syntax_error(error: yaml.YAMLError, text: str, file: str, line_offset: int) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    place = Location(file, line_offset + 1) if mark is None else _location(file, mark, line_offset)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    lines = text.splitlines()
    at = place.line - 1 - line_offset
    if any(
        "\t" in line[: len(line) - len(line.lstrip())] for line in lines[max(0, at - 1) : at + 1]
    ):
        return Diagnostic(
            place,
            "tab-in-yaml",
            "a tab indents this line",
            "YAML allows only spaces there, and a tab looks the same in an editor",
            "replace the tab by two spaces",
        )
    return Diagnostic(
        place,
        "yaml-syntax",
        f"this is not YAML: {problem}",
        "nothing after this place can be read",
        "check quotes, colons and indentation here and on the line before; "
        "put text that holds `: ` or begins with a sign in quotes",
    )


def _too_large(file: str) -> Diagnostic:
    return Diagnostic(
        Location(file),
        "file-too-large",
        f"the YAML is larger than {MAX_BYTES // 1000} KB",
        "such a file is a mistake or an attack",
        "split it, or remove what does not belong here",
    )
