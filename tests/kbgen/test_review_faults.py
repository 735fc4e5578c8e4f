"""What somebody found who tried to break it."""

from __future__ import annotations

import pytest
from small_roots import NOW, NOW_OPTION, PAGES, Root, article, file_at, help_centre, site_of

from kbgen.checks.texts import foreign_request
from support_policy.diagnostics import InvalidSources


@pytest.mark.parametrize(
    "text",
    [
        "![A picture](https://other.example/x.png)",
        '<img src="//other.example/x.png" alt="x">',
        '<iframe src="/here/"></iframe>',
        "[Run](javascript:alert(1))",
        '<a href="javascript:alert(1)">Run</a>',
    ],
)
def test_page_that_loads_from_elsewhere_or_runs_a_script_is_refused(text: str) -> None:
    pages = {**PAGES, "kb_articles/signing-in/new.md": article(f"{text}\n", title="New")}

    found = list(foreign_request(help_centre(pages), NOW))

    assert [each.rule for each in found] == ["foreign-request"]


def test_link_to_another_host_is_fine() -> None:
    text = "[Elsewhere](https://other.example/) and <https://other.example/>.\n"
    pages = {**PAGES, "kb_articles/signing-in/new.md": article(text, title="New")}

    assert not list(foreign_request(help_centre(pages), NOW))


def test_permalink_of_another_page_cannot_be_taken() -> None:
    thief = article(title="TTT", redirect_from=["/k/KB-0001/"])
    pages = {**PAGES, "kb_articles/signing-in/thief.md": thief}

    site = site_of(help_centre(pages))

    assert "articles/signing-in/reset-password/" in file_at(site, "k/KB-0001/index.html")


@pytest.mark.parametrize("address", ["/y/index/", "/y/README/"])
def test_address_that_engines_would_fold_is_refused(address: str) -> None:
    pages = {**PAGES, "kb_articles/signing-in/new.md": article(title="New", address=address)}

    with pytest.raises(InvalidSources, match="invalid-address"):
        site_of(help_centre(pages))


def test_site_of_a_build_that_was_killed_between_two_steps_comes_back(
    root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = root.site_bytes()
    workshop = root.folder / ".site-killed"
    workshop.mkdir()
    (root.folder / "site").rename(workshop / "old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs.utils.write_file", fail)
    found = root.kbgen("build", NOW_OPTION)

    assert found.exit_code == 1
    assert root.site_bytes() == before


def test_time_beyond_every_calendar_ends_with_a_sentence(root: Root) -> None:
    found = root.kbgen("due", "urgent", "--at=9999-12-31T23:59")

    assert found.exit_code == 1
    assert "Traceback" not in found.output


def test_edit_link_that_runs_a_script_is_refused(root: Root) -> None:
    root.replace("mkdocs.yml", "https://git.example.com/edit/{path}", '"javascript:alert(1)"')

    found = root.kbgen("check", NOW_OPTION)

    assert found.exit_code == 1
    assert "error[invalid-address]" in found.output
