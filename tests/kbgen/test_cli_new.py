"""`kbgen new`: pages and windows that pass the check, and files that are never spoilt."""

from __future__ import annotations

import pytest
from small_roots import MAINTENANCE, NOW_OPTION, Outcome, Root

WINDOW = (
    "--start=2026-12-20 22:00",
    "--end=2026-12-20 23:00",
    "--components=website, mail",
    "--impact=degraded",
)


def new(root: Root, *arguments: str, **more: str) -> Outcome:
    return root.kbgen("new", *arguments, NOW_OPTION, **more)


@pytest.mark.parametrize(
    ("kind", "path", "first_id"),
    [
        pytest.param("article", "kb_articles/files/send-a-file.md", "KB-0003", id="article"),
        pytest.param("faq", "faq/files/send-a-file.md", "FAQ-0002", id="question"),
        pytest.param("tutorial", "tutorials/files/send-a-file.md", "TUT-0002", id="tutorial"),
    ],
)
def test_a_new_page_passes_the_check_as_it_is(
    root: Root, kind: str, path: str, first_id: str
) -> None:
    found = new(root, kind, "Send a file", "--category=files")

    assert (found.exit_code, found.stdout) == (0, f"{path}\n")
    assert f"id: {first_id}\n" in root.read(path)
    checked = root.kbgen("check", NOW_OPTION)
    assert (checked.exit_code, checked.output) == (0, "no problems\n")


def test_a_draft_is_not_published_until_the_line_is_removed(root: Root) -> None:
    path = new(root, "article", "Send a file", "--category=files").stdout.strip()
    assert root.kbgen("build", NOW_OPTION).exit_code == 0
    assert "articles/files/send-a-file/index.html" not in root.site_bytes()

    root.replace(path, "state: draft\n", "")

    assert root.kbgen("build", NOW_OPTION).exit_code == 0
    assert "articles/files/send-a-file/index.html" in root.site_bytes()


def test_ids_go_on_from_page_to_page(root: Root) -> None:
    for number in range(3):
        assert new(root, "faq", f"Is it {number}?", "--category=files").exit_code == 0

    ids = [root.read(f"faq/files/is-it-{number}.md").splitlines()[1] for number in range(3)]
    assert ids == ["id: FAQ-0002", "id: FAQ-0003", "id: FAQ-0004"]


def test_a_page_that_is_there_is_never_overwritten(root: Root) -> None:
    before = root.read("kb_articles/signing-in/reset-password.md")

    found = new(root, "article", "Reset password", "--category=signing-in")

    assert found.exit_code == 1
    assert "kb_articles/signing-in/reset-password.md exists already" in found.stderr
    assert root.read("kb_articles/signing-in/reset-password.md") == before


def test_the_category_is_asked_for_where_it_is_not_given(root: Root) -> None:
    found = new(root, "article", "Send a file", input="Signing in\n")

    assert found.exit_code == 0
    assert "Category (signing-in)" in found.stdout
    assert "id: KB-0003" in root.read("kb_articles/signing-in/send-a-file.md")


@pytest.mark.parametrize("category", ["?!", "../.."])
def test_a_category_without_letters_is_wrong_usage(root: Root, category: str) -> None:
    found = new(root, "article", "Send a file", f"--category={category}")

    assert found.exit_code == 2
    assert "a category needs letters or digits" in found.stderr


def test_nothing_is_written_while_the_sources_are_broken(root: Root) -> None:
    root.write("faq/signing-in/empty.md", "")

    found = new(root, "article", "Send a file", "--category=files")

    assert found.exit_code == 1
    assert "faq/signing-in/empty.md:1:1: error[empty-file]" in found.stderr
    assert not (root.folder / "kb_articles" / "files").exists()


def test_a_title_that_yaml_would_misread_is_read_back(root: Root) -> None:
    title = 'Error: "file too big" #413 {now}'

    assert new(root, "article", title, "--category=files").exit_code == 0

    assert root.kbgen("check", NOW_OPTION).exit_code == 0
    text = root.read("kb_articles/files/error-file-too-big-413-now.md")
    assert 'title: "Error: \\"file too big\\" #413 {now}"\n' in text


