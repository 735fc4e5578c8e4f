"""What a writer is told who slips in policy.yml or maintenance.yml: each mistake at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import pytest

from support_policy.diagnostics import Diagnostic, InvalidSources
from support_policy.maintenance_windows import parse_windows
from support_policy.policy_rules import parse_policy

HERE = Path(__file__).parent
POLICY = (HERE / "sample_policy.yml").read_text(encoding="utf-8")
MAINTENANCE = (HERE / "sample_maintenance.yml").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A change of the sample, in the form of a diff, and the lines that a writer then reads."""

    name: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    told: tuple[str, ...]

    def made_in(self, text: str) -> str:
        old, new = ("".join(f"{line}\n" for line in part) for part in (self.removed, self.added))
        assert f"\n{text}".count(f"\n{old}") == 1
        return f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]


def mistakes(name: str) -> list[Mistake]:
    found = []
    for block in (HERE / name).read_text(encoding="utf-8").rstrip("\n").split("\n\n"):
        title, *lines = block.split("\n")
        parts = {sign: tuple(each[1:] for each in lines if each[0] == sign) for sign in "-+"}
        told = tuple(each for each in lines if each[0] not in parts)
        found.append(Mistake(title.removeprefix("# "), parts["-"], parts["+"], told))
    return found


def told_about(diagnostics: tuple[Diagnostic, ...], expected: tuple[str, ...]) -> tuple[str, ...]:
    """The first line of each diagnostic, and its fix where the expected lines quote that."""
    told: list[str] = []
    for diagnostic in diagnostics:
        first, _, fix = str(diagnostic).split("\n")
        told += (first, fix) if fix in expected else (first,)
    return tuple(told)


def policy_mistakes(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidSources) as caught:
        parse_policy(text)
    return caught.value.diagnostics


def maintenance_mistakes(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidSources) as caught:
        parse_windows(text, notice=parse_policy(POLICY).notice)
    return caught.value.diagnostics


def assert_why_and_fix_are_for_people(diagnostics: tuple[Diagnostic, ...]) -> None:
    for each in diagnostics:
        assert len(each.why) > 10
        assert len(each.fix) > 5
        assert not re.search(r"None|<class|\[\]|Error\b|Input should|\{\}", str(each))


@pytest.mark.parametrize("mistake", mistakes("mistakes_in_policy.txt"), ids=attrgetter("name"))
def test_a_mistake_in_the_policy_is_told_at_its_place(mistake: Mistake) -> None:
    text = mistake.made_in(POLICY)

    diagnostics = policy_mistakes(text)

    assert told_about(diagnostics, mistake.told) == mistake.told
    assert_why_and_fix_are_for_people(diagnostics)


@pytest.mark.parametrize("mistake", mistakes("mistakes_in_maintenance.txt"), ids=attrgetter("name"))
def test_a_mistake_in_the_maintenance_windows_is_told_at_its_place(mistake: Mistake) -> None:
    text = mistake.made_in(MAINTENANCE)

    diagnostics = maintenance_mistakes(text)

    assert told_about(diagnostics, mistake.told) == mistake.told
    assert_why_and_fix_are_for_people(diagnostics)


def test_the_samples_have_no_mistake() -> None:
    policy = parse_policy(POLICY)

    calendar = parse_windows(MAINTENANCE, notice=policy.notice)

    assert len(calendar.windows) == 3


def test_all_wrong_values_are_told_at_once_in_the_order_of_the_file() -> None:
    text = POLICY
    for right, wrong in [
        ("every: 12 months", "every: year"),
        ("fri: 09:00-15:00", "fri: 22:00"),
        ("kind: phone", "kind: phnoe"),
        ("effective: 2026-10-01", "effective: soon"),
        ("  language: en", "  langauge: en"),
        ("keep: 24 months, counted_from", "keep: ever, counted_form"),
    ]:
        assert text.count(right) == 1
        text = text.replace(right, wrong)

    diagnostics = policy_mistakes(text)

    assert [(each.location.line, each.location.column, each.rule) for each in diagnostics] == [
        (7, 3, "unknown-key"),
        (10, 12, "invalid-date"),
        (20, 12, "invalid-hours"),
        (52, 11, "unknown-value"),
        (100, 12, "missing-key"),
        (100, 35, "invalid-period"),
        (100, 41, "unknown-key"),
        (110, 52, "invalid-period"),
    ]


