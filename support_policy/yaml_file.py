"""YAML text becomes a frozen dataclass, or diagnostics with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from support_policy.diagnostics import Diagnostic, InvalidSources, Location, Severity
from support_policy.yaml_faults import Finding, Path, findings_of, refuse, shown
from support_policy.yaml_nodes import compose_nodes

__all__ = [
    "STRICT",
    "Finding",
    "Path",
    "YamlDocument",
    "findings_of",
    "parse_yaml",
    "read_document",
    "refuse",
    "shown",
    "unquoted_numbers",
]

T = TypeVar("T")

STRICT = ConfigDict(extra="forbid")
"""For `__pydantic_config__` of every dataclass that a file is read into."""


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
        return self.place_of(node)

    def node(self, path: Path) -> yaml.Node | None:
        """Return the node at `path`, whose marks tell where it begins and ends."""
        node = self.root
        for step in path:
            node = _child(node, step)
        return node

    def key_location(self, path: Path) -> Location:
        """Return where the key that `path` ends in stands."""
        parent = self.node(path[:-1])
        if isinstance(parent, yaml.MappingNode):
            for key, _ in parent.value:
                if key.value == path[-1]:
                    return self.place_of(key)
        return self.location(path)

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return the finding with its place in the file."""
        at_key = finding.is_about_key or finding.rule == "unknown-key"
        place = self.key_location(finding.path) if at_key else self.location(finding.path)
        return Diagnostic(place, finding.rule, finding.what, finding.why, finding.fix)

    def place_of(self, node: yaml.Node) -> Location:
        """Return where a node of the document begins."""
        mark = node.start_mark
        return Location(self.file, mark.line + 1 + self.line_offset, mark.column + 1)


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


def read_document(
    text: str, file: str, *, line_offset: int = 0, is_shared: bool = False
) -> YamlDocument:
    """Return the document with every scalar as text; what `compose_nodes` refuses is refused."""
    root = compose_nodes(text, file, line_offset=line_offset, is_shared=is_shared)
    value = None if root is None else _plain(root)
    return YamlDocument(file, {} if value is None else value, root, line_offset)


def unquoted_numbers(text: str, file: str) -> tuple[Diagnostic, ...]:
    """Return a notice for each value that is text here and a number to other YAML programs.

    For files in which no value is a mere number.
    """
    document = read_document(text, file)
    return tuple(
        Diagnostic(
            document.place_of(node),
            "unquoted-number",
            f"`{node.value}` has no quotes, so that other YAML programs read a number",
            "they lose a leading + or 0, and make 1.1 of 1.10; here it is read as it stands",
            f'write "{node.value}"',
            Severity.NOTICE,
        )
        for node in _scalars(document.root)
        if node.style is None and _NUMBER.fullmatch(node.value)
    )


# A number in YAML 1.1 or 1.2: 1_000, +49, 1.10, 1e3, 0x1F, 0b1, or in base sixty, 22:00.
_NUMBER = re.compile(
    r"[-+]?(?:0x[0-9a-fA-F_]+|0o[0-7]+|0b[01_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?)"
)


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the values of a tree that are text; keys are none."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    for each in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from _scalars(each[1] if isinstance(each, tuple) else each)


def _plain(node: yaml.Node) -> Any:
    """Return text, None, lists and mappings of text; nothing else stands in a document."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.style is None and node.value in ("", "~", "null") else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return {key.value: _plain(value) for key, value in node.value}


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
