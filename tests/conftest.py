"""What all tests share: the test data of others, and a last line that hides nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_roots import good_root, root

__all__ = ["good_root", "root", "test_data"]

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of test data made by others; it is not part of the repository."""
    folder = Path(os.environ.get("KB_TEST_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("test data of others is missing: name its folder in KB_TEST_DATA")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Close with what was not run and why, or with the word that everything was."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"Not run: {count} × {reason}")
    if not reasons:
        terminalreporter.write_line("Not run: nothing was left out.")
    if not os.environ.get("SOAK"):
        terminalreporter.write_line("Run in their short form: random edits; `make soak` runs more.")
