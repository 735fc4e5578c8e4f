"""No text takes more than its length: four times as long takes about four times the time."""

from __future__ import annotations

import time

import pytest

from kbgen.markdown_text import (
    anchors,
    heading_edits,
    headings,
    links,
    names,
    plain_text,
    strain,
    without_code,
)

SIZE = 6_000
LONGER = 4
TOO_MUCH = 9
"""Twice the fair ratio; where time grows with the square of the length, it is 16."""

RUNS = (
    *("[", "]", "(", ")", "<", ">", "{", "}", "`", "*", "_", "#", "=", "-", "~", "|", "\\", "&"),
    *("!", " ", "\t", "\n", "> ", "- ", "1. ", "    ", "``` ", "```\n", "~~~\n", "    a\n"),
    *("![", "](", "[](", "[a](", "[a]( ", '[a](b "', "](()", "[a]: b\n", "[^a]: b\n", "[a", "[]"),
    *("`a ``", "`a `` ``` ", "\\`", "**a ", "*a ", "_a ", "~~a ", "==a ", "++a "),
    *("{{", "{{ a", "{{ a }} ", "\\{{", "{#a", "{#a ", "{: #a }", "{a} "),
    *("<a ", '<a href="', "<a href=", "<img ", "<!--", "<!-- -->", "<pre>", "<pre", "<script "),
    *("</a", "# a\n", "# a {", "# a {#b}\n", "## ", "#a", "a #", "# a #\n", "&#123;"),
    *("!!! a\n", '=== "a"\n', "a\n---\n"),
)  # fmt: skip
LEADS = ("", "# ", "](", "- `", "{#", "<a ")


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out Python-Markdown, from which `strain` keeps such texts away."""
    monkeypatch.setattr("kbgen.markdown_text.heading_lines._as_parsed", lambda _: ())


def read(text: str) -> None:
    masked = without_code(text)
    found = headings(text, masked)
    list(heading_edits(text, found))
    anchors(masked, found)
    links(masked)
    names(masked)
    plain_text(text)
    strain(masked)


def seconds(text: str) -> float:
    """Return the processor time of the faster of two readings."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)


def ratio(run: str, lead: str) -> float:
    short, long = (lead + run * (size // len(run)) for size in (SIZE, SIZE * LONGER))
    # Below a millisecond the clock says little.
    return seconds(long) / max(seconds(short), 0.001)


@pytest.mark.parametrize("run", RUNS, ids=repr)
def test_a_long_run_of_signs_takes_linear_time(run: str) -> None:
    for lead in LEADS:
        # Other work on the machine can make one measurement slow, but not three.
        assert any(ratio(run, lead) < TOO_MUCH for _ in range(3)), f"after {lead!r}"


def test_many_equal_headings_take_linear_time() -> None:
    assert any(ratio("## Steps\n\n", "") < TOO_MUCH for _ in range(3))
