"""Remembers rendered pages from one build to the next; without it every byte is the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

Entry = tuple[str, str, str]
"""A page's HTML, and its headings and searched sections as JSON."""


def read_cache(path: Path, keys: Iterable[str]) -> Mapping[str, Entry]:
    """Return what is remembered of the keys; nothing where the file cannot be used."""
    wanted = set(keys)
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(path, timeout=5)) as database:
            rows = database.execute("SELECT key, html, headings, sections FROM rendered")
            return {key: (*entry,) for key, *entry in rows if key in wanted}
    except sqlite3.Error:
        return {}


def write_cache(path: Path, entries: Mapping[str, Entry]) -> None:
    """Remember the entries and nothing else; a cache that cannot be written is done without."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=5)) as database:
            _replace(database, entries)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _replace(database: sqlite3.Connection, entries: Mapping[str, Entry]) -> None:
    # Losing the cache costs one slow build, so that waiting for the disk is not worth it.
    database.execute("PRAGMA synchronous=OFF")
    with database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS rendered "
            "(key TEXT PRIMARY KEY, html TEXT NOT NULL, headings TEXT NOT NULL, "
            "sections TEXT NOT NULL) WITHOUT ROWID"
        )
        known = {key for (key,) in database.execute("SELECT key FROM rendered")}
        database.executemany(
            "DELETE FROM rendered WHERE key = ?", ((key,) for key in known - entries.keys())
        )
        database.executemany(
            "INSERT INTO rendered VALUES (?, ?, ?, ?)",
            ((key, *entry) for key, entry in entries.items() if key not in known),
        )
