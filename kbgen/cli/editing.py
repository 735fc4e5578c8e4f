"""Writes a changed text in the place of the old one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def rewrite(path: Path, text: str) -> None:
    """Replace the text of a file, whose line ends and rights stay; it is never half written."""
    path = path.resolve()
    newline = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline=newline) as file:
            file.write(text)
        shutil.copymode(path, name)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
