"""Lists and tables of other dialects are laid out so that Python-Markdown reads them alike."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.importing.layout import laid_out, tidied


def new_layout(body: str) -> str:
    return "\n".join(line.text for line in laid_out(body))


def outline(body: str) -> str:
    """The HTML's lists and paragraphs without their line breaks."""
    html = markdown.markdown(body, extensions=["tables", "admonition", "pymdownx.superfences"])
    return re.sub(r"\s*\n\s*", "", html).replace("<p>", "").replace("</p>", "")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "- a\n  - b\n    - c\n- d", "- a\n    - b\n        - c\n- d", id="two columns"
        ),
        pytest.param("1. a\n   - b\n2. c", "1. a\n    - b\n2. c", id="column of the text"),
        pytest.param("1. a\n  - b\n\n2. c", "1. a\n    - b\n\n2. c", id="short of the text"),
        pytest.param("10. a\n\n   b", "10. a\n\n    b", id="paragraph short of the text"),
        pytest.param("- a\n\t- b", "- a\n    - b", id="tab"),
        pytest.param("- a\n - b", "- a\n- b", id="crooked siblings"),
        pytest.param("  - a\n  - b", "- a\n- b", id="indented list"),
        pytest.param("1. a\n\n   b\n2. c", "1. a\n\n    b\n\n2. c", id="item after a paragraph"),
        pytest.param(
            "1. a\n\n   * b\n2. c", "1. a\n\n    * b\n\n2. c", id="item after nested items"
        ),
        pytest.param("- a\n  b\nc", "- a\n    b\nc", id="wrapped lines"),
        pytest.param("Text\n- a", "Text\n\n- a", id="list after a paragraph"),
        pytest.param("Text\n1. a", "Text\n\n1. a", id="numbers after a paragraph"),
        pytest.param("In\n2020. It", "In\n2020. It", id="a year is no list"),
        pytest.param("- In\n  2020. It", "- In\n    2020. It", id="a year in a list is none"),
        pytest.param("Text\n---\n* * *", "Text\n---\n* * *", id="rules are no lists"),
        pytest.param("```\na\n```\n2. b", "```\na\n```\n\n2. b", id="list after code"),
        pytest.param("```\n- a\n  - b\n```", "```\n- a\n  - b\n```", id="code kept"),
        pytest.param(
            "- a\n\n  ```\n    x\n  ```", "- a\n\n    ```\n      x\n    ```", id="code moved"
        ),
        pytest.param("- ```\n  - x\n  ```", "- ```\n  - x\n  ```", id="code on an item's line"),
        pytest.param("```\n- a\n  - b", "```\n\n- a\n    - b", id="code that never ends"),
        pytest.param(
            "Text\n\n    - a\n      - b", "Text\n\n    - a\n      - b", id="code by indent"
        ),
        pytest.param(
            "!!! note\n    - a\n      - b", "!!! note\n    - a\n      - b", id="note, at once"
        ),
        pytest.param(
            "!!! note\n\n    - a\n      - b", "!!! note\n\n    - a\n        - b", id="note"
        ),
        pytest.param("- a\n\n## B\n- c", "- a\n\n## B\n\n- c", id="heading ends a list"),
        pytest.param("<ul>\n  <li>- a</li>\n</ul>", "<ul>\n  <li>- a</li>\n</ul>", id="HTML kept"),
        pytest.param(
            "<div>\n\n  <p>\n\n  a</p>\n</div>", "<div>\n  <p>\n\n  a</p>\n</div>", id="HTML"
        ),
        pytest.param("<pre>\n\n<b>\n</pre>", "<pre>\n\n<b>\n</pre>", id="text in HTML kept"),
        pytest.param("<div>\n- a\n  - b", "<div>\n- a\n  - b", id="HTML that never ends"),
        pytest.param("<div>\n\n- a\n  - b", "<div>\n\n- a\n    - b", id="it ends at a blank line"),
        pytest.param(
            '<div markdown="1">\n\n- a\n  - b', '<div markdown="1">\n\n- a\n    - b', id="md"
        ),
        pytest.param("| a | b |\n| c | d |", "| a | b |\n| --- | --- |\n| c | d |", id="table"),
        pytest.param("Text\n|a|\n|-|\n|b|", "Text\n\n|a|\n|-|\n|b|", id="table after a paragraph"),
        pytest.param("|a|", "|a|", id="one row is no table"),
        pytest.param("```\n| a |\n| b |\n```", "```\n| a |\n| b |\n```", id="rows in code"),
    ],
)
def test_lists_and_tables_are_laid_out_for_python_markdown(body: str, expected: str) -> None:
    assert new_layout(body) == expected


