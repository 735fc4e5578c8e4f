"""Runs the examples of the handbook in a copy of the repository, at a fixed time."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from handbook import HANDBOOK, REPOSITORY, Block, blocks
from kbgen.cli import main

NOW = "2026-11-22T10:00Z"
_COPIED = ("docs", "kb_articles", "faq", "tutorials", "handbook/examples")


@dataclass(frozen=True, slots=True)
class Step:
    """A command of an example, and what the handbook says it prints."""

    command: str
    printed: str

    def is_printed_by(self, output: str) -> bool:
        """Tell whether the output is what the handbook says; `…` stands for anything."""
        lines = (
            r"[\s\S]*" if line == "…" else re.escape(line).replace("…", r"[^\n]*")
            for line in self.printed.split("\n")
        )
        return re.fullmatch("\n".join(lines), output.strip("\n")) is not None


def examples() -> Iterator[tuple[str, Block]]:
    """Yield every block of the handbook that is marked as an example, with its place."""
    for page in sorted(HANDBOOK.glob("*.md")):
        for block in blocks(page.read_text(encoding="utf-8")):
            if block.language == "console":
                yield f"{page.name}:{block.line}", block


def steps(block: Block) -> Iterator[Step]:
    """Yield the commands of an example, each with its output."""
    command, printed = "", []
    for line in (*block.lines, "$ "):
        if not line.startswith("$ "):
            printed.append(line)
            continue
        if command:
            yield Step(command, "\n".join(printed))
        command, printed = line.removeprefix("$ "), []


def copy_repository(target: Path) -> None:
    """Copy what a site is made from, and make it a repository of git with one commit."""
    for name in ("policy.yml", "maintenance.yml", "mkdocs.yml", ".gitignore"):
        shutil.copy(REPOSITORY / name, target / name)
    for name in _COPIED:
        shutil.copytree(REPOSITORY / name, target / name)
    who = ("-c", "user.name=Alice", "-c", "user.email=alice@example.com", "-c", "commit.gpgsign=no")
    for arguments in (("init", "--quiet"), ("add", "."), (*who, "commit", "--quiet", "-m", "Now")):
        subprocess.run(["git", *arguments], cwd=target, check=True)


def run(command: str, folder: Path) -> str:
    """Return what the command prints in the folder, which is the current one."""
    words = shlex.split(command)
    if words[0] != "kbgen":
        found = subprocess.run(
            command, shell=True, cwd=folder, capture_output=True, text=True, check=True
        )
        return found.stdout + found.stderr
    result = CliRunner().invoke(main, _at_fixed_time(words[1:]), prog_name="kbgen")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def _at_fixed_time(words: list[str]) -> list[str]:
    command = main.commands.get(words[0])
    takes_time = command is not None and any(each.name == "now" for each in command.params)
    return [*words, "--now", NOW] if takes_time and "--now" not in words else words
