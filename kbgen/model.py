"""What a help centre is made of, before any page is composed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kbgen.front_matter import (
    ArticleFields,
    DocFields,
    FaqFields,
    PageFields,
    TutorialFields,
)
from kbgen.markdown_text import Heading, Link, Name, place_of
from support_policy.diagnostics import Diagnostic, Location


class Kind(StrEnum):
    """The kinds of page that people write."""

    ARTICLE = "article"
    FAQ = "faq"
    TUTORIAL = "tutorial"
    DOC = "doc"


FOLDERS = {
    "kb_articles": Kind.ARTICLE,
    "faq": Kind.FAQ,
    "tutorials": Kind.TUTORIAL,
    "docs": Kind.DOC,
}
"""Which folder holds which kind."""

ADDRESS_STEMS = {
    Kind.ARTICLE: "/articles/",
    Kind.FAQ: "/faq/",
    Kind.TUTORIAL: "/tutorials/",
    Kind.DOC: "/",
}
"""Where the pages of a kind live."""

KIND_WORDS = {
    Kind.ARTICLE: "Article",
    Kind.FAQ: "Question",
    Kind.TUTORIAL: "Tutorial",
    Kind.DOC: "Page",
}

FIELDS: Mapping[Kind, type[PageFields] | type[DocFields]] = {
    Kind.ARTICLE: ArticleFields,
    Kind.FAQ: FaqFields,
    Kind.TUTORIAL: TutorialFields,
    Kind.DOC: DocFields,
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The text of a Markdown file; `path` is relative to the root, with slashes."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceAsset:
    """A file beside the pages, such as a picture."""

    path: str
    location: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that was found, and what could not be read."""

    files: tuple[SourceFile, ...]
    assets: tuple[SourceAsset, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown with everything in it that has to be decided before an engine sees it."""

    markdown: str
    first_line: int
    """The line of the source file on which it begins; with a lead, on which it would."""
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[Link, ...]
    names: tuple[Name, ...]
    lead_lines: int = 0
    """How many lines at the beginning come from the head, from its line `lead_line`."""
    lead_line: int = 1

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column in the source file of an offset in the Markdown."""
        line, column = place_of(self.markdown, offset)
        if line <= self.lead_lines:
            return self.lead_line, 1
        return self.first_line + line - 1, column


@dataclass(frozen=True, slots=True)
class KnowledgePage:
    """A page of the knowledge base: an article, a FAQ entry or a tutorial."""

    kind: Kind
    source: str
    fields: PageFields
    text: Text
    id: str
    category: str
    address: str
    field_lines: Mapping[str, int] = field(default_factory=dict)
    """Field of the head -> its line in the file."""

    def place_of_field(self, name: str) -> Location:
        """Return where the head says it, or the page's first line where it does not."""
        return Location(self.source, self.field_lines.get(name, 1))

    @property
    def title(self) -> str:
        """Return the title."""
        return self.fields.title

    @property
    def short_title(self) -> str:
        """Return the title for narrow places."""
        return self.fields.nav_title or self.fields.title

    @property
    def location(self) -> Location:
        """Return the page's first line."""
        return Location(self.source)


@dataclass(frozen=True, slots=True)
class DocPage:
    """A page written by hand under docs/."""

    source: str
    fields: DocFields
    text: Text
    address: str

    @property
    def location(self) -> Location:
        """Return the page's first line."""
        return Location(self.source)


@dataclass(frozen=True, slots=True)
class Category:
    """A topic that customers look under."""

    id: str
    title: str
    summary: str
    order: int
    text: Text | None
    source: str | None

    @property
    def address(self) -> str:
        """Return where its page lives."""
        return f"/categories/{self.id}/"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is, and where it lies on the disk."""

    source: str
    address: str
    location: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that writers wrote, sorted, with the ways to find one thing."""

    pages: tuple[KnowledgePage, ...] = ()
    drafts: tuple[KnowledgePage, ...] = ()
    docs: tuple[DocPage, ...] = ()
    categories: tuple[Category, ...] = ()
    assets: tuple[Asset, ...] = ()
    by_id: Mapping[str, KnowledgePage] = field(default_factory=dict)
    by_category: Mapping[str, tuple[KnowledgePage, ...]] = field(default_factory=dict)
    """The pages of each category: articles, tutorials, questions, each by title."""
    place_in_category: Mapping[str, int] = field(default_factory=dict)
    """Page id -> its place among the pages of its category."""

    def of_kind(self, kind: Kind) -> tuple[KnowledgePage, ...]:
        """Return the published pages of a kind, by title."""
        return tuple(page for page in self.pages if page.kind is kind)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield source and text of everything published that somebody wrote."""
        for page in self.pages:
            yield page.source, page.text
        for doc in self.docs:
            yield doc.source, doc.text
        for category in self.categories:
            if category.source is not None and category.text is not None:
                yield category.source, category.text

    @property
    def home(self) -> DocPage | None:
        """Return what was written for the home page."""
        return next((doc for doc in self.docs if doc.address == "/"), None)
