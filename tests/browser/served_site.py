"""A site as `kbgen build` makes it, on a loopback port, as a plain web server would give it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

REPOSITORY = Path(__file__).parents[2]
BUILT_AT = "2026-11-22T10:00:00+00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedSite:
    """Where a site is, on the disk and on the wire."""

    folder: Path
    origin: str
    """Scheme, host and port, without a slash at the end."""
    under: str = "/"
    """The path below which the site lives."""

    def url(self, address: str = "/") -> str:
        """Return the full URL of one of the site's own addresses, such as `/contact/`."""
        return f"{self.origin}{self.under.rstrip('/')}{address}"


def build_site(root: Path, site_dir: Path, now: str = BUILT_AT) -> Path:
    """Build the help centre in `root` as it is at `now`, and return the site's folder."""
    kbgen = str(Path(sys.executable).with_name("kbgen"))
    command = [kbgen, "build", f"--root={root}", f"--site-dir={site_dir}", f"--now={now}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return site_dir


def bare_help_centre(root: Path, changed: Mapping[str, str]) -> Path:
    """Write a help centre without content: this repository's own files, but for those changed."""
    (root / "docs").mkdir(parents=True)
    for name in ("mkdocs.yml", "policy.yml", "maintenance.yml"):
        own = (REPOSITORY / name).read_text(encoding="utf-8")
        (root / name).write_text(changed.get(name, own), encoding="utf-8")
    return root


@contextmanager
def served(
    folder: Path, *, under: str = "/", headers: Mapping[str, str] | None = None
) -> Iterator[ServedSite]:
    """Serve the folder below the path `under`, every answer with these headers added."""
    answer = partial(_Answer, directory=str(folder), under=under, headers=headers or {})
    with _Server(("127.0.0.1", 0), answer) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            origin = f"http://127.0.0.1:{server.server_port}"
            yield ServedSite(folder=folder, origin=origin, under=under)
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet: a browser that goes away in the middle of an answer is no news."""


class _Answer(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files

    def __init__(
        self, *connection: Any, directory: str, under: str, headers: Mapping[str, str]
    ) -> None:
        self.under = under
        self.added_headers = headers
        super().__init__(*connection, directory=directory)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.under):
            return str(Path(self.directory) / "outside the site")
        return super().translate_path("/" + path.removeprefix(self.under))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in self.added_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *message: Any) -> None:
        """Keep quiet: the tests say what matters."""
