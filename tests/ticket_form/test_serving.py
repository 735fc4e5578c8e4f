"""The desk serves the built site: every page, nothing else, and says who it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from support_policy import load_policy
from ticket_form.app import create_app
from ticket_form.settings import Settings

REPOSITORY = Path(__file__).parents[2]
POLICY = REPOSITORY / "policy.yml"
SECRET = "nobody may read this"

FILES = {
    "index.html": "<title>Home</title>",
    "404.html": "<title>Missing</title>",
    "contact/index.html": "<title>Contact</title>",
    "a b/index.html": "<title>Blank</title>",
    "empty/file.txt": "",
    "assets/site.js": "export {};",
    "assets/site.css": "body {}",
    "assets/icon.svg": "<svg/>",
    "hours.json": "{}",
    "robots.txt": "User-agent: *",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "index.html").write_text(SECRET, encoding="utf-8")
    (tmp_path / "site-of-another").mkdir()
    (tmp_path / "site-of-another" / "index.html").write_text(SECRET, encoding="utf-8")
    return tmp_path / "site"


class Client(FlaskClient):
    """Reads every answer to its end, so that no file stays open."""

    def open(self, *request: Any, **more: Any) -> TestResponse:
        return super().open(*request, **more, buffered=True)


def client_of(settings: Settings) -> FlaskClient:
    app = create_app(settings, load_policy(POLICY))
    app.test_client_class = Client
    return app.test_client()


@pytest.fixture
def desk(site: Path) -> FlaskClient:
    return client_of(Settings(policy=POLICY, site=site))


@pytest.mark.parametrize(
    ("address", "title"),
    [("/", "Home"), ("/contact/", "Contact"), ("/contact/index.html", "Contact"), ("/a%20b/", "B")],
)
def test_an_address_gives_its_page(desk: FlaskClient, address: str, title: str) -> None:
    answer = desk.get(address)

    assert answer.status_code == 200
    assert f"<title>{title}" in answer.text
    assert answer.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/contact", "/contact/"),
        ("/contact?q=hours&from=mail", "/contact/?q=hours&from=mail"),
        ("/a%20b", "/a%20b/"),
    ],
)
def test_an_address_without_its_last_slash_leads_to_the_page(
    desk: FlaskClient, address: str, target: str
) -> None:
    answer = desk.get(address)

    assert answer.status_code == 308
    assert answer.headers["Location"] == target


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/nowhere/",
        "/contact/index.html/",
        "/empty/",
        "/assets/",
        "/" + "x" * 300,
        "/%00",
    ],
    ids=lambda address: address[:20],
)
def test_an_address_without_a_page_gives_the_page_that_says_so(
    desk: FlaskClient, address: str
) -> None:
    answer = desk.get(address)

    assert answer.status_code == 404
    assert "<title>Missing" in answer.text
    assert answer.content_type == "text/html; charset=utf-8"


def test_a_site_without_a_page_for_that_still_says_so(site: Path, desk: FlaskClient) -> None:
    (site / "404.html").unlink()

    answer = desk.get("/nowhere/")

    assert (answer.status_code, answer.text) == (404, "Not found")


@pytest.mark.parametrize(
    "address",
    [
        "/../secret.txt",
        "/contact/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/contact/..%2f..%2fsecret.txt",
        "/../secrets",
        "/../secrets/",
        "/%2e%2e/secrets",
        "/..%2fsecrets",
        "/..%2fsecrets%2f",
        "/../site-of-another",
        "/../site-of-another/",
        "/..",
        "/%2e%2e",
        "/%2ftmp",
        "/%2ftmp%2f",
        "/contact/%2ftmp",
        "/%2fetc%2fpasswd",
        "/etc/passwd",
    ],
)
def test_nothing_outside_the_site_is_given_or_known(desk: FlaskClient, address: str) -> None:
    answer = desk.get(address)

    assert answer.status_code == 404
    assert SECRET not in answer.text


def test_a_folder_elsewhere_cannot_be_named_by_its_full_path(site: Path, desk: FlaskClient) -> None:
    folder = site.parent / "secrets"

    answers = [desk.get(f"{before}{folder}") for before in ("", "/%2f", "/contact/%2f")]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize(
    ("address", "types"),
    [
        # Which of the two names it has depends on the system; browsers run both as modules.
        ("/assets/site.js", {"text/javascript", "application/javascript"}),
        ("/assets/site.css", {"text/css"}),
        ("/assets/icon.svg", {"image/svg+xml"}),
        ("/hours.json", {"application/json"}),
        ("/robots.txt", {"text/plain"}),
    ],
)
def test_a_file_says_what_it_is(desk: FlaskClient, address: str, types: set[str]) -> None:
    answer = desk.get(address)

    assert answer.status_code == 200
    assert answer.mimetype in types
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/contact/", "/hours.json", "/nowhere/", "/contact"])
def test_head_says_the_same_as_get_without_the_text(desk: FlaskClient, address: str) -> None:
    head, get = desk.head(address), desk.get(address)

    assert head.data == b""
    assert head.status_code == get.status_code
    assert head.content_length == get.content_length
    assert head.content_type == get.content_type


def test_a_page_is_not_sent_again_while_it_is_the_same(desk: FlaskClient) -> None:
    first = desk.get("/contact/")

    again = desk.get("/contact/", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_page_can_only_be_read(desk: FlaskClient, method: str) -> None:
    assert desk.open("/contact/", method=method).status_code == 405


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/healthz"])
def test_no_answer_leaves_a_cookie(desk: FlaskClient, address: str) -> None:
    answer = desk.get(address)

    assert "Set-Cookie" not in answer.headers


def test_the_desk_says_that_it_answers_and_which_policy_it_keeps(desk: FlaskClient) -> None:
    answer = desk.get("/healthz")

    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "policy": load_policy(POLICY).version}


def test_a_desk_without_a_site_has_its_own_pages_only() -> None:
    desk = client_of(Settings(policy=POLICY))

    assert desk.get("/healthz").status_code == 200
    assert desk.get("/").status_code == 404
