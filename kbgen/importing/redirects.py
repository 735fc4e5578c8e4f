"""The old addresses that lead to each page, no two pages sharing one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kbgen.importing.placing import Placement, as_address, is_address
from kbgen.importing.rules import tell
from support_policy.diagnostics import Diagnostic

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Redirects:
    """The redirects of every page, by its target, and those that had to go."""

    by_target: Mapping[PurePosixPath, tuple[str, ...]]
    report: tuple[Diagnostic, ...]


def keep_redirects(pages: Iterable[Placement], site_url: str | None) -> Redirects:
    """Return the redirects that can be kept; of several pages the first one has the claim."""
    pages = tuple(pages)
    holders = {page.address.casefold(): page for page in pages}
    kept: dict[PurePosixPath, tuple[str, ...]] = {}
    report: list[Diagnostic] = []
    for page in pages:
        addresses: list[str] = []
        for written, place in page.fields.redirects:
            address = _old_address(written, site_url)
            holder = holders.setdefault(address.casefold(), page) if address else page
            if address is None:
                what = f"`{written}` is no old address of a page"
                report.append(tell("redirect-unusable", place, what))
            elif holder is not page:
                what = f"`{address}` already leads to {holder.page.file}"
                report.append(tell("redirect-taken", place, what))
            elif address.casefold() != page.address.casefold():
                addresses.append(address)
        kept[page.target] = tuple(dict.fromkeys(addresses))
    return Redirects(kept, tuple(report))


def _old_address(written: str, site_url: str | None) -> str | None:
    """Return a redirect as an address of this site, or None where it cannot be one."""
    if site_url is not None and written.startswith(f"{site_url}/"):
        written = written.removeprefix(site_url)
    if _ELSEWHERE.match(written):
        return None
    address = as_address(written)
    return address if is_address(address) else None
