"""The head of a page: which fields each kind has, and how it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar
from urllib.parse import unquote

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter

from support_policy.identifiers import Identifier, Line, Version
from support_policy.local_moments import LocalDate
from support_policy.periods import PeriodText
from support_policy.policy import Change
from support_policy.yaml_file import STRICT, parse_yaml, refuse

T = TypeVar("T")


class State(StrEnum):
    """Whether readers see a page."""

    PUBLISHED = "published"
    DRAFT = "draft"


def _one_or_many(value: object) -> object:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _address(text: str) -> str:
    # As readers see it: an old address may have been copied from a browser, with percent signs.
    shown = unquote(text)
    segments = shown.split("/")
    if re.fullmatch(r"/(?:[^\s/?#<>\"'\\%{}\[\]^`|]+/)*", shown) and not {".", ".."} & {*segments}:
        return shown
    refuse(
        "invalid-address",
        f"`{text[:80]}` is not an address of this site",
        "readers and other pages come by it",
        "write it from the first slash to the last: `/help/old-name/`",
    )


def _error_code(text: str) -> str:
    if re.fullmatch(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", text) and re.search(r"\d", text):
        return text
    refuse(
        "invalid-error-code",
        f"`{text[:40]}` is not an error code",
        "it becomes a permanent address, and customers type it from their screen",
        "write capitals and digits with hyphens, at least one digit: `AUTH-401`, `404`",
    )


def _page_id(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", text) and len(text) <= 100:
        return text
    refuse(
        "invalid-id",
        f"`{text[:40]}` is not an id",
        "it becomes the page's permalink",
        "write letters and digits with hyphens: `KB-0012`",
    )


PageId = Annotated[str, AfterValidator(_page_id)]
Address = Annotated[str, AfterValidator(_address)]
ErrorCode = Annotated[str, AfterValidator(_error_code)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_one_or_many)]
PageIds = Annotated[tuple[PageId, ...], BeforeValidator(_one_or_many)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_one_or_many)]
ErrorCodes = Annotated[tuple[ErrorCode, ...], BeforeValidator(_one_or_many)]
Identifiers = Annotated[tuple[Identifier, ...], BeforeValidator(_one_or_many)]
Changes = Annotated[tuple[Change, ...], BeforeValidator(_one_or_many)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFields:
    """What every page of the knowledge base can say about itself; only `title` is needed."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    title: Line
    id: PageId | None = None
    nav_title: Line | None = None
    summary: Line = ""
    category: Identifier | None = None
    aliases: Lines = ()
    tags: Identifiers = ()
    owner: Identifier | None = None
    state: State = State.PUBLISHED
    version: Version | None = None
    changes: Changes = ()
    reviewed: LocalDate | None = None
    review_every: PeriodText | None = None
    applies_to: Lines = ()
    related: PageIds = ()
    redirect_from: Addresses = ()
    replaced_by: PageId | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFields(PageFields):
    """An article: how something is done or mended."""

    error_codes: ErrorCodes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqFields(PageFields):
    """A FAQ entry: a question, and the short answer that is shown first and in lists."""

    answer: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorialFields(PageFields):
    """A tutorial: what you will have done, how long it takes and what you need."""

    minutes: Annotated[int, Field(gt=0, le=600)] | None = None
    outcome: Line = ""
    needs: Lines = ()
    next: PageIds = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocFields:
    """A page written by hand under docs/."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    title: Line
    nav_title: Line | None = None
    summary: Line = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFields:
    """What the `index.md` of a folder says about its category."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    title: Line
    summary: Line = ""
    order: Annotated[int, Field(ge=0)] = 1000
    """Categories are listed by it; those without come last, by title."""


_FIELD = re.compile(r"([a-z_]+)[ ]*:")


@dataclass(frozen=True, slots=True)
class Head:
    """A page's text, parted: the YAML, and the body with the line on which it begins."""

    yaml: str | None
    body: str
    body_line: int
    """Counted from 1 in the file."""
    is_closed: bool = True
    """Whether a line of `---` ends the YAML."""

    def field_lines(self) -> dict[str, int]:
        """Return field -> the line on which it stands, counted from 1 in the file."""
        lines = (self.yaml or "").split("\n")
        found = ((_FIELD.match(line), number) for number, line in enumerate(lines, start=2))
        return {match[1]: number for match, number in found if match}


def split_head(text: str) -> Head:
    """Return the parts of a page; without a first line of `---` there is no head."""
    opening = re.match(r"---[ \t]*+(?:\n|$)", text)
    if opening is None:
        return Head(None, text, 1)
    start = opening.end()
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, start)
    if end is None:
        return Head(text[start:], "", text.count("\n") + 1, is_closed=False)
    body = text[end.end() :].lstrip("\n")
    return Head(text[start : end.start()], body, text.count("\n", 0, len(text) - len(body)) + 1)


@cache
def fields_type(fields: type[Any]) -> TypeAdapter[Any]:
    """Return what validates the head of that kind and knows its JSON Schema."""
    return TypeAdapter(fields)


def parse_fields(head: Head, file: str, fields: type[T]) -> T:
    """Return the head as the fields of its kind; raises `InvalidSources`."""
    # mypy does not see that a class can be hashed.
    adapter: TypeAdapter[T] = fields_type(fields)  # type: ignore[arg-type]
    found: T = parse_yaml(head.yaml or "", file, adapter, line_offset=1)
    return found
