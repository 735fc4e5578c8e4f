"""Sparing patterns that cannot match changes no byte of what Python-Markdown renders."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_roots import REPOSITORY

from kbgen.front_matter import split_head
from kbgen.markdown_flavour import EXTENSIONS
from kbgen.mkdocs_plugin.quick_inline import spare_patterns

PIECES = (
    "word",
    " ",
    "\n",
    "  \n",
    "\n\n",
    "`code`",
    "``a`b``",
    "\\*",
    "\\",
    "*",
    "**",
    "_",
    "__",
    "[a](b.md)",
    "[a][b]",
    "[b]: c.md\n",
    "![i](p.png)",
    "![b]",
    "<https://a.example>",
    "<a@b.example>",
    "<b>x</b>",
    "&amp;",
    "&",
    "<",
    ">",
    "[^1]",
    "\n\n[^1]: Note.\n",
    "++ctrl+f++",
    "\\++",
    "- item\n",
    "    ",
    "# ",
    "```\ncode\n```\n",
    "{: .class }",
    "HTML",
    "\n\n*[HTML]: Markup\n",
    "~~",
    "#!py x",
    "|",
    "!",
    "\x02",
    "\x03",
)


def _instance() -> markdown.Markdown:
    options = {name: dict(values) for name, values in EXTENSIONS.items()}
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=options)


PLAIN, QUICK = _instance(), _instance()
spare_patterns(QUICK)


def _rendered(instance: markdown.Markdown, text: str) -> str:
    instance.reset()
    return instance.convert(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_any_text_is_rendered_alike(text: str) -> None:
    assert _rendered(QUICK, text) == _rendered(PLAIN, text)


@pytest.mark.parametrize("folder", ["kb_articles", "faq", "tutorials", "docs", "handbook"])
def test_real_pages_are_rendered_alike(folder: str) -> None:
    for path in (REPOSITORY / folder).rglob("*.md"):
        text = split_head(path.read_text(encoding="utf-8")).body
        assert _rendered(QUICK, text) == _rendered(PLAIN, text), path
