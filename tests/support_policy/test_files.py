"""Whatever lies where a source file should be is read as text, or told in one diagnostic."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support_policy.diagnostics import (
    Diagnostic,
    InvalidSources,
    Location,
    Severity,
    sorted_by_place,
)
from support_policy.files import MAX_SOURCE_BYTES, decode, read_text

# No deadlines: a machine that is busy is no fault.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told(path: Path, *, limit: int = MAX_SOURCE_BYTES) -> Diagnostic:
    with pytest.raises(InvalidSources) as caught:
        read_text(path, shown_as="policy.yml", limit=limit)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.location.file == "policy.yml"
    assert diagnostic.why
    assert diagnostic.fix
    return diagnostic


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param("name: Zürich 🙂\n".encode(), "name: Zürich 🙂\n", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfname: a\n", "name: a\n", id="a byte order mark"),
        pytest.param(b"name: a\r\nsize: 1\r\n", "name: a\nsize: 1\n", id="line ends of Windows"),
        pytest.param(b"name: a\rsize: 1\r", "name: a\nsize: 1\n", id="line ends of old Macs"),
        pytest.param(b"a\r\nb\nc\rd", "a\nb\nc\nd", id="all of them"),
        pytest.param(b"", "", id="an empty file"),
        pytest.param(b"\xef\xbb\xbf", "", id="only a byte order mark"),
    ],
)
def test_text_is_read(content: bytes, text: str, tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    path.write_bytes(content)

    assert read_text(path, shown_as="policy.yml") == text


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        pytest.param(
            "name: a\n".encode("utf-16"), "policy.yml:1:1", "it looks like UTF-16", id="UTF-16"
        ),
        pytest.param(
            b"\xfe\xff" + "name: a\n".encode("utf-16-be"),
            "policy.yml:1:1",
            "it looks like UTF-16",
            id="UTF-16, the other way round",
        ),
        pytest.param(
            "name: a\ncity: Zürich\n".encode("latin-1"),
            "policy.yml:2:8",
            "the byte 0xfc fits no character",
            id="Latin-1",
        ),
        pytest.param(
            b"name: a\r\ncity: Z\xfcrich\r\n", "policy.yml:2:8", "0xfc", id="Latin-1 of Windows"
        ),
        pytest.param("äöü\n".encode() + b"\xfc", "policy.yml:2:1", "0xfc", id="at a line's start"),
        pytest.param("ä: ö".encode() + b"\xfc", "policy.yml:1:5", "0xfc", id="behind letters"),
        pytest.param(b"name: \xf0\x9f\x99\n", "policy.yml:1:7", "0xf0", id="half an emoji"),
        pytest.param(b"name: a\n\nsize: \0\n", "policy.yml:3:7", "a zero byte", id="a zero byte"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "policy.yml:1:1", "0x89", id="a picture"),
    ],
)
def test_what_is_no_text_is_told_with_its_place(
    content: bytes, place: str, what: str, tmp_path: Path
) -> None:
    path = tmp_path / "policy.yml"
    path.write_bytes(content)

    diagnostic = told(path)

    assert (diagnostic.rule, str(diagnostic.location)) == ("not-utf-8", place)
    assert what in diagnostic.what


def test_two_megabytes_are_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    path.write_bytes(b"x" * 2_000_000)

    diagnostic = told(path)

    assert diagnostic.rule == "file-too-large"
    assert "1000 KB" in diagnostic.what


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    path.write_bytes(b"x" * 100)

    assert len(read_text(path, shown_as="policy.yml", limit=100)) == 100
    assert told(path, limit=99).rule == "file-too-large"


def test_a_missing_file_a_folder_and_a_loop_are_told(tmp_path: Path) -> None:
    folder, loop = tmp_path / "folder", tmp_path / "loop"
    folder.mkdir()
    loop.symlink_to(loop)

    found = [told(path) for path in (tmp_path / "missing", folder, loop)]

    assert [each.rule for each in found] == ["unreadable-file"] * 3
    assert [each.what for each in found] == [
        "there is no such file",
        "this is a folder where a file should be",
        "this is a symbolic link that leads back to itself",
    ]


def test_a_file_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "policy.yml").write_text("a: 1\n")

    diagnostic = told(tmp_path / "policy.yml" / "policy.yml")

    assert diagnostic.rule == "unreadable-file"
    assert os.strerror(20) in diagnostic.what


@patiently
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_one_diagnostic(content: bytes) -> None:
    try:
        text = decode(content, shown_as="policy.yml")
    except InvalidSources as error:
        (diagnostic,) = error.diagnostics
        assert diagnostic.location.line <= content.count(b"\n") + 1
    else:
        assert "\r" not in text
        assert "\0" not in text


def test_a_diagnostic_reads_in_four_parts() -> None:
    diagnostic = Diagnostic(Location("policy.yml", 4, 15), "odd", "it is odd", "so", "mend it")

    assert str(diagnostic) == ("policy.yml:4:15: error[odd]: it is odd\n  why: so\n  fix: mend it")
    assert diagnostic.severity is Severity.ERROR


def test_diagnostics_stand_once_and_in_the_order_of_their_places() -> None:
    def at(file: str, line: int, column: int, rule: str = "odd") -> Diagnostic:
        return Diagnostic(Location(file, line, column), rule, "what", "why", "fix")

    found = [at("b.yml", 1, 1), at("a.yml", 10, 1), at("a.yml", 9, 5), at("a.yml", 9, 5)]
    found += [at("a.yml", 9, 1, "second"), at("a.yml", 9, 1, "first")]

    error = InvalidSources(found)

    assert error.diagnostics == sorted_by_place(found)
    assert [(str(each.location), each.rule) for each in error.diagnostics] == [
        ("a.yml:9:1", "first"),
        ("a.yml:9:1", "second"),
        ("a.yml:9:5", "odd"),
        ("a.yml:10:1", "odd"),
        ("b.yml:1:1", "odd"),
    ]
    assert str(error).count("\n  fix: ") == 5
