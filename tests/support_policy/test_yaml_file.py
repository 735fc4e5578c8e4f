"""YAML has traps: each is either read as its writer meant it, or told with its place."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter

from support_policy import yaml_nodes
from support_policy.diagnostics import Diagnostic, InvalidSources, Location, Severity
from support_policy.identifiers import Flag, Line, Version
from support_policy.local_moments import LocalDate
from support_policy.yaml_file import STRICT, parse_yaml, read_document, refuse, unquoted_numbers

# No deadlines: a machine that is busy is no fault.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: Line
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    title: Line = "untitled"
    version: Version = "1.0"
    day: LocalDate | None = None
    is_open: Flag = False
    parts: tuple[Part, ...] = ()
    by_name: Mapping[Line, Part] = field(default_factory=dict)


THING = TypeAdapter(Thing)


def value_of(text: str) -> Any:
    return read_document(text, "thing.yml").value


def thing_in(text: str) -> Thing:
    return parse_yaml(text, "thing.yml", THING)


def mistakes_in(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(InvalidSources) as caught:
        thing_in(text)
    return caught.value.diagnostics


def mistake_in(text: str) -> Diagnostic:
    (mistake,) = mistakes_in(text)
    return mistake


def told(diagnostic: Diagnostic) -> str:
    return str(diagnostic).split("\n")[0].removeprefix("thing.yml:")


@pytest.fixture(params=["C", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: where libyaml is missing, the other one is used."""
    if request.param == "Python":
        monkeypatch.setattr(yaml_nodes, "_Loader", yaml.BaseLoader)
    return str(request.param)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("22:00", id="22:00 is not 1320"),
        pytest.param("17:00", id="17:00 is not 1020"),
        pytest.param("24:00", id="24:00 is not 1440"),
        pytest.param("1:30:00", id="1:30:00 is not 5400"),
        pytest.param("off", id="off is not false"),
        pytest.param("no", id="no is not false"),
        pytest.param("NO", id="NO, for Norway, is not false"),
        pytest.param("y", id="y is not true"),
        pytest.param("1.10", id="1.10 is not 1.1"),
        pytest.param("007", id="007 is not 7"),
        pytest.param("0123", id="0123 is not octal"),
        pytest.param("1e3", id="1e3 is not 1000.0"),
        pytest.param("1_000", id="1_000 is not 1000"),
        pytest.param(".inf", id=".inf is not a number"),
        pytest.param("+4930123456", id="a telephone number keeps its plus"),
        pytest.param("2026-12-05", id="a date is not a datetime.date"),
        pytest.param("=", id="an equals sign"),
        pytest.param("09:00-17:00", id="hours"),
        pytest.param("24/7", id="24/7"),
        pytest.param("closed", id="closed"),
        pytest.param("2026-12-05 22:00", id="a local moment"),
        pytest.param("Null", id="somebody called Null"),
    ],
)
def test_a_value_is_read_as_it_stands(text: str, parser: str) -> None:
    assert value_of(f"key: {text}\nlist: [{text}]\n") == {"key": text, "list": [text]}


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_an_empty_value_is_none(text: str, parser: str) -> None:
    assert value_of(f"key: {text}\nlist:\n  - {text}\n") == {"key": None, "list": [None]}


@pytest.mark.parametrize("text", ['""', "''", '"~"', '"null"', "|\n  null\n"])
def test_a_quoted_value_is_text_even_where_it_looks_empty(text: str, parser: str) -> None:
    assert isinstance(value_of(f"key: {text}\n")["key"], str)


