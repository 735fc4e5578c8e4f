"""Old addresses, permalinks and codes in small letters lead to where the text is now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

import pytest
from small_roots import MKDOCS, PAGES, article, file_at, head, help_centre, site_of

from kbgen.site import Site
from support_policy.diagnostics import InvalidSources


def composed(pages: Mapping[str, str] = {}, **more: str) -> Site:
    return site_of(help_centre({**PAGES, **pages}, **more))


def target_of(site: Site, old: str) -> str:
    """Return the address to which the page at an old address leads."""
    text = file_at(site, f"{old.strip('/')}/index.html")
    (refresh,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]*)"', text)
    (link,) = re.findall(r'<a href="([^"]*)"', text)
    assert refresh == link
    assert not refresh.startswith(("/", "http"))
    return urljoin(f"https://x{old}", str(refresh)).removeprefix("https://x")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("/help/reset/", "/articles/signing-in/reset-password/", id="an old address"),
        pytest.param("/k/KB-0001/", "/articles/signing-in/reset-password/", id="a permalink"),
        pytest.param("/k/FAQ-0001/", "/faq/signing-in/what-is-a-code/", id="of a question"),
        pytest.param("/k/TUT-0001/", "/tutorials/signing-in/two-steps/", id="of a tutorial"),
        pytest.param("/e/auth-401/", "/e/AUTH-401/", id="a code in small letters"),
    ],
)
def test_an_old_address_leads_to_the_page_by_a_relative_link(old: str, new: str) -> None:
    assert target_of(composed(), old) == new


@pytest.mark.parametrize(
    "old",
    [
        pytest.param("/old/", id="at the top"),
        pytest.param("/a/b/c/d/old/", id="deep"),
        pytest.param("/articles/signing-in/old/", id="beside the page"),
        pytest.param("/articles/signing-in/reset-password/old/", id="below the page"),
        pytest.param("/articles/", id="above the page"),
        pytest.param("/überholt/", id="with an umlaut"),
    ],
)
def test_wherever_an_old_address_was_its_link_is_right(old: str) -> None:
    page = article(title="New", redirect_from=[old])

    site = composed({"kb_articles/signing-in/new.md": page})

    assert target_of(site, old) == "/articles/signing-in/new/"


def test_a_page_without_an_id_has_a_permalink_made_from_its_file() -> None:
    site = composed({"kb_articles/signing-in/new_page.md": article(title="New")})

    assert target_of(site, "/k/signing-in-new-page/") == "/articles/signing-in/new_page/"


def test_old_addresses_of_a_replaced_page_lead_to_its_replacement() -> None:
    page = article(title="Old", id="KB-0009", replaced_by="KB-0001", redirect_from=["/help/old/"])

    site = composed({"kb_articles/signing-in/old.md": page})

    assert target_of(site, "/help/old/") == "/articles/signing-in/reset-password/"
    assert target_of(site, "/k/KB-0009/") == "/articles/signing-in/old/"


def test_a_moved_page_is_not_indexed_and_names_the_new_address_in_full() -> None:
    text = file_at(composed(), "k/KB-0001/index.html")

    address = "https://help.example.com/articles/signing-in/reset-password/"
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="{address}">' in text


def test_without_the_address_of_the_site_nothing_is_named_in_full() -> None:
    site = composed(mkdocs=MKDOCS.replace("site_url: https://help.example.com/\n", ""))

    assert "canonical" not in file_at(site, "k/KB-0001/index.html")


@pytest.mark.parametrize(
    "old",
    [
        pytest.param("/articles/signing-in/locked-account/", id="of another page"),
        pytest.param("/Articles/Signing-In/Locked-Account/", id="of another page, by case"),
        pytest.param("/privacy/", id="of a page under docs"),
        pytest.param("/contact/", id="of a page that kbgen makes"),
        pytest.param("/categories/signing-in/", id="of a category"),
        pytest.param("/", id="of the home page"),
    ],
)
def test_a_living_page_is_never_replaced_by_a_redirect(old: str) -> None:
    site = composed({"kb_articles/signing-in/new.md": article(title="New", redirect_from=[old])})

    path = f"{old.strip('/')}/index.html".lstrip("/")
    assert path not in {file.path for file in site.files}


@pytest.mark.parametrize("old", ["/contact/", "/categories/signing-in/", "/"])
def test_a_redirect_from_a_page_that_kbgen_makes_is_told(old: str) -> None:
    pages = {name: text for name, text in PAGES.items() if name != "docs/index.md"}
    page = article(title="New", redirect_from=[old])
    line = page[: page.index("redirect_from")].count("\n") + 1

    site = site_of(help_centre({**pages, "faq/signing-in/new.md": page}))

    assert [(str(each.location), each.rule) for each in site.diagnostics] == [
        (f"faq/signing-in/new.md:{line}:1", "redirect-taken")
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("docs/k/KB-0001.md", head(title="Mine") + "Text.\n", id="a permalink"),
        pytest.param("docs/e/auth-401.md", head(title="Mine") + "Text.\n", id="a code"),
        pytest.param(
            "faq/files/new.md", article(title="New", redirect_from=["/hours.json/"]), id="data"
        ),
    ],
)
def test_what_would_lie_where_a_redirect_or_a_file_is_stops_the_site(path: str, text: str) -> None:
    with pytest.raises(InvalidSources) as caught:
        composed({path: text})

    assert {each.rule for each in caught.value.diagnostics} == {"two-pages-one-address"}


def test_every_redirect_is_listed_with_its_target() -> None:
    site = composed()

    assert '"redirects":{"/e/auth-401/":"/e/AUTH-401/","/help/reset/":' in file_at(
        site, "urls.json"
    )
