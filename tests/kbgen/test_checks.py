"""The rules that content is held against: a page that breaks each, and where that is told."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest
from small_roots import (
    MAINTENANCE,
    MKDOCS,
    NOW,
    NOW_OPTION,
    PAGES,
    POLICY,
    Outcome,
    Root,
    article,
    head,
    help_centre,
    site_of,
    write_root,
)

from kbgen.checks import BY_ID, RULES, check_content, unknown_rules, with_severities
from support_policy.diagnostics import Diagnostic, Severity

NEW = "kb_articles/signing-in/new.md"
QUESTION = "faq/signing-in/new.md"
TUTORIAL = "tutorials/signing-in/new.md"
LAST_FIELD = 8
"""The line of `reviewed`, the last field that every article of these tests has."""
BODY = LAST_FIELD + 3
"""The line on which its text begins."""


def judged(
    pages: Mapping[str, str],
    now: datetime = NOW,
    *,
    assets: Sequence[str] = (),
    is_strict: bool = False,
    **files: str,
) -> tuple[Diagnostic, ...]:
    """Return what the rules say of the small help centre with these pages."""
    centre = help_centre({**PAGES, **pages}, assets=assets, **files)
    found = [*unknown_rules(centre.settings), *check_content(centre, now)]
    found += site_of(centre, now).diagnostics
    return with_severities(found, centre.settings, is_strict=is_strict)


def told(diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [f"{each.location} {each.severity}[{each.rule}]" for each in diagnostics]


def question(text: str = "More.\n", **fields: object) -> str:
    return article(text, **{"title": "Is it new?", "answer": "Yes.", **fields})  # type: ignore[arg-type]


def tutorial(text: str = "## Begin\n", **fields: object) -> str:
    given = {"title": "New steps", "minutes": 5, "outcome": "All is new.", **fields}
    return article(text, **given)  # type: ignore[arg-type]


def test_the_small_help_centre_breaks_no_rule() -> None:
    assert judged({}) == ()


BREACHES = {
    "missing-summary": (NEW, article(title="New", summary=None), [f"{NEW}:2:1 warning"]),
    "missing-version": (NEW, article(title="New", version=None), [f"{NEW}:2:1 notice"]),
    "missing-aliases": (NEW, article(title="New", aliases=None), [f"{NEW}:2:1 notice"]),
    "missing-owner": (NEW, article(title="New", owner=None), [f"{NEW}:2:1 notice"]),
    "missing-answer": (QUESTION, question(answer=None, id="FAQ-0009"), [f"{QUESTION}:2:1 warning"]),
    "missing-outcome": (
        TUTORIAL,
        tutorial(outcome=None, id="TUT-0009"),
        [f"{TUTORIAL}:2:1 warning"],
    ),
    "long-title": (NEW, article(title="x" * 71, summary="Short."), [f"{NEW}:2:1 warning"]),
    "long-summary": (NEW, article(title="New", summary="x" * 161), [f"{NEW}:3:1 warning"]),
    "name-in-head": (
        NEW,
        article(title="New", aliases=["{{ policy.version }}"]),
        [f"{NEW}:4:1 error"],
    ),
    "version-without-change": (NEW, article(title="New", version="1.1"), [f"{NEW}:6:1 error"]),
    "changes-out-of-order": (
        NEW,
        article(
            title="New",
            version="1.1",
            changes=[
                {"version": "1.1", "date": "2026-11-20", "note": "B."},
                {"version": "1.0", "date": "2026-11-21", "note": "A."},
            ],
        ),
        [f"{NEW}:7:1 warning"],
    ),
    "date-in-future": (NEW, article(title="New", reviewed="2026-11-24"), [f"{NEW}:8:1 error"]),
    "review-overdue": (
        NEW,
        article(
            title="New",
            changes=[{"version": "1.0", "date": "2025-01-01", "note": "A."}],
            reviewed="2026-05-21",
            review_every="6 months",
        ),
        [f"{NEW}:8:1 warning"],
    ),
    "unknown-owner": (NEW, article(title="New", owner="suport"), [f"{NEW}:5:1 error"]),
    "unknown-page": (
        NEW,
        article(title="New", related=["KB-0001", "KB-0099"]),
        [f"{NEW}:9:1 error"],
    ),
    "redirect-taken": (
        NEW,
        article(title="New", redirect_from=["/privacy/"]),
        [f"{NEW}:9:1 error"],
    ),
    "duplicate-title": (NEW, article(title="YOUR account is locked"), [f"{NEW}:2:1 warning"]),
    "duplicate-alias": (
        NEW,
        article(title="New", aliases=["Help with your account is locked"]),
        [f"{NEW}:4:1 warning"],
    ),
    "empty-text": (NEW, article("", title="New"), [f"{NEW}:1:1 warning"]),
    "second-title": (NEW, article("# Again\n", title="New"), [f"{NEW}:{BODY}:1 error"]),
    "skipped-heading-level": (
        NEW,
        article("## A\n\n#### B\n", title="New"),
        [f"{NEW}:{BODY + 2}:1 warning"],
    ),
    "repeated-heading": (
        NEW,
        article("## Steps\n\n## steps\n", title="New"),
        [f"{NEW}:{BODY + 2}:1 notice"],
    ),
    "repeated-anchor": (
        NEW,
        article("## A {#x}\n\n## B {#x}\n", title="New"),
        [f"{NEW}:{BODY + 2}:1 error"],
    ),
    "picture-without-words": (
        NEW,
        article("See ![](https://example.com/a.png)\n", title="New"),
        [f"{NEW}:{BODY}:5 error"],
    ),
    "vague-link": (NEW, article("Look [here](/contact/).\n", title="New"), [f"{NEW}:{BODY}:6 warning"]),
    "typed-promise": (
        NEW,
        article("We answer\nwithin 4 business hours.\n", title="New"),
        [f"{NEW}:{BODY + 1}:8 warning"],
    ),
    "broken-link": (NEW, article("[a](gone.md)\n", title="New"), [f"{NEW}:{BODY}:5 error"]),
    "broken-anchor": (NEW, article("[a](#gone)\n", title="New"), [f"{NEW}:{BODY}:5 error"]),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "case"), BREACHES.items(), ids=BREACHES)
def test_a_page_that_breaks_a_rule_is_told_where(
    rule: str, case: tuple[str, str, list[str]]
) -> None:
    path, text, expected = case
    text = text if "\nid:" in text else text.replace("\nsummary:", "\nid: KB-0009\nsummary:")
    shift = 0 if "\nid:" in case[1] else 1

    found = [each for each in judged({path: text}) if each.rule == rule]

    assert [f"{each.location} {each.severity}" for each in found] == [
        _shifted(each, shift) for each in expected
    ]
    assert all(each.why and each.fix for each in found)


def _shifted(expected: str, lines: int) -> str:
    place, severity = expected.split(" ")
    file, line, column = place.split(":")
    is_below_title = int(line) > 2
    return f"{file}:{int(line) + lines * is_below_title}:{column} {severity}"
