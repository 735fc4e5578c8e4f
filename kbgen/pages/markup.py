"""Small pieces of Markdown and HTML that the made pages are written with."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from kbgen.markdown_text import plain_text

# A plus sign means keys only where two stand together; telephone numbers stay readable.
_SIGNS = re.compile(r"[\\`*_\[\]{}|~^=<>&#]|\+(?=\+)|(?<=\+)\+")


def escaped(text: str) -> str:
    """Return plain text such that Markdown shows it as it is."""
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)


def attribute(text: str) -> str:
    """Return plain text for the inside of an HTML attribute."""
    return html.escape(text, quote=True)


def to(title: str, address: str) -> str:
    """Return a link in Markdown; the address is one of the site, or a full one."""
    return f"[{escaped(title)}](<{address}>)"


def entry(title: str, address: str, note: str = "") -> str:
    """Return a list entry: a link, and a short text behind it."""
    return f"- {to(title, address)} {escaped(note)}".rstrip()


def short(markdown: str) -> str:
    """Return Markdown of one line as plain text."""
    return plain_text(" ".join(markdown.split()))


def block(name: str, *lines: str, tag: str = "div", attributes: str = "") -> str:
    """Return Markdown inside an element of that class."""
    inside = "\n".join(lines)
    more = f" {attributes}" if attributes else ""
    return f'<{tag} class="{name}" markdown="1"{more}>\n\n{inside}\n\n</{tag}>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are Markdown, or text that was escaped."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell or '–' for cell in row)} |" for row in rows]
    return "\n".join(lines)


def paragraphs(*parts: str) -> str:
    """Return the parts that are not empty, each a block of its own."""
    return "\n\n".join(part for part in parts if part) + "\n"
