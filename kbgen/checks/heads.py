"""Rules about what a page says of itself in its head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from kbgen.front_matter import FaqFields, TutorialFields
from kbgen.help_centre import HelpCentre
from kbgen.model import KnowledgePage
from support_policy.diagnostics import Diagnostic, unknown_name_fix
from support_policy.wording import date_in_words

MAX_TITLE = 70
MAX_SUMMARY = 160

_FIELD_OF = {
    "missing-summary": "title",
    "long-title": "title",
    "long-summary": "summary",
    "version-without-change": "version",
    "changes-out-of-order": "changes",
    "unknown-owner": "owner",
    "missing-version": "title",
    "missing-id": "title",
    "missing-aliases": "title",
    "missing-owner": "title",
    "missing-answer": "title",
    "missing-outcome": "title",
}
"""The field of the head at which a rule points; what is missing is missing below the title."""


def missing_summary(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Every page has a summary."""
    for page in centre.catalog.pages:
        if not page.fields.summary:
            yield _at(
                page,
                "missing-summary",
                "the page has no summary",
                "lists and search results show it, so that readers choose the right page",
                "add `summary: …`, one sentence that says what the page does for the reader",
            )


def missing_id(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Every page has an id of its own."""
    for page in centre.catalog.pages:
        if page.fields.id is None:
            yield _at(
                page,
                "missing-id",
                "the page has no id",
                "its permalink then changes when the file is renamed",
                f"add `id: …`; now it is `{page.id}`",
            )


def missing_version(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Every page has a version."""
    for page in centre.catalog.pages:
        if page.fields.version is None:
            yield _at(
                page,
                "missing-version",
                "the page has no version",
                "readers and agents cannot tell what changed since they read it",
                'add `version: "1.0"` and a first entry under `changes`',
            )


def missing_aliases(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Every page says how customers call the thing."""
    for page in centre.catalog.pages:
        if not page.fields.aliases:
            yield _at(
                page,
                "missing-aliases",
                "the page has no aliases",
                "search finds it only by your words, not by those of customers",
                "add `aliases: [what customers say, …]`",
            )


def missing_owner(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Every page has a team that keeps it true."""
    for page in centre.catalog.pages:
        if page.fields.owner is None:
            yield _at(
                page,
                "missing-owner",
                "the page has no owner",
                "nobody is asked when it needs a check",
                "add `owner:` with a team of policy.yml",
            )


def unknown_owner(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """An owner is a team of the policy."""
    teams = {level.team for level in centre.policy.escalation}
    for page in centre.catalog.pages:
        if page.fields.owner is not None and page.fields.owner not in teams:
            yield _at(
                page,
                "unknown-owner",
                f"`{page.fields.owner}` is not a team",
                "nobody is asked when the page needs a check",
                unknown_name_fix(page.fields.owner, teams),
            )


def missing_answer(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A FAQ entry has a short answer."""
    for page in centre.catalog.pages:
        if isinstance(page.fields, FaqFields) and not page.fields.answer:
            yield _at(
                page,
                "missing-answer",
                "the question has no short answer",
                "it stands first on the page and in the list of questions",
                "add `answer: …`, one or two sentences",
            )


def missing_outcome(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A tutorial says how long it takes and what the reader will have done."""
    for page in centre.catalog.pages:
        fields = page.fields
        if isinstance(fields, TutorialFields) and not (fields.outcome and fields.minutes):
            yield _at(
                page,
                "missing-outcome",
                "the tutorial does not say what it leads to or how long it takes",
                "readers decide by it whether to begin",
                "add `outcome: …` and `minutes: …`",
            )


def long_title(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A title fits a search result."""
    for page in centre.catalog.pages:
        if len(page.title) > MAX_TITLE:
            yield _at(
                page,
                "long-title",
                f"the title has {len(page.title)} characters",
                f"beyond {MAX_TITLE} it is cut in search results and on phones",
                "shorten it, or add `nav_title: …` for narrow places and shorten the title",
            )


def long_summary(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A summary fits a search result."""
    for page in centre.catalog.pages:
        if len(page.fields.summary) > MAX_SUMMARY:
            yield _at(
                page,
                "long-summary",
                f"the summary has {len(page.fields.summary)} characters",
                f"beyond {MAX_SUMMARY} it is cut in search results",
                "say it in one sentence",
            )


def name_in_head(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Policy names stand in texts, not in heads."""
    for page in centre.catalog.pages:
        for field in ("title", "nav_title", "summary", "aliases", "applies_to", "outcome", "needs"):
            value = getattr(page.fields, field, None) or ""
            if any("{{" in each for each in ((value,) if isinstance(value, str) else value)):
                yield Diagnostic(
                    page.place_of_field(field),
                    "name-in-head",
                    f"`{field}` holds `{{{{ … }}}}`",
                    "names are replaced in the text and in `answer` only, and readers would see "
                    "the braces",
                    "say it without the name, or move the sentence into the text",
                )


def version_without_change(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """The version is the newest entry of the changes."""
    for page in centre.catalog.pages:
        version, changes = page.fields.version, page.fields.changes
        if version is not None and version != (changes[0].version if changes else None):
            yield _at(
                page,
                "version-without-change",
                f"version {version} is not the first entry of `changes`",
                "readers who come back are told what is new",
                f'add `- {{version: "{version}", date: …, note: …}}` at the top of `changes`',
            )


def changes_out_of_order(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Changes are listed newest first."""
    for page in centre.catalog.pages:
        dates = [change.date for change in page.fields.changes]
        if dates != sorted(dates, reverse=True):
            yield _at(
                page,
                "changes-out-of-order",
                "the changes are not in order",
                "the page shows the first as the newest",
                "put the newest change first",
            )


def date_in_future(centre: HelpCentre, now: datetime) -> Iterator[Diagnostic]:
    """Nothing was changed or checked tomorrow."""
    # A day ahead, for writers whose day has already begun.
    latest = (now + timedelta(days=1)).date()
    for page in centre.catalog.pages:
        dates = {("changes", change.date) for change in page.fields.changes}
        dates |= {("reviewed", page.fields.reviewed)} if page.fields.reviewed else set()
        for field, date in sorted(each for each in dates if each[1] > latest):
            yield Diagnostic(
                page.place_of_field(field),
                "date-in-future",
                f"{date_in_words(date)} has not come yet",
                "readers judge by it how fresh the page is",
                "mend the date",
            )


def review_overdue(centre: HelpCentre, now: datetime) -> Iterator[Diagnostic]:
    """A page is checked as often as it says."""
    for page in centre.catalog.pages:
        every, reviewed = page.fields.review_every, page.fields.reviewed
        if every is None:
            continue
        dates = [change.date for change in page.fields.changes]
        last = max([*dates, *([reviewed] if reviewed else [])], default=None)
        if last is not None and last >= now.date():
            continue
        if last is None or every.after(datetime.combine(last, time(), UTC)) < now:
            since = f"since {date_in_words(last)}" if last else "ever"
            yield Diagnostic(
                page.place_of_field("reviewed" if reviewed else "review_every"),
                "review-overdue",
                f"the page has not been checked {since}, and should be every {every}",
                "software changes; a page that was true may mislead today",
                "try the steps, mend what is wrong, and set `reviewed` to today",
            )


def _at(page: KnowledgePage, rule: str, what: str, why: str, fix: str) -> Diagnostic:
    return Diagnostic(page.place_of_field(_FIELD_OF[rule]), rule, what, why, fix)
