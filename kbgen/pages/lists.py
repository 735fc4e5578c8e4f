"""Long lists of pages, cut into pages of their own so that none grows without end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbgen.pages.composed import ComposedPage, made_page
from kbgen.pages.markup import block, paragraphs, to

PAGE_SIZE = 60


def listed_pages(
    address: str,
    kind: str,
    title: str,
    entries: Sequence[tuple[str, str]],
    *,
    lead: str = "",
    summary: str = "",
    breadcrumb: tuple[tuple[str, str], ...] = (),
    section: str = "",
    page_size: int = PAGE_SIZE,
    source: str | None = None,
    first_line: int = 1,
) -> Iterator[ComposedPage]:
    """Yield one page or several; `entries` are (heading, list entry), sorted by heading.

    The first page has the address and the lead, which may come from a file; the others are at
    `address/2/`, `address/3/` …
    """
    chunks = [entries[at : at + page_size] for at in range(0, len(entries), page_size)] or [()]
    for number, chunk in enumerate(chunks, start=1):
        is_first = number == 1
        yield made_page(
            _numbered(address, number),
            kind,
            title if is_first else f"{title}, page {number}",
            paragraphs(
                lead if is_first else "",
                *_sections(chunk),
                _pager(address, number, len(chunks)),
            ),
            summary=summary,
            breadcrumb=breadcrumb if is_first else (*breadcrumb, (title, address)),
            section=section,
            is_searched=False,
            source=source if is_first else None,
            first_line=first_line,
        )


def _numbered(address: str, number: int) -> str:
    return address if number == 1 else f"{address}{number}/"


def _sections(entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    at = 0
    while at < len(entries):
        heading = entries[at][0]
        end = at
        while end < len(entries) and entries[end][0] == heading:
            end += 1
        if heading:
            yield f"## {heading}"
        yield block("kb-list", *(entry for _, entry in entries[at:end]))
        at = end


def _pager(address: str, number: int, count: int) -> str:
    """Return links to the first, the last and the neighbouring pages of the list."""
    if count == 1:
        return ""
    shown = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    links = [
        f"**{each}**" if each == number else to(f"Page {each}", _numbered(address, each))
        for each in shown
    ]
    return block(
        "kb-pager", " ".join(links), tag="nav", attributes='aria-label="More of this list"'
    )
