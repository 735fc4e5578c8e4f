"""`kbgen due`: when a ticket would be due, in words that name the day and the zone."""

from __future__ import annotations

import pytest
from small_roots import Outcome, Root


def due(root: Root, priority: str, at: str) -> Outcome:
    return root.kbgen("due", priority, f"--at={at}")


def test_a_ticket_filed_while_the_desk_is_open_is_timed_at_once(root: Root) -> None:
    found = due(root, "urgent", "2026-11-23 10:00")

    assert found.exit_code == 0
    zone, open_ = "(Europe/Berlin)", "counted while open"
    assert found.stdout.splitlines() == [
        f"Urgent, filed Monday 23 November 2026, 10:00 {zone}",
        f"The desk is open then {zone}.",
        f"First response  Monday 23 November 2026, 14:00 {zone}  (4 business hours, {open_})",
        f"Next update     Monday 23 November 2026, 14:00 {zone}  (4 business hours, {open_})",
        f"Resolution      Wednesday 25 November 2026, 10:00 {zone}  (2 business days, {open_})",
    ]


@pytest.mark.parametrize(
    ("at", "opening", "first_response"),
    [
        pytest.param(
            "2026-11-27 16:00", None, "Monday 30 November 2026, 12:00", id="over the weekend"
        ),
        pytest.param(
            "2026-11-28 12:00",
            "Monday 30 November 2026, 09:00",
            "Monday 30 November 2026, 13:00",
            id="on a Saturday",
        ),
        pytest.param(
            "2026-12-24 13:00",
            "Monday 28 December 2026, 09:00",
            "Monday 28 December 2026, 13:00",
            id="on Christmas Eve after noon",
        ),
        pytest.param(
            "2026-11-23T21:00+00:00",
            "Tuesday 24 November 2026, 09:00",
            "Tuesday 24 November 2026, 13:00",
            id="with an offset",
        ),
    ],
)
def test_closed_time_does_not_count(
    root: Root, at: str, opening: str | None, first_response: str
) -> None:
    lines = due(root, "urgent", at).stdout.splitlines()

    if opening is not None:
        assert lines[1] == (
            f"The desk is closed then; business time runs from {opening} (Europe/Berlin)."
        )
    assert lines[2].startswith(f"First response  {first_response} (Europe/Berlin)")


def test_without_a_time_it_is_now(root: Root) -> None:
    found = root.kbgen("due", "normal")

    assert found.exit_code == 0
    assert found.stdout.startswith("Not urgent, filed ")


def test_an_unknown_priority_is_wrong_usage_that_names_the_known_ones(root: Root) -> None:
    found = due(root, "high", "2026-11-23 10:00")

    assert found.exit_code == 2
    assert "`high` is not a priority; there are urgent, normal" in found.stderr


@pytest.mark.parametrize("at", ["tomorrow", "2026-02-30 10:00", "10:00"])
def test_what_is_no_time_is_wrong_usage(root: Root, at: str) -> None:
    found = due(root, "urgent", at)

    assert found.exit_code == 2
    assert f"`{at}` is no time; write 2026-11-22T10:00Z or 2026-11-22 10:00" in found.stderr


def test_a_broken_policy_is_told(root: Root) -> None:
    root.replace("policy.yml", "means: Everything else.", "means:")

    found = due(root, "urgent", "2026-11-23 10:00")

    assert found.exit_code == 1
    assert "policy.yml:" in found.stderr
    assert "\n  fix: " in found.stderr


def test_pages_are_not_read(root: Root) -> None:
    root.write("faq/signing-in/empty.md", "")

    assert due(root, "urgent", "2026-11-23 10:00").exit_code == 0
