"""Small help centres that tests build, break and look at: on disk, or as values."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbgen.catalog import build_catalog
from kbgen.cli import main
from kbgen.help_centre import HelpCentre
from kbgen.model import SourceAsset, SourceFile, Sources
from kbgen.settings import parse_settings
from kbgen.site import Site, SitePage, compose_site
from support_policy.diagnostics import InvalidSources
from support_policy.maintenance_windows import parse_windows
from support_policy.policy_rules import parse_policy

REPOSITORY = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOW_OPTION = "--now=2026-11-22T12:00Z"

_SMALL = Path(__file__).parent / "small_help_centre"
MKDOCS = (_SMALL / "mkdocs.yml").read_text(encoding="utf-8")
MAINTENANCE = (_SMALL / "maintenance.yml").read_text(encoding="utf-8")
POLICY = (_SMALL / "policy.yml").read_text(encoding="utf-8")


def head(**fields: object) -> str:
    """Return the head of a page, one field on a line, in the order given."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", "", ""])


def article(
    text: str = "Open the sign-in page.\n", *, title: str = "Reset your password", **fields: object
) -> str:
    """Return an article that breaks no rule, unless its text or its fields do."""
    complete = {
        "summary": f"What to do: {title}.",
        "aliases": [f"help with {title}"],
        "owner": "support",
        "version": "1.0",
        "changes": [{"version": "1.0", "date": "2026-11-22", "note": "First published."}],
        "reviewed": "2026-11-22",
    }
    kept = {name: value for name, value in (complete | fields).items() if value is not None}
    return head(title=title, **kept) + text


PAGES: Mapping[str, str] = {
    "docs/index.md": head(title="How can we help?") + "Search, or choose a topic.\n",
    "docs/privacy.md": head(title="Privacy", summary="What we keep.")
    + "We keep tickets for {{ policy.retention.tickets }}.\n",
    "kb_articles/signing-in/index.md": head(title="Signing in", summary="Passwords.", order=1),
    "kb_articles/signing-in/reset-password.md": article(
        "Follow the link. We answer {{ policy.priorities.urgent.first_response }}.\n\n"
        "## The link does not work\n\n"
        "See [what a code is](../../faq/signing-in/what-is-a-code.md).\n",
        id="KB-0001",
        error_codes=["AUTH-401"],
        tags=["sign-in"],
        related=["FAQ-0001", "TUT-0001"],
        redirect_from=["/help/reset/"],
    ),
    "kb_articles/signing-in/locked-account.md": article(
        "Wait, or [reset the password](reset-password.md#the-link-does-not-work).\n",
        title="Your account is locked",
        id="KB-0002",
    ),
    "faq/signing-in/what-is-a-code.md": article(
        "Some codes are longer.\n",
        title="What is a code?",
        id="FAQ-0001",
        answer="Six digits. They come by {{ policy.channels.email.label }}.",
    ),
    "tutorials/signing-in/two-steps.md": article(
        "## Begin\n\n1. Open the settings.\n\n## End\n\nDone.\n",
        title="Set up two steps",
        id="TUT-0001",
        minutes=10,
        outcome="You sign in with two steps.",
        needs=["A telephone"],
        next=["KB-0001"],
    ),
}
"""A small help centre in which every rule is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed, and how it ended."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Return everything that was printed."""
        return self.stdout + self.stderr


@dataclass(frozen=True, slots=True)
class Root:
    """The folder of a help centre."""

    folder: Path

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file below the root, and the folders above it."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def read(self, path: str) -> str:
        """Return the text of a file below the root."""
        return (self.folder / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in the file exactly once."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def kbgen(self, command: str, *arguments: str, **more: str) -> Outcome:
        """Run a command of `kbgen` on this root, in this process."""
        given = [command, f"--root={self.folder}", *arguments]
        found = CliRunner().invoke(main, given, **more)  # type: ignore[arg-type]  # stdin
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return Outcome(found.exit_code, found.stdout, found.stderr)

    def process(self, command: str, *arguments: str, **environment: str) -> Outcome:
        """Run a command of `kbgen` on this root, as a process of its own."""
        given = ("kbgen", command, f"--root={self.folder}", *arguments)
        return process(*given, folder=self.folder, environment=environment)

    def site_bytes(self) -> Mapping[str, str]:
        """Return path -> hash of every file in the built site."""
        return hashes(self.folder / "site")


def process(
    *command: str | Path, folder: Path, environment: Mapping[str, str] | None = None
) -> Outcome:
    """Run a command of this environment's Python as a process of its own."""
    program, *arguments = map(str, command)
    found = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Outcome(found.returncode, found.stdout, found.stderr)


def hashes(folder: Path) -> Mapping[str, str]:
    """Return path -> hash of every file in a folder; empty where there is none."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_root(
    folder: Path,
    pages: Mapping[str, str] = PAGES,
    *,
    mkdocs: str = MKDOCS,
    policy: str = POLICY,
    maintenance: str = MAINTENANCE,
) -> Root:
    """Write a help centre into a folder."""
    root = Root(folder)
    files = {"mkdocs.yml": mkdocs, "policy.yml": policy, "maintenance.yml": maintenance, **pages}
    for path, text in files.items():
        root.write(path, text)
    return root


def help_centre(
    pages: Mapping[str, str] = PAGES,
    *,
    mkdocs: str = MKDOCS,
    policy: str = POLICY,
    maintenance: str = MAINTENANCE,
    assets: Sequence[str] = (),
) -> HelpCentre:
    """Return a help centre without writing it; raises `InvalidSources`."""
    catalog, diagnostics = build_catalog(sources(pages, assets))
    if diagnostics:
        raise InvalidSources(diagnostics)
    promised = parse_policy(policy)
    calendar = parse_windows(maintenance, notice=promised.notice)
    return HelpCentre(catalog, promised, calendar, parse_settings(mkdocs))


def sources(pages: Mapping[str, str], assets: Sequence[str] = ()) -> Sources:
    """Return sources as they would be read from disk."""
    files = tuple(SourceFile(path, text) for path, text in sorted(pages.items()))
    return Sources(files, tuple(SourceAsset(path, f"/nowhere/{path}") for path in assets), ())


def site_of(centre: HelpCentre, now: datetime = NOW) -> Site:
    """Return the composed site of a help centre."""
    return compose_site(centre.catalog, centre.policy, centre.calendar, centre.settings, now)


def page_at(site: Site, address: str) -> SitePage:
    """Return the page at an address."""
    path = f"{address.strip('/')}.md" if address.strip("/") else "index.md"
    return next(page for page in site.pages if page.path == path)


def file_at(site: Site, path: str) -> str:
    """Return the text of a file that is no page."""
    return next(file.content.decode() for file in site.files if file.path == path)


@pytest.fixture(scope="session")
def good_root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """A help centre with its built site; tests copy it and leave it alone."""
    root = write_root(tmp_path_factory.mktemp("good") / "help")
    assert root.kbgen("check", NOW_OPTION).exit_code == 0
    assert root.kbgen("build", NOW_OPTION).exit_code == 0
    return root


@pytest.fixture
def root(good_root: Root, tmp_path: Path) -> Iterator[Root]:
    """A help centre with its built site, to be broken."""
    folder = tmp_path / "help"
    shutil.copytree(good_root.folder, folder)
    yield Root(folder)
    # Pytest's own clearing follows no loops, but cannot enter folders without rights.
    shutil.rmtree(folder, ignore_errors=True)
