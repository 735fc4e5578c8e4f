"""`kbgen check --changed-since`: only what a branch has touched, held against a real repository."""

from __future__ import annotations

import os
import subprocess

import pytest
from small_roots import NOW_OPTION, Outcome, Root, article

RESET = "kb_articles/signing-in/reset-password.md"
LOCKED = "kb_articles/signing-in/locked-account.md"
WHO = {
    "GIT_AUTHOR_NAME": "Alice",
    "GIT_AUTHOR_EMAIL": "alice@example.com",
    "GIT_COMMITTER_NAME": "Alice",
    "GIT_COMMITTER_EMAIL": "alice@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(root: Root, *arguments: str) -> None:
    subprocess.run(
        ["git", *arguments],
        cwd=root.folder,
        env={**os.environ, **WHO},
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(root: Root) -> Root:
    """The small help centre, committed on the branch `main`."""
    git(root, "init", "--quiet", "--initial-branch=main")
    root.write(".gitignore", "/site/\n/.cache/\n")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=First")
    return root


def checked(root: Root, reference: str = "main", *more: str) -> Outcome:
    return root.kbgen("check", NOW_OPTION, f"--changed-since={reference}", *more)


def rules_of(found: Outcome) -> list[str]:
    lines = (line for line in found.stdout.splitlines() if "]: " in line)
    return [line.split("]: ")[0] for line in lines]


def test_nothing_changed_is_nothing_to_say(repository: Root) -> None:
    found = checked(repository)

    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "no problems\n")


def test_only_files_that_differ_are_judged(repository: Root) -> None:
    repository.replace(LOCKED, "owner: ", "tags: [a]\nowner: ")
    repository.replace(LOCKED, "Wait, or", "[Gone](gone.md)")
    repository.write("faq/signing-in/new.md", article("[Gone](gone.md)\n", title="New", answer="A"))
    git(repository, "add", LOCKED)
    git(repository, "commit", "--quiet", "--message=Second")

    found = checked(repository)

    assert rules_of(found) == [
        "faq/signing-in/new.md:2:1: notice[missing-id",
        "faq/signing-in/new.md:12:8: error[broken-link",
    ]


def test_all_differences_to_an_earlier_commit_are_judged(repository: Root) -> None:
    repository.replace(LOCKED, "Wait, or", "[Gone](gone.md)")
    git(repository, "commit", "--quiet", "--all", "--message=Second")

    found = checked(repository, "main~1")

    assert rules_of(found) == [
        f"{LOCKED}:6:1: warning[changed-without-version",
        f"{LOCKED}:12:8: error[broken-link",
    ]


def test_a_changed_text_with_the_same_version_is_told(repository: Root) -> None:
    repository.replace(LOCKED, "Wait, or", "Wait an hour, or")

    found = checked(repository)

    assert found.exit_code == 0
    assert rules_of(found) == [f"{LOCKED}:6:1: warning[changed-without-version"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Wait, or", "Wait,\nor", id="another line break"),
        pytest.param('owner: "support"', "owner: support", id="another head"),
    ],
)
def test_a_change_that_readers_do_not_see_needs_no_version(
    repository: Root, old: str, new: str
) -> None:
    repository.replace(LOCKED, old, new)

    assert rules_of(checked(repository)) == []


def test_a_changed_text_with_a_new_version_is_right(repository: Root) -> None:
    repository.write(
        LOCKED,
        article(
            "Wait an hour.\n",
            title="Your account is locked",
            id="KB-0002",
            version="1.1",
            changes=[
                {"version": "1.1", "date": "2026-11-22", "note": "Say how long."},
                {"version": "1.0", "date": "2026-11-21", "note": "First."},
            ],
        ),
    )

    assert rules_of(checked(repository)) == []


def test_a_page_that_had_no_usable_text_before_needs_no_version(repository: Root) -> None:
    repository.write("faq/signing-in/latin.md", "---\ntitle: Köln\n---\n".encode("latin-1"))
    repository.write("faq/signing-in/wrong.md", "---\nno: title\n---\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message=Broken")
    for name, title in (("latin", "Is it in Köln?"), ("wrong", "Is it wrong?")):
        page = article(title=title, id=f"FAQ-{name}", answer="Yes.")
        repository.write(f"faq/signing-in/{name}.md", page)

    assert rules_of(checked(repository)) == []


def test_a_broken_policy_is_told_whatever_was_changed(repository: Root) -> None:
    repository.replace("policy.yml", "urgent:\n", "urgent: soon\nx:\n")

    found = checked(repository)

    assert found.exit_code == 1
    assert "policy.yml" in found.stdout


def test_a_root_below_the_repository_is_compared_with_itself(root: Root) -> None:
    inner = Root(root.folder / "inner" / "help")
    for path in [*root.folder.rglob("*.md"), *root.folder.glob("*.yml")]:
        name = path.relative_to(root.folder).as_posix()
        inner.write(name, path.read_bytes())
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=First")
    inner.replace(LOCKED, "Wait, or", "Wait an hour, or")
    root.replace(RESET, "Follow", "Do follow")

    found = checked(inner)

    assert rules_of(found) == [f"{LOCKED}:6:1: warning[changed-without-version"]


def test_files_whose_names_are_no_text_do_not_stop_the_command(repository: Root) -> None:
    os.close(os.open(os.fsencode(repository.folder) + b"/K\xf6ln.txt", os.O_CREAT))

    assert checked(repository).exit_code == 0


@pytest.mark.parametrize(
    "reference",
    [
        pytest.param("origin/gone", id="unknown"),
        pytest.param("--output=stolen.txt", id="like an option"),
        pytest.param("", id="empty"),
        pytest.param("main:policy.yml", id="a file"),
        pytest.param("a b", id="with a space"),
    ],
)
def test_a_reference_that_git_does_not_know_is_told(repository: Root, reference: str) -> None:
    found = checked(repository, reference)

    assert found.exit_code == 1
    assert f".:1:1: error[unknown-reference]: git cannot compare with `{reference}`" in found.stderr
    assert "\n  why: " in found.stderr
    assert "--changed-since origin/main" in found.stderr
    assert not (repository.folder / "stolen.txt").exists()


def test_outside_of_a_repository_this_is_told(root: Root) -> None:
    found = root.process(
        "check", NOW_OPTION, "--changed-since=main", GIT_CEILING_DIRECTORIES=str(root.folder.parent)
    )

    assert found.exit_code == 1
    assert "error[unknown-reference]: git cannot compare with `main`" in found.stderr
    assert "not a git repository" in found.stderr.casefold()


def test_a_machine_without_git_is_told(root: Root) -> None:
    found = root.process("check", NOW_OPTION, "--changed-since=main", PATH="/nowhere")

    assert found.exit_code == 1
    assert "git is not installed" in found.stderr
