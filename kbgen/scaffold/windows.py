"""One more window in maintenance.yml."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import yaml

from kbgen.markdown_text import slug
from kbgen.scaffold.yaml_lists import end_of, lines_of, quoted, refuse_brackets
from support_policy.local_moments import ClockChange, instant_of
from support_policy.yaml_file import YamlDocument, read_document

_LONGEST_NAME = 40


def with_window(
    text: str,
    *,
    title: str,
    start: datetime,
    end: datetime,
    components: Sequence[str],
    impact: str,
    kind: str,
    announced: datetime,
    zone: ZoneInfo,
) -> str:
    """Return the text of maintenance.yml with one more window; naive times are local to `zone`.

    Raises `InvalidSources` where the windows stand in brackets.
    """
    document = read_document(text, "maintenance.yml")
    taken = {each.get("id") for each in document.value.get("windows") or ()}
    name = f"{start:%Y-%m-%d}-{slug(title)[:_LONGEST_NAME]}".strip("-")
    entry = [
        f"- id: {_free(name, taken)}",
        f"  title: {quoted(title)}",
        f"  start: {_written(start, zone)}",
        f"  end: {_written(end, zone)}",
        f"  announced: {_written(announced, zone)}",
        f"  components: [{', '.join(components)}]",
        f"  impact: {impact}",
        *([] if kind == "planned" else [f"  kind: {kind}"]),
        *([] if document.value.get("time_zone") else [f"  time_zone: {zone.key}"]),
    ]
    return _with_entry(document, text, entry)


def _written(moment: datetime, zone: ZoneInfo) -> str:
    """Return the moment as it stands in the file: local, with an offset where that is unclear."""
    local = moment if moment.tzinfo is None else moment.astimezone(zone)
    naive = local.replace(tzinfo=None, fold=0)
    shown = naive.isoformat(sep=" ", timespec="seconds" if naive.second else "minutes")
    if moment.tzinfo is not None and isinstance(instant_of(naive, zone), ClockChange):
        offset = f"{local:%z}"
        return f"{shown}{offset[:3]}:{offset[3:5]}"
    return shown


def _with_entry(document: YamlDocument, text: str, entry: Sequence[str]) -> str:
    refuse_brackets(document, ("windows",))
    lines = text.rstrip("\n").split("\n")
    if "windows" not in document.value:
        return "\n".join([*lines, "", "windows:", *_indented(entry, 2)]).lstrip("\n") + "\n"
    node = document.node(("windows",))
    first, end = lines_of(document, ("windows",), lines)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        # Nothing, or empty brackets: the key stays, and so does a comment behind it.
        comment = lines[first].partition("#")
        kept = f"windows:  #{comment[2]}" if comment[1] else "windows:"
        return "\n".join([*lines[:first], kept, *_indented(entry, 2), *lines[end:]]) + "\n"
    depth = node.start_mark.column
    end = end_of(node.value[-1], lines, depth=depth)
    return "\n".join([*lines[:end], *_indented(entry, depth), *lines[end:]]) + "\n"


def _indented(entry: Sequence[str], depth: int) -> list[str]:
    return [" " * depth + line for line in entry]


def _free(name: str, taken: set[str | None]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
