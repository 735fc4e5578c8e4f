"""The frozen holidays of a calendar in policy.yml, renewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import yaml

from kbgen.scaffold.yaml_lists import end_of, is_in_brackets, lines_of, quoted, refuse_brackets
from support_policy.business_hours import Holiday
from support_policy.yaml_file import read_document


def with_dates(text: str, calendar: str, holidays: Iterable[Holiday]) -> str:
    """Return the text of policy.yml with these holidays frozen in a calendar, one on a line.

    A holiday that is there already keeps its line, with its hours and its comment.
    Raises `InvalidSources` where the holidays stand in brackets.
    """
    document = read_document(text, "policy.yml")
    above = ("calendars", calendar, "holidays")
    path = (*above, "dates")
    refuse_brackets(document, above)
    lines = text.split("\n")
    node = document.node(path)
    kept = {} if node is None else _lines_by_day(node, lines)
    if node is None:
        first = end = lines_of(document, (*above, "region"), lines)[1]
        depth = document.key_location((*above, "region")).column - 1
    else:
        first, end = lines_of(document, path, lines)
        depth = document.key_location(path).column - 1
    key = f"{' ' * depth}dates:"
    entries = [kept.get(_day(each), _line(each, depth)) for each in holidays]
    return "\n".join([*lines[:first], key, *entries, *lines[end:]])


def _lines_by_day(dates: yaml.Node, lines: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return (date, name) -> the lines of each entry that has lines of its own."""
    if is_in_brackets(dates) or not isinstance(dates, yaml.SequenceNode):
        return {}
    found = {}
    for node in dates.value:
        fields = {key.value: value.value for key, value in node.value}
        first, end = node.start_mark.line, end_of(node, lines, depth=dates.start_mark.column)
        found[(fields.get("date", ""), fields.get("name", ""))] = "\n".join(lines[first:end])
    return found


def _day(holiday: Holiday) -> tuple[str, str]:
    return str(holiday.date), holiday.name


def _line(holiday: Holiday, depth: int) -> str:
    return f"{' ' * depth}  - {{date: {holiday.date}, name: {quoted(holiday.name)}}}"
