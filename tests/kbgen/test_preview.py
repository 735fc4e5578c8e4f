"""`kbgen serve` as writers use it: a real process, followed through changes and mistakes."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from small_roots import MKDOCS, Root, article

DEADLINE_SECONDS = 60
PRIVACY = "/privacy/"

pytestmark = pytest.mark.xdist_group("preview")


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview of a root."""

    root: Root
    port: int
    process: subprocess.Popen[str]

    def page(self, address: str) -> str:
        """Return what the server answers, an error page included; empty where it does not."""
        try:
            with urllib.request.urlopen(self.url(address), timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except OSError:
            return ""

    def url(self, address: str) -> str:
        return f"http://127.0.0.1:{self.port}{address}"

    def shows(self, text: str, address: str = PRIVACY) -> bool:
        """Tell whether the page holds the text before the deadline."""
        pause = threading.Event()
        end = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            if text in self.page(address):
                return True
            pause.wait(0.1)
        return False


@contextmanager
def previewed(root: Root) -> Iterator[Preview]:
    """Preview the root, and go on once it shows the first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "kbgen", "serve", f"--root={root.folder}", f"--port={port}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    running = Preview(root, port, process)
    try:
        assert running.shows("We keep tickets for 24 months.")
        yield running
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def preview(root: Root) -> Iterator[Preview]:
    """A preview of the small help centre."""
    with previewed(root) as running:
        yield running


def test_a_change_of_a_page_is_shown(preview: Preview) -> None:
    preview.root.replace("docs/privacy.md", "We keep tickets", "We keep every ticket")

    assert preview.shows("We keep every ticket for 24 months.")


def test_a_change_of_the_policy_is_shown(preview: Preview) -> None:
    preview.root.replace("policy.yml", "keep: 24 months", "keep: 36 months")

    assert preview.shows("We keep tickets for 36 months.")


def test_a_new_page_is_shown_and_a_removed_one_is_gone(preview: Preview) -> None:
    path = preview.root.write("kb_articles/signing-in/new.md", article("Brand new.\n", title="New"))
    assert preview.shows("Brand new.", "/articles/signing-in/new/")

    path.unlink()

    assert preview.shows("This page does not exist", "/articles/signing-in/new/")


def test_a_folder_that_comes_later_is_followed_after_the_next_change(root: Root) -> None:
    shutil.rmtree(root.folder / "tutorials")
    with previewed(root) as preview:
        root.write("tutorials/a/new.md", article("Brand new.\n", title="New"))
        root.replace("docs/privacy.md", "We keep tickets", "We keep every ticket")
        assert preview.shows("Brand new.", "/tutorials/a/new/")

        root.replace("tutorials/a/new.md", "Brand new.", "Changed.")
        assert preview.shows("Changed.", "/tutorials/a/new/")


def test_a_broken_policy_is_shown_in_the_page_until_it_is_mended(preview: Preview) -> None:
    text = preview.root.read("policy.yml")

    preview.root.write("policy.yml", text.replace("keep: 24 months", "keep: for ever"))
    assert preview.shows("error[invalid-period]")
    assert "policy.yml:" in preview.page("/")

    preview.root.write("policy.yml", text)
    assert preview.shows("We keep tickets for 24 months.")


def test_a_broken_link_is_shown_in_the_page_with_the_site_around_it(preview: Preview) -> None:
    preview.root.replace("docs/privacy.md", "We keep tickets", "[We](gone.md) keep tickets")

    assert preview.shows("error[broken-link]")
    assert "keep tickets for 24 months." in preview.page(PRIVACY)


def test_a_broken_page_is_shown_until_it_is_mended(preview: Preview) -> None:
    text = preview.root.read("docs/privacy.md")

    preview.root.write("docs/privacy.md", text.replace("title:", "titel:"))
    assert preview.shows("error[unknown-key]", "/")

    preview.root.write("docs/privacy.md", text)
    assert preview.shows("We keep tickets for 24 months.")


def test_what_mkdocs_refuses_is_shown_until_it_is_mended(preview: Preview) -> None:
    preview.root.write("mkdocs.yml", MKDOCS.replace("- search", "- serach"))
    assert preview.shows("error[refused-by-mkdocs]")

    preview.root.write("mkdocs.yml", MKDOCS)
    assert preview.shows("We keep tickets for 24 months.")


def test_the_preview_ends_when_it_is_interrupted(preview: Preview) -> None:
    preview.process.send_signal(signal.SIGINT)

    output, _ = preview.process.communicate(timeout=DEADLINE_SECONDS)

    assert preview.process.returncode == 0
    assert "Traceback" not in output
    assert output.endswith("stopped\n")
    assert f"Preview at http://127.0.0.1:{preview.port}/" in output


def test_the_site_on_the_disk_is_left_alone(preview: Preview) -> None:
    before = preview.root.site_bytes()
    preview.root.replace("docs/privacy.md", "We keep tickets", "We keep every ticket")

    assert preview.shows("We keep every ticket")

    assert preview.root.site_bytes() == before


def test_a_port_that_is_taken_is_told(root: Root) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()

        found = root.process("serve", f"--port={holder.getsockname()[1]}")

    assert found.exit_code == 1
    assert "cannot be used" in found.stderr
    assert "Traceback" not in found.output
