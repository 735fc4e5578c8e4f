"""Front matter that an import writes is read back as the same values."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.front_matter import split_head
from kbgen.importing.yaml_text import front_matter, scalar
from support_policy.yaml_file import read_document

KEYS = st.sampled_from(["title", "summary", "aliases", "redirect_from", "address"])
MISREAD = (
    "true|No|null|~|1.10|17:00|2026-11-22|a: b|a #b|- a|? a|'a'|\"a\"|a:| a|a |/help/x/|/a: b|[a]|"
    "{a}|&a|*a|!a|%a|@a|`|\x85|\u2028|\ufeff|\xa0|\x7f|\U0001f600|a\nb|---|...|=|<<"
)
TEXTS = st.text(max_size=40) | st.sampled_from(MISREAD.split("|"))
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@patiently
@given(st.dictionaries(KEYS, TEXTS | st.lists(TEXTS, min_size=1).map(tuple)))
def test_what_is_written_is_read_back(values: dict[str, str | tuple[str, ...]]) -> None:
    head = split_head(front_matter(values))

    document = read_document(head.yaml or "", "x.md")

    assert document.value == {
        key: value if isinstance(value, str) else list(value) for key, value in values.items()
    }


@patiently
@given(TEXTS)
def test_other_readers_of_yaml_take_text_for_text(text: str) -> None:
    assert yaml.load(f"key: {scalar(text)}", Loader=yaml.SafeLoader) == {"key": text}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("Reset your password", "Reset your password", id="words"),
        pytest.param("Why isn’t it working?", "Why isn’t it working?", id="typographic signs"),
        pytest.param("/help/old-name/", "/help/old-name/", id="address"),
        pytest.param("Größe", "Größe", id="letters of other languages"),
        pytest.param("yes", '"yes"', id="flag"),
        pytest.param("2026-11-22", '"2026-11-22"', id="date"),
        pytest.param("404 pages", '"404 pages"', id="digits first"),
        pytest.param("A: B", '"A: B"', id="colon"),
        pytest.param('"A" \\ B', '"\\"A\\" \\\\ B"', id="quotes and backslash"),
        pytest.param("A\xa0B", '"A\\xa0B"', id="space that does not break"),
        pytest.param("", '""', id="nothing"),
    ],
)
def test_only_what_could_be_misread_stands_in_quotes(text: str, written: str) -> None:
    assert scalar(text) == written
