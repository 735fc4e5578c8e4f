"""YAML text becomes nodes that know their places; what no file of ours may hold is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.reader import Reader, ReaderError

from support_policy.diagnostics import Diagnostic, InvalidSources, Location

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

# C is ten times faster; both read every scalar as text, so that `17:00` stays `17:00`.
_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TEXT_TAG = "tag:yaml.org,2002:str"

Event = Any
"""An event of the parser; the marks of the C parser have a class of their own."""


def compose_nodes(
    text: str, file: str, *, line_offset: int = 0, is_shared: bool = False
) -> yaml.Node | None:
    """Return the root of the document, every scalar as text; None where there is nothing.

    Raises `InvalidSources` for duplicate keys, aliases, tags, deep nesting, a second document
    and whatever is no YAML. A file that is shared with other programs may hold aliases and tags:
    what is tagged is read as text, and what an alias repeats as nothing.
    """
    if len(text) > MAX_BYTES:
        raise InvalidSources([Diagnostic(Location(file), *_TOO_LARGE)])
    text = _with_one_kind_of_line_break(text)
    composer = _Composer(file, line_offset, is_shared=is_shared)
    try:
        root = composer.root(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        place, words = _syntax_error(error, text)
        composer.refuse(place, words)
        root = None
    if composer.refused:
        raise InvalidSources(composer.refused)
    return root


class _TooDeep(Exception):
    """Ends the reading: what follows could be any amount of the same."""


class _Composer:
    """Makes nodes of the parser's events, and collects what must not be in a file.

    PyYAML's own composer puts repeated parts into the tree again and again, and in C it ends the
    whole program where values are nested deeply.
    """

    def __init__(self, file: str, line_offset: int, *, is_shared: bool) -> None:
        self._is_shared = is_shared
        self.refused: list[Diagnostic] = []
        self._file = file
        self._line_offset = line_offset

    def root(self, events: Iterator[Event]) -> yaml.Node | None:
        root = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self.refuse(event.start_mark, _SECOND_DOCUMENT)
                break
            if isinstance(event, yaml.NodeEvent):
                try:
                    root = self._node(event, events, depth=0)
                except _TooDeep:
                    break
        return root

    def refuse(self, mark: Any, words: tuple[str, str, str, str]) -> None:
        place = Location(self._file, mark.line + 1 + self._line_offset, mark.column + 1)
        self.refused.append(Diagnostic(place, *words))

    def _node(self, event: Event, events: Iterator[Event], *, depth: int) -> yaml.Node:
        start, end = event.start_mark, event.end_mark
        if isinstance(event, yaml.AliasEvent):
            if not self._is_shared:
                self.refuse(start, _ALIAS)
            return yaml.ScalarNode(_TEXT_TAG, "", start, end)
        if event.tag is not None and not self._is_shared:
            self.refuse(start, _TAG)
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or None  # the C parser calls plain style ""
            return yaml.ScalarNode(_TEXT_TAG, event.value, start, end, style=style)
        if depth > MAX_DEPTH:
            self.refuse(start, _TOO_DEEP)
            raise _TooDeep
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _sequence(self, start: Event, events: Iterator[Event], depth: int) -> yaml.Node:
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, depth=depth + 1))
        end: Any = event.end_mark
        return yaml.SequenceNode(
            start.tag, items, start.start_mark, end, flow_style=start.flow_style
        )

    def _mapping(self, start: Event, events: Iterator[Event], depth: int) -> yaml.Node:
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        seen: set[str] = set()
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth=depth + 1)
            pairs.append((key, self._node(next(events), events, depth=depth + 1)))
            if not isinstance(key, yaml.ScalarNode):
                self.refuse(key.start_mark, _KEY_NOT_TEXT)
            elif key.value in seen:
                what = f"`{key.value}` stands here twice"
                self.refuse(key.start_mark, ("duplicate-key", what, *_DUPLICATE))
            else:
                seen.add(key.value)
        end: Any = event.end_mark
        return yaml.MappingNode(
            start.tag, pairs, start.start_mark, end, flow_style=start.flow_style
        )


def _with_one_kind_of_line_break(text: str) -> str:
    """Return the text with LF at each end of a line, and no other sign that YAML takes for one.

    Those others come with texts copied from web pages. Editors do not count them as lines, so
    that they would move every place below them.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")


