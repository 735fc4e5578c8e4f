"""The harness sees what it promises to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.served_site import served
from browser.visits import Reader, Visits, move_clock, stored_by

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)

Write = Callable[[str], Visits]


@pytest.fixture
def small_site(chromium: Browser, tmp_path: Path) -> Iterator[Write]:
    """Return what makes a site of one page, and the visits to it."""
    with served(tmp_path, under="/help/", headers={"X-Test": "yes"}) as place:
        visits = Visits(chromium, place)

        def write(body: str) -> Visits:
            (tmp_path / "index.html").write_text(f"<!doctype html><title>Page</title>{body}")
            (tmp_path / "404.html").write_text("<!doctype html><title>Missing</title>")
            return visits

        yield write
        visits.close()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param(
            '<img src="https://foreign.example/x.png">',
            "foreign request: https://foreign.example/x.png",
            id="picture",
        ),
        pytest.param(
            "<script>fetch('http://127.0.0.1:1/').catch(() => {})</script>",
            "foreign request: http://127.0.0.1:1/",
            id="another-port",
        ),
        pytest.param(
            "<script>new Worker(URL.createObjectURL(new Blob(["
            "\"fetch('https://foreign.example/').catch(() => {})\"])))</script>",
            "foreign request: https://foreign.example/",
            id="worker",
        ),
        pytest.param(
            "<script>console.error('lost')</script>", "console: lost", id="error-in-console"
        ),
        pytest.param("<script>missing()</script>", "script: missing is not defined", id="script"),
        pytest.param(
            "<script>Promise.reject(new Error('dropped'))</script>",
            "script: dropped",
            id="dropped-promise",
        ),
        pytest.param('<link rel="stylesheet" href="no.css">', "console: Failed", id="missing-file"),
    ],
)
def test_a_fault_that_no_reader_reports_is_seen(small_site: Write, body: str, fault: str) -> None:
    visit = small_site(body)

    page = visit()
    page.wait_for_load_state("networkidle")

    assert [each for each in visit.faults() if each.startswith(fault)]


def test_a_fault_that_a_test_expects_can_be_forgotten(small_site: Write) -> None:
    visit = small_site("<script>missing()</script>")
    visit()

    visit.forget_faults()

    assert visit.faults() == []


def test_a_reader_has_the_clock_zone_language_colours_and_screen_that_were_asked_for(
    small_site: Write,
) -> None:
    reader = Reader(
        time_zone="Asia/Kolkata", now=NEW_YEAR, scheme="dark", language="de-DE", width=320
    )

    page = small_site("")("/", reader)

    assert page.evaluate(
        "[String(new Date()), navigator.language, innerWidth,"
        " matchMedia('(prefers-color-scheme: dark)').matches]"
    ) == [
        "Fri Jan 01 2027 05:30:00 GMT+0530 (Indische Normalzeit)",
        "de-DE",
        320,
        True,
    ]


def test_moving_the_clock_tells_the_page(small_site: Write) -> None:
    page = small_site(
        "<script>document.addEventListener('visibilitychange',"
        " () => document.title = new Date().toISOString())</script>"
    )()

    move_clock(page, NEW_YEAR)

    assert page.title() == "2027-01-01T00:00:00.000Z"


def test_scripts_do_not_run_for_a_reader_without_them(small_site: Write) -> None:
    visit = small_site("<script>document.title = 'Changed'</script>")

    page = visit("/", Reader(scripts=False))

    assert page.title() == "Page"
    assert visit.faults() == []


def test_a_blocked_address_never_arrives_and_is_no_fault(small_site: Write) -> None:
    visit = small_site(
        "<script>fetch('x.json').catch(() => document.title = 'Gone')</script>",
    )

    page = visit("/", Reader(blocked=("/x.json",)))

    page.wait_for_function("document.title === 'Gone'")
    assert visit.faults() == []


def test_a_missing_page_is_given_with_its_status_below_the_same_path(small_site: Write) -> None:
    visit = small_site("")

    page = visit("/nowhere/", status=404)

    assert page.title() == "Missing"
    assert page.url.endswith("/help/nowhere/")
    assert visit.faults() == []


def test_headers_are_added_to_every_answer(small_site: Write) -> None:
    page = small_site("")()

    values = [page.request.get(page.url + path).headers["x-test"] for path in ("", "missing")]

    assert values == ["yes", "yes"]


def test_what_a_page_stores_is_found(small_site: Write) -> None:
    page = small_site("<script>localStorage.a = 1; document.cookie = 'b=2'</script>")()

    left = stored_by(page)

    assert set(left) == {"local", "cookie", "cookies"}


def test_a_picture_is_written_of_every_open_page(small_site: Write, tmp_path: Path) -> None:
    visit = small_site("")
    visit()

    pictures = visit.photograph(tmp_path, "test[a b]")

    assert [picture.name for picture in pictures] == ["test-a-b-1.png"]
    assert pictures[0].stat().st_size > 0
