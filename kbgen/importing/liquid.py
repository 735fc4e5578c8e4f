"""Liquid in a body: lists and notes become Markdown, the rest stays visible and is reported."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from kbgen.importing import includes
from kbgen.importing.body import Body, Changes, part
from kbgen.importing.layout import tidied
from kbgen.importing.liquid_tokens import Token, site_text
from kbgen.importing.live_liquid import OPEN_BRACES, is_within, live_tokens, raw_edits, stray_braces
from kbgen.importing.rules import tell
from kbgen.markdown_text import Edit
from support_policy.diagnostics import Diagnostic

ListItems = Callable[[str], Sequence[str]]
"""Name of a list in the front matter -> its items with their links changed."""

_INCLUDES = frozenset({"include", "include_relative", "include_cached"})
_PAIRED = ("comment", "capture")
_TAG = re.compile(r"<[A-Za-z/][^<>]*>")
_IN_LINK = re.compile(r"\]\(\s*<?[^()\s]*$|\]:[ \t]*\S*$")
_LONGEST = 80


def liquid_changes(
    body: Body, values: Mapping[str, object], items: ListItems, others: Sequence[Edit]
) -> Changes:
    """Return what the Liquid in the body becomes.

    `others` are the edits of everything else: a captured text is moved with them made.
    """
    if "{{" not in body.text and "{%" not in body.text:
        return Changes()
    reader = _Reader(body, values, items, others)
    reader.read()
    return Changes(tuple(reader.edits), tuple(reader.report))


def used_keys(body: Body, values: Mapping[str, object]) -> frozenset[str]:
    """Return the keys of the front matter whose values the body shows."""
    used = set()
    for token in live_tokens(body):
        if token.tag in _INCLUDES and (found := includes.page_list(values, token)):
            used.add(found[1])
        elif token.tag is None and _page_text(values, token) is not None:
            used.add(token.rest.removeprefix("page."))
    return frozenset(used)


class _Reader:
    """Goes through the tags in order and knows what was captured so far."""

    def __init__(
        self, body: Body, values: Mapping[str, object], items: ListItems, others: Sequence[Edit]
    ) -> None:
        self.edits: list[Edit] = []
        self.report: list[Diagnostic] = []
        self._body = body
        self._values = values
        self._items = items
        self._others = others
        self._taken = {at for edit in others for at in range(edit.start, edit.end)}
        self._tags = [(tag.start(), tag.end()) for tag in _TAG.finditer(body.masked)]
        self._captures: dict[str, tuple[Token, Token]] = {}
        self._shown_captures: set[str] = set()
        self._last_list_end: int | None = None

    def read(self) -> None:
        self.edits += raw_edits(self._body)
        live = [token for token in live_tokens(self._body) if token.start not in self._taken]
        spans = [(token.start, token.end) for token in live]
        self.edits += stray_braces(self._body, spans, self._taken)
        ends = {tag: [each for each in live if each.tag == f"end{tag}"] for tag in _PAIRED}
        hidden_until = 0
        for token in live:
            if token.start >= hidden_until:
                end = _partner(token, ends.get(token.tag or "", ()))
                self._token(token, end)
                hidden_until = end.end if end and token.tag == "comment" else 0
        self._remove_captures()

    def _token(self, token: Token, end: Token | None) -> None:
        if token.tag is None:
            self._output(token)
        elif token.tag in _INCLUDES:
            self._include(token)
        elif token.tag == "comment" and end is not None:
            self._comment(token, end)
        elif token.tag == "capture" and end is not None:
            self._captures[token.subject] = (token, end)
        elif token.tag != "endcapture" or not self._captures:
            self._literal(token)

    def _comment(self, token: Token, end: Token) -> None:
        self.edits.append(Edit(token.start, end.end, ""))
        self._tell("dropped-comment", token, "a Liquid comment was left out")

    def _output(self, token: Token) -> None:
        text = site_text(token.rest)
        if text is None:
            text = _page_text(self._values, token)
        if text is None and token.rest in self._captures:
            text = self._captured(token.rest)
        if text is not None:
            self.edits.append(Edit(token.start, token.end, text))
            return
        self.edits.append(Edit(token.start, token.start + 2, "\\{{"))
        self._tell("liquid-tag", token, f"{self._shown(token)} has no value here")

    def _include(self, token: Token) -> None:
        found = includes.page_list(self._values, token)
        if found is not None:
            self._list(token, *found)
            return
        kind, key = includes.note_kind(token), includes.content_parameter(token)
        content = self._content(token.parameters[key]) if kind and key else None
        if kind is not None and key is not None and content is not None:
            self._note(token, kind, key, content)
            return
        captured = [each for each in token.parameters.values() if each in self._captures]
        self._literal(token, "\n\n".join(map(self._captured, captured)))

    def _list(self, token: Token, parameter: str, name: str) -> None:
        text = includes.render_list(self._items(name), is_html=self._is_html(token))
        self._block(token, text, {parameter})
        left_out = includes.other_parameters(token, {parameter})
        what = f"{token.subject} became a list" + (f", without {left_out}" if left_out else "")
        self._tell("include-became-list", token, what)
        if self._last_list_end is not None:
            between = self._body.text[self._last_list_end : token.start]
            if not between.strip():
                self._tell("lists-joined", token, f"the list `{name}` follows another directly")
        self._last_list_end = token.end

    def _note(self, token: Token, kind: str, key: str, content: str) -> None:
        title = includes.note_title(token)
        text = includes.render_note(
            kind, title[1] if title else None, content, is_html=self._is_html(token)
        )
        used = {key, "type", *(title[:1] if title else ())}
        self._block(token, text, used)
        left_out = includes.other_parameters(token, used)
        what = f"{token.subject} became a note" + (f", without {left_out}" if left_out else "")
        self._tell("include-became-note", token, what)

    def _content(self, value: str) -> str | None:
        if value in self._captures:
            return self._captured(value)
        name = value.removeprefix("page.")
        found = self._values.get(name) if value.startswith("page.") else None
        if isinstance(found, str):
            return found
        # A single word is the name of a variable that nobody set.
        return value if " " in value else None

    def _captured(self, name: str) -> str:
        start, end = self._captures[name]
        self._shown_captures.add(name)
        return tidied(part(self._body, [*self._others, *self.edits], start.end, end.start))

    def _remove_captures(self) -> None:
        for name, (start, end) in self._captures.items():
            if name in self._shown_captures:
                self.edits.append(Edit(start.start, end.end, ""))
                continue
            self.edits += [Edit(each.start, each.end, "") for each in (start, end)]
            self._tell("liquid-tag", start, f"the text `{name}` was captured and never shown")

    def _literal(self, token: Token, content: str = "") -> None:
        """Keep a tag visible, with the captured text that it would have shown."""
        self._tell("liquid-tag", token, f"{self._shown(token)} means nothing here")
        before = self._body.text[max(0, token.start - 200) : token.start]
        if is_within(token.start, self._tags) or _IN_LINK.search(before):
            return
        literal = includes.render_literal(self._source(token), is_html=self._is_html(token))
        if content:
            self._block(token, f"{literal}\n\n{content}", token.parameters)
        else:
            self.edits.append(Edit(token.start, token.end, literal))

    def _block(self, token: Token, text: str, used: Mapping[str, str] | set[str]) -> None:
        """Replace a tag by lines of their own, as far to the right as the tag."""
        if includes.holds_other_words(token, used):
            literal = includes.render_literal(self._source(token), is_html=self._is_html(token))
            text = f"{text}\n\n{literal}"
            self._tell("liquid-tag", token, f"{self._shown(token)} holds words that fit nowhere")
        start = self._body.starts[self._body.line_at(token.start)]
        indent = self._body.text[start : token.start]
        if indent.strip():
            start, indent = token.start, ""
        lines = [f"{indent}{line}" if line.strip() else "" for line in text.split("\n")]
        # A blank line would end raw HTML for some engines, and Markdown needs one.
        ends = [] if self._is_html(token) else [""]
        self.edits.append(Edit(start, token.end, "\n".join([*ends, *lines, *ends])))

    def _is_html(self, token: Token) -> bool:
        return self._body.is_html(token.start)

    def _source(self, token: Token) -> str:
        return self._body.text[token.start : token.end]

    def _shown(self, token: Token) -> str:
        text = " ".join(self._source(token).split())
        return f"`{text[: _LONGEST - 1]}…`" if len(text) > _LONGEST else f"`{text}`"

    def _tell(self, rule: str, token: Token, what: str) -> None:
        self.report.append(tell(rule, self._body.place(token.start), what))


def _partner(token: Token, ends: Sequence[Token]) -> Token | None:
    number = bisect_right(ends, token.start, key=lambda end: end.start)
    return ends[number] if number < len(ends) else None


def _page_text(values: Mapping[str, object], token: Token) -> str | None:
    """Return the text of the front matter that an output shows."""
    found = values.get(token.rest.removeprefix("page."))
    if not token.rest.startswith("page.") or not isinstance(found, str):
        return None
    return OPEN_BRACES.sub(r"\\{{", found)