# Windows


def test_a_new_window_is_in_the_file_and_passes_the_check(root: Root) -> None:
    found = new(root, "maintenance", "New servers", *WINDOW)

    assert (found.exit_code, found.stdout) == (0, "maintenance.yml\n")
    assert root.read("maintenance.yml").startswith(MAINTENANCE)
    assert root.read("maintenance.yml").removeprefix(MAINTENANCE) == (
        "  - id: 2026-12-20-new-servers\n"
        "    title: New servers\n"
        "    start: 2026-12-20 22:00\n"
        "    end: 2026-12-20 23:00\n"
        "    announced: 2026-11-22 13:00\n"
        "    components: [website, mail]\n"
        "    impact: degraded\n"
    )
    assert root.kbgen("check", NOW_OPTION).output == "no problems\n"


def test_what_is_not_given_is_asked_for(root: Root) -> None:
    answers = "website\n2026-12-20 22:00\n2026-12-20 23:00\noutage\n"

    found = new(root, "maintenance", "New servers", input=answers)

    assert found.exit_code == 0
    assert "Affected (website, mail; several with commas)" in found.stdout
    assert "Begins (Europe/Berlin)" in found.stdout
    assert "impact: outage" in root.read("maintenance.yml")


REFUSED = {
    "too little notice": (("--start=2026-11-24 22:00",), "error[too-little-notice]"),
    "too little notice for major work": (
        ("--start=2026-12-04 22:00", "--end=2026-12-04 23:00", "--window-kind=major"),
        "error[too-little-notice]",
    ),
    "an end before the start": (("--end=2026-12-20 21:00",), "error[end-before-start]"),
    "an unknown component": (("--components=web",), "error[unknown-component]"),
    "a time that never comes": (("--start=2027-03-28 02:30",), "error[clock-change]"),
}


@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED)
def test_a_window_that_breaks_a_rule_is_refused_and_the_file_unchanged(
    root: Root, given: tuple[str, ...], message: str
) -> None:
    found = new(root, "maintenance", "New servers", *WINDOW, *given)

    assert found.exit_code == 1
    assert message in found.stderr
    assert "\n  fix: " in found.stderr
    assert root.read("maintenance.yml") == MAINTENANCE


def test_an_emergency_needs_no_notice(root: Root) -> None:
    given = ("--start=2026-11-22 14:00", "--end=2026-11-22 15:00", "--window-kind=emergency")

    found = new(root, "maintenance", "Broken disk", *WINDOW, *given)

    assert found.exit_code == 0
    assert "kind: emergency" in root.read("maintenance.yml")


def test_windows_in_brackets_are_told_and_the_file_unchanged(root: Root) -> None:
    text = MAINTENANCE[: MAINTENANCE.index("windows:")] + (
        "windows: [{id: a, title: A, start: 2026-12-05 22:00, end: 2026-12-05 23:00,"
        " announced: 2026-11-22 10:00, components: [website], impact: none}]\n"
    )
    root.write("maintenance.yml", text)

    found = new(root, "maintenance", "New servers", *WINDOW)

    assert found.exit_code == 1
    assert "error[list-in-brackets]: `windows` stands in brackets" in found.stderr
    assert root.read("maintenance.yml") == text


def test_line_ends_and_rights_of_the_file_stay(root: Root) -> None:
    path = root.write("maintenance.yml", MAINTENANCE.replace("\n", "\r\n"))
    path.chmod(0o640)

    assert new(root, "maintenance", "New servers", *WINDOW).exit_code == 0

    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") == MAINTENANCE.count("\n") + 7
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("article",), id="no title"),
        pytest.param(("poem", "Title"), id="an unknown kind"),
        pytest.param(("maintenance", "T", "--start=tomorrow"), id="no time"),
        pytest.param(("maintenance", "T", "--impact=bad"), id="an unknown impact"),
    ],
)
def test_wrong_usage_ends_with_two(root: Root, arguments: tuple[str, ...]) -> None:
    found = new(root, *arguments)

    assert found.exit_code == 2
    assert "Error: " in found.stderr
