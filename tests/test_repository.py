"""What holds for every file: nothing of one machine in it, and effects only where they belong."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from what_exists import PACKAGES, make_targets, modules, parameters

import kbgen
from handbook import REPOSITORY, code_cells
from kbgen.cli import main
from support_policy.yaml_file import read_document

# Modules that may touch files, processes, databases and the network; all others decide only.
EDGES = {
    "support_policy/files.py",
    "kbgen/build_cache.py",
    "kbgen/checking.py",
    "kbgen/cli",
    "kbgen/exporting.py",
    "kbgen/git_history.py",
    "kbgen/importing/folder.py",
    "kbgen/loading.py",
    "kbgen/mkdocs_plugin",
    "kbgen/sources.py",
    "kbgen/theme_files.py",
    "ticket_form/app.py",
    "ticket_form/cli.py",
    "ticket_form/settings.py",
}
# Modules that may read the clock; in all others time is an argument.
CLOCK_READERS = {"kbgen/cli", "kbgen/mkdocs_plugin/__init__.py", "ticket_form/cli.py"}
EFFECTS = {
    "asyncio", "ftplib", "glob", "http", "imaplib", "importlib.resources", "io", "multiprocessing",
    "os", "pathlib.Path", "poplib", "shutil", "signal", "smtplib", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "urllib.request",
}  # fmt: skip
CLOCKS = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.(?:time|localtime))\(")


@cache
def tracked() -> tuple[str, ...]:
    """Return the files that belong to the repository, those of a change included."""
    found = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        text=True,
    )
    names = {name for name in found.stdout.split("\0") if name}
    return tuple(sorted(name for name in names if (REPOSITORY / name).is_file()))


@cache
def texts() -> dict[str, str]:
    """Return name -> text of every file that is text."""
    contents = {name: (REPOSITORY / name).read_bytes() for name in tracked()}
    return {
        name: each.decode(errors="replace") for name, each in contents.items() if b"\0" not in each
    }


def breaches(pattern: str) -> list[str]:
    """Return every place that the pattern matches."""
    compiled = re.compile(pattern, re.MULTILINE)
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}"
        for name, text in texts().items()
        for found in compiled.finditer(text)
    ]


# Letters in brackets, so that this file does not match its own patterns.
@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(
            r"pyp[i]\.org/simple|files\.python[h]osted|--(?:extra-)?index-ur[l][ =]\S",
            id="an address of a package index",
        ),
        pytest.param(r"(?<![\w.:/])/(?:[h]ome|[U]sers|[r]oot|[w]ork)/\w", id="a machine's path"),
        pytest.param(r"^(?:<{7}|={7}|>{7})(?: |$)", id="a mark of a merge"),
    ],
)
def test_no_file_holds(pattern: str) -> None:
    assert breaches(pattern) == []


def test_every_text_file_ends_with_one_line_break() -> None:
    # Golden trees hold what programs wrote, byte by byte.
    ours = {name: text for name, text in texts().items() if not name.startswith("tests/golden/")}

    wrong = [name for name, text in ours.items() if text and not re.search(r"[^\n]\n\Z", text)]

    assert wrong == []


@pytest.mark.parametrize("name", ["requirements/run.txt", "requirements/dev.txt"])
def test_every_requirement_has_an_exact_version_and_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", texts()[name], flags=re.MULTILINE))

    without = [
        entry
        for entry in entries
        if not re.match(r"[\w.-]+(?:\[[\w,-]+\])?==\S+", entry) or "--hash=sha256:" not in entry
    ]

    assert without == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_that_it_is_typed(package: str) -> None:
    assert f"{package}/py.typed" in tracked()


def test_a_pull_request_has_to_pass_what_people_run() -> None:
    commands = re.findall(r"^(?!#|set|cd)\S.*$", texts()[".ci/run"], re.MULTILINE)

    assert commands == ["make check", "make test"]


def test_the_map_in_the_readme_names_every_folder() -> None:
    folders = {f"{name.partition('/')[0]}/" for name in tracked() if "/" in name}

    assert folders == {
        code for code in code_cells(texts()["README.md"]) if re.fullmatch(r"[\w.]+/", code)
    }


@pytest.mark.parametrize("name", ["check.yml", "deploy.yml"])
def test_a_workflow_pins_its_actions_and_may_only_read(name: str) -> None:
    text = texts()[f".github/workflows/{name}"]

    actions = re.findall(r"uses: (\S+)", text)

    assert [each for each in actions if not re.fullmatch(r"[\w/-]+@v\d+(?:\.\d+)*", each)] == []
    assert read_document(text, name).value["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("name", ["check.yml", "deploy.yml"])
def test_a_workflow_runs_only_what_exists(name: str) -> None:
    text = texts()[f".github/workflows/{name}"]
    used = re.findall(r"kbgen (\w+)((?: --[a-z-]+(?: [^-\s]\S*)?)*)", text)

    assert set(re.findall(r"make ([\w-]+)", text)) <= make_targets()
    assert used
    for command, options in used:
        assert set(re.findall(r"--[a-z-]+", options)) <= set(parameters(main.commands[command]))


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])["project"]

    assert project["version"] == kbgen.__version__


def test_the_licence_is_mit_everywhere() -> None:
    project = tomllib.loads(texts()["pyproject.toml"])["project"]

    assert project["license"] == "MIT"
    assert texts()["LICENSE"].startswith("MIT License")


@pytest.mark.parametrize(
    ("library", "place"),
    [
        ("mkdocs", "kbgen/mkdocs_plugin"),
        ("holidays", "support_policy/holiday_calendar.py"),
        ("flask", "ticket_form"),
    ],
)
def test_a_library_is_imported_in_one_place(library: str, place: str) -> None:
    importers = {
        name
        for name, tree in trees()
        for imported in imports(tree)
        if imported.partition(".")[0] == library
    }

    assert importers
    assert [name for name in importers if not lies_in(name, {place})] == []


def test_only_entries_and_edges_touch_the_world() -> None:
    found = {
        (name, imported)
        for name, tree in trees()
        for imported in imports(tree)
        if imported in EFFECTS or imported.partition(".")[0] in EFFECTS
    }
    found |= {(name, "open()") for name, tree in trees() if calls_open(tree)}

    assert [each for each in sorted(found) if not lies_in(each[0], EDGES)] == []


def test_only_entries_read_the_clock() -> None:
    readers = {name for name, text in sources() if CLOCKS.search(text)}

    assert [name for name in readers if not lies_in(name, CLOCK_READERS)] == []


def sources() -> Iterator[tuple[str, str]]:
    for path, text in modules():
        yield path.relative_to(REPOSITORY).as_posix(), text


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple((name, ast.parse(text)) for name, text in sources())


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported, with the name that is taken from it: `pathlib.Path`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def calls_open(tree: ast.Module) -> bool:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(each, ast.Name) and each.id == "open" for each in calls)


def lies_in(name: str, places: set[str]) -> bool:
    return any(name == place or Path(name).is_relative_to(place) for place in places)
