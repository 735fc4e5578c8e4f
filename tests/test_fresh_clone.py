"""On a machine with nothing but Python and make, `make serve` serves the site."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

REPOSITORY = Path(__file__).parents[1]
WHEELS = REPOSITORY / "var" / "wheels"

PROGRAMS = ("make", "sh", "echo", "mkdir", "rm", "touch")
TRIES = 1500
PAUSE = 0.2
"""Seconds between two tries; together five minutes."""

DIRECTLY = build_opener(ProxyHandler({}))
"""Asks loopback itself, whatever proxy this machine has."""

pytestmark = pytest.mark.fresh


@pytest.fixture
def wheels() -> Path:
    """Return the folder that `pip` installs from, since no test uses the network."""
    if not (WHEELS / ".complete").is_file():
        pytest.skip("var/wheels is not filled: run `make wheels` once (`make test` does)")
    return WHEELS


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "machine" / "help centre"  # a blank, as in many a home folder
    git = ["git", "clone", "--quiet", "--no-hardlinks", str(REPOSITORY), str(folder)]
    subprocess.run(git, check=True)
    return folder


@pytest.fixture
def machine(tmp_path: Path, wheels: Path) -> dict[str, str]:
    """Return the environment of somebody who has Python, make and an empty home."""
    programs, home, temporary = (tmp_path / "machine" / name for name in ("bin", "home", "tmp"))
    for folder in (programs, home, temporary):
        folder.mkdir(parents=True)
    (programs / "python3").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    for name in PROGRAMS:
        found = shutil.which(name)
        assert found is not None, f"{name} is missing on this machine"
        (programs / name).symlink_to(found)
    return {
        "PATH": str(programs),
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_NO_CACHE_DIR": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }


@pytest.fixture
def served(machine: dict[str, str], clone: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address at which `make serve` answers; stop it with all that it started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "make.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "serve", f"PORT={port}"],
            cwd=clone,
            env=machine,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for_answer(process, f"{address}/", log)
            yield address
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
            with suppress(ProcessLookupError):  # what did not listen
                os.killpg(process.pid, signal.SIGKILL)


def wait_for_answer(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(TRIES):
        with suppress(OSError), DIRECTLY.open(url, timeout=10):
            return
        with suppress(subprocess.TimeoutExpired):
            status = process.wait(timeout=PAUSE)
            pytest.fail(f"make ended with {status}:\n{log.read_text()}")
    pytest.fail(f"nothing answers at {url}:\n{log.read_text()}")


def answer(url: str) -> tuple[int, str]:
    """Return the status and the text."""
    try:
        with DIRECTLY.open(url, timeout=30) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_make_serve_serves_the_site_of_a_fresh_clone(
    served: str, clone: Path, machine: dict[str, str], tmp_path: Path
) -> None:
    home = answer(f"{served}/")
    article = answer(f"{served}/articles/signing-in/reset-password/")
    hours = answer(f"{served}/hours.json")
    missing = answer(f"{served}/no/such/page/")
    health = answer(f"{served}/healthz")

    assert home[0] == 200
    assert "Example Help Centre</title>" in home[1]
    assert article[0] == 200
    assert "Reset your password" in article[1]
    assert set(json.loads(hours[1])) == {"made", "until", "channels"}
    assert missing[0] == 404
    assert "This page does not exist" in missing[1]
    assert health[0] == 200
    assert json.loads(health[1])["status"] == "ok"
    assert written_outside(clone, machine, tmp_path) == []


def written_outside(clone: Path, machine: dict[str, str], tmp_path: Path) -> list[str]:
    """Return what lies beside the clone, and what in it git would show as new or changed."""
    beside = [
        str(file)
        for name in ("HOME", "TMPDIR")
        for file in Path(machine[name]).rglob("*")
        if file.is_file()
    ]
    known = {clone, *(Path(machine[name]) for name in ("PATH", "HOME", "TMPDIR"))}
    beside += [str(each) for each in clone.parent.iterdir() if each not in known]
    status = ["git", "-C", str(clone), "status", "--porcelain"]
    changed = subprocess.run(status, check=True, capture_output=True, text=True).stdout
    return beside + changed.splitlines()
