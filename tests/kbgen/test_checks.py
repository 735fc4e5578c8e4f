"""The rules that content is held against: a page that breaks each, and where that is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest
from small_roots import (
    MAINTENANCE,
    MKDOCS,
    NOW,
    NOW_OPTION,
    PAGES,
    Root,
    article,
    head,
    help_centre,
    site_of,
)

from kbgen.checks import BY_ID, RULES, check_content, unknown_rules, with_severities
from support_policy.diagnostics import Diagnostic, Severity

NEW = "kb_articles/signing-in/new.md"
QUESTION = "faq/signing-in/new.md"
TUTORIAL = "tutorials/signing-in/new.md"
BODY = 12
"""The line on which the text of `new` begins."""


def new(text: str = "Text.\n", **fields: object) -> str:
    """Return an article whose fields stand on these lines.

    2 title, 3 summary, 4 aliases, 5 owner, 6 version, 7 changes, 8 reviewed, 9 id, 10 others.
    """
    return article(text, **{"title": "New", "id": "KB-0009", **fields})  # type: ignore[arg-type]


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


def rules_of(diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [each.rule for each in diagnostics]


def test_the_small_help_centre_breaks_no_rule() -> None:
    assert judged({}) == ()


CHANGE = {"version": "1.0", "date": "2026-11-22", "note": "First."}

# Rule -> the page that breaks it, and where that is told.
BREACHES: dict[str, tuple[str, str, str]] = {
    "missing-summary": (NEW, new(summary=None), "2:1: warning"),
    "missing-id": (NEW, new(id=None), "2:1: notice"),
    "missing-version": (NEW, new(version=None), "2:1: notice"),
    "missing-aliases": (NEW, new(aliases=None), "2:1: notice"),
    "missing-owner": (NEW, new(owner=None), "2:1: notice"),
    "missing-answer": (QUESTION, new(), "2:1: warning"),
    "missing-outcome": (TUTORIAL, new(minutes=5), "2:1: warning"),
    "long-title": (NEW, new(title="x" * 71, summary="Short."), "2:1: warning"),
    "long-summary": (NEW, new(summary="x" * 161), "3:1: warning"),
    "name-in-head": (NEW, new(aliases=["{{ policy.version }}"]), "4:1: error"),
    "version-without-change": (NEW, new(version="1.1"), "6:1: error"),
    "changes-out-of-order": (
        NEW,
        new(version="1.1", changes=[{**CHANGE, "version": "1.1", "date": "2026-11-20"}, CHANGE]),
        "7:1: warning",
    ),
    "date-in-future": (NEW, new(reviewed="2026-11-24"), "8:1: error"),
    "review-overdue": (
        NEW,
        new(
            changes=[{**CHANGE, "date": "2025-01-01"}],
            reviewed="2026-05-21",
            review_every="6 months",
        ),
        "8:1: warning",
    ),
    "unknown-owner": (NEW, new(owner="suport"), "5:1: error"),
    "unknown-page": (NEW, new(related=["KB-0001", "KB-0099"]), "10:1: error"),
    "redirect-taken": (NEW, new(redirect_from=["/privacy/"]), "10:1: error"),
    "duplicate-title": (NEW, new(title="YOUR account is locked"), "2:1: warning"),
    "duplicate-alias": (
        NEW,
        new(title="Zip", aliases=["HELP with Your account is locked"]),
        "4:1: warning",
    ),
    "empty-text": (NEW, new(""), "1:1: warning"),
    "second-title": (NEW, new("# Again\n"), f"{BODY}:1: error"),
    "skipped-heading-level": (NEW, new("## A\n\n#### B\n"), f"{BODY + 2}:1: warning"),
    "repeated-heading": (NEW, new("## Steps\n\n## steps\n"), f"{BODY + 2}:1: notice"),
    "repeated-anchor": (NEW, new("## A {#x}\n\n## B {#x}\n"), f"{BODY + 2}:1: error"),
    "picture-without-words": (NEW, new("See ![](https://a.example/b.png)\n"), f"{BODY}:5: error"),
    "vague-link": (NEW, new("Look [here](/contact/).\n"), f"{BODY}:6: warning"),
    "typed-promise": (NEW, new("We answer\nwithin 4 business hours.\n"), f"{BODY + 1}:8: warning"),
    "foreign-request": (NEW, new("See ![a](https://a.example/b.png)\n"), f"{BODY}:5: error"),
    "broken-link": (NEW, new("[a](gone.md)\n"), f"{BODY}:5: error"),
    "broken-anchor": (NEW, new("[a](#gone)\n"), f"{BODY}:5: error"),
}


@pytest.mark.parametrize(("rule", "case"), BREACHES.items(), ids=BREACHES)
def test_a_breach_is_told_where_it_is(rule: str, case: tuple[str, str, str]) -> None:
    path, text, place = case

    found = [str(each) for each in judged({path: text}) if each.rule == rule]

    assert len(found) == 1
    assert found[0].startswith(f"{path}:{place}[{rule}]: ")
    assert "\n  why: " in found[0]
    assert "\n  fix: " in found[0]


MORE_BREACHES = {
    "tutorial without minutes": (
        {TUTORIAL: new(outcome="Done.")},
        f"{TUTORIAL}:2:1: warning[missing-outcome]",
    ),
    "name in a summary": (
        {NEW: new(summary="For {{ policy.version }}.")},
        f"{NEW}:3:1: error[name-in-head]",
    ),
    "name in an outcome": (
        {TUTORIAL: new(minutes=5, outcome="{{ x }}")},
        f"{TUTORIAL}:11:1: error[name-in-head]",
    ),
    "version without any change": (
        {NEW: new(changes=None)},
        f"{NEW}:6:1: error[version-without-change]",
    ),
    "change in the future": (
        {NEW: new(changes=[{**CHANGE, "date": "2026-12-01"}])},
        f"{NEW}:7:1: error[date-in-future]",
    ),
    "never checked": (
        {NEW: new(version=None, changes=None, reviewed=None, review_every="1 month")},
        f"{NEW}:7:1: warning[review-overdue]",
    ),
    "related to itself": (
        {NEW: new(related=["KB-0009"])},
        f"{NEW}:10:1: error[unknown-page]",
    ),
    "replaced by nothing": (
        {NEW: new(replaced_by="KB-0099")},
        f"{NEW}:10:1: error[unknown-page]",
    ),
    "followed by nothing": (
        {TUTORIAL: new(minutes=5, outcome="Done.", next=["TUT-0099"])},
        f"{TUTORIAL}:12:1: error[unknown-page]",
    ),
    "related to a draft": (
        {NEW: new(related=["KB-0010"]), "faq/a/draft.md": article(id="KB-0010", state="draft")},
        f"{NEW}:10:1: error[unknown-page]",
    ),
    "redirect from its own address": (
        {NEW: new(redirect_from=["/articles/signing-in/new/"])},
        f"{NEW}:10:1: error[redirect-taken]",
    ),
    "redirect that another page has": (
        {NEW: new(redirect_from=["/Help/Reset/"])},
        "kb_articles/signing-in/reset-password.md:13:1: error[redirect-taken]",
    ),
    "redirect from a made page": (
        {NEW: new(redirect_from=["/contact/"])},
        f"{NEW}:10:1: error[redirect-taken]",
    ),
    "picture in HTML": (
        {NEW: new('<img src="https://a.example/b.png">\n')},
        f"{NEW}:{BODY}:1: error[picture-without-words]",
    ),
    "mail address typed": (
        {"docs/new.md": head(title="New") + "Write to help@example.com.\n"},
        "docs/new.md:5:10: warning[typed-promise]",
    ),
    "second title in a category": (
        {"kb_articles/signing-in/index.md": head(title="Signing in") + "# Signing in\n"},
        "kb_articles/signing-in/index.md:5:1: error[second-title]",
    ),
    "broken link in an answer": (
        {QUESTION: new(answer="See [this](gone.md).")},
        f"{QUESTION}:10:1: error[broken-link]",
    ),
    "vague link in an answer": (
        {QUESTION: new(answer="See [here](/contact/).")},
        f"{QUESTION}:10:1: warning[vague-link]",
    ),
    "below an answer": (
        {QUESTION: new("[a](gone.md)\n", answer="Yes.")},
        f"{QUESTION}:13:5: error[broken-link]",
    ),
}


@pytest.mark.parametrize(("pages", "expected"), MORE_BREACHES.values(), ids=MORE_BREACHES)
def test_every_form_of_a_breach_is_told(pages: Mapping[str, str], expected: str) -> None:
    found = [str(each).split("]")[0] + "]" for each in judged(pages)]

    assert expected in found


KEPT = {
    "a title of 70 characters": {NEW: new(title="x" * 70, summary="Short.")},
    "a summary of 160 characters": {NEW: new(summary="x" * 160)},
    "a date of tomorrow": {NEW: new(reviewed="2026-11-23")},
    "checked just in time": {
        NEW: new(
            changes=[{**CHANGE, "date": "2026-01-01"}],
            reviewed="2026-05-23",
            review_every="6 months",
        )
    },
    "changed in place of checked": {NEW: new(reviewed="2025-01-01", review_every="6 months")},
    "two changes on one day": {
        NEW: new(version="1.1", changes=[{**CHANGE, "version": "1.1"}, CHANGE])
    },
    "one title in two kinds": {
        QUESTION: new(title="Your account is locked", answer="Yes.", aliases=["locked?"])
    },
    "a title for each draft": {NEW: new(title="Your account is locked", state="draft")},
    "headings down and up": {NEW: new("## A\n\n### B\n\n#### C\n\n## D\n")},
    "a title in code": {NEW: new("```\n# A comment\n```\n")},
    "a picture in code": {NEW: new("`![](b.png)`\n")},
    "a link with words": {NEW: new("[Where it stands here](/contact/)\n")},
    "a promise that is named": {NEW: new("{{ policy.priorities.urgent.first_response }}\n")},
    "a promise in code": {NEW: new("`help@example.com`\n")},
    "a longer number": {NEW: new("It took 14 business hours.\n")},
    "an empty home page": {"docs/index.md": head(title="Help")},
}


@pytest.mark.parametrize("pages", KEPT.values(), ids=KEPT)
def test_what_keeps_a_rule_is_not_told(pages: Mapping[str, str]) -> None:
    assert judged(pages) == ()


def test_the_first_day_after_the_period_is_overdue() -> None:
    page = new(
        changes=[{**CHANGE, "date": "2026-01-01"}], reviewed="2026-05-22", review_every="6 months"
    )

    before = judged({NEW: page}, datetime(2026, 11, 22, tzinfo=UTC))
    after = judged({NEW: page}, datetime(2026, 11, 22, 0, 1, tzinfo=UTC))

    assert "review-overdue" not in rules_of(before)
    assert "review-overdue" in rules_of(after)


def test_a_date_far_ahead_is_told_and_counting_on_from_it_breaks_nothing() -> None:
    page = new(reviewed="9999-12-31", review_every="100 years")

    assert rules_of(judged({NEW: page})) == ["date-in-future"]


def test_a_window_without_its_announcement_is_told() -> None:
    text = MAINTENANCE.replace("    announced: 2026-11-22 10:00\n", "")

    found = judged({}, maintenance=text)

    assert [str(each).split("]")[0] for each in found] == [
        "maintenance.yml:1:1: warning[announcement-not-dated"
    ]


def test_an_emergency_needs_no_announcement() -> None:
    text = MAINTENANCE.replace("announced: 2026-11-22 10:00", "kind: emergency")

    assert judged({}, maintenance=text) == ()


def test_a_file_that_no_page_shows_is_told() -> None:
    pages = {
        NEW: new("![A](a.png) [B](/articles/signing-in/b.pdf) <img alt='C' src='c.png'>\n"),
        "kb_articles/signing-in/index.md": head(title="Signing in") + "![D](d.png)\n",
    }
    names = ("a.png", "b.pdf", "c.png", "d.png", "e.png")

    found = judged(pages, assets=[f"kb_articles/signing-in/{name}" for name in names])

    assert [str(each).split("]")[0] for each in found] == [
        "kb_articles/signing-in/e.png:1:1: notice[unused-file"
    ]


def test_every_rule_has_a_test_of_its_breach() -> None:
    elsewhere = {
        "changed-without-version",
        "announcement-not-dated",
        "unused-file",
        "unquoted-number",
    }

    assert set(BREACHES) | elsewhere == set(BY_ID)
    assert len(RULES) == len(BY_ID)


# Severities


def with_checks(**severities: str) -> str:
    checks = json.dumps({name.replace("_", "-"): each for name, each in severities.items()})
    return MKDOCS.replace("  - kbgen:\n", f"  - kbgen:\n      checks: {checks}\n")


@pytest.mark.parametrize(
    ("severity", "weighed"),
    [
        pytest.param("error", [Severity.ERROR], id="error"),
        pytest.param("warning", [Severity.WARNING], id="warning"),
        pytest.param("notice", [Severity.NOTICE], id="notice"),
        pytest.param("off", [], id="off"),
    ],
)
def test_a_site_decides_how_much_a_rule_weighs(severity: str, weighed: list[Severity]) -> None:
    mkdocs = with_checks(missing_summary=severity)

    found = judged({NEW: new(summary=None)}, mkdocs=mkdocs)

    assert [each.severity for each in found] == weighed


def test_a_broken_link_can_be_turned_off_too() -> None:
    found = judged({NEW: new("[a](gone.md)\n")}, mkdocs=with_checks(broken_link="off"))

    assert found == ()


def test_strict_makes_an_error_of_everything_that_is_not_off() -> None:
    pages = {NEW: new(summary=None, owner=None)}

    found = judged(pages, mkdocs=with_checks(missing_owner="off"), is_strict=True)

    assert [(each.rule, each.severity) for each in found] == [("missing-summary", Severity.ERROR)]


def test_an_unknown_rule_is_told_with_its_place_and_the_probable_name() -> None:
    (found,) = judged({}, mkdocs=with_checks(mising_summary="off"))

    assert str(found.location) == "mkdocs.yml:7:16"
    assert found.rule == "unknown-rule"
    assert found.fix == "did you mean `missing-summary`?"


def test_what_is_no_rule_of_ours_stays_an_error(root: Root) -> None:
    root.write("mkdocs.yml", with_checks(missing_key="off"))
    root.write(NEW, "---\nsummary: No title.\n---\nText.\n")

    found = root.kbgen("check", NOW_OPTION)

    assert found.exit_code == 1
    assert f"{NEW}:2:1: error[missing-key]" in found.stdout
    assert "error[unknown-rule]" in found.stdout


# The command


def test_warnings_do_not_fail_the_check_unless_strict(root: Root) -> None:
    root.write(NEW, new(summary=None))

    found, strict = root.kbgen("check", NOW_OPTION), root.kbgen("check", NOW_OPTION, "--strict")

    assert (found.exit_code, strict.exit_code) == (0, 1)
    assert found.stderr == "1 warning\n"
    assert strict.stderr == "1 error\n"


def test_a_program_reads_the_same_as_a_person(root: Root) -> None:
    root.write(NEW, new("[a](qqqqq)\n"))

    found = root.kbgen("check", NOW_OPTION, "--format=json")

    (each,) = json.loads(found.stdout)
    assert found.exit_code == 1
    assert each == {
        "file": NEW,
        "line": BODY,
        "column": 5,
        "severity": "error",
        "rule": "broken-link",
        "what": "`qqqqq` leads nowhere",
        "why": "readers would meet an error page",
        "fix": "name a page or a file that is there",
    }


def test_nothing_wrong_is_an_empty_list_for_programs(root: Root) -> None:
    assert json.loads(root.kbgen("check", NOW_OPTION, "--format=json").stdout) == []


def test_a_pull_request_gets_an_annotation_at_the_line(root: Root) -> None:
    root.write(NEW, new("See [a: 100%](100%25)\n"))

    found = root.kbgen("check", NOW_OPTION, "--format=github")

    assert found.stdout == (
        f"::error file={NEW},line={BODY},col=15,title=broken-link::`100%2525` leads nowhere%0A"
        "why: readers would meet an error page%0Afix: name a page or a file that is there\n"
    )


def test_output_without_letters_beyond_ascii_does_not_break_the_command(root: Root) -> None:
    root.write(NEW, new("[ä](gone-ü.md)\n"))

    found = root.process("check", NOW_OPTION, PYTHONIOENCODING="ascii")

    assert found.exit_code == 1
    assert "Traceback" not in found.output
    assert "error[broken-link]" in found.stdout