def test_a_version_of_one_point_ten_is_not_one_point_one() -> None:
    assert thing_in("version: 1.10\n").version == "1.10"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("true", True), ("false", False), ("yes", True), ("no", False), ("off", False), ("NO", False)],
)
def test_where_a_flag_is_expected_each_word_for_it_is_one(word: str, meant: bool) -> None:
    assert thing_in(f"is_open: {word}\n").is_open is meant


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n\n", id="empty lines"),
        pytest.param("# only a comment\n", id="a comment"),
        pytest.param("---\n", id="the mark of a document"),
        pytest.param("~\n", id="null"),
    ],
)
def test_an_empty_file_is_one_without_keys(text: str, parser: str) -> None:
    assert value_of(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "- a\n- b\n", "1:1: error[wrong-type]: the file holds a list", id="a list at the top"
        ),
        pytest.param(
            "hello\n", "1:1: error[wrong-type]: `hello` does not fit the file", id="a mere word"
        ),
        pytest.param(
            "title: a\nversion: 1.1\ntitle: b\n",
            "3:1: error[duplicate-key]: `title` stands here twice",
            id="a key twice",
        ),
        pytest.param(
            "parts: [{name: a, name: b}]\n",
            "1:19: error[duplicate-key]: `name` stands here twice",
            id="a key twice, inside",
        ),
        pytest.param(
            "title: a\nparts:\n\t- name: b\n",
            "3:1: error[tab-in-yaml]: a tab indents this line",
            id="a tab",
        ),
        pytest.param(
            "parts:\n  - name: b\n \t size: 1\n",
            "3:2: error[tab-in-yaml]: a tab indents this line",
            id="a tab behind spaces",
        ),
        pytest.param(
            "title: &name a\nversion: *name\n",
            "2:10: error[yaml-alias]: a `*name` repeats another part of the file",
            id="an alias of text",
        ),
        pytest.param(
            "parts: &all [*all]\n",
            "1:14: error[yaml-alias]: a `*name` repeats another part of the file",
            id="an alias of itself",
        ),
        pytest.param(
            "by_name: {a: &a {name: x}}\nparts:\n  - <<: *a\n",
            "3:9: error[yaml-alias]: a `*name` repeats another part of the file",
            id="a merge key",
        ),
        pytest.param(
            "title: *important\n",
            "1:8: error[yaml-alias]: a `*name` repeats another part of the file",
            id="a text that begins with a star",
        ),
        pytest.param(
            "title: !important\n",
            "1:8: error[yaml-tag]: a `!name` says what type the value has",
            id="a text that begins with an exclamation mark",
        ),
        pytest.param(
            "title: !!python/object/apply:os.system [ls]\n",
            "1:8: error[yaml-tag]: a `!name` says what type the value has",
            id="a tag that runs code elsewhere",
        ),
        pytest.param(
            "? [a]\n: b\n", "1:3: error[wrong-type]: a key is not plain text", id="a list as key"
        ),
        pytest.param(
            "title: a\n---\ntitle: b\n",
            "2:1: error[yaml-syntax]: a second document begins here",
            id="a second document",
        ),
        pytest.param(
            "title: Error: not found\n",
            "1:13: error[yaml-syntax]: a second colon with a space stands on this line",
            id="a colon inside a text",
        ),
        pytest.param(
            'title: a\nversion: "1.0\nday: 2026-11-22\n',
            "2:10: error[yaml-syntax]: what is opened here is never closed",
            id="a quote that is never closed",
        ),
        pytest.param(
            "title: a\nversion: 1.0\nday: 2026-11-22\nparts:\n  - name: a\u0007b\n",
            "5:12: error[yaml-syntax]: a sign stands here that cannot be seen",
            id="a control sign",
        ),
        pytest.param(
            "title: a\n\nday: \0\n",
            "3:6: error[yaml-syntax]: a sign stands here that cannot be seen",
            id="a zero byte",
        ),
        pytest.param(
            "title: x\u2028y\nparts: [{name: a\u0085b, size: x}]\n",
            "2:27: error[invalid-number]: `x` does not fit `size`",
            id="below signs that are line breaks in YAML and in no editor",
        ),
        pytest.param(
            "title: '🙂 ‘’ ä'\nparts: [{name: 🙂, size: x}]\n",
            "2:25: error[invalid-number]: `x` does not fit `size`",
            id="behind a sign beyond the first 65,536",
        ),
    ],
)
def test_what_is_not_read_is_told_at_its_place(text: str, expected: str, parser: str) -> None:
    mistake = mistake_in(text)

    assert told(mistake) == expected
    assert mistake.why
    assert mistake.fix


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: @x\n", id="an at sign"),
        pytest.param("a: `x`\n", id="a backtick"),
        pytest.param("a: %x\n", id="a percent sign"),
        pytest.param("a: **bold**\n", id="Markdown"),
        pytest.param("a: & b\n", id="a lone ampersand"),
        pytest.param('a: "\\q"\n', id="an unknown escape"),
        pytest.param("a: {b: 1\nc: 2\n", id="an open brace"),
        pytest.param("a: [\n", id="an open bracket"),
        pytest.param("a:\n  b: 1\n c: 2\n", id="a wrong indent"),
        pytest.param("a: b\n- c\n", id="a list below a value"),
        pytest.param("a:b\nc: d\n", id="no space behind the colon"),
        pytest.param(": x\n", id="no key"),
        pytest.param("%YAML 9.9\n---\na: 1\n", id="another YAML"),
        pytest.param("]\n", id="a lone bracket"),
    ],
)
def test_what_is_no_yaml_is_one_mistake_with_a_place(text: str, parser: str) -> None:
    mistake = mistake_in(text)

    assert mistake.rule == "yaml-syntax"
    assert 1 <= mistake.location.line <= text.count("\n") + 1
    assert "<unicode string>" not in str(mistake)


def test_each_repetition_of_a_key_and_each_alias_is_told() -> None:
    mistakes = mistakes_in("title: &t a\ntitle: b\nversion: *t\ntitle: c\n")

    assert [(each.location.line, each.rule) for each in mistakes] == [
        (2, "duplicate-key"),
        (3, "yaml-alias"),
        (4, "duplicate-key"),
    ]


def test_a_billion_laughs_are_refused_before_they_are_told(parser: str) -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.process_time()

    mistakes = mistakes_in("\n".join(lines))

    assert {each.rule for each in mistakes} == {"yaml-alias"}
    assert len(mistakes) == 9 * 11
    assert time.process_time() - started < 2


