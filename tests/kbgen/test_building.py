"""`kbgen build`: what it needs, where it writes, and that nothing else is ever replaced."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from small_roots import MKDOCS, NOW_OPTION, Root, hashes, write_root


def built(root: Root, *arguments: str) -> set[str]:
    found = root.kbgen("build", NOW_OPTION, *arguments)
    assert found.exit_code == 0, found.output
    return set(root.site_bytes())


@pytest.mark.parametrize(
    "folders",
    [
        pytest.param(("docs", "kb_articles", "faq", "tutorials"), id="empty folders"),
        pytest.param(("docs",), id="docs alone"),
        pytest.param((), id="no folders at all"),
    ],
)
def test_a_root_in_which_nothing_is_written_yet_builds(
    folders: tuple[str, ...], tmp_path: Path
) -> None:
    root = write_root(tmp_path / "help", {})
    for name in folders:
        (root.folder / name).mkdir()

    found = built(root)

    assert {"index.html", "404.html", "contact/index.html", "support-policy/index.html"} <= found


# Where the site goes


def test_the_site_goes_where_mkdocs_yml_says(root: Root) -> None:
    root.write("mkdocs.yml", MKDOCS + "site_dir: public/help\n")
    shutil.rmtree(root.folder / "site")

    built(root)

    assert (root.folder / "public" / "help" / "index.html").is_file()
    assert not (root.folder / "site").exists()


def test_an_earlier_site_is_replaced_whole(root: Root) -> None:
    root.write("site/gone/index.html", "of a page that was removed")
    (root.folder / "site").chmod(0o750)

    built(root)

    assert not (root.folder / "site" / "gone").exists()
    assert (root.folder / "site").stat().st_mode & 0o777 == 0o750


def test_a_link_to_the_place_of_the_site_stays_a_link(root: Root, tmp_path: Path) -> None:
    shutil.move(root.folder / "site", tmp_path / "published")
    (root.folder / "site").symlink_to(tmp_path / "published")
    root.replace("docs/privacy.md", "We keep", "We always keep")

    built(root)

    assert (root.folder / "site").is_symlink()
    assert "always" in (tmp_path / "published" / "privacy" / "index.html").read_text()


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(".", id="the root"),
        pytest.param("..", id="the folder above the root"),
        pytest.param("docs", id="a folder of content"),
        pytest.param("kb_articles/signing-in/site", id="below a folder of content"),
        pytest.param("private", id="a folder with other files"),
    ],
)
def test_a_folder_that_holds_anything_else_is_never_replaced(root: Root, target: str) -> None:
    root.write("private/thesis.txt", "ten years of work")
    before = hashes(root.folder.parent)

    found = root.kbgen("build", NOW_OPTION, f"--site-dir={root.folder / target}")

    assert found.exit_code == 1
    assert ":1:1: error[folder-in-use]: the site cannot go here: " in found.stderr
    assert "\n  fix: " in found.stderr
    assert hashes(root.folder.parent) == before


def test_a_file_in_place_of_the_site_is_never_replaced(root: Root) -> None:
    shutil.rmtree(root.folder / "site")
    root.write("site", "ten years of work")

    found = root.kbgen("build", NOW_OPTION)

    assert found.exit_code == 1
    assert "error[folder-in-use]: the site cannot go here: it is a file" in found.stderr
    assert root.read("site") == "ten years of work"


# What MkDocs refuses


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        pytest.param(("- search", "- serach"), "5:1", '"serach" plugin', id="unknown plugin"),
        pytest.param(("material", "matrial"), "3:1", "matrial", id="unknown theme"),
        pytest.param(
            ("theme:", "markdown_extensions: [nope]\ntheme:"), "3:1", "nope", id="extension"
        ),
        pytest.param(("theme:", "INHERIT: gone.yml\ntheme:"), "1:1", "gone.yml", id="gone"),
    ],
)
def test_what_mkdocs_refuses_is_told_at_its_place(
    root: Root, change: tuple[str, str], place: str, what: str
) -> None:
    before = root.site_bytes()
    root.replace("mkdocs.yml", *change)

    found = root.kbgen("build", NOW_OPTION)

    assert found.exit_code == 1
    assert f"mkdocs.yml:{place}: error[refused-by-mkdocs]: " in found.stderr
    assert what in found.stderr
    assert "\n  why: " in found.stderr
    assert "\n  fix: " in found.stderr
    assert root.site_bytes() == before


def test_pages_in_another_folder_are_not_left_out_in_silence(root: Root) -> None:
    root.write("mkdocs.yml", MKDOCS + "docs_dir: pages\n")

    found = root.kbgen("build", NOW_OPTION)

    assert found.exit_code == 1
    assert "mkdocs.yml:9:11: error[unknown-value]: the folder of pages is `docs`" in found.stderr


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('copyright: !ENV [NOBODY_SETS_THIS, "Us"]', id="a value of the environment"),
        pytest.param(
            "markdown_extensions:\n  - pymdownx.emoji:\n"
            "      emoji_index: !!python/name:material.extensions.emoji.twemoji",
            id="a name in Python",
        ),
        pytest.param("extra: {a: &x [1], b: *x}", id="an alias"),
        pytest.param("use_directory_urls: false", id="addresses of another form"),
        pytest.param("nav: [privacy.md]", id="a navigation"),
        pytest.param("strict: true", id="strictness"),
        pytest.param("markdown_extensions: [fenced_code, smarty]", id="more extensions"),
    ],
)
def test_what_mkdocs_understands_is_left_to_it(root: Root, line: str) -> None:
    paths = set(root.site_bytes())
    root.write("mkdocs.yml", f"{MKDOCS}{line}\n")

    assert built(root) == paths


@pytest.mark.parametrize(
    "plugins",
    [
        pytest.param("", id="none"),
        pytest.param("plugins: [kbgen, search]\n", id="names"),
        pytest.param("plugins: {kbgen: {}, search: {}}\n", id="keys"),
        pytest.param("plugins:\n  - kbgen:\n  - search\n", id="a key without options"),
    ],
)
def test_plugins_can_be_written_in_every_form(root: Root, plugins: str) -> None:
    root.write("mkdocs.yml", MKDOCS[: MKDOCS.index("plugins:")] + plugins)

    assert "articles/signing-in/reset-password/index.html" in built(root)


# Builds that end in the middle


def hook(root: Root, body: str) -> None:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    root.write("hook.py", f"def on_post_page(output, **kwargs):\n{lines}\n    return output\n")
    root.write("mkdocs.yml", MKDOCS + "hooks: [hook.py]\n")
    root.replace("docs/privacy.md", "We keep", "We always keep")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('raise RuntimeError("boom")', id="a bug"),
        pytest.param("import mkdocs.exceptions as e\nraise e.PluginError('x')", id="its own error"),
        pytest.param("raise SystemExit(3)", id="an exit"),
    ],
)  # fmt: skip
def test_a_plugin_that_fails_leaves_the_last_good_site(root: Root, body: str) -> None:
    before = root.site_bytes()
    hook(root, body)

    found = root.process("build", NOW_OPTION)

    assert found.exit_code != 0
    assert root.site_bytes() == before
    assert not list(root.folder.glob(".site-*"))


@pytest.mark.parametrize("deadly", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_killed_leaves_the_last_good_site(
    root: Root, tmp_path: Path, deadly: signal.Signals
) -> None:
    before = root.site_bytes()
    os.mkfifo(tmp_path / "reached")
    hook(root, f"open({str(tmp_path / 'reached')!r}, 'w').close()\nimport signal; signal.pause()")

    process = subprocess.Popen(
        [sys.executable, "-m", "kbgen", "build", f"--root={root.folder}", NOW_OPTION],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (tmp_path / "reached").read_text()  # waits until the first page is rendered
    process.send_signal(deadly)

    assert process.wait(timeout=30) != 0
    assert root.site_bytes() == before


def test_what_a_killed_build_left_is_cleared_after_a_day(root: Root) -> None:
    for name in (".site-old", ".site-young"):
        root.write(f"{name}/new/index.html", "half a site")
    os.utime(root.folder / ".site-old", (0, 0))

    built(root)

    left = {path.name for path in root.folder.glob(".site-*")}
    assert left == {".site-young"}
