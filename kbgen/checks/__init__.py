"""Rules that content is held against: each looks at the whole help centre, and can be set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kbgen.checks import heads, relations, texts
from kbgen.help_centre import HelpCentre
from kbgen.settings import Settings
from support_policy.diagnostics import (
    Diagnostic,
    Location,
    Severity,
    sorted_by_place,
    unknown_name_fix,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, how much it weighs unless the site says otherwise, and what finds its breaches."""

    id: str
    severity: Severity
    find: Callable[[HelpCentre, datetime], Iterable[Diagnostic]] | None = None
    """None where it is found by reading the files, or by composing the site."""


_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE

RULES = (
    Rule("broken-link", _ERROR),
    Rule("broken-anchor", _ERROR),
    Rule("changed-without-version", _WARNING),
    Rule("missing-summary", _WARNING, heads.missing_summary),
    Rule("missing-id", _NOTICE, heads.missing_id),
    Rule("missing-version", _NOTICE, heads.missing_version),
    Rule("missing-aliases", _NOTICE, heads.missing_aliases),
    Rule("missing-owner", _NOTICE, heads.missing_owner),
    Rule("missing-answer", _WARNING, heads.missing_answer),
    Rule("missing-outcome", _WARNING, heads.missing_outcome),
    Rule("long-title", _WARNING, heads.long_title),
    Rule("long-summary", _WARNING, heads.long_summary),
    Rule("name-in-head", _ERROR, heads.name_in_head),
    Rule("version-without-change", _ERROR, heads.version_without_change),
    Rule("changes-out-of-order", _WARNING, heads.changes_out_of_order),
    Rule("date-in-future", _ERROR, heads.date_in_future),
    Rule("review-overdue", _WARNING, heads.review_overdue),
    Rule("unknown-owner", _ERROR, heads.unknown_owner),
    Rule("unknown-page", _ERROR, relations.unknown_page),
    Rule("redirect-taken", _ERROR, relations.redirect_taken),
    Rule("duplicate-title", _WARNING, relations.duplicate_title),
    Rule("duplicate-alias", _WARNING, relations.duplicate_alias),
    Rule("announcement-not-dated", _WARNING, relations.announcement_not_dated),
    Rule("unused-file", _NOTICE, relations.unused_file),
    Rule("empty-text", _WARNING, texts.empty_text),
    Rule("second-title", _ERROR, texts.second_title),
    Rule("skipped-heading-level", _WARNING, texts.skipped_heading_level),
    Rule("repeated-heading", _NOTICE, texts.repeated_heading),
    Rule("repeated-anchor", _ERROR, texts.repeated_anchor),
    Rule("picture-without-words", _ERROR, texts.picture_without_words),
    Rule("vague-link", _WARNING, texts.vague_link),
    Rule("typed-promise", _WARNING, texts.typed_promise),
    Rule("foreign-request", _ERROR, texts.foreign_request),
    Rule("unquoted-number", _NOTICE),
)
BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}


def check_content(centre: HelpCentre, now: datetime) -> Iterator[Diagnostic]:
    """Yield every breach of a rule, before the site's own severities."""
    for rule in RULES:
        if rule.find is not None and centre.settings.severities.get(rule.id, rule) is not None:
            yield from rule.find(centre, now)


def with_severities(
    diagnostics: Iterable[Diagnostic], settings: Settings, *, is_strict: bool = False
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics as the site weighs them; what is no rule of ours stays an error.

    With `is_strict`, whatever is not turned off is an error.
    """
    weighed = []
    for diagnostic in diagnostics:
        rule = BY_ID.get(diagnostic.rule)
        if rule is None:
            weighed.append(diagnostic)
            continue
        severity = settings.severities.get(rule.id, rule.severity)
        if severity is not None:
            chosen = Severity.ERROR if is_strict else severity
            weighed.append(replace(diagnostic, severity=chosen))
    return sorted_by_place(weighed)


def unknown_rules(settings: Settings) -> Iterator[Diagnostic]:
    """Yield the names in mkdocs.yml that are no rule."""
    for name in settings.severities:
        if name not in BY_ID:
            yield Diagnostic(
                settings.severity_places.get(name, Location("mkdocs.yml")),
                "unknown-rule",
                f"`{name}` is not a rule whose severity can be set",
                "a rule that was misspelt would go on as before",
                unknown_name_fix(name, BY_ID),
            )
