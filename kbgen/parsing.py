"""Source files become pages, each with its id, category and address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from kbgen.front_matter import (
    CategoryFields,
    DocFields,
    FaqFields,
    Head,
    PageFields,
    parse_fields,
    split_head,
)
from kbgen.markdown_text import (
    LONGEST_LINE,
    Strain,
    anchors,
    headings,
    links,
    names,
    place_of,
    strain,
    without_code,
)
from kbgen.model import (
    ADDRESS_STEMS,
    FIELDS,
    FOLDERS,
    Category,
    DocPage,
    Kind,
    KnowledgePage,
    SourceFile,
    Text,
)
from support_policy.diagnostics import Diagnostic, InvalidSources, Location

DEFAULT_CATEGORY = "general"


def parse_text(markdown: str, *, first_line: int = 1) -> Text:
    """Return the Markdown with its headings, links and names found."""
    masked = without_code(markdown)
    found = headings(markdown, masked)
    return Text(markdown, first_line, found, anchors(masked, found), links(masked), names(masked))


def parse_file(file: SourceFile) -> KnowledgePage | DocPage | Category:
    """Return what the file holds; raises `InvalidSources` with all that is wrong in it."""
    path = PurePosixPath(file.path)
    kind = FOLDERS[path.parts[0]]
    if not file.text.strip():
        raise InvalidSources([_empty(file.path)])
    head = split_head(file.text)
    if problem := _problem(file.path, head):
        raise InvalidSources([problem])
    if kind is Kind.DOC:
        return _doc(file, head, path)
    if path.name == "index.md" and len(path.parts) == 3:
        return _category(file, head, path.parts[1])
    return _knowledge_page(file, head, kind, path)


def _doc(file: SourceFile, head: Head, path: PurePosixPath) -> DocPage:
    fields = parse_fields(head, file.path, DocFields)
    text = parse_text(head.body, first_line=head.body_line)
    return DocPage(file.path, fields, text, _address(Kind.DOC, path))


def _category(file: SourceFile, head: Head, name: str) -> Category:
    fields = parse_fields(head, file.path, CategoryFields)
    text = parse_text(head.body, first_line=head.body_line) if head.body.strip() else None
    return Category(name, fields.title, fields.summary, fields.order, text, file.path)


def _knowledge_page(file: SourceFile, head: Head, kind: Kind, path: PurePosixPath) -> KnowledgePage:
    fields = parse_fields(head, file.path, FIELDS[kind])
    assert isinstance(fields, PageFields)  # FIELDS says so for all but docs
    return KnowledgePage(
        kind=kind,
        source=file.path,
        fields=fields,
        text=_page_text(fields, head),
        id=fields.id or _derived_id(kind, path),
        category=fields.category or _folder(path) or DEFAULT_CATEGORY,
        address=fields.address or _address(kind, path),
        field_lines=head.field_lines(),
    )


def _page_text(fields: PageFields, head: Head) -> Text:
    """Return the body; the short answer of a FAQ entry stands before it."""
    if isinstance(fields, FaqFields) and fields.answer:
        lead = f"{fields.answer}\n{{: .kb-answer }}\n\n"
        count = lead.count("\n")
        text = parse_text(lead + head.body, first_line=head.body_line - count)
        return replace(text, lead_lines=count, lead_line=head.field_lines().get("answer", 1))
    return parse_text(head.body, first_line=head.body_line)


def _folder(path: PurePosixPath) -> str | None:
    return path.parts[1] if len(path.parts) > 2 else None


def _address(kind: Kind, path: PurePosixPath) -> str:
    parts = list(path.with_suffix("").parts[1:])
    if parts and parts[-1] == "index":
        parts.pop()
    return ADDRESS_STEMS[kind] + "".join(f"{part}/" for part in parts)


def _derived_id(kind: Kind, path: PurePosixPath) -> str:
    """Return an id that no other page's arrival can change."""
    parts = path.with_suffix("").parts[1:]
    return "-".join([*([] if kind is Kind.ARTICLE else [str(kind)]), *parts]).replace("_", "-")


def _problem(path: str, head: Head) -> Diagnostic | None:
    if head.yaml is None:
        return _no_head(path)
    if not head.is_closed:
        return _open_head(path)
    found = strain(without_code(head.body))
    if found is None:
        return None
    line, column = place_of(head.body, found.offset)
    return _too_much(found, Location(path, head.body_line + line - 1, column))


def _empty(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "empty-file",
        "the file is empty",
        "a page needs at least a title",
        "write `---`, `title: …`, `---` and the text, or remove the file",
    )


def _no_head(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "missing-key",
        "`title` is missing, and the head that would hold it",
        "it is the page's only heading of the first level, and its name in every list",
        "begin the file with three lines: `---`, `title: …`, `---`",
    )


def _open_head(path: str) -> Diagnostic:
    return Diagnostic(
        Location(path),
        "yaml-syntax",
        "the head that begins here never ends",
        "nobody can tell where the text of the page begins",
        "write a line of `---` below the last field",
    )


def _too_much(found: Strain, place: Location) -> Diagnostic:
    if found.length:
        return Diagnostic(
            place,
            "too-long",
            f"this line has {found.length} characters",
            f"nobody can edit it, and engines take minutes for more than {LONGEST_LINE}",
            "break it into paragraphs; a picture belongs in a file of its own",
        )
    return Diagnostic(
        place,
        "unclosed-brackets",
        "from here on brackets are opened by the hundred and never closed",
        "engines look for the end of each, and take hours",
        "close them, or put what is no Markdown between lines of three backticks",
    )
