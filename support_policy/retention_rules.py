"""How long each kind of record is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from support_policy.identifiers import Line
from support_policy.periods import Period, PeriodText
from support_policy.yaml_file import STRICT


class RecordKind(StrEnum):
    """The kinds of record that the desk keeps; each needs a rule."""

    TICKETS = "tickets"
    ATTACHMENTS = "attachments"
    MAILS = "mails"
    VOTES = "votes"
    SEARCHES = "searches"
    SUBSCRIPTIONS = "subscriptions"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long records of one kind are kept, and from when that time is counted."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    label: Line
    keep: PeriodText
    counted_from: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRules:
    """A rule for every kind of record, so that nothing is kept without one."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    tickets: RetentionRule
    attachments: RetentionRule
    mails: RetentionRule
    votes: RetentionRule
    searches: RetentionRule
    subscriptions: RetentionRule

    def rule_for(self, kind: RecordKind) -> RetentionRule:
        """Return the rule for records of `kind`."""
        rule: RetentionRule = getattr(self, kind)
        return rule

    def keep(self, kind: RecordKind) -> Period:
        """Return how long records of `kind` are kept."""
        return self.rule_for(kind).keep
