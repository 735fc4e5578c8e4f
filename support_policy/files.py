"""Reads policy.yml and maintenance.yml, and refuses what is no readable text file."""

from __future__ import annotations

import errno
from pathlib import Path

from support_policy.diagnostics import Diagnostic, InvalidSources, Location
from support_policy.maintenance_windows import MaintenanceWindow, parse_windows
from support_policy.policy import SupportPolicy
from support_policy.policy_rules import parse_policy

MAX_SOURCE_BYTES = 1_000_000


def load_policy(path: Path | str) -> SupportPolicy:
    """Return the policy in the file; raises `InvalidSources` with every mistake."""
    path = Path(path)
    return parse_policy(read_text(path, shown_as=path.name), path.name)


def load_windows(path: Path | str) -> tuple[MaintenanceWindow, ...]:
    """Return the windows in the file, by start; raises `InvalidSources` with every mistake."""
    path = Path(path)
    return parse_windows(read_text(path, shown_as=path.name), path.name).windows


def read_text(path: Path, *, shown_as: str, limit: int = MAX_SOURCE_BYTES) -> str:
    """Return the UTF-8 text of a source file, without a byte order mark, lines ended by LF.

    Raises `InvalidSources` for everything that is no such file: missing, a folder, a loop of
    links, too large, another encoding.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise InvalidSources([_unreadable(shown_as, error)]) from None
    if len(content) > limit:
        raise InvalidSources([_too_large(shown_as, limit)])
    return decode(content, shown_as=shown_as)


def decode(content: bytes, *, shown_as: str) -> str:
    """Return the text in `content`; raises `InvalidSources` where it is not UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidSources([_not_utf8(content, error.start, shown_as)]) from None
    if (zero := text.find("\0")) >= 0:
        line, column = text.count("\n", 0, zero) + 1, zero - text.rfind("\n", 0, zero)
        raise InvalidSources([_binary(Location(shown_as, line, column))])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(shown_as: str, error: OSError) -> Diagnostic:
    what, fix = {
        errno.ENOENT: ("there is no such file", "create it; `kbgen new` and the handbook help"),
        errno.EISDIR: (
            "this is a folder where a file should be",
            "rename the folder, or move it elsewhere",
        ),
        errno.ELOOP: (
            "this is a symbolic link that leads back to itself",
            "remove the link, or point it at a file",
        ),
        errno.EACCES: ("this file may not be read", "give yourself the right to read it"),
    }.get(
        error.errno or 0,
        (f"the file cannot be read: {error.strerror}", "check the disk and the file's rights"),
    )
    why = "the site would be incomplete without it"
    return Diagnostic(Location(shown_as), "unreadable-file", what, why, fix)


def _too_large(shown_as: str, limit: int) -> Diagnostic:
    return Diagnostic(
        Location(shown_as),
        "file-too-large",
        f"the file is larger than {limit // 1000} KB",
        "no reader finishes such a page, and it makes every build slow",
        "split it into several pages, or move data into a download",
    )


def _not_utf8(content: bytes, start: int, shown_as: str) -> Diagnostic:
    line = content.count(b"\n", 0, start) + 1
    before = content[content.rfind(b"\n", 0, start) + 1 : start].decode("utf-8-sig")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = "it looks like UTF-16"
    else:
        found = f"the byte 0x{content[start]:02x} fits no character"
    return Diagnostic(
        Location(shown_as, line, len(before) + 1),
        "not-utf-8",
        f"the file is not UTF-8 text: {found}",
        "readers would see wrong letters",
        "open it in your editor and save it with the encoding UTF-8",
    )


def _binary(place: Location) -> Diagnostic:
    return Diagnostic(
        place,
        "not-utf-8",
        "the file holds a zero byte, so it is not text",
        "no engine can show it",
        "remove the file from the content, or save it as UTF-8 text",
    )
