"""The browser, the built site, and a reader's visits to it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from browser.served_site import REPOSITORY, ServedSite, build_site, served
from browser.visits import PATIENCE_MS, Visits

PICTURES = REPOSITORY / "var" / "browser"

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Should a request ever slip past `Visits`, it finds nobody.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is missing: sudo apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    is_root = os.geteuid() == 0  # whom Chromium refuses its sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=list(FLAGS), chromium_sandbox=not is_root
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with this repository's site, as it is at `BUILT_AT`."""
    return build_site(REPOSITORY, tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[ServedSite]:
    """Return this repository's site, served at the root of its origin."""
    with served(site_folder) as place:
        yield place


@pytest.fixture
def visit(chromium: Browser, site: ServedSite) -> Iterator[Visits]:
    """Return what opens pages: `page = visit("/contact/", Reader(scripts=False))`."""
    visits = Visits(chromium, site)
    yield visits
    visits.close()


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Return a source of random choices whose seed a failing test prints."""
    seed = os.environ.get("KB_TEST_SEED") or str(random.SystemRandom().randrange(10**6))
    print(f"KB_TEST_SEED={seed}")
    return random.Random(f"{seed} {request.node.name}")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs Chromium."""
    if isinstance(item, pytest.Function) and "chromium" in item.fixturenames:
        item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let what a reader should not have to notice fail the test; photograph what failed."""
    visits = item.funcargs.get("visit") if isinstance(item, pytest.Function) else None
    try:
        outcome = yield
        if isinstance(visits, Visits):
            faults = visits.faults()
            assert not faults, "\n".join(faults)
        return outcome
    except Exception:
        if isinstance(visits, Visits):
            for picture in visits.photograph(PICTURES, item.name):
                item.add_report_section("call", "picture", str(picture))
        raise