@pytest.mark.parametrize("depth", [42, 1_000, 100_000, 499_000])
@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[", "")], ids=["lists", "keys", "open"]
)
def test_deep_nesting_is_refused_and_ends_nothing(
    depth: int, opening: str, closing: str, parser: str
) -> None:
    text = f"title: {opening * depth}"[:900_000] + (closing * depth)[:90_000]
    started = time.process_time()

    mistake = mistake_in(text)

    assert mistake.what == "this is nested too deeply"
    assert mistake.location.line == 1
    assert time.process_time() - started < 2


def test_deep_indents_are_refused(parser: str) -> None:
    text = "".join(f"{' ' * depth}a:\n" for depth in range(1_300))

    mistake = mistake_in(text)

    assert (mistake.what, mistake.location.line) == ("this is nested too deeply", 42)


def test_forty_levels_are_read() -> None:
    assert value_of(f"a: {'[' * 40}{']' * 40}\n")["a"] != []


def test_more_than_a_megabyte_is_refused_unread() -> None:
    mistake = mistake_in("title: " + "x" * 1_000_000)

    assert (mistake.rule, mistake.location) == ("file-too-large", Location("thing.yml"))


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(parser: str) -> None:
    text = "title: a\nparts:\n  - name: b\n"

    assert value_of("\ufeff" + text.replace("\n", "\r\n")) == value_of(text)


def test_a_mistake_in_the_head_of_a_page_is_told_at_the_line_of_the_page() -> None:
    with pytest.raises(InvalidSources) as caught:
        parse_yaml("title: a\nday: soon\n", "page.md", THING, line_offset=1)

    assert str(caught.value).startswith("page.md:3:6: error[invalid-date]: `soon` is not a date")


def test_a_wrong_key_below_a_name_that_writers_choose_is_told_with_the_right_one() -> None:
    first, second = mistakes_in("by_name:\n  first: {nmae: a}\n")

    assert (first.rule, first.location.column) == ("missing-key", 10)
    assert (second.rule, second.location.column) == ("unknown-key", 11)
    assert second.fix == "did you mean `name`?"


def test_a_wrong_key_that_resembles_none_is_told_with_all() -> None:
    mistake = mistake_in("zzz: 1\n")

    assert mistake.fix == ("use one of `by_name`, `day`, `is_open`, `parts`, `title`, `version`")


def test_a_long_value_is_quoted_in_part() -> None:
    mistake = mistake_in(f"day: {'x' * 5_000}\n")

    assert mistake.what == f"`{'x' * 60}…` is not a date"


def test_a_key_that_is_refused_is_told_at_the_key_and_not_at_its_value() -> None:
    mistake = mistake_in('by_name:\n  "":\n    name: a\n')

    assert (mistake.rule, str(mistake.location)) == ("empty-value", "thing.yml:2:3")


@patiently
@given(
    st.recursive(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Cn")), max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text("abcdefgh", min_size=1, max_size=6), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_what_a_program_writes_is_read_back(value: Any) -> None:
    text = yaml.safe_dump({"key": value}, allow_unicode=True, width=60)

    assert value_of(text) == {"key": value}


@patiently
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_read_or_refused_with_places_inside_it(text: str) -> None:
    try:
        read_document(text, "any.yml")
    except InvalidSources as error:
        for each in error.diagnostics:
            assert 1 <= each.location.line <= text.count("\n") + text.count("\r") + 2
            assert each.location.column >= 1


@pytest.mark.parametrize(
    "value",
    [
        "+4930123456",
        "4930123456",
        "089123456",
        "-5",
        "1.10",
        "1.",
        ".5",
        "22:00",
        "190:20:30",
        "0x1F",
        "0o17",
        "0b101",
        "1_000",
        "1e3",
        "6.5E-2",
    ],
)
def test_a_value_that_others_take_for_a_number_is_read_and_noticed(value: str) -> None:
    text = f"title: a\nparts:\n  - name: {value}\n"

    (notice,) = unquoted_numbers(text, "thing.yml")

    assert thing_in(text).parts[0].name == value
    assert notice.severity is Severity.NOTICE
    assert told(notice) == (
        f"3:11: notice[unquoted-number]: `{value}` has no quotes, "
        "so that other YAML programs read a number"
    )
    assert notice.fix == f'write "{value}"'


@pytest.mark.parametrize(
    "value",
    [
        '"+4930123456"',
        "'1.10'",
        "+49 30 123456",
        "2026-12-05",
        "2026-12-05 22:00",
        "09:00-17:00",
        "24/7",
        "4 hours",
        "50% of resolution",
        "1.2.3",
        "v1",
        "x",
        "|\n      123",
    ],
)
def test_a_value_that_everybody_takes_for_text_is_not_noticed(value: str) -> None:
    assert unquoted_numbers(f"parts:\n  - name: {value}\n", "thing.yml") == ()


def test_a_refusal_of_a_validator_leads_to_the_place_inside_its_value() -> None:
    class Refusing(Part):
        def __post_init__(self) -> None:
            refuse("odd", "this is odd", "nobody likes it", "make it even", at=("size",))

    with pytest.raises(InvalidSources) as caught:
        parse_yaml("name: a\nsize: 3\n", "part.yml", TypeAdapter(Refusing))

    assert str(caught.value).split("\n")[0] == "part.yml:2:7: error[odd]: this is odd"