def _syntax_error(error: yaml.YAMLError, text: str) -> tuple[Any, tuple[str, str, str, str]]:
    """Return where the text stops being YAML, and what to say about it."""
    if isinstance(error, ReaderError):
        unseen = Reader.NON_PRINTABLE.search(text)
        return _mark(text, unseen.start() if unseen else 0), _UNSEEN_SIGN
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None) or _mark(text, 0)
    if mark.line >= len(lines):
        mark = _mark(text, len(text))
    if (tab := _tab_in_indent(text, mark.line)) is not None:
        return _mark(text, tab), _TAB
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    opening = getattr(error, "context_mark", None)
    if "end of stream" in problem and opening is not None:
        return opening, _NEVER_CLOSED
    before = lines[mark.line][: mark.column]
    if problem.startswith("mapping values are not allowed") and ": " in before:
        return mark, _SECOND_COLON
    return mark, ("yaml-syntax", f"this is not YAML: {problem}", *_SYNTAX)


def _mark(text: str, index: int) -> yaml.Mark:
    line, column = text.count("\n", 0, index), index - text.rfind("\n", 0, index) - 1
    return yaml.Mark("", index, line, column, None, 0)


def _tab_in_indent(text: str, line: int) -> int | None:
    """Return where a tab indents the line with that index, or the line before it."""
    lines = text.split("\n")
    start = sum(len(each) + 1 for each in lines[: max(0, line - 1)])
    for each in lines[max(0, line - 1) : line + 1]:
        if found := re.match(" *(\t)", each):
            return start + found.start(1)
        start += len(each) + 1
    return None


_TOO_LARGE = (
    "file-too-large",
    f"the YAML is larger than {MAX_BYTES // 1000} KB",
    "such a file is a mistake or an attack",
    "split it, or remove what does not belong here",
)
_ALIAS = (
    "yaml-alias",
    "a `*name` repeats another part of the file",
    "such repetition can make a small file explode in memory",
    "write the value out; text that begins with `*` needs quotes",
)
_TAG = (
    "yaml-tag",
    "a `!name` says what type the value has",
    "here the key alone decides that, and in other programs a type can run code",
    "remove it; text that begins with `!` needs quotes",
)
_SECOND_DOCUMENT = (
    "yaml-syntax",
    "a second document begins here",
    "nobody would read it",
    "remove the line, or put it in quotes if it is text",
)
_TOO_DEEP = ("wrong-type", "this is nested too deeply", "no value here is that deep", "flatten it")
_KEY_NOT_TEXT = ("wrong-type", "a key is not plain text", "keys are names", "write `name: value`")
_DUPLICATE = ("other programs would silently keep one of the two", "remove one, or merge them")
_TAB = (
    "tab-in-yaml",
    "a tab indents this line",
    "YAML allows only spaces there, and a tab looks the same in an editor",
    "replace the tab by two spaces",
)
_UNSEEN_SIGN = (
    "yaml-syntax",
    "a sign stands here that cannot be seen",
    "YAML forbids it, and nobody could find it by reading",
    "delete what stands at this place and type it again",
)
_NEVER_CLOSED = (
    "yaml-syntax",
    "what is opened here is never closed",
    "everything after it is taken for a part of it",
    "close the quote or the bracket where the value ends",
)
_SECOND_COLON = (
    "yaml-syntax",
    "a second colon with a space stands on this line",
    "what stands before such a colon is a key, and a text can hold none",
    "put the text in quotes",
)
_SYNTAX = (
    "nothing after this place can be read",
    "check quotes, colons and indents here and above; put text with `: ` or a sign first in quotes",
)
