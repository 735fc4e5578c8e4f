"""The rule that a changed page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kbgen.model import Catalog, KnowledgePage, SourceFile
from kbgen.parsing import parse_file
from support_policy.diagnostics import Diagnostic, InvalidSources


def changed_without_version(
    catalog: Catalog, changed: Iterable[str], earlier_text: Callable[[str], str | None]
) -> Iterator[Diagnostic]:
    """Yield the changed pages whose text is another and whose version is the same."""
    names = set(changed)
    for page in catalog.pages:
        if page.source not in names or page.fields.version is None:
            continue
        before = _parsed(page.source, earlier_text(page.source))
        if before is None or _words(before) == _words(page):
            continue
        if before.fields.version == page.fields.version:
            yield Diagnostic(
                page.place_of_field("version"),
                "changed-without-version",
                f"the text changed and the version is still {page.fields.version}",
                "readers who come back, and agents who must know it, are not told",
                "raise `version` and add what changed at the top of `changes`",
            )


def _words(page: KnowledgePage) -> list[str]:
    return page.text.markdown.split()


def _parsed(path: str, text: str | None) -> KnowledgePage | None:
    if text is None:
        return None
    try:
        page = parse_file(SourceFile(path, text))
    except InvalidSources:
        return None
    return page if isinstance(page, KnowledgePage) else None
