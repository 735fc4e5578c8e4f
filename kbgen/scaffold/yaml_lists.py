"""Lists in YAML files that people write: changed by lines, so that all others stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from support_policy.diagnostics import Diagnostic, InvalidSources
from support_policy.yaml_file import YamlDocument

Path = tuple[str | int, ...]

_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def quoted(text: str) -> str:
    """Return text as a YAML scalar that every parser reads as this text, in brackets too."""
    is_plain = re.fullmatch(r"[A-Za-z][\w .'’?!()/-]*", text) and not text.endswith(" ")
    if is_plain and text.casefold() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_in_brackets(node: yaml.Node | None) -> bool:
    """Tell whether a list or keys are written in brackets, and so may share lines with others."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def refuse_brackets(document: YamlDocument, path: Path) -> None:
    """Raise `InvalidSources` where the value at the path cannot be changed by lines."""
    for length in range(len(path) + 1):
        node = document.node(path[:length])
        if is_in_brackets(node) and not (length == len(path) and not node.value):  # type: ignore[union-attr]  # brackets have a value
            raise InvalidSources([_in_brackets(document, path[:length])])


def lines_of(document: YamlDocument, path: Path, lines: Sequence[str]) -> tuple[int, int]:
    """Return the first line of the entry with that key, and the line after its last."""
    key = document.key_location(path)
    node = document.node(path)
    end = key.line if node is None else end_of(node, lines, depth=key.column - 1)
    return key.line - 1, max(key.line, end)


def end_of(node: yaml.Node, lines: Sequence[str], *, depth: int) -> int:
    """Return the line after the last of a node that stands `depth` signs deep.

    Blank lines and comments behind it belong to what follows, unless they stand deeper.
    """
    mark = node.end_mark
    # What is not in brackets ends where the next thing begins.
    is_next = mark.line >= len(lines) or not lines[mark.line][: mark.column].strip()
    end = min(mark.line if is_next else mark.line + 1, len(lines))
    while end > node.start_mark.line + 1 and _is_between(lines[end - 1], depth):
        end -= 1
    return end


def _is_between(line: str, depth: int) -> bool:
    text = line.lstrip(" ")
    return not text or (text.startswith("#") and len(line) - len(text) <= depth)


def _in_brackets(document: YamlDocument, path: Path) -> Diagnostic:
    name = next((f"`{step}`" for step in reversed(path) if isinstance(step, str)), "the file")
    return Diagnostic(
        document.key_location(path) if path else document.location(path),
        "list-in-brackets",
        f"{name} stands in brackets",
        "a command changes whole lines, so that your comments and everything else stay",
        "write each entry on a line of its own, begun with `- `, and run the command again",
    )
