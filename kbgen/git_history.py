"""What git knows of the sources."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from support_policy.diagnostics import Diagnostic, InvalidSources, Location


def changed_files(root: Path, reference: str) -> tuple[str, ...]:
    """Return the paths under the root that differ from `reference`, new files included.

    Raises `InvalidSources` where git or the reference is missing.
    """
    diff = _git(
        root, "diff", "--name-only", "-z", "--relative", reference, "--", reference=reference
    )
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", reference=reference)
    return tuple(sorted({name for name in os.fsdecode(diff + new).split("\0") if name}))


def text_at(root: Path, reference: str, path: str) -> str | None:
    """Return a file's text as of `reference`; None where it did not exist or is no text."""
    found = subprocess.run(  # noqa: S603  # a fixed program, and arguments that are no shell words
        ["git", "show", f"{reference}:./{path}"],  # noqa: S607  # git is found as the writer finds it
        cwd=root,
        capture_output=True,
        check=False,
    )
    if found.returncode:
        return None
    try:
        return found.stdout.decode()
    except UnicodeDecodeError:
        return None


def _git(root: Path, *arguments: str, reference: str) -> bytes:
    if reference.startswith("-"):
        raise InvalidSources([_unknown(reference, "a reference does not begin with a hyphen")])
    try:
        found = subprocess.run(  # noqa: S603  # as above
            ["git", *arguments],  # noqa: S607  # as above
            cwd=root,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise InvalidSources([_unknown(reference, "git is not installed")]) from None
    if found.returncode:
        message = found.stderr.decode(errors="replace").strip().splitlines()
        raise InvalidSources([_unknown(reference, message[0] if message else "git failed")])
    return found.stdout


def _unknown(reference: str, message: str) -> Diagnostic:
    return Diagnostic(
        Location("."),
        "unknown-reference",
        f"git cannot compare with `{reference}`: {message}",
        "only files that changed since then are checked",
        "name a branch, a tag or a commit that is in this copy: `--changed-since origin/main`",
    )
