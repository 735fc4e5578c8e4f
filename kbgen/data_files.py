"""The files that scripts, calendars and other programs read."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from kbgen.pages.composed import ComposedPage, SiteFile
from kbgen.schemas import compose_schemas
from kbgen.settings import Settings
from support_policy.business_hours import BusinessHours
from support_policy.maintenance_windows import MaintenanceCalendar
from support_policy.policy import SupportPolicy
from support_policy.policy_rules import policy_type

HOURS_HORIZON = timedelta(days=90)


def compose_data_files(
    pages: Sequence[ComposedPage],
    redirects: Mapping[str, str],
    policy: SupportPolicy,
    calendar: MaintenanceCalendar,
    settings: Settings,
    now: datetime,
) -> Iterator[SiteFile]:
    """Yield every file of data; the same values give the same bytes."""
    yield _json("hours.json", opening_hours(policy, now))
    yield _json("policy.json", policy_type().dump_python(policy, mode="json", by_alias=True))
    yield _json("maintenance.json", maintenance(calendar, now))
    yield _json("urls.json", addresses(pages, redirects))
    for name, schema in compose_schemas().items():
        yield _json(f"schemas/{name}", schema)
    if settings.site_url:
        yield SiteFile("sitemap.xml", _sitemap(pages, settings.site_url).encode())
    yield SiteFile("robots.txt", _robots(settings).encode())


def opening_hours(policy: SupportPolicy, now: datetime) -> dict[str, object]:
    """Return per channel when it is open, in UTC, from today to the horizon.

    The browser only compares instants; outside `made` and `until` it says nothing.
    """
    start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    until = start + HOURS_HORIZON
    return {
        "made": _utc(now),
        "until": _utc(until),
        "channels": {
            channel.id: _intervals(policy.hours_of_channel(channel), start, until)
            for channel in policy.channels
        },
    }


def maintenance(calendar: MaintenanceCalendar, now: datetime) -> dict[str, object]:
    """Return the components and the windows, with their state at `now`."""
    return {
        "made": _utc(now),
        "components": dict(calendar.components),
        "windows": [
            {
                "id": window.id,
                "title": window.title,
                "summary": window.summary,
                "start": _utc(window.start),
                "end": _utc(window.end),
                "time_zone": window.time_zone.key,
                "announced": _utc(window.announced) if window.announced else None,
                "components": list(window.components),
                "impact": window.impact,
                "kind": window.kind,
                "state": window.state_at(now),
            }
            for window in calendar.windows
        ],
    }


def addresses(pages: Iterable[ComposedPage], redirects: Mapping[str, str]) -> dict[str, object]:
    """Return every address with its title and anchors, and every old address."""
    return {
        "pages": [
            {
                "url": page.address,
                "title": page.meta["title"],
                "anchors": sorted(page.text.anchors),
            }
            for page in sorted(pages, key=lambda each: each.address)
        ],
        "redirects": dict(sorted(redirects.items())),
    }


def _intervals(hours: BusinessHours, start: datetime, until: datetime) -> list[list[str]]:
    return [[_utc(each.start), _utc(each.end)] for each in hours.open_intervals(start, until)]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(path: str, value: object) -> SiteFile:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return SiteFile(path, f"{text}\n".encode())


def _sitemap(pages: Iterable[ComposedPage], site_url: str) -> str:
    stem = site_url.rstrip("/")
    entries = (
        f"<url><loc>{html.escape(stem + quote(page.address))}</loc></url>"
        for page in sorted(pages, key=lambda each: each.address)
        if not page.meta["noindex"]
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}\n{chr(10).join(entries)}\n</urlset>\n"


def _robots(settings: Settings) -> str:
    lines = ["User-agent: *", "Allow: /"]
    if settings.site_url:
        lines.append(f"Sitemap: {settings.site_url.rstrip('/')}/sitemap.xml")
    return "\n".join(lines) + "\n"
