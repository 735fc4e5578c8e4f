"""Where links lead: every form that writers use, and what is said of those that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_roots import PAGES, article, head, help_centre, page_at, site_of

from kbgen.links import (
    Broken,
    Destination,
    LinkFault,
    LinkMap,
    Resolved,
    address_of,
    path_of,
)
from kbgen.site import Site

MAP = LinkMap(
    by_address={
        "/": Destination("index.md", frozenset({"now"})),
        "/articles/signing-in/reset/": Destination(
            "articles/signing-in/reset.md", frozenset({"steps", "öffnen"})
        ),
        "/articles/signing-in/locked/": Destination("articles/signing-in/locked.md", frozenset()),
        "/faq/files/überblick/": Destination("faq/files/überblick.md", frozenset()),
        "/contact/": Destination("contact.md", frozenset({"phone"})),
        "/articles/signing-in/key.png": Destination("articles/signing-in/key.png"),
        "/guide.pdf": Destination("guide.pdf"),
    },
    by_source={
        "kb_articles/signing-in/reset.md": "/articles/signing-in/reset/",
        "kb_articles/signing-in/locked.md": "/articles/signing-in/locked/",
        "faq/files/überblick.md": "/faq/files/überblick/",
        "kb_articles/signing-in/key.png": "/articles/signing-in/key.png",
        "docs/guide.pdf": "/guide.pdf",
        "docs/index.md": "/",
    },
    moved={
        "/help/old/": "/articles/signing-in/reset/",
        "/k/KB-0001/": "/articles/signing-in/reset/",
    },
)
SOURCE = "kb_articles/signing-in/locked.md"
PATH = "articles/signing-in/locked.md"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        pytest.param("reset.md", "reset.md", id="a file beside it"),
        pytest.param("./reset.md", "reset.md", id="with a dot"),
        pytest.param("../signing-in/reset.md", "reset.md", id="over its own folder"),
        pytest.param("reset.md#steps", "reset.md#steps", id="an anchor"),
        pytest.param("reset.md#%C3%B6ffnen", "reset.md#%C3%B6ffnen", id="an encoded anchor"),
        pytest.param("reset.md?from=mail#steps", "reset.md?from=mail#steps", id="a query"),
        pytest.param(
            "../../faq/files/überblick.md", "../../faq/files/%C3%BCberblick.md", id="an umlaut"
        ),
        pytest.param(
            "../../faq/files/%C3%BCberblick.md", "../../faq/files/%C3%BCberblick.md", id="encoded"
        ),
        pytest.param("../../docs/index.md", "../../index.md", id="the home page's file"),
        pytest.param("/", "../../index.md", id="the home page"),
        pytest.param("/#now", "../../index.md#now", id="an anchor of the home page"),
        pytest.param("/contact/", "../../contact.md", id="an address"),
        pytest.param("/contact", "../../contact.md", id="an address without its last slash"),
        pytest.param("/contact/#phone", "../../contact.md#phone", id="an address with an anchor"),
        pytest.param("/contact/?a=b", "../../contact.md?a=b", id="an address with a query"),
        pytest.param("/articles/../contact/", "../../contact.md", id="an address with dots"),
        pytest.param("key.png", "key.png", id="a picture"),
        pytest.param("/guide.pdf#page=3", "../../guide.pdf#page=3", id="a file with a fragment"),
        pytest.param("/help/old/", "reset.md", id="an old address"),
        pytest.param("/help/old/#steps", "reset.md#steps", id="an old address with an anchor"),
        pytest.param("/k/KB-0001/", "reset.md", id="a permalink"),
        pytest.param("#", "#", id="the top"),
        pytest.param("?a=b", "?a=b", id="a query alone"),
        pytest.param("https://example.com/a b", "https://example.com/a b", id="elsewhere"),
        pytest.param("//example.com/", "//example.com/", id="elsewhere without a scheme"),
        pytest.param("mailto:help@example.com", "mailto:help@example.com", id="a mail address"),
        pytest.param("tel:+49301234", "tel:+49301234", id="a telephone number"),
    ],
)
def test_a_link_becomes_what_every_engine_resolves(target: str, shown: str) -> None:
    found = MAP.resolve(target, source=SOURCE, path=PATH)

    assert isinstance(found, Resolved)
    assert found.target == shown


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        pytest.param("reset.md", "../reset/", id="a page"),
        pytest.param("reset.md#steps", "../reset/#steps", id="an anchor"),
        pytest.param("/contact/", "../../../contact/", id="an address"),
        pytest.param("/contact/?a=b", "../../../contact/?a=b", id="a query"),
        pytest.param("/", "../../../", id="the home page"),
        pytest.param("locked.md", "./", id="the page itself"),
        pytest.param("key.png", "../key.png", id="a picture"),
        pytest.param("../../faq/files/überblick.md", "../../../faq/files/%C3%BCberblick/", id="ü"),
        pytest.param("#", "#", id="the top"),
        pytest.param("https://example.com/", "https://example.com/", id="elsewhere"),
    ],
)
def test_a_link_in_html_becomes_the_address_since_engines_leave_it(target: str, shown: str) -> None:
    found = MAP.resolve(target, source=SOURCE, path=PATH, is_html=True)

    assert isinstance(found, Resolved)
    assert found.target == shown


@pytest.mark.parametrize(
    ("target", "fault", "wanted"),
    [
        pytest.param("gone.md", LinkFault.NO_TARGET, "gone.md", id="no such file"),
        pytest.param("/gone/", LinkFault.NO_TARGET, "/gone/", id="no such address"),
        pytest.param("/help/", LinkFault.NO_TARGET, "/help/", id="part of an old address"),
        pytest.param("../../../etc/passwd", LinkFault.NO_TARGET, "../../../etc/passwd", id="out"),
        pytest.param("..", LinkFault.NO_TARGET, "..", id="a folder"),
        pytest.param("Reset.md", LinkFault.NO_TARGET, "Reset.md", id="in capitals"),
        pytest.param("reset.md#gone", LinkFault.NO_ANCHOR, "gone", id="no such anchor"),
        pytest.param("#gone", LinkFault.NO_ANCHOR, "gone", id="no such anchor in the page"),
        pytest.param("/contact/#fone", LinkFault.NO_ANCHOR, "fone", id="in a made page"),
        pytest.param("/help/old/#gone", LinkFault.NO_ANCHOR, "gone", id="at an old address"),
    ],
)
def test_a_link_that_leads_nowhere_says_what_was_wanted(
    target: str, fault: LinkFault, wanted: str
) -> None:
    found = MAP.resolve(target, source=SOURCE, path=PATH)

    assert isinstance(found, Broken)
    assert (found.fault, found.wanted) == (fault, wanted)


def test_made_pages_can_name_addresses_only() -> None:
    made = {"source": None, "path": "categories/signing-in.md"}

    assert isinstance(MAP.resolve("/contact/", **made), Resolved)  # type: ignore[arg-type]
    assert isinstance(MAP.resolve("reset.md", **made), Broken)  # type: ignore[arg-type]


def test_a_link_to_an_old_address_knows_the_new_one() -> None:
    found = MAP.resolve("/help/old/", source=SOURCE, path=PATH)

    assert isinstance(found, Resolved)
    assert found.moved_to == "/articles/signing-in/reset/"


SEGMENTS = st.text(alphabet="abcü-", min_size=1, max_size=5)
ADDRESSES = st.lists(SEGMENTS, max_size=4).map(
    lambda parts: "".join(f"/{each}" for each in parts) + "/"
)


@settings(deadline=None)
@given(ADDRESSES)
def test_path_and_address_tell_the_same(address: str) -> None:
    assert address_of(path_of(address)) == address


@settings(deadline=None)
@given(ADDRESSES, ADDRESSES, st.booleans())
def test_a_resolved_link_leads_to_its_page_from_everywhere(
    here: str, there: str, is_html: bool
) -> None:
    known = LinkMap({each: Destination(path_of(each)) for each in (here, there)}, {}, {})

    found = known.resolve(there, source=None, path=path_of(here), is_html=is_html)

    assert isinstance(found, Resolved)
    if is_html:
        assert unquote(urljoin(f"https://x{here}", found.target)) == f"https://x{there}"
    else:
        folder = posixpath.dirname(path_of(here))
        assert posixpath.normpath(posixpath.join(folder, unquote(found.target))) == path_of(there)


# In whole sites


def composed(pages: Mapping[str, str], **more: object) -> Site:
    return site_of(help_centre({**PAGES, **pages}, **more))  # type: ignore[arg-type]


def faults(site: Site) -> list[str]:
    return [f"{each.location} {each.rule} {each.what}" for each in site.diagnostics]


def test_every_form_of_link_in_an_article_is_resolved() -> None:
    text = (
        "[a](reset-password.md) ![b](key.png) [c][d] <a href='/contact/'>e</a>\n"
        '<img alt="f" src="key.png">\n\n[d]: ../../faq/signing-in/what-is-a-code.md "T"\n'
    )

    site = composed(
        {"kb_articles/signing-in/new.md": article(text, title="New")},
        assets=["kb_articles/signing-in/key.png"],
    )

    assert faults(site) == []
    assert page_at(site, "/articles/signing-in/new/").markdown == (
        "[a](reset-password.md) ![b](key.png) [c][d] <a href='../../../contact/'>e</a>\n"
        '<img alt="f" src="../key.png">\n\n[d]: ../../faq/signing-in/what-is-a-code.md "T"\n'
    )


def test_a_broken_link_is_told_at_its_line_and_column() -> None:
    text = article("One.\n\nSee [this](gone.md) and [that](reset-password.md#gone).\n", title="New")
    first = text[: text.index("One.")].count("\n") + 1

    site = composed({"kb_articles/signing-in/new.md": text})

    at = f"kb_articles/signing-in/new.md:{first + 2}"
    assert faults(site) == [
        f"{at}:12 broken-link `gone.md` leads nowhere",
        f"{at}:32 broken-anchor `reset-password.md#gone`: the page has no heading or anchor `gone`",
    ]


def test_a_broken_link_names_what_was_probably_meant() -> None:
    site = composed(
        {"kb_articles/signing-in/new.md": article("[a](reset-pasword.md)\n", title="New")}
    )

    assert [each.fix for each in site.diagnostics] == ["did you mean `reset-password.md`?"]


def test_links_in_code_are_text() -> None:
    text = "`[a](gone.md)`\n\n```\n[b](gone.md)\n```\n\n    [c](gone.md)\n"

    site = composed({"kb_articles/signing-in/new.md": article(text, title="New")})

    assert faults(site) == []
    assert page_at(site, "/articles/signing-in/new/").markdown == text


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("../signing-in/index.md", id="its file"),
        pytest.param("../signing-in/", id="its folder"),
        pytest.param("/categories/signing-in/", id="its address"),
    ],
)
def test_a_category_can_be_linked(target: str) -> None:
    site = composed({"kb_articles/files/new.md": article(f"[a]({target})\n", title="New")})

    assert faults(site) == []
    shown = page_at(site, "/articles/files/new/").markdown
    assert shown == "[a](../../categories/signing-in.md)\n"


def test_the_text_of_a_category_links_relative_to_its_file() -> None:
    index = head(title="Files") + "[a](../signing-in/reset-password.md) ![b](key.png)\n"

    site = composed({"kb_articles/files/index.md": index}, assets=["kb_articles/files/key.png"])

    assert faults(site) == []
    shown = page_at(site, "/categories/files/").markdown
    assert "[a](../articles/signing-in/reset-password.md)" in shown
    assert "![b](../articles/files/key.png)" in shown


def test_a_broken_link_in_the_text_of_a_category_is_told_in_its_file() -> None:
    index = head(title="Files") + "One.\n\n[a](gone.md)\n"

    site = composed({"kb_articles/files/index.md": index})

    assert faults(site) == ["kb_articles/files/index.md:7:5 broken-link `gone.md` leads nowhere"]


def test_an_address_that_the_policy_says_can_be_linked() -> None:
    text = "[us]({{policy.organisation.url}}) [we](<{{ policy.organisation.url }}>)\n"

    site = composed({"kb_articles/signing-in/new.md": article(text, title="New")})

    assert faults(site) == []
    assert page_at(site, "/articles/signing-in/new/").markdown == (
        "[us](https://www.example.com) [we](<https://www.example.com>)\n"
    )


def test_old_addresses_permalinks_and_error_codes_can_be_linked() -> None:
    text = "[a](/help/reset/) [b](/k/KB-0001/) [c](/e/AUTH-401/) [d](/e/auth-401/)\n"

    site = composed({"kb_articles/signing-in/new.md": article(text, title="New")})

    assert faults(site) == []
    targets = re.findall(r"\((.*?)\)", page_at(site, "/articles/signing-in/new/").markdown)
    assert targets == [
        "reset-password.md",
        "reset-password.md",
        "../../e/AUTH-401.md",
        "../../e/AUTH-401.md",
    ]


def test_a_link_to_a_draft_leads_nowhere() -> None:
    site = composed(
        {
            "kb_articles/signing-in/draft.md": article(title="Draft", state="draft"),
            "kb_articles/signing-in/new.md": article("[a](draft.md)\n", title="New"),
        }
    )

    assert [each.rule for each in site.diagnostics] == ["broken-link"]


def test_braces_that_are_escaped_are_shown_as_they_are() -> None:
    text = "Write \\{{ policy.version }}.\n\n## The sign \\{{ x }} and more\n"

    site = composed({"kb_articles/signing-in/new.md": article(text, title="New")})

    assert page_at(site, "/articles/signing-in/new/").markdown == (
        "Write &#123;&#123; policy.version }}.\n\n"
        "## The sign &#123;&#123; x }} and more {#the-sign-x-and-more}\n"
    )
