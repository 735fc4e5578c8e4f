"""Pages to measure with: as many as wanted, and the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, islice

SECTIONS = 20
TAGS = 40
WORDS_ON_A_PAGE = 434
_SEED = 20261122
_SYLLABLES = (
    "ba",
    "der",
    "fin",
    "gor",
    "hal",
    "ke",
    "lo",
    "mi",
    "nu",
    "pa",
    "ra",
    "se",
    "ti",
    "vo",
)
_VOCABULARY = 3000


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """An article: where it lies below the folder of articles, its head, and its Markdown."""

    path: str
    head: str
    body: str

    @property
    def text(self) -> str:
        """Return the file."""
        return f"---\n{self.head}---\n\n{self.body}"


def generated_pages(size: int) -> Iterator[GeneratedPage]:
    """Yield `size` articles in 20 sections, each of about 434 words."""
    writer = _Writer()
    for number in range(size):
        yield GeneratedPage(
            path=f"{_section(number)}/{_name(number)}.md",
            head=writer.head(number),
            body=writer.body(number, size),
        )


def section_titles() -> Iterator[tuple[str, str]]:
    """Yield folder and title of every section."""
    for number in range(SECTIONS):
        yield _section(number), f"Section {number:02}"


class _Writer:
    """Writes sentences of invented words; common words are common, as in any language."""

    def __init__(self) -> None:
        self._random = random.Random(_SEED)
        invented = ("".join(self._random.choices(_SYLLABLES, k=1 + at % 4)) for at in count())
        self._words = list(islice(dict.fromkeys(islice(invented, 60_000)), _VOCABULARY))
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def head(self, number: int) -> str:
        """Return the front matter, with every field that articles of ours have."""
        aliases = ", ".join(" ".join(self._choose(2)) for _ in range(3))
        codes = f"error_codes: [GEN-{number:05}]\n" if number % 50 == 0 else ""
        return (
            f"id: KB-{number:05}\n"
            f"title: {self._sentence(5).rstrip('.')} {number}\n"
            f"summary: {self._sentence(12)}\n"
            f"aliases: [{aliases}]\n"
            f"tags: [{self._words[number % TAGS]}]\n"
            "owner: support\n"
            'version: "1.1"\n'
            'changes: [{version: "1.1", date: 2026-11-02, note: Steps were made shorter.}, '
            '{version: "1.0", date: 2026-10-01, note: First published.}]\n'
            "reviewed: 2026-11-02\n"
            "review_every: 6 months\n"
            f"{codes}"
        )

    def body(self, number: int, size: int) -> str:
        """Return five parts, each with a heading, a paragraph and steps; links, a note, code."""
        parts = [self._paragraph(44)]
        for _ in range(5):
            heading = " ".join(self._choose(3)).capitalize()
            steps = "\n".join(f"{step}. {self._paragraph(10)}" for step in range(1, 4))
            parts += [f"## {heading}", self._paragraph(34), steps]
        parts.append(f"- {self._link(number, 1, size)}\n- {self._link(number, SECTIONS, size)}")
        parts.append(f'!!! note "{self._sentence(3)}"\n    {self._paragraph(14)}')
        parts.append(f"```sh\ncurl --fail https://example.com/{self._choose(1)[0]}\n```")
        return "\n\n".join(parts) + "\n"

    def _paragraph(self, length: int) -> str:
        words = self._choose(length)
        words[3], words[6] = f"**{words[3]}**", f"`{words[6]}`"
        return f"{' '.join(words).capitalize()}."

    def _sentence(self, length: int) -> str:
        return f"{' '.join(self._choose(length)).capitalize()}."

    def _link(self, number: int, step: int, size: int) -> str:
        other = (number + step) % size
        return f"[{self._sentence(4)}](../{_section(other)}/{_name(other)}.md)"

    def _choose(self, length: int) -> list[str]:
        chosen: Sequence[str] = self._random.choices(
            self._words, cum_weights=self._weights, k=length
        )
        return list(chosen)


def _section(number: int) -> str:
    return f"section-{number % SECTIONS:02}"


def _name(number: int) -> str:
    return f"page-{number:05}"
