"""The support policy: ten clauses, each with what the data says; no number is typed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kbgen.model import Catalog, Kind
from kbgen.pages.composed import ComposedPage, made_page
from kbgen.pages.markup import escaped, paragraphs, table, to
from support_policy.policy import SupportPolicy
from support_policy.retention_rules import RecordKind
from support_policy.wording import (
    CLAUSE_TITLES,
    TARGET_LABELS,
    date_in_words,
    hours_in_words,
    listed,
    notice_in_words,
    rhythm_in_words,
    start_of_level_in_words,
    target_in_words,
)

Part = Callable[[Catalog, SupportPolicy], str]


def compose_policy_page(catalog: Catalog, policy: SupportPolicy) -> ComposedPage:
    """Return the page with a section for each clause."""
    sections = (
        paragraphs(
            f"## {number}. {title} {{#{anchor(title)}}}",
            getattr(policy.clauses, clause),
            _PARTS[clause](catalog, policy),
        )
        for number, (clause, title) in enumerate(CLAUSE_TITLES.items(), start=1)
    )
    organisation = policy.organisation
    return made_page(
        "/support-policy/",
        "policy",
        "Technical support policy",
        paragraphs(*sections, "## Changes of this policy {#changes}", _changes(policy)),
        summary=f"What {organisation.name} promises to those who ask for help.",
        facts=[f"Version {policy.version}", f"in force since {date_in_words(policy.effective)}"],
    )


def anchor(title: str) -> str:
    """Return the anchor of a clause."""
    return title.lower().replace(" ", "-")


def _channels(_: Catalog, policy: SupportPolicy) -> str:
    rows = (
        (
            escaped(channel.label),
            to(channel.shown_as, channel.href),
            escaped(channel.audience),
            escaped(hours_in_words(policy.hours_of_channel(channel)))
            + ("" if channel.counts_for_targets else " (not timed by our targets)"),
        )
        for channel in policy.channels
    )
    return paragraphs(
        table(("Channel", "Where", "For", "Hours"), rows),
        f"Holidays and other days with different hours stand on "
        f"{to('the contact page', '/contact/')}.",
    )


def _targets(_: Catalog, policy: SupportPolicy) -> str:
    head = ("Priority", "It means", *TARGET_LABELS.values())
    rows = (
        (
            f"**{escaped(priority.label)}**",
            escaped(priority.means),
            *(target_in_words(priority.target(name)) for name in TARGET_LABELS),
        )
        for priority in policy.priorities.values()
    )
    examples = (
        f"{escaped(priority.label)}, for example:\n\n"
        + "\n".join(f"- {escaped(each)}" for each in priority.examples)
        for priority in policy.priorities.values()
        if priority.examples
    )
    return paragraphs(table(head, rows), *examples, _clock_note(policy))


def _clock_note(policy: SupportPolicy) -> str:
    hours = dict.fromkeys(
        hours_in_words(policy.hours_of_priority(each)) for each in policy.priorities.values()
    )
    return (
        "Business hours and business days are those of our office: "
        f"{escaped(listed(list(hours)))}. "
        "The clock stands still while we wait for your answer."
    )


def _assistance(catalog: Catalog, _: SupportPolicy) -> str:
    topics = [to(each.title, each.address) for each in catalog.categories]
    shown = f"Topics we help with: {listed(topics)}." if topics else ""
    return paragraphs(
        shown, f"Every code we show is explained among the {to('error codes', '/error-codes/')}."
    )


def _ticketing(_: Catalog, __: SupportPolicy) -> str:
    return ""


def _escalation(_: Catalog, policy: SupportPolicy) -> str:
    rows = (
        (
            f"{number}. {escaped(level.label)}",
            start_of_level_in_words(level)
            + ("" if level.after is None or level.outside_hours else ", during opening hours"),
            escaped(level.handles),
            escaped(level.customer_hears),
        )
        for number, level in enumerate(policy.escalation, start=1)
    )
    return table(("Level", "A request gets there", "What the level does", "What you hear"), rows)


def _knowledge_base(catalog: Catalog, _: SupportPolicy) -> str:
    counts = {
        "article": (len(catalog.of_kind(Kind.ARTICLE)), "/categories/", "articles"),
        "question": (len(catalog.of_kind(Kind.FAQ)), "/faq/", "frequent questions"),
        "tutorial": (len(catalog.of_kind(Kind.TUTORIAL)), "/tutorials/", "tutorials"),
    }
    parts = [
        to(f"{count} {one if count == 1 else many}", address)
        for one, (count, address, many) in counts.items()
    ]
    return f"There are {listed(parts)} at the moment."


def _maintenance(_: Catalog, policy: SupportPolicy) -> str:
    return paragraphs(
        f"- Planned maintenance is announced {notice_in_words(policy.notice.planned)}.\n"
        f"- Major maintenance is announced {notice_in_words(policy.notice.major)}.\n"
        "- In an emergency we act at once and tell you at the same time.",
        f"What is coming stands on {to('the maintenance page', '/maintenance/')}.",
    )


def _feedback(_: Catalog, __: SupportPolicy) -> str:
    return ""


def _privacy(_: Catalog, policy: SupportPolicy) -> str:
    rules = (policy.retention.rule_for(kind) for kind in RecordKind)
    rows = ((escaped(rule.label), str(rule.keep), escaped(rule.counted_from)) for rule in rules)
    return table(("What we keep", "For how long", "Counted from"), rows)


def _training(_: Catalog, policy: SupportPolicy) -> str:
    reading = target_in_words(policy.training.required_reading)
    teams = {level.team: level.label for level in policy.escalation}
    rows = (
        (
            escaped(duty.title),
            rhythm_in_words(duty.every),
            escaped(teams[duty.team]) if duty.team else "every agent",
        )
        for duty in policy.training.duties
    )
    return paragraphs(
        f"- Every agent has read a changed article {reading}.",
        table(("Duty", "How often", "For"), rows) if policy.training.duties else "",
    )


def _changes(policy: SupportPolicy) -> str:
    return "\n".join(
        f"- Version {each.version}, {date_in_words(each.date)}: {escaped(each.note)}"
        for each in policy.changes
    )


_PARTS: Mapping[str, Part] = {
    "support_channels": _channels,
    "response_time": _targets,
    "technical_assistance": _assistance,
    "ticketing_system": _ticketing,
    "escalation_process": _escalation,
    "knowledge_base": _knowledge_base,
    "updates_and_maintenance": _maintenance,
    "feedback_and_improvement": _feedback,
    "security_and_privacy": _privacy,
    "learning_and_training": _training,
}
