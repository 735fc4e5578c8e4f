"""Markdown as text: what is code, what is a heading, and where links and names stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from kbgen.markdown_flavour import EXTENSIONS
from kbgen.markdown_text import (
    Edit,
    anchors,
    edited,
    heading_edits,
    headings,
    line_starts,
    links,
    names,
    place_of,
    plain_text,
    slug,
    without_code,
)
from kbgen.markdown_text.heading_lines import STRUCTURE

INLINE_ONLY = {"attr_list", "toc", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.tasklist"}
"""The extensions that do not decide where blocks begin and end."""


def html_of(text: str, *, without: Iterable[str] = ()) -> str:
    """Return what Python-Markdown makes of the text with our extensions."""
    options: dict[str, dict[str, Any]] = {name: dict(each) for name, each in EXTENSIONS.items()}
    names_ = [name for name in EXTENSIONS if name not in without]
    return Markdown(extensions=names_, extension_configs=options).convert(text)


def with_anchors(text: str) -> str:
    """Return the text as it is handed to engines."""
    return edited(text, heading_edits(text, headings(text, without_code(text))))


def decided_anchors(text: str) -> list[str]:
    """Return the anchors of the headings, in order."""
    return [heading.anchor for heading in headings(text, without_code(text))]


def rendered_ids(html: str) -> list[str | None]:
    """Return the id of every heading that was rendered from Markdown, in order."""
    found = re.findall(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", html, re.DOTALL)
    # Signs without a title and lines below code make headings that nobody can point at.
    no_titles = ('<a class="headerlink"', '<div class="highlight"')
    kept = (tag for _, tag, text in found if not text.startswith(no_titles))
    ids = (re.search(r'\bid="([^"]*)"', tag) for tag in kept)
    return [match[1] if match else None for match in ids]


def without_ids(html: str) -> str:
    """Return the HTML without what anchors add to headings, signs written as themselves."""
    plain = re.sub(r'(<h[1-6]\b[^>]*?) id="[^"]*"', r"\1", html)
    return plain.replace("&#123;", "{").replace("&#35;", "#")


# Headings, one construct each


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## Reset it", ["reset-it"], id="a heading"),
        pytest.param("##Reset it", ["reset-it"], id="without a space"),
        pytest.param("## Reset it ##", ["reset-it"], id="closed"),
        pytest.param("text\n## Reset it\ntext", ["reset-it"], id="inside a paragraph"),
        pytest.param("Reset it\n--------", ["reset-it"], id="underlined"),
        pytest.param("Reset it\n=====\n\nThen\n---", ["reset-it", "then"], id="both underlines"),
        pytest.param("`reset`\n---", ["reset"], id="underlined code"),
        pytest.param("text\n\n---\n\ntext", [], id="a rule"),
        pytest.param("a | b\n--- | ---\n1 | 2", [], id="a table"),
        pytest.param("a | b\n--- | ---\n# 1 | 2", [], id="a table's cell"),
        pytest.param("- a\n---", ["a"], id="a list's only line, underlined"),
        pytest.param("- a\n- b\n---", [], id="a rule below a list"),
        pytest.param("- ## In a list", ["in-a-list"], id="in a list entry"),
        pytest.param("1. step\n\n    ## In a step\n\n    text", ["in-a-step"], id="in a step"),
        pytest.param("- a\n    ## not one", [], id="a lazy line of a list"),
        pytest.param("> ## Quoted", ["quoted"], id="in a quote"),
        pytest.param("> Quoted\n> ---", ["quoted"], id="underlined in a quote"),
        pytest.param('!!! note "T"\n    ## Noted', ["noted"], id="in an admonition"),
        pytest.param('!!! note "T"\n\n    Noted\n    ---', ["noted"], id="underlined in one"),
        pytest.param('??? note "T"\n    ## Hidden', ["hidden"], id="in details"),
        pytest.param(
            '=== "A"\n\n    ## One\n\n=== "B"\n\n    ## One', ["one", "one-2"], id="in tabs"
        ),
        pytest.param('<div markdown="1">\n\n## Inside\n\n</div>', ["inside"], id="in HTML"),
        pytest.param("<div>\n\n## Raw\n\n</div>", [], id="in raw HTML"),
        pytest.param("<!--\n## Hidden\n-->", [], id="in a comment"),
        pytest.param("```\n## Code\n```", [], id="in a fence"),
        pytest.param("```\n## Text", ["text"], id="in a fence that nobody closes"),
        pytest.param("- a\n\n    ```\n    ## Code\n    ```", [], id="in a fence in a list"),
        pytest.param("text\n\n    ## Code", [], id="indented code"),
        pytest.param("## A\n\n## A\n\n## A", ["a", "a-2", "a-3"], id="three times"),
        pytest.param("## A\n\n## A-2\n\n## A", ["a", "a-2", "a-3"], id="one like a numbered one"),
        pytest.param("## A {#mine}", ["mine"], id="with an id"),
        pytest.param("## A {: #mine .c}", ["mine"], id="with an id and a class"),
        pytest.param("## A {#mine.b}", ["mine.b"], id="with a dot in its id"),
        pytest.param('## A {id="mine"}', ["mine"], id="with an id as a key"),
        pytest.param("## A {.c}", ["a"], id="with a class"),
        pytest.param("## A ## {.c}", ["a"], id="closed, with a class"),
        pytest.param("## A{.c}", ["ac"], id="with braces that are no attributes"),
        pytest.param("## Steps\n\n## B {#steps}", ["steps-2", "steps"], id="an id taken later"),
        pytest.param('<a id="top"></a>\n\n## Top', ["top-2"], id="an id taken in HTML"),
        pytest.param("text\n{: #lead }\n\n## Lead", ["lead-2"], id="an id of a paragraph"),
        pytest.param("## Use {name} here", ["use-name-here"], id="with braces"),
        pytest.param("## Use {name} here {#x}", ["x"], id="with braces and an id"),
        pytest.param("## `{name} it` {x}", ["name-it"], id="with braces in code"),
        pytest.param("## C#", ["c"], id="with a sign that closes"),
        pytest.param("## C\\#", ["c"], id="with a sign that is escaped"),
        pytest.param("## C# #", ["c"], id="with a sign before the closing one"),
        pytest.param("## 2 # 3", ["2-3"], id="with a sign inside"),
        pytest.param("## *Really* **bold** `code`", ["really-bold-code"], id="with emphasis"),
        pytest.param("## [A link](x.md) here", ["a-link-here"], id="with a link"),
        pytest.param("## Öffnungszeiten", ["öffnungszeiten"], id="with an umlaut"),
        pytest.param("## O\u0308ffnen", ["öffnen"], id="with a combining umlaut"),
        pytest.param("## 如何重置密码", ["如何重置密码"], id="in Chinese"),
        pytest.param("## 🎉", ["section"], id="with nothing to spell"),
        pytest.param("## Q & A", ["q-a"], id="with a sign of HTML"),
        pytest.param("## Q &amp; A", ["q-a"], id="with an entity"),
        pytest.param("##", [], id="without a title"),
        pytest.param("####### Seven", ["seven"], id="with seven signs"),
        pytest.param("## {{ policy.version }}", ["policyversion"], id="with a name"),
    ],
)
def test_a_heading_has_one_anchor_and_engines_print_it(text: str, expected: list[str]) -> None:
    assert decided_anchors(text) == expected

    html = html_of(with_anchors(text))

    assert rendered_ids(html) == expected
    assert _shown_after(text) == _shown_before(text)


def _shown_before(text: str) -> str:
    return without_ids(html_of(text, without=["toc"])).replace(" {#x}", "")


def _shown_after(text: str) -> str:
    return without_ids(html_of(with_anchors(text), without=["toc"]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("## A\n\ntext\n\nB\n---", [(2, "A", 0), (2, "B", 4)], id="lines"),
        pytest.param("# A\n\n#### B", [(1, "A", 0), (4, "B", 2)], id="levels"),
        pytest.param("> # A\n\n- ### B", [(1, "A", 0), (3, "B", 2)], id="containers"),
    ],
)
def test_a_heading_knows_its_level_its_text_and_its_line(
    text: str, found: list[tuple[int, str, int]]
) -> None:
    shown = [(each.level, each.text, each.line) for each in headings(text, without_code(text))]

    assert shown == found


def test_blocks_are_read_with_the_extensions_of_the_flavour() -> None:
    assert set(STRUCTURE) == set(EXTENSIONS) - INLINE_ONLY


# Laws about texts that nobody would write by hand

# A backslash at the end of a line, and what opens a block, mean something else to engines as soon
# as anything is written behind them.
WORDS = (
    st.text(alphabet="ab Ä#*_`{}[]()<>|\\!:-=.&1", min_size=1, max_size=12)
    .map(lambda text: text.strip().rstrip("\\") or "x")
    .filter(lambda text: not re.search(r"```|!!!|===|&#", text))
)
PLAIN = st.sampled_from(["Reset it", "One", "One", "Zwei Wörter", "A `b` c", "**x** y", "2. z"])
TITLES = st.one_of(PLAIN, WORDS)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(_quoted),
        inner.map(lambda text: f"- entry\n\n{_indented(text)}"),
        inner.map(lambda text: f"1. step\n\n{_indented(text)}\n\n2. step"),
        inner.map(lambda text: f'!!! note "Note"\n\n{_indented(text)}'),
        inner.map(lambda text: f'??? tip "Tip"\n{_indented(text)}'),
        inner.map(lambda text: f'=== "Tab"\n\n{_indented(text)}'),
        inner.map(lambda text: f'<div markdown="1">\n\n{text}\n\n</div>'),
        inner.map(lambda text: f"Term\n\n:   {_indented(text).lstrip()}"),
        st.lists(inner, min_size=2, max_size=3).map("\n\n".join),
        st.lists(inner, min_size=2, max_size=2).map("\n".join),
    )


LEAVES = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "######"]), TITLES),
    st.builds("## {} ##".format, PLAIN),
    st.builds("## {} {{.c}}".format, PLAIN),
    st.builds("## {} {{#own-{}}}".format, PLAIN, st.integers(0, 10**6)),
    st.builds("{}\n{}".format, TITLES, st.sampled_from(["---", "===", "-", "= "])),
    st.builds("```\n# {}\n```".format, PLAIN),
    st.builds("    # {}".format, PLAIN),
    st.builds("- {}\n- # {}".format, PLAIN, PLAIN),
    st.builds("<div>\n# {}\n</div>".format, PLAIN),
    st.builds("a | b\n--- | ---\n{} | x".format, PLAIN),
    st.sampled_from(["text", "text  \nmore", "---", "***", "`code`", "- a\n- b", "> q"]),
    WORDS,
)
DOCUMENTS = st.recursive(LEAVES, _containers, max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
@example("- a\n    ## not one")
@example("> - ## a\n>\n> ## b")
def test_every_anchor_is_the_id_that_is_rendered(text: str) -> None:
    html = html_of(with_anchors(text))

    assert rendered_ids(html) == decided_anchors(text)


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_writing_anchors_into_a_text_changes_nothing_else(text: str) -> None:
    assert _shown_after(text) == _shown_before(text)


# Code


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("a `code` b", "a        b", id="code in a line"),
        pytest.param("a ``co`de`` b", "a           b", id="a backtick in code"),
        pytest.param("a ``code` b", "a         b", id="more backticks before than behind"),
        pytest.param("a \\`no code` b", "a \\`no code` b", id="escaped"),
        pytest.param("a `co\nde` b", "a    \n    b", id="over two lines"),
        pytest.param("a ` b\n\nc `x` d", "a ` b\n\nc     d", id="not over paragraphs"),
        pytest.param("- a ` b\n- c ` d", "- a ` b\n- c ` d", id="not over list entries"),
        pytest.param("```\nx\n```\ny", "   \n \n   \ny", id="fenced"),
        pytest.param("~~~\nx\n~~~\ny", "   \n \n   \ny", id="fenced with tildes"),
        pytest.param("```` \n```\nx\n````", "     \n   \n \n    ", id="a fence in a fence"),
        pytest.param('```py title="a"\nx\n```', f"{' ' * 15}\n \n   ", id="fenced with a title"),
        pytest.param("```\nx", "```\nx", id="never closed"),
        pytest.param("``` a, b\nx", "``` a, b\nx", id="no fence but words"),
        pytest.param("> ```\n> x\n> ```\ny", "     \n   \n     \ny", id="quoted fence"),
        pytest.param(
            "- a\n\n    ```\n    x\n    ```", "- a\n\n       \n     \n       ", id="in a list"
        ),
        pytest.param(
            "- a\n\n    ~~~\nx\n    ~~~", "- a\n\n    ~~~\nx\n    ~~~", id="left too early"
        ),
        pytest.param("    x\n\ny", "     \n\ny", id="indented"),
        pytest.param("y\n    x", "y\n    x", id="indented inside a paragraph"),
        pytest.param("- a\n\n    b", "- a\n\n    b", id="a list's paragraph"),
        pytest.param("- a\n\n        b", "- a\n\n         ", id="code in a list"),
        pytest.param("- a\nlazy\n\n    b", "- a\nlazy\n\n    b", id="a lazy list's paragraph"),
        pytest.param('!!! note "N"\n    b', '!!! note "N"\n    b', id="an admonition"),
        pytest.param('=== "T"\n\n    b', '=== "T"\n\n    b', id="a tab"),
        pytest.param("## H\n    x", "## H\n     ", id="indented below a heading"),
        pytest.param("a <!-- b --> c", "a            c", id="a comment"),
        pytest.param("a <!-- b", "a <!-- b", id="a comment that is never closed"),
        pytest.param("<pre>x</pre> y", f"{' ' * 12} y", id="pre"),
        pytest.param("<PRE>x</pre > y", f"{' ' * 13} y", id="pre in capitals"),
        pytest.param("<script>\nx\n</script>", f"{' ' * 8}\n \n{' ' * 9}", id="a script"),
        pytest.param("`<!--` a `-->`", "       a      ", id="signs of a comment in code"),
        pytest.param("<!-- ` --> a ` b", "           a ` b", id="a backtick in a comment"),
    ],
)
def test_code_and_comments_are_blank_and_the_rest_stays(text: str, kept: str) -> None:
    assert without_code(text) == kept


@settings(deadline=None)
@given(st.text(alphabet="`~ \n<!->prescodity/#\\", max_size=60))
def test_blanking_code_keeps_length_and_lines(text: str) -> None:
    masked = without_code(text)

    assert len(masked) == len(text)
    assert line_starts(masked) == line_starts(text)
    assert all(new in (old, " ") for old, new in zip(text, masked, strict=True))


@settings(deadline=None)
@given(DOCUMENTS)
def test_blanking_twice_is_blanking_once(text: str) -> None:
    masked = without_code(text)

    assert len(masked) == len(text)
    assert decided_anchors(text) == [each.anchor for each in headings(text, masked)]


# Links, names and anchors


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        pytest.param("[a](b.md)", ["b.md"], id="a link"),
        pytest.param("![a](b.png)", ["b.png"], id="a picture"),
        pytest.param("[![a](b.png)](c.md)", ["b.png", "c.md"], id="a picture in a link"),
        pytest.param('[a](b.md "Title")', ["b.md"], id="with a title"),
        pytest.param("[a](b.md 'Title (x)')", ["b.md"], id="with brackets in its title"),
        pytest.param("[a]( b.md )", ["b.md"], id="with spaces around"),
        pytest.param("[a](<b c.md>)", ["b c.md"], id="in angle brackets"),
        pytest.param("[a](b(c).md)", ["b(c).md"], id="with brackets inside"),
        pytest.param("[a](b.md#c)", ["b.md#c"], id="with an anchor"),
        pytest.param("[a]()", [], id="empty"),
        pytest.param("[a][b]\n\n[b]: c.md", ["c.md"], id="a reference"),
        pytest.param('[b]: <c.md> "T"', ["c.md"], id="a reference in angle brackets"),
        pytest.param("[^1]: text", [], id="a footnote"),
        pytest.param('<a class="x" href="b.md">', ["b.md"], id="HTML"),
        pytest.param("<img src='b.png'>", ["b.png"], id="an HTML picture"),
        pytest.param("`[a](b.md)` [c](d.md)", ["d.md"], id="not in code"),
        pytest.param("[a](b.md) and [c](d.md)", ["b.md", "d.md"], id="two in order"),
    ],
)
def test_every_target_of_a_link_is_found_where_it_stands(text: str, targets: list[str]) -> None:
    found = links(without_code(text))

    assert [link.target for link in found] == targets
    assert [text[link.start : link.end] for link in found] == targets


def test_a_link_knows_whether_it_stands_in_html() -> None:
    found = links('[a](b.md) <a href="c.md">c</a>')

    assert [(link.target, link.is_html) for link in found] == [("b.md", False), ("c.md", True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("{{ policy.version }}", [("policy.version", False)], id="a name"),
        pytest.param("{{policy.version}}", [("policy.version", False)], id="without spaces"),
        pytest.param("\\{{ x }}", [("x", True)], id="escaped"),
        pytest.param("`{{ x }}` {{ y }}", [("y", False)], id="not in code"),
        pytest.param("```\n{{ x }}\n```", [], id="not in a fence"),
        pytest.param("{ x } {{ y", [], id="other braces"),
        pytest.param("{{ x\n}}", [], id="not over lines"),
        pytest.param("{{ x }}{{ y }}", [("x", False), ("y", False)], id="two"),
        pytest.param("{{}}", [("", False)], id="empty"),
    ],
)
def test_every_name_outside_code_is_found(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(each.name, each.is_escaped) for each in names(without_code(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("## A", {"a"}, id="a heading"),
        pytest.param('<a id="b"></a>', {"b"}, id="an id in HTML"),
        pytest.param('<a name="b"></a>', {"b"}, id="a name in HTML"),
        pytest.param("text\n{: #b .c }", {"b"}, id="an id of a paragraph"),
        pytest.param("**a**{#b}", {"b"}, id="an id inside a line"),
        pytest.param("`{#b}`", set(), id="not in code"),
        pytest.param("{x} # y {z", set(), id="braces and signs"),
    ],
)
def test_whatever_a_link_can_point_at_is_known(text: str, found: set[str]) -> None:
    masked = without_code(text)

    assert anchors(masked, headings(text, masked)) == found


# Words, edits and places


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("Reset *it* **now**", "Reset it now", id="emphasis"),
        pytest.param("Press `F5`", "Press F5", id="code"),
        pytest.param("See [this](x.md) and [that][y]", "See this and that", id="links"),
        pytest.param("![A picture](x.png)", "A picture", id="a picture"),
        pytest.param("<b>bold</b>", "bold", id="HTML"),
        pytest.param("2 * 3 * 4", "2 * 3 * 4", id="signs that mean nothing"),
        pytest.param("snake_case_name", "snake_case_name", id="underscores inside a word"),
        pytest.param("C\\# \\*", "C# *", id="escapes"),
        pytest.param("Q &amp; A", "Q & A", id="entities"),
        pytest.param("a < b", "a < b", id="less than"),
    ],
)
def test_plain_text_is_what_a_reader_sees(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("text", "part"),
    [
        pytest.param("Reset your password", "reset-your-password", id="words"),
        pytest.param("  What's new -- in 2.0? ", "whats-new-in-20", id="signs"),
        pytest.param("snake_case", "snake-case", id="underscores"),
        pytest.param("ÖFFNEN", "öffnen", id="an umlaut"),
        pytest.param("?!", "", id="nothing"),
    ],
)
def test_a_slug_is_part_of_an_address(text: str, part: str) -> None:
    assert slug(text) == part


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_slug_of_a_slug_is_the_same(text: str) -> None:
    assert slug(slug(text)) == slug(text)


def test_edits_are_made_in_order_and_the_first_of_two_that_overlap_holds() -> None:
    text = "one two three"

    changed = edited(text, [Edit(8, 13, "3"), Edit(0, 3, "1"), Edit(2, 7, "lost")])

    assert changed == "1 two 3"


@settings(deadline=None)
@given(st.text(alphabet="ab\n", max_size=40), st.integers(0, 40))
def test_place_of_an_offset_counts_lines_and_columns_from_one(text: str, offset: int) -> None:
    offset = min(offset, len(text))

    line, column = place_of(text, offset)

    assert line_starts(text)[line - 1] + column - 1 == offset
    assert "\n" not in text[offset - column + 1 : offset]
