"""Readers at a browser: each visit has its own settings, and nothing it does goes unseen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

from browser.served_site import ServedSite

PATIENCE_MS = 15_000
"""How long a busy machine may take to show what a test waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person at a browser: where and when, with which screen and which settings."""

    time_zone: str = "Europe/Berlin"
    now: datetime | None = None
    """What their clock shows, standing still; None is the present."""
    width: int = 1280
    height: int = 800
    scheme: Literal["light", "dark"] = "light"
    language: str = "en-GB"
    scripts: bool = True
    blocked: tuple[str, ...] = ()
    """Addresses of the site that never arrive, such as `/hours.json`."""


ANYBODY = Reader()


class Visits:
    """Opens pages for readers, and keeps what a reader should never have to notice.

    `visit("/contact/", Reader(scripts=False))` returns the page. A request to another origin is
    stopped and, like an error in the console or in a script, makes the test fail at its end.
    """

    def __init__(self, browser: Browser, site: ServedSite) -> None:
        self._browser = browser
        self._site = site
        self._contexts: list[BrowserContext] = []
        self._faults: list[str] = []

    def __call__(
        self,
        address: str = "/",
        reader: Reader = ANYBODY,
        *,
        site: ServedSite | None = None,
        status: int = 200,
    ) -> Page:
        """Return the page at one of the site's addresses, loaded, in a browser without memory."""
        place = site or self._site
        page = self._context(reader, place, address if status != 200 else None).new_page()
        if reader.now is not None:
            page.clock.set_fixed_time(reader.now)
        answer = page.goto(place.url(address))
        assert answer is not None
        assert answer.status == status, f"{address} answers with {answer.status}"
        return page

    def faults(self) -> list[str]:
        """Return what went wrong unseen until now, in words; a test that expects it forgets it."""
        for page in self._pages():
            page.evaluate("0")  # what the browser reported before this has then arrived
        return list(self._faults)

    def forget_faults(self) -> None:
        """Let the test pass in spite of the faults until now."""
        self.faults()
        self._faults.clear()

    def photograph(self, folder: Path, name: str) -> list[Path]:
        """Write a picture of every page that is still open, and return where they are."""
        pictures = []
        stem = re.sub(r"[^\w-]+", "-", name).strip("-")
        for number, page in enumerate(self._pages(), start=1):
            picture = folder / f"{stem}-{number}.png"
            page.screenshot(path=picture, full_page=True)
            pictures.append(picture)
        return pictures

    def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _pages(self) -> list[Page]:
        return [page for context in self._contexts for page in context.pages]

    def _context(self, reader: Reader, site: ServedSite, missing: str | None) -> BrowserContext:
        context = self._browser.new_context(
            timezone_id=reader.time_zone,
            locale=reader.language,
            color_scheme=reader.scheme,
            viewport={"width": reader.width, "height": reader.height},
            java_script_enabled=reader.scripts,
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        # As a pattern, so that the browser's driver decides: a question to Python for each
        # file would make every page slow.
        foreign = re.compile(rf"^(?!{re.escape(site.origin)}/|data:|blob:)")
        context.route(foreign, self._stop)
        for address in reader.blocked:
            context.route(site.url(address), lambda route: route.abort())
        silent = {site.url(address) for address in (*reader.blocked, missing) if address}
        context.on("console", lambda message: self._hear(message, silent))
        context.on("weberror", lambda error: self._faults.append(f"script: {error.error}"))
        return context

    def _stop(self, route: Route, request: Request) -> None:
        self._faults.append(f"foreign request: {request.url}")
        route.abort()

    def _hear(self, message: ConsoleMessage, silent: set[str]) -> None:
        url = message.location["url"]
        if message.type == "error" and url not in silent:
            self._faults.append(f"console: {message.text} ({url})")


def move_clock(page: Page, now: datetime) -> None:
    """Let the reader come back to the open page at another moment."""
    page.clock.set_fixed_time(now)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def host_of(url: str) -> str:
    """Return the host and port that a URL leads to; empty for one without."""
    return urlsplit(url).netloc


def stored_by(page: Page) -> Mapping[str, object]:
    """Return all that the site left in the browser."""
    script = """async () => ({
      local: {...localStorage}, session: {...sessionStorage}, cookie: document.cookie,
      databases: await indexedDB.databases(), caches: isSecureContext ? await caches.keys() : [],
    })"""
    left: dict[str, object] = page.evaluate(script)
    return {name: value for name, value in left.items() if value} | (
        {"cookies": cookies} if (cookies := page.context.cookies()) else {}
    )
