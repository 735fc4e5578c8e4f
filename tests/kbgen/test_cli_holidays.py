"""`kbgen holidays`: shows what the library knows otherwise, and freezes it only when told to."""

from __future__ import annotations

import re

import pytest
from small_roots import NOW_OPTION, POLICY, Outcome, Root

from support_policy.holiday_calendar import public_holidays
from support_policy.policy_rules import parse_policy


def holidays(root: Root, *arguments: str) -> Outcome:
    return root.kbgen("holidays", NOW_OPTION, *arguments)


def test_changes_are_shown_and_nothing_is_written(root: Root) -> None:
    found = holidays(root, "--years=1")

    assert found.exit_code == 0
    assert found.stdout == (
        "office: added Saturday 26 December 2026, Second Day of Christmas\n"
        "office: removed Friday 1 January 2027, New Year's Day\n"
    )
    assert root.read("policy.yml") == POLICY


def test_writing_changes_the_dates_alone_and_keeps_every_comment(root: Root) -> None:
    found = holidays(root, "--years=2", "--write")

    assert found.exit_code == 0
    assert "policy.yml is written" in found.stderr
    changed = root.read("policy.yml")
    dates = re.compile(r"(?<=      dates:\n)(        - .*\n)+")
    assert dates.sub("", changed) == dates.sub("", POLICY)
    frozen = parse_policy(changed).calendars["office"].holidays.dates
    known = public_holidays("DE-BE", [2026, 2027])
    assert frozen == tuple(each for each in known if str(each.date) >= "2026-11-22")


def test_after_writing_nothing_is_left_to_change(root: Root) -> None:
    holidays(root, "--write")
    written = root.read("policy.yml")

    again = holidays(root, "--write")

    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "office: nothing has changed\n"
    assert root.read("policy.yml") == written
    assert root.kbgen("check", NOW_OPTION).exit_code == 0


def test_days_that_are_over_stay_as_they_were(root: Root) -> None:
    root.replace(
        "policy.yml",
        "        - {date: 2026-12-25,",
        "        - {date: 2025-01-01, name: An old name}  # as it was\n"
        "        - {date: 2026-12-25,",
    )

    found = holidays(root, "--years=1", "--write")

    assert "2025" not in found.stdout
    assert "        - {date: 2025-01-01, name: An old name}  # as it was\n" in root.read(
        "policy.yml"
    )


def test_a_renamed_holiday_is_shown_with_both_names(root: Root) -> None:
    root.replace("policy.yml", "name: Christmas Day", "name: Xmas")

    found = holidays(root, "--years=1")

    assert "office: renamed Friday 25 December 2026, Xmas -> Christmas Day\n" in found.stdout


def test_line_ends_stay_and_a_file_without_changes_is_not_touched(root: Root) -> None:
    holidays(root, "--write")
    path = root.folder / "policy.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()

    again = holidays(root, "--write")

    assert again.exit_code == 0
    assert "is written" not in again.stderr
    assert path.read_bytes() == before


def test_a_calendar_without_a_region_has_nothing_to_compare(root: Root) -> None:
    root.replace("policy.yml", "      region: DE-BE\n", "")

    found = holidays(root, "--write")

    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == "office: names no region, nothing to compare\n"


@pytest.mark.parametrize(
    ("region", "fix"),
    [
        pytest.param("DE-XX", "write `DE` alone, or one of `DE-BB`", id="a part"),
        pytest.param("Germany", "did you mean `DE`?", id="a name"),
    ],
)
def test_an_unknown_region_is_told_with_what_to_write(root: Root, region: str, fix: str) -> None:
    root.replace("policy.yml", "region: DE-BE", f"region: {region}")

    found = holidays(root)

    assert found.exit_code == 1
    assert f"`{region}` is not a region with known holidays: {fix}" in found.stderr


def test_holidays_in_brackets_are_told_and_the_file_unchanged(root: Root) -> None:
    start, end = POLICY.index("    holidays:"), POLICY.index("channels:")
    text = f"{POLICY[:start]}    holidays: {{region: DE-BE}}\n\n{POLICY[end:]}"
    root.write("policy.yml", text)

    shown, written = holidays(root), holidays(root, "--write")

    assert shown.exit_code == 0
    assert written.exit_code == 1
    assert "error[list-in-brackets]: `holidays` stands in brackets" in written.stderr
    assert root.read("policy.yml") == text


@pytest.mark.parametrize("years", ["0", "11", "many"])
def test_years_that_make_no_sense_are_wrong_usage(root: Root, years: str) -> None:
    assert holidays(root, f"--years={years}").exit_code == 2
