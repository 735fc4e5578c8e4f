"""What the code has that a handbook must tell of: commands, targets, variables, keys, rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from handbook import REPOSITORY
from kbgen.checks import BY_ID
from kbgen.importing.rules import RULES as IMPORT_RULES

PACKAGES = ("support_policy", "kbgen", "ticket_form")

# Words of the same form as a rule's name, in modules that report problems.
_NO_RULES = frozenset(
    {"ls-files", "mon-fri", "mon-sun", "mon-thu", "sat-sun", "utf-8", "utf-8-sig"}
)
_REPORTS = re.compile(r"\b(Diagnostic|Finding|refuse|tell)\b")
_RULE_NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def parameters(command: click.Command) -> dict[str, str]:
    """Return name -> choices with bars, for options and arguments; no choices are empty."""
    found = {}
    for parameter in command.params:
        kind = parameter.type
        choices = "|".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else ""
        if isinstance(parameter, click.Option):
            found[max(parameter.opts, key=len)] = choices
        else:
            found[parameter.metavar or str(parameter.name).upper()] = ""
    return found


def make_targets() -> set[str]:
    """Return the targets that people call."""
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", _makefile(), re.MULTILINE))


def make_variables() -> dict[str, bool]:
    """Return name -> whether the Makefile expects people to set it."""
    found = re.findall(r"^([A-Z]+) (\?|:)=", _makefile(), re.MULTILINE)
    return {name: mark == "?" for name, mark in found}


def variables_of_tests() -> set[str]:
    """Return the environment variables that the tests read."""
    sources = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("*.py")]
    sources.append((REPOSITORY / "tests" / "run").read_text(encoding="utf-8"))
    pattern = r'environ(?:\.get\(|\[)"([A-Z_]+)"|\$\{([A-Z_]+):-'
    return {a or b for text in sources for a, b in re.findall(pattern, text)} | set(
        re.findall(r"^\t@?([A-Z_]+)=", _makefile(), re.MULTILINE)
    )


def program_variables() -> set[str]:
    """Return the environment variables that the programs read."""
    return {
        name
        for _, text in modules()
        for name in re.findall(r"\b(?:TICKET_FORM|KBGEN)_[A-Z_]+\b", text)
    }


def modules() -> Iterator[tuple[Path, str]]:
    """Yield path and text of every module of the packages."""
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")


def rules_in_code() -> set[str]:
    """Return the name of every rule that a module reports.

    Found by form, so that no way of reporting is missed: in modules that report problems, every
    text of the form of a rule's name is one, except those that are listed above.
    """
    found = {*BY_ID, *IMPORT_RULES}
    for _, text in modules():
        if _REPORTS.search(text):
            texts = (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Constant))
            found |= {
                each.value
                for each in texts
                if isinstance(each.value, str) and _RULE_NAME.fullmatch(each.value)
            }
    return found - _NO_RULES


def key_paths(schema: Mapping[str, Any]) -> set[str]:
    """Return every key of a file by its JSON Schema: `channels[].id`, `calendars.<name>.hours`."""
    return set(_key_paths(schema, schema.get("$defs", {}), ""))


def _key_paths(schema: Mapping[str, Any], known: Mapping[str, Any], at: str) -> Iterator[str]:
    if "$ref" in schema:
        schema = known[schema["$ref"].rsplit("/", 1)[1]]
    for choice in schema.get("anyOf", ()):
        yield from _key_paths(choice, known, at)
    for name, inner in schema.get("properties", {}).items():
        path = f"{at}.{name}" if at else name
        yield path
        yield from _key_paths(inner, known, path)
    others = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
    for other in others:
        if isinstance(other, dict):
            yield from _key_paths(other, known, f"{at}.<name>")
    if isinstance(schema.get("items"), dict):
        yield from _key_paths(schema["items"], known, f"{at}[]")


def _makefile() -> str:
    return (REPOSITORY / "Makefile").read_text(encoding="utf-8")