@pytest.mark.parametrize(
    ("body", "html"),
    [
        pytest.param(
            "Do:\n- a\n  - b\n- c",
            "Do:<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            id="list in text",
        ),
        pytest.param(
            "1. a\n\n   **b:**\n   * c\n\n2. d",
            "<ol><li>a<strong>b:</strong><ul><li>c</li></ul></li><li>d</li></ol>",
            id="list in a step",
        ),
        pytest.param(
            "1. a\n\n   * b\n2. c",
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
            id="step after a list",
        ),
        pytest.param(
            "1. a\n\n   ```\n   b\n   ```\n\n2. c",
            '<ol><li>a<div class="highlight"><pre><span></span><code>b</code></pre></div></li>'
            "<li>c</li></ol>",
            id="code in a step",
        ),
    ],
)
def test_the_new_layout_is_read_as_it_was_meant(body: str, html: str) -> None:
    assert outline(new_layout(body)) == html


patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ITEMS = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=8)


def nested(levels: list[int]) -> str:
    """The HTML of a list whose items lie at these levels."""
    html, depth = "", -1
    for level in levels:
        if level > depth:
            html += "<ul><li>a"
        else:
            html += "</li></ul>" * (depth - level) + "</li><li>a"
        depth = level
    return html + "</li></ul>" * (depth + 1)


@patiently
@given(ITEMS, st.integers(2, 4))
def test_a_list_is_read_with_the_levels_that_it_was_written_with(
    items: list[tuple[int, bool]], step: int
) -> None:
    levels: list[int] = []
    lines: list[str] = []
    for level, is_loose in items:
        levels.append(min(level, levels[-1] + 1) if levels else 0)
        lines += [" " * step * levels[-1] + "- a", *([""] if is_loose else [])]

    laid = new_layout("\n".join(lines))

    assert outline(laid) == nested(levels)
    assert new_layout(laid) == laid


PIECES = [
    *(
        "- a",
        "1. b",
        "10. c",
        "text",
        "",
        "",
        "## h",
        "```",
        "~~~",
        "<div>",
        "</div>",
        "> q",
        "---",
    ),
    *("  two", "   three", "    four", "\ttab", "!!! note", "[^1]: f", "<!-- c", "-->", "{: .x}"),
]


@patiently
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(PIECES)), max_size=20))
def test_a_new_layout_moves_signs_and_loses_none(pieces: list[tuple[int, str]]) -> None:
    body = "\n".join(" " * indent + piece for indent, piece in pieces)

    lines = laid_out(body)

    assert re.sub(r"\s", "", new_layout(body)) == re.sub(r"\s", "", body)
    sources = body.split("\n")
    assert all(line.text.strip() in ("", sources[line.source_line].strip()) for line in lines)
    for line in lines:
        if line.text.strip():
            signs = len(line.text) - len(line.text.lstrip())
            source = sources[line.source_line]
            assert signs - line.shift == len(source) - len(source.lstrip())


def test_blank_lines_are_joined_outside_code() -> None:
    body = "\n\na\n\n \n\nb\n\n```\n\n\nc\n```\n\n"

    assert tidied(body) == "a\n\nb\n\n```\n\n\nc\n```"
