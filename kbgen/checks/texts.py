"""Rules about the text of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kbgen.help_centre import HelpCentre
from kbgen.markdown_text import line_starts, without_code
from kbgen.model import Text
from support_policy.diagnostics import Diagnostic, Location
from support_policy.response_targets import Target
from support_policy.wording import policy_names

_PICTURE = re.compile(r"!\[[ \t]*+\]\(|<img(?![^<>]*\salt=)[^<>]*+>", re.IGNORECASE)
_FOREIGN = re.compile(
    r"!\[[^\]\n]*+\]\([ \t]*+<?(?:https?:)?//[^\s)>]*+"
    r"|<(?:script|iframe|object|embed|meta|base)\b[^<>]*+"
    r"|<(?:img|video|audio|source|track|link|input)\b[^<>]*?=[\"' ]*+(?:https?:)?//[^\s\"'>]*+"
    r"|\]\([ \t]*+<?(?:javascript|vbscript|data):[^\s)>]*+"
    r"|\b(?:href|src|action)[ ]*+=[\"' ]*+(?:javascript|vbscript|data):[^\s\"'>]*+",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?<!!)\[(?:click |tap )?"
    r"(?:here|this|this link|link|more|read more|this page|this article)\]\(",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Written:
    """A text that somebody wrote, and where."""

    source: str
    text: Text

    def place(self, offset: int) -> Location:
        return Location(self.source, *self.text.place(offset))

    def line(self, number: int) -> Location:
        return self.place(line_starts(self.text.markdown)[number])


def empty_text(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A published page says something; of the home page kbgen writes the rest."""
    home = centre.catalog.home
    for page in _pages(centre):
        is_home = home is not None and page.source == home.source
        if not page.text.markdown.strip() and not is_home:
            yield Diagnostic(
                Location(page.source),
                "empty-text",
                "the page has a head and no text",
                "readers who come for help leave with nothing",
                "write the answer, or set `state: draft`",
            )


def second_title(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """The title stands in the head and nowhere else."""
    for page in _pages(centre):
        for heading in page.text.headings:
            if heading.level == 1:
                yield Diagnostic(
                    page.line(heading.line),
                    "second-title",
                    f"`# {heading.text}` is a second title",
                    "the page already shows the `title` of its head; screen readers need one title",
                    "remove the line, or begin it with `##`",
                )


def skipped_heading_level(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Headings go down one level at a time."""
    for page in _pages(centre):
        level = 1
        for heading in page.text.headings:
            if heading.level > level + 1:
                yield Diagnostic(
                    page.line(heading.line),
                    "skipped-heading-level",
                    f"`{heading.text}` is {heading.level - level} levels below the heading before",
                    "those who jump from heading to heading believe they missed one",
                    f"begin it with `{'#' * (level + 1)}`",
                )
            level = heading.level


def repeated_heading(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """Two headings of a page do not read the same."""
    for page in _pages(centre):
        seen: set[str] = set()
        for heading in page.text.headings:
            if heading.text.casefold() in seen:
                yield Diagnostic(
                    page.line(heading.line),
                    "repeated-heading",
                    f"`{heading.text}` stands above two sections",
                    "in a list of contents readers cannot tell them apart",
                    "say what is different about this section",
                )
            seen.add(heading.text.casefold())


def repeated_anchor(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """An anchor leads to one heading; those that kbgen makes always do."""
    for page in _pages(centre):
        seen: set[str] = set()
        for heading in page.text.headings:
            if heading.anchor in seen:
                yield Diagnostic(
                    page.line(heading.line),
                    "repeated-anchor",
                    f"`#{heading.anchor}` is the anchor of two headings",
                    "a link to it always leads to the first",
                    "write another anchor, or none: then the title becomes it",
                )
            seen.add(heading.anchor)


def picture_without_words(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A picture has words for those who do not see it."""
    for page in _pages(centre):
        if "![" not in page.text.markdown and "<" not in page.text.markdown:
            continue
        for found in _PICTURE.finditer(without_code(page.text.markdown)):
            yield Diagnostic(
                page.place(found.start()),
                "picture-without-words",
                "the picture has no alternative text",
                "those who do not see it get nothing (WCAG 2.2, 1.1.1)",
                "write what it shows: `![The sign-in page with the link below the button](…)`",
            )


def vague_link(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A link says where it leads."""
    for page in _pages(centre):
        for found in _VAGUE.finditer(without_code(page.text.markdown)):
            yield Diagnostic(
                page.place(found.start()),
                "vague-link",
                f"`{found[0].rstrip('(')}` does not say where it leads",
                "screen readers list links without the text around them",
                "put the name of the other page into the brackets",
            )


def foreign_request(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """A page loads nothing from another host, and no link runs a script."""
    for page in _pages(centre):
        for found in _FOREIGN.finditer(without_code(page.text.markdown)):
            yield Diagnostic(
                page.place(found.start()),
                "foreign-request",
                f"`{found[0][:60]}` loads something from elsewhere, or runs a script",
                "readers would be seen by another company, and the page breaks when it does",
                "put the file beside the page and show that one; link to what is elsewhere",
            )


def typed_promise(centre: HelpCentre, _: datetime) -> Iterator[Diagnostic]:
    """What the policy promises is named in a text, not typed."""
    promised = _promises(centre)
    if not promised:
        return
    pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, promised))})(?!\w)")
    for page in _pages(centre):
        for found in pattern.finditer(without_code(page.text.markdown)):
            yield Diagnostic(
                page.place(found.start()),
                "typed-promise",
                f"`{found[0]}` is what policy.yml promises, typed by hand",
                "it stays when the policy changes",
                f"write `{{{{ {promised[found[0]]} }}}}`",
            )


def _promises(centre: HelpCentre) -> dict[str, str]:
    """Return text -> name, for texts that can hardly mean anything else."""
    promised: dict[str, str] = {}
    for priority in centre.policy.priorities.values():
        for target in (priority.first_response, priority.next_update, priority.resolution):
            if "business" in str(target):
                promised[str(target)] = _name_of(target, centre)
    names = policy_names(centre.policy)
    for channel in centre.policy.channels:
        name = f"policy.channels.{channel.id}.address"
        promised[names[name]] = name
    return promised


def _name_of(target: Target, centre: HelpCentre) -> str:
    for name, priority in centre.policy.priorities.items():
        for field in ("first_response", "next_update", "resolution"):
            if getattr(priority, field) == target:
                return f"policy.priorities.{name}.{field}"
    raise LookupError(target)


def _pages(centre: HelpCentre) -> Iterator[_Written]:
    return (_Written(source, text) for source, text in centre.catalog.texts())
