"""How to reach a person: every channel, who it is for, and when somebody is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kbgen.pages.composed import ComposedPage, made_page
from kbgen.pages.markup import attribute, block, escaped, paragraphs, table, to
from support_policy.business_hours import BusinessHours, HoursSource
from support_policy.channels import Channel
from support_policy.opening_hours import DAY
from support_policy.policy import SupportPolicy
from support_policy.wording import (
    WEEKDAYS,
    day_in_words,
    hours_in_words,
    listed,
    spans_in_words,
)

ADDRESS = "/contact/"


def compose_contact(policy: SupportPolicy, now: datetime) -> ComposedPage:
    """Return the contact page; what it says without scripts stays true as days go by."""
    tables = (
        hours_tables(name, hours, now, channels=_channels_of(name, policy))
        for name, hours in policy.calendars.items()
        if _channels_of(name, policy) or _times_targets(hours, policy)
    )
    return made_page(
        ADDRESS,
        "contact",
        "Contact and opening hours",
        paragraphs(
            *(_channel(channel, policy) for channel in policy.channels),
            *tables,
            f"How soon we answer is written in {to('our support policy', '/support-policy/')}.",
        ),
        summary="Every way to reach a person, and when somebody is there.",
    )


def live_line(channel: Channel) -> str:
    """Return the channel as an entry of a list, with its state for those who have scripts."""
    return f"- {to(channel.label, f'{ADDRESS}#{channel.id}')} {live_state(channel)}"


def live_state(channel: Channel) -> str:
    """Return the place that a script fills with what holds now."""
    return f'<span class="kb-live" data-kb-channel="{attribute(channel.id)}" hidden></span>'


def hours_tables(
    name: str, hours: BusinessHours, now: datetime, *, channels: Sequence[Channel]
) -> str:
    """Return the week of a calendar, and the days on which it is different from today on."""
    zone = hours.time_zone.key
    week = ((WEEKDAYS[day], spans_in_words(spans)) for day, spans in enumerate(hours.hours.days))
    different = list(different_days(hours, now.astimezone(hours.time_zone).date()))
    whose = listed([escaped(each.label) for each in channels]) or "our office"
    return paragraphs(
        f"## Opening hours: {whose} {{#hours-{name}}}",
        f"All times are those of {zone}.",
        block("kb-hours", table(("Day", "Open"), week)),
        "### Different on these days" if different else "",
        block("kb-hours", table(("Date", "Open", "Reason"), different)) if different else "",
    )


def different_days(hours: BusinessHours, today: date) -> Iterator[tuple[str, str, str]]:
    """Yield date, hours and reason of the days from `today` on that are not like their weekday.

    Yesterday is among them where its night runs into today, or would on such a weekday.
    """
    first_day = today - DAY if _runs_past_midnight(hours, today - DAY) else today
    rows: list[tuple[date, date, str, str]] = [
        (each.from_, each.last_day, spans_in_words(each.hours), each.reason)
        for each in hours.exceptions
        if each.last_day >= first_day
    ]
    for holiday in hours.holidays.in_force:
        if holiday.date >= first_day:
            found = hours.day_hours(holiday.date)
            if found.source is HoursSource.HOLIDAY:
                rows.append((holiday.date, holiday.date, spans_in_words(found.spans), holiday.name))
    for first, last, shown, reason in sorted(rows):
        days = (
            day_in_words(first)
            if first == last
            else f"{day_in_words(first)} to {day_in_words(last)}"
        )
        yield days, shown, escaped(reason)


def _runs_past_midnight(hours: BusinessHours, day: date) -> bool:
    spans = (*hours.hours.days[day.weekday()], *hours.day_hours(day).spans)
    return any(span.end > DAY for span in spans)


def _channels_of(calendar: str, policy: SupportPolicy) -> Sequence[Channel]:
    return [channel for channel in policy.channels if channel.hours == calendar]


def _times_targets(hours: BusinessHours, policy: SupportPolicy) -> bool:
    """Tell whether promises are timed by the hours, so that customers need to know them."""
    return any(policy.hours_of_priority(each) is hours for each in policy.priorities.values())


def _channel(channel: Channel, policy: SupportPolicy) -> str:
    hours = policy.hours_of_channel(channel)
    return block(
        "kb-channel",
        f"## {escaped(channel.label)} {{#{channel.id}}}",
        "",
        live_state(channel),
        "",
        f"{to(channel.shown_as, channel.href)}",
        "",
        escaped(channel.audience),
        "",
        escaped(hours_in_words(hours)),
        tag="section",
    )
