"""A file of the folder, read: its name, its front matter and its body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from kbgen.front_matter import split_head
from kbgen.importing.body import Body, read_body
from kbgen.importing.rules import tell
from support_policy.diagnostics import InvalidSources, Location
from support_policy.files import decode
from support_policy.yaml_file import YamlDocument, read_document

_NAME = re.compile(
    r"(?P<stem>.+?)(?:\._?(?P<language>[a-z]{2}(?:-[A-Za-z]{2,4})?))?\.(?:md|markdown)$",
    re.IGNORECASE,
)
_HIGHLIGHT = re.compile(r"^([ \t]*)\{%-?[ ]*highlight[ ]+(\w+).*%\}[ \t]*$", re.MULTILINE)
_END_HIGHLIGHT = re.compile(r"^([ \t]*)\{%-?[ ]*endhighlight[ ]*-?%\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SourceName:
    """What the name of a Markdown file says: `overview._en.md` is `overview` in `en`."""

    stem: str
    language: str | None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as the old site had it."""

    path: PurePosixPath
    """Relative to the folder that is imported."""
    file: str
    """What the report calls it."""
    name: SourceName
    head: YamlDocument
    body: Body

    @property
    def values(self) -> Mapping[str, Any]:
        """Return the front matter: text, lists and mappings of text."""
        values: Mapping[str, Any] = self.head.value
        return values


def read_name(path: PurePosixPath) -> SourceName | None:
    """Return what the file's name says, or None where it is no Markdown."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    language = found["language"]
    return SourceName(found["stem"], language.lower() if language else None)


def read_page(path: PurePosixPath, name: SourceName, content: bytes | str, file: str) -> SourcePage:
    """Return the page; raises `InvalidSources` where nobody can tell what it says."""
    raw = content.encode() if isinstance(content, str) else content
    text = decode(raw, shown_as=file)
    text = re.sub(r"\A---[ \t]+\n", "---\n", text)
    if text.startswith("+++\n"):
        raise InvalidSources([tell("import-front-matter", Location(file), _TOML)])
    head = split_head(text)
    document = read_document(head.yaml or "", file, line_offset=1)
    if not isinstance(document.value, dict):
        place = Location(file, 2 if head.yaml is not None else 1)
        raise InvalidSources([tell("import-front-matter", place, _NO_KEYS)])
    body = read_body(_with_fences(head.body), file, head.body_line)
    return SourcePage(path, file, name, document, body)


def _with_fences(body: str) -> str:
    """Return the body with Liquid's blocks of code written as Markdown's, line for line."""
    return _END_HIGHLIGHT.sub(r"\1```", _HIGHLIGHT.sub(r"\1```\2", body))


_TOML = "the front matter is TOML (`+++`), not YAML"
_NO_KEYS = "what stands between the lines of `---` is no `key: value`"