def test_all_that_is_wrong_between_right_values_is_told_at_once() -> None:
    text = (
        POLICY.replace("hours: always", "hours: alwys")
        .replace("id: engineering", "id: first-line")
        .replace("team: support}", "team: suport}")
        .replace('version: "1.1"\neffective', 'version: "1.2"\neffective')
        .replace("Search first.", '""')
    )

    diagnostics = policy_mistakes(text)

    assert [(each.location.line, each.rule) for each in diagnostics] == [
        (12, "version-without-change"),
        (56, "unknown-calendar"),
        (81, "duplicate-id"),
        (111, "unknown-team"),
        (119, "empty-value"),
    ]


def test_all_that_is_wrong_with_the_windows_is_told_at_once() -> None:
    text = (
        MAINTENANCE.replace("[website, api]", "[webiste, apj]")
        .replace("end: 2026-12-21 04:00", "end: 2026-12-19 04:00")
        .replace("id: 2026-11-20-certificate", "id: 2026-12-05-database")
        .replace("start: 2026-12-05", "start: 2026-11-24")
    )

    diagnostics = maintenance_mistakes(text)

    assert [(each.location.line, each.location.column, each.rule) for each in diagnostics] == [
        (12, 12, "too-little-notice"),
        (15, 18, "unknown-component"),
        (15, 27, "unknown-component"),
        (21, 10, "end-before-start"),
        (27, 9, "duplicate-id"),
    ]


def test_too_little_notice_is_told_at_the_window_itself_where_two_share_an_id() -> None:
    text = MAINTENANCE.replace("id: 2026-12-20-move", "id: 2026-12-05-database").replace(
        "America/New_York\n    announced: 2026-11-22", "America/New_York\n    announced: 2026-12-20"
    )

    diagnostics = maintenance_mistakes(text)

    assert [(each.location.line, each.rule) for each in diagnostics] == [
        (18, "duplicate-id"),
        (20, "too-little-notice"),
    ]


@pytest.mark.parametrize(
    "key",
    [
        "organisation",
        "version",
        "effective",
        "changes",
        "calendars",
        "channels",
        "priorities",
        "escalation",
        "notice",
        "retention",
        "training",
        "clauses",
    ],
)
def test_each_part_of_the_policy_is_needed(key: str) -> None:
    without = re.sub(rf"^{key}:.*\n(?:[ #].*\n|\n)*", "", POLICY, flags=re.MULTILINE)
    assert f"\n{key}:" not in without

    (diagnostic,) = policy_mistakes(without)

    assert (diagnostic.rule, diagnostic.what) == ("missing-key", f"`{key}` is missing")


@pytest.mark.parametrize("key", ["calendars", "channels", "priorities", "escalation"])
def test_each_part_of_the_policy_holds_something(key: str) -> None:
    empty = re.sub(rf"^{key}:\n(?:[ #].*\n|\n)*", f"{key}:\n", POLICY, flags=re.MULTILINE)

    diagnostics = policy_mistakes(empty)

    assert ("empty-value", f"`{key}` is empty") in {(each.rule, each.what) for each in diagnostics}


def test_a_file_is_named_as_it_was_given() -> None:
    with pytest.raises(InvalidSources) as caught:
        parse_policy("- a\n", "policies/desk.yml")

    assert str(caught.value).startswith(
        "policies/desk.yml:1:1: error[wrong-type]: the file holds a list\n  why: "
    )
