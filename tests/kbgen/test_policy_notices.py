"""`kbgen check` tells of values in policy.yml that other YAML programs read as numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_roots import NOW_OPTION, POLICY, Root, write_root

UNQUOTED = POLICY.replace('"+49 30 23125 000"', "+493023125000")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return write_root(tmp_path, policy=UNQUOTED)


def test_an_unquoted_telephone_number_is_taken_and_told_at_its_place(root: Root) -> None:
    outcome = root.kbgen("check", NOW_OPTION)

    line = next(n for n, each in enumerate(UNQUOTED.split("\n"), 1) if "number: +49" in each)
    column = UNQUOTED.split("\n")[line - 1].index("+49") + 1
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith(
        f"policy.yml:{line}:{column}: notice[unquoted-number]: `+493023125000` has no quotes, "
        "so that other YAML programs read a number\n  why: "
    )
    assert '  fix: write "+493023125000"' in outcome.stdout
    assert "1 notice" in outcome.stderr


def test_every_such_value_is_told_in_the_order_of_the_file(root: Root) -> None:
    root.replace("policy.yml", 'version: "1.0"\neffective', "version: 1.0\neffective")

    outcome = root.kbgen("check", NOW_OPTION)

    rules = [line.split("[")[1].split("]")[0] for line in outcome.stdout.split("\n") if "[" in line]
    assert rules.count("unquoted-number") == 2
    assert outcome.stdout.index("`1.0`") < outcome.stdout.index("`+493023125000`")


def test_the_rule_can_be_turned_off(root: Root) -> None:
    root.replace("mkdocs.yml", "  - kbgen:\n", "  - kbgen:\n      checks: {unquoted-number: off}\n")

    outcome = root.kbgen("check", NOW_OPTION)

    assert outcome.stdout == ""
    assert "no problems" in outcome.stderr


def test_the_rule_can_be_made_an_error(root: Root) -> None:
    root.replace(
        "mkdocs.yml", "  - kbgen:\n", "  - kbgen:\n      checks: {unquoted-number: error}\n"
    )

    outcome = root.kbgen("check", NOW_OPTION)

    assert outcome.exit_code == 1
    assert "error[unquoted-number]" in outcome.stdout


def test_the_site_is_built_with_the_number_as_it_stands(root: Root) -> None:
    outcome = root.kbgen("export", str(root.folder / "plain"), NOW_OPTION)

    assert outcome.exit_code == 0
    assert "+493023125000" in root.read("plain/docs/contact.md")


def test_the_quoted_number_is_not_told(tmp_path: Path) -> None:
    outcome = write_root(tmp_path).kbgen("check", NOW_OPTION)

    assert "unquoted-number" not in outcome.output
