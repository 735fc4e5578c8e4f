"""The ways to reach a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from support_policy.identifiers import (
    Flag,
    Identifier,
    Line,
    MailAddress,
    PhoneNumber,
    WebAddress,
)
from support_policy.yaml_file import STRICT


class ChannelKind(StrEnum):
    """How a channel works for the customer."""

    EMAIL = "email"
    CHAT = "chat"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to reach a person: where, for whom, and when somebody is there."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    kind: ChannelKind
    label: Line
    audience: Line
    hours: Identifier
    """The calendar that says when somebody is there."""
    address: MailAddress | None = None
    number: PhoneNumber | None = None
    url: WebAddress | None = None
    counts_for_targets: Flag = True
    """Whether a request through this channel is timed by the targets."""

    @property
    def shown_as(self) -> str:
        """Return what a customer reads: the mail address, the number, or the chat's address."""
        shown = {
            ChannelKind.EMAIL: self.address,
            ChannelKind.PHONE: self.number,
            ChannelKind.CHAT: self.url,
        }[self.kind]
        return shown or ""

    @property
    def href(self) -> str:
        """Return the address that a link to the channel opens."""
        if self.kind is ChannelKind.EMAIL:
            return f"mailto:{self.address}"
        if self.kind is ChannelKind.PHONE:
            digits = "".join(sign for sign in self.shown_as if sign.isdigit() or sign == "+")
            return f"tel:{digits}"
        return self.shown_as


REQUIRED_FIELD = {
    ChannelKind.EMAIL: "address",
    ChannelKind.PHONE: "number",
    ChannelKind.CHAT: "url",
}
"""The field that holds the address of each kind."""
