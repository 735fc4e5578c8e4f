"""Liquid becomes Markdown where it held content, and stays visible where it did not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.importing import Import, import_pages
from kbgen.model import KnowledgePage, SourceFile
from kbgen.parsing import parse_file
from support_policy.diagnostics import Diagnostic


def imported(files: Mapping[str, str | bytes], **options: str) -> Import:
    paths = {PurePosixPath(path): content for path, content in files.items()}
    return import_pages(paths, **{"kind": "article", **options})  # type: ignore[arg-type]  # the tests give fewer options


def page(body: str, *, head: str = "title: Alpha", name: str = "a/page.md") -> dict[str, str]:
    return {name: f"---\n{head}\n---\n\n{body}\n"}


def content(result: Import, path: str) -> str:
    found = {str(file.path): file.content for file in result.files}[path]
    assert isinstance(found, str)
    return found


def body_of(files: Mapping[str, str | bytes], path: str = "kb_articles/a/page.md") -> str:
    return content(imported(files), path).split("---\n", 2)[2].strip("\n")


def told(result: Import, rule: str) -> list[Diagnostic]:
    return [each for each in result.report if each.rule == rule]


def places(result: Import, rule: str) -> list[str]:
    return [str(each.location) for each in told(result, rule)]


TARGETS: dict[str, str | bytes] = {
    **page("1", head="title: B\npermalink: /help/b/\nredirect_from: /old/b/", name="b/one.md"),
}

LISTS = "title: Alpha\ndo_list:\n  - One [x](/help/b/)\n  - 'Two {{ x }}'\nword: some text"
ALERT = "{% include alert.html type='info' content=x %}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("{% include l.html items=page.do_list %}", "{LIST}", id="list"),
        pytest.param(
            "You need:\n{% include l.html items=page.do_list %}\nThen",
            "You need:\n\n{LIST}\n\nThen",
            id="list in text",
        ),
        pytest.param(
            "1. You need:\n\n   {% include l.html items=page.do_list %}",
            "1. You need:\n\n    - One [x](../b/one.md)\n    - Two \\{{ x }}",
            id="list in a list",
        ),
        pytest.param(
            "<div>\n{% include l.html items=page.do_list %}\n</div>",
            '<div>\n<ul>\n<li>One <a href="../b/one.md">x</a></li>\n'
            "<li>Two \\{{ x }}</li>\n</ul>\n</div>",
            id="list in HTML",
        ),
        pytest.param(
            "{% capture x %}\nMind [this](/help/b/).\n{% endcapture %}\n" + ALERT,
            "!!! info\n    Mind [this](../b/one.md).",
            id="note",
        ),
        pytest.param(
            "{% capture x %}\nMind:\n- this\n- that\n{% endcapture %}\n" + ALERT + "\nText",
            "!!! info\n    Mind:\n\n    - this\n    - that\n\nText",
            id="note with a list",
        ),
        pytest.param(
            '{% include callout.html content="Mind this." title=\'Stop "now"\' %}',
            "!!! note \"Stop 'now'\"\n    Mind this.",
            id="note with title and text",
        ),
        pytest.param(
            "{% capture x %}A b{% endcapture %}\n<div>\n" + ALERT + "\n</div>",
            '<div>\n<div class="admonition info">\n<p class="admonition-title">Info</p>\nA b\n'
            "</div>\n</div>",
            id="note in HTML",
        ),
        pytest.param("{% capture x %}A{% endcapture %}1 {{ x }} 2", "1 A 2", id="captured text"),
        pytest.param("{{ page.word }} {{ page.title }}", "some text Alpha", id="value of the page"),
        pytest.param("{{ site.baseurl }}/x", "/x", id="place of the site"),
        pytest.param("{{ page.nothing }}", "\\{{ page.nothing }}", id="unknown value"),
        pytest.param("{{ policy.version }}", "\\{{ policy.version }}", id="name of the policy"),
        pytest.param("a {{ b", "a \\{{ b", id="stray braces"),
        pytest.param("\\{{ x }}", "\\\\{{ x }}", id="backslash before an output"),
        pytest.param("`{{ x }}`", "`{{ x }}`", id="code"),
        pytest.param(
            "{% raw %}{{ x }} `{{ y }}`{% endraw %}", "\\{{ x }} `{{ y }}`", id="raw text"
        ),
        pytest.param("A{% comment %}hidden{% endcomment %}B", "AB", id="comment"),
        pytest.param("{% if x %}\nA\n{% endif %}", "`{% if x %}`\nA\n`{% endif %}`", id="tag"),
        pytest.param("{%\n  include\n  x.html\n%}", "`{% include x.html %}`", id="long tag"),
        pytest.param("<p>{% x <b> %}</p>", "<p><code>{% x &lt;b&gt; %}</code></p>", id="in HTML"),
        pytest.param("[x]({% link a.md %})", "[x]({% link a.md %})", id="tag in a link"),
        pytest.param(
            "{% highlight ruby %}\n  x = '{{ y }}'\n{% endhighlight %}",
            "```ruby\n  x = '{{ y }}'\n```",
            id="highlighted code",
        ),
    ],
)
def test_liquid_becomes_markdown_or_stays_visible(body: str, expected: str) -> None:
    items = "- One [x](../b/one.md)\n- Two \\{{ x }}"

    assert body_of({**TARGETS, **page(body, head=LISTS)}) == expected.replace("{LIST}", items)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        pytest.param("{% include l.html items=page.do_list %}", "include-became-list", id="list"),
        pytest.param("{% capture x %}A{% endcapture %}" + ALERT, "include-became-note", id="note"),
        pytest.param("{{ page.nothing }}", "liquid-tag", id="value"),
        pytest.param("{% if x %}", "liquid-tag", id="tag"),
        pytest.param("{% capture x %}A{% endcapture %}", "liquid-tag", id="lost capture"),
        pytest.param("{% comment %}A{% endcomment %}", "dropped-comment", id="comment"),
        pytest.param(
            "{% include alert.html content='A b' more='More words' %}", "liquid-tag", id="words"
        ),
        pytest.param("<button>A</button>", "html-needs-script", id="button"),
    ],
)
def test_what_was_changed_or_left_is_told_at_its_place(body: str, rule: str) -> None:
    result = imported(page(f"Text\n\n  {body}", head=LISTS))

    column = 3 + body.index("{% include") if rule == "include-became-note" else 3
    assert [(each.location.line, each.location.column) for each in told(result, rule)] == [
        (11, column)
    ]


def test_lists_that_only_icons_told_apart_are_told() -> None:
    include = "{% include l.html items=page.do_list %}"

    result = imported(page(f"{include}\n{include}\n\nText\n\n{include}", head=LISTS))

    assert places(result, "lists-joined") == ["a/page.md:10:1"]


def test_a_link_in_a_list_of_the_front_matter_is_told_there() -> None:
    head = "title: T\ndo_list:\n  - One\n  - Two [x](/gone/)"

    result = imported(page("{% include l.html items=page.do_list %}", head=head))

    assert places(result, "link-outside-import") == ["a/page.md:5:5"]


PIECES = [
    *("- a", "1. b", "", "", "text", "# Top", "#x", "#1", "```", "~~~", "`", "``", "| a |", "> q"),
    *("<div>", "</div>", "<pre>", "</pre>", "<!--", "-->", "<a href='/help/b/'>", "<h1>", "</h1>"),
    *("{: .x}", "{: #y}", "{:toc}", "{::comment}", "{:/comment}", "!!! note", "    four", "\t- t"),
    *("{{", "}}", "{{ a }}", "{{ page.word }}", "{{ policy.version }}", "{{ site.baseurl }}/x"),
    *("{% capture x %}", "{% endcapture %}", ALERT, "{% include l.html items=page.do_list %}"),
    *("{% raw %}", "{% endraw %}", "{% comment %}", "{% endcomment %}", "{% if a %}", "{%", "%}"),
    *("{% highlight x %}", "{% endhighlight %}", "[a]({{ b }})", "[a](/help/b/)", "\\", "\\<a\\>"),
]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(PIECES)), max_size=25))
def test_nothing_in_an_imported_page_is_taken_for_a_name_of_the_policy(
    pieces: list[tuple[int, str]],
) -> None:
    body = "\n".join(" " * indent + piece for indent, piece in pieces)

    new = content(imported({**TARGETS, **page(body, head=LISTS)}), "kb_articles/a/page.md")

    parsed = parse_file(SourceFile("kb_articles/a/page.md", new))
    assert isinstance(parsed, KnowledgePage)
    assert all(name.is_escaped for name in parsed.text.names)
