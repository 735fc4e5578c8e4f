"""Source files become pages: kinds, ids, categories, addresses, and every mistake in a head."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_roots import article, head

from kbgen.front_matter import ArticleFields, FaqFields, TutorialFields, split_head
from kbgen.markdown_text import LONGEST_LINE
from kbgen.model import Category, DocPage, Kind, KnowledgePage, SourceFile
from kbgen.parsing import parse_file
from support_policy.diagnostics import Diagnostic, InvalidSources

ARTICLE = "kb_articles/signing-in/reset.md"


def parsed(path: str, text: str) -> KnowledgePage | DocPage | Category:
    return parse_file(SourceFile(path, text))


def page(path: str, text: str = article()) -> KnowledgePage:
    found = parsed(path, text)
    assert isinstance(found, KnowledgePage)
    return found


def faults(text: str, path: str = ARTICLE) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidSources) as caught:
        parsed(path, text)
    return caught.value.diagnostics


# What a file becomes


@pytest.mark.parametrize(
    ("path", "kind", "id_", "category", "address"),
    [
        pytest.param(
            "kb_articles/signing-in/reset.md",
            Kind.ARTICLE,
            "signing-in-reset",
            "signing-in",
            "/articles/signing-in/reset/",
            id="an article",
        ),
        pytest.param(
            "faq/files/how.md", Kind.FAQ, "faq-files-how", "files", "/faq/files/how/", id="question"
        ),
        pytest.param(
            "tutorials/a/b.md", Kind.TUTORIAL, "tutorial-a-b", "a", "/tutorials/a/b/", id="tutorial"
        ),
        pytest.param(
            "kb_articles/reset.md",
            Kind.ARTICLE,
            "reset",
            "general",
            "/articles/reset/",
            id="without a folder",
        ),
        pytest.param(
            "kb_articles/a/b/c.md", Kind.ARTICLE, "a-b-c", "a", "/articles/a/b/c/", id="deep"
        ),
        pytest.param(
            "kb_articles/a/b/index.md", Kind.ARTICLE, "a-b-index", "a", "/articles/a/b/", id="index"
        ),
        pytest.param(
            "kb_articles/index.md", Kind.ARTICLE, "index", "general", "/articles/", id="top index"
        ),
        pytest.param(
            "faq/a/two_words.md",
            Kind.FAQ,
            "faq-a-two-words",
            "a",
            "/faq/a/two_words/",
            id="an underscore",
        ),
    ],
)
def test_the_place_of_a_file_decides(
    path: str, kind: Kind, id_: str, category: str, address: str
) -> None:
    found = page(path, head(title="New") + "Text.\n")

    assert (found.kind, found.id, found.category, found.address) == (kind, id_, category, address)
    assert found.source == path


def test_the_head_decides_where_it_says_something() -> None:
    text = article(id="KB-0001", category="files", address="/help/reset/", nav_title="Reset")

    found = page(ARTICLE, text)

    assert (found.id, found.category, found.address) == ("KB-0001", "files", "/help/reset/")
    assert found.short_title == "Reset"
    assert found.title == "Reset your password"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        pytest.param("docs/index.md", "/", id="home"),
        pytest.param("docs/privacy.md", "/privacy/", id="a page"),
        pytest.param("docs/legal/terms.md", "/legal/terms/", id="in a folder"),
        pytest.param("docs/legal/index.md", "/legal/", id="a folder's index"),
    ],
)
def test_a_page_under_docs_lives_at_the_top(path: str, address: str) -> None:
    found = parsed(path, head(title="New") + "Text.\n")

    assert isinstance(found, DocPage)
    assert found.address == address


@pytest.mark.parametrize("folder", ["kb_articles", "faq", "tutorials"])
def test_an_index_describes_its_category(folder: str) -> None:
    found = parsed(f"{folder}/files/index.md", head(title="Files", summary="All.", order=3))

    assert found == Category("files", "Files", "All.", 3, None, f"{folder}/files/index.md")


def test_the_text_of_a_category_knows_its_line() -> None:
    found = parsed("faq/files/index.md", head(title="Files") + "Text.\n")

    assert isinstance(found, Category)
    assert found.text is not None
    assert (found.text.markdown, found.text.first_line) == ("Text.\n", 5)


def test_only_a_title_is_needed() -> None:
    found = page(ARTICLE, "---\ntitle: New\n---\n")

    assert isinstance(found.fields, ArticleFields)
    assert (found.fields.summary, found.fields.version, found.fields.changes) == ("", None, ())
    assert found.text.markdown == ""


def test_each_kind_has_fields_of_its_own() -> None:
    code = page(ARTICLE, article(error_codes="AUTH-401"))
    question = page("faq/a/b.md", article(answer="Yes."))
    tutorial = page("tutorials/a/b.md", article(minutes="10", needs=["A", "B"], next="KB-0001"))

    assert isinstance(code.fields, ArticleFields)
    assert code.fields.error_codes == ("AUTH-401",)
    assert isinstance(question.fields, FaqFields)
    assert question.fields.answer == "Yes."
    assert isinstance(tutorial.fields, TutorialFields)
    assert (tutorial.fields.minutes, tutorial.fields.next) == (10, ("KB-0001",))


def test_the_short_answer_stands_before_the_text_and_points_at_the_head() -> None:
    found = page("faq/a/b.md", "---\ntitle: A\nanswer: Yes.\n---\n\nMore.\n").text

    assert found.markdown == "Yes.\n{: .kb-answer }\n\nMore.\n"
    assert found.place(0) == (3, 1)
    assert found.place(found.markdown.index("re.")) == (6, 3)


def test_fields_know_their_lines() -> None:
    found = page(
        ARTICLE, "---\ntitle: A\n# a comment\nsummary: >-\n  B\n  tags: C\nowner: d\n---\n"
    )

    assert found.field_lines == {"title": 2, "summary": 4, "owner": 7}
    assert str(found.place_of_field("owner")) == f"{ARTICLE}:7:1"
    assert str(found.place_of_field("tags")) == f"{ARTICLE}:1:1"


# The head and the body


@pytest.mark.parametrize(
    ("text", "yaml", "body", "line"),
    [
        pytest.param("---\na: b\n---\nText", "a: b\n", "Text", 4, id="a head"),
        pytest.param("---\na: b\n---\n\n\nText", "a: b\n", "Text", 6, id="blank lines"),
        pytest.param("---  \na: b\n--- \t\nText", "a: b\n", "Text", 4, id="spaces behind"),
        pytest.param("---\na: b\n...\nText", "a: b\n", "Text", 4, id="three dots"),
        pytest.param("---\n---\nText", "", "Text", 3, id="empty"),
        pytest.param("---\na: b\n---", "a: b\n", "", 3, id="nothing behind"),
        pytest.param("---\na: b\n---\nA\n\n---\n\nB", "a: b\n", "A\n\n---\n\nB", 4, id="a rule"),
        pytest.param("Text\n---\n", None, "Text\n---\n", 1, id="none"),
        pytest.param("----\na\n----\n", None, "----\na\n----\n", 1, id="four signs"),
        pytest.param(" ---\na\n---\n", None, " ---\na\n---\n", 1, id="indented"),
    ],
)
def test_head_and_body_are_parted(text: str, yaml: str | None, body: str, line: int) -> None:
    found = split_head(text)

    assert (found.yaml, found.body, found.body_line, found.is_closed) == (yaml, body, line, True)


@pytest.mark.parametrize("text", ["---", "---\n", "---\ntitle: A\n", "---\ntitle: A\n\nText\n"])
def test_a_head_that_never_ends_is_known(text: str) -> None:
    assert not split_head(text).is_closed


@settings(deadline=None)
@given(st.text(alphabet="-. a:\n", max_size=40))
def test_the_line_of_the_body_is_right_in_every_text(text: str) -> None:
    found = split_head(text)

    if found.body:
        assert "\n".join(text.split("\n")[found.body_line - 1 :]) == found.body


# Mistakes, each at its place

MISTAKES = {
    "no title": ("summary: A", "2:1: error[missing-key]"),
    "an empty title": ("title:", "2:7: error"),
    "a title in quotes that says nothing": ('title: " "', "2:8: error[empty-value]"),
    "a list as a title": ("title: [A]", "2:8: error"),
    "an unknown key": ("title: A\nsumary: B", "3:1: error[unknown-key]"),
    "a field of another kind": ("title: A\nanswer: B", "3:1: error[unknown-key]"),
    "an id with a space": ("title: A\nid: KB 1", "3:5: error[invalid-id]"),
    "an id like a path": ("title: A\nid: ../KB-1", "3:5: error[invalid-id]"),
    "an unknown state": ("title: A\nstate: hidden", "3:8: error[unknown-value]"),
    "a version that is a word": ("title: A\nversion: new", "3:10: error[invalid-version]"),
    "a date that never was": ("title: A\nreviewed: 2026-02-30", "3:11: error[invalid-date]"),
    "a date with a time": ("title: A\nreviewed: 2026-02-28 10:00", "3:11: error[invalid-date]"),
    "a period without a number": ("title: A\nreview_every: month", "3:15: error[invalid-period]"),
    "a tag with capitals": ("title: A\ntags: [a, Big]", "3:11: error[invalid-identifier]"),
    "a category with a space": ("title: A\ncategory: a b", "3:11: error[invalid-identifier]"),
    "a code in small letters": ("title: A\nerror_codes: [e-1]", "3:15: error[invalid-error-code]"),
    "a code without a digit": ("title: A\nerror_codes: [E]", "3:15: error[invalid-error-code]"),
    "a change without a note": (
        "title: A\nchanges:\n  - {version: '1.0', date: 2026-01-01}",
        "4:5: error[missing-key]",
    ),
    "a change of which a key is unknown": (
        "title: A\nchanges:\n  - {version: '1.0', date: 2026-01-01, note: B, by: C}",
        "4:49: error[unknown-key]",
    ),
    "an address without a slash": ("title: A\naddress: /a/b", "3:10: error[invalid-address]"),
    "an address of another site": ("title: A\naddress: https://x/", "3:10: error[invalid-address]"),
    "an address that leads up": ("title: A\naddress: /a/../b/", "3:10: error[invalid-address]"),
    "an address that stays": ("title: A\naddress: /./b/", "3:10: error[invalid-address]"),
    "an address that leads up in disguise": (
        "title: A\naddress: /%2e%2e/b/",
        "3:10: error[invalid-address]",
    ),
    "an address with braces": ("title: A\naddress: '/{{x}}/'", "3:10: error[invalid-address]"),
    "an old address with a query": (
        "title: A\nredirect_from: [/a/, '/b/?c']",
        "3:22: error[invalid-address]",
    ),
}


@pytest.mark.parametrize(("fields", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_place(fields: str, expected: str) -> None:
    (found,) = faults(f"---\n{fields}\n---\n")

    assert str(found).startswith(f"{ARTICLE}:{expected}")
    assert found.why
    assert found.fix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Text.\n", "1:1: error[missing-key]", id="no head"),
        pytest.param("---\ntitle: A\n", "1:1: error[yaml-syntax]", id="an open head"),
        pytest.param("---\n---\n", "2:1: error[missing-key]", id="an empty head"),
        pytest.param(" \n\n", "1:1: error[empty-file]", id="nothing"),
    ],
)
def test_a_page_without_a_whole_head_is_told(text: str, expected: str) -> None:
    (found,) = faults(text)

    assert str(found).startswith(f"{ARTICLE}:{expected}")


def test_all_mistakes_of_a_head_are_told_at_once() -> None:
    found = faults("---\nsumary: A\nreviewed: soon\nstate: hidden\n---\n")

    assert [each.rule for each in found] == [
        "missing-key",
        "unknown-key",
        "invalid-date",
        "unknown-value",
    ]


@pytest.mark.parametrize(
    ("key", "meant"), [("sumary", "summary"), ("titel", "title"), ("relatd", "related")]
)
def test_an_unknown_key_names_what_was_probably_meant(key: str, meant: str) -> None:
    (found,) = faults(f"---\ntitle: A\n{key}: B\n---\n")

    assert found.fix == f"did you mean `{meant}`?"


@pytest.mark.parametrize("minutes", ["ten", "0", "601", "-1", "1.5"])
def test_minutes_have_bounds(minutes: str) -> None:
    (found,) = faults(f"---\ntitle: A\nminutes: {minutes}\n---\n", "tutorials/a/b.md")

    assert str(found.location) == "tutorials/a/b.md:3:10"


def test_an_old_address_that_was_copied_from_a_browser_is_read_as_it_was_seen() -> None:
    found = page(ARTICLE, article(redirect_from=["/caf%C3%A9/"]))

    assert found.fields.redirect_from == ("/café/",)


# What engines could not bear


@pytest.mark.parametrize(
    ("body", "place", "rule"),
    [
        pytest.param("x" * 900_000, "5:1", "too-long", id="one endless line"),
        pytest.param(
            "Hi.\n\n" + "word " * 5000, "7:1", "too-long", id="a long paragraph in a line"
        ),
        pytest.param("[" * 100_000, None, "too-long", id="brackets in an endless line"),
        pytest.param("A\n" + "[ \n" * 1000, "6:1", "unclosed-brackets", id="open brackets"),
        pytest.param("[a](\n" * 1000, "5:3", "unclosed-brackets", id="open links"),
        pytest.param("A\n\n" + "<a \n" * 1000, "7:1", "unclosed-brackets", id="open tags"),
    ],
)
def test_what_would_keep_engines_busy_for_hours_is_refused(
    body: str, place: str | None, rule: str
) -> None:
    (found,) = faults(head(title="A") + body)

    assert found.rule == rule
    assert place is None or str(found.location) == f"{ARTICLE}:{place}"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("x" * LONGEST_LINE, id="a line that is just short enough"),
        pytest.param("```\n" + "x" * 100_000 + "\n```\n", id="a long line of code"),
        pytest.param("[a](b)\n" * 1000, id="many links"),
        pytest.param("[ \n\n" * 1000, id="one open bracket in each paragraph"),
        pytest.param("| [0, 1) | a < b |\n" * 150, id="a table of half-open intervals"),
        pytest.param("```\n" + "[ \n" * 1000 + "```\n", id="brackets in code"),
        pytest.param("a < b and c > d\n" * 1000, id="less and more"),
    ],
)
def test_what_people_write_is_not_refused(body: str) -> None:
    assert page(ARTICLE, head(title="A") + body).text.markdown == body
