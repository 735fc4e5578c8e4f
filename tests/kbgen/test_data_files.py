"""The files that scripts, calendars and other programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from small_roots import (
    MAINTENANCE,
    MKDOCS,
    NOW,
    PAGES,
    POLICY,
    article,
    file_at,
    help_centre,
    site_of,
)

from kbgen.site import Site
from support_policy.yaml_file import read_document


def composed(pages: Mapping[str, str] = {}, now: datetime = NOW, **more: str) -> Site:
    return site_of(help_centre({**PAGES, **pages}, **more), now)


def data(path: str, **more: Any) -> Any:
    return json.loads(file_at(composed(**more), path))


def instant(text: str) -> datetime:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text)
    return datetime.fromisoformat(text)


# hours.json


def test_hours_are_intervals_in_utc_from_today_to_the_horizon() -> None:
    hours = data("hours.json", now=datetime(2026, 11, 23, 15, 30, 7, tzinfo=UTC))

    assert (hours["made"], hours["until"]) == ("2026-11-23T15:30:07Z", "2027-02-21T00:00:00Z")
    assert list(hours["channels"]) == ["email", "phone"]
    assert hours["channels"]["phone"][:2] == [
        ["2026-11-23T08:00:00Z", "2026-11-23T16:00:00Z"],
        ["2026-11-24T08:00:00Z", "2026-11-24T16:00:00Z"],
    ]


def test_hours_are_sorted_apart_and_inside_the_horizon() -> None:
    hours = data("hours.json")

    until = instant(hours["until"])
    for intervals in hours["channels"].values():
        moments = [instant(each) for interval in intervals for each in interval]
        assert moments == sorted(set(moments))
        assert moments[0] >= NOW.replace(hour=0)
        assert moments[-1] <= until


def test_hours_follow_holidays_and_clock_changes() -> None:
    winter = data("hours.json", now=datetime(2026, 12, 20, tzinfo=UTC))["channels"]["phone"]
    spring = data("hours.json", now=datetime(2027, 3, 20, tzinfo=UTC))["channels"]["phone"]

    days = {start[:10]: (start[11:16], end[11:16]) for start, end in winter + spring}
    assert days["2026-12-24"] == ("08:00", "11:00")
    assert "2026-12-25" not in days
    assert days["2027-03-26"] == ("08:00", "16:00")
    assert days["2027-03-29"] == ("07:00", "15:00")


def test_a_desk_that_never_closes_has_one_interval_up_to_the_horizon() -> None:
    policy = POLICY.replace('{mon-fri: "09:00-17:00", sat-sun: closed}', "24/7")
    start, end = policy.index("    holidays:"), policy.index("channels:")

    hours = data("hours.json", policy=policy[:start] + policy[end:])

    assert hours["channels"]["phone"] == [["2026-11-22T00:00:00Z", hours["until"]]]


# maintenance.json


def test_windows_are_told_with_their_state() -> None:
    found = data("maintenance.json", now=datetime(2026, 12, 5, 21, tzinfo=UTC))

    assert found == {
        "made": "2026-12-05T21:00:00Z",
        "components": {"website": "Website", "mail": "E-mail"},
        "windows": [
            {
                "id": "2026-12-05-database",
                "title": "Database upgrade",
                "summary": "",
                "start": "2026-12-05T21:00:00Z",
                "end": "2026-12-05T22:30:00Z",
                "time_zone": "Europe/Berlin",
                "announced": "2026-11-22T09:00:00Z",
                "components": ["website"],
                "impact": "outage",
                "kind": "planned",
                "state": "running",
            }
        ],
    }


def test_a_window_without_an_announcement_has_none() -> None:
    text = MAINTENANCE.replace("announced: 2026-11-22 10:00", "kind: emergency")

    (window,) = data("maintenance.json", maintenance=text)["windows"]

    assert (window["announced"], window["kind"]) == (None, "emergency")


# urls.json, sitemap.xml and robots.txt


def test_every_page_is_listed_with_its_title_and_anchors() -> None:
    site = composed()
    pages = json.loads(file_at(site, "urls.json"))["pages"]

    urls = [each["url"] for each in pages]
    assert urls == sorted(urls)
    assert len(urls) == len(site.pages)
    assert {
        "url": "/articles/signing-in/reset-password/",
        "title": "Reset your password",
        "anchors": ["the-link-does-not-work"],
    } in pages


def test_the_sitemap_holds_every_address_in_full_and_encoded() -> None:
    site = composed({"faq/größe/was-&-wie.md": article(title="Was?", answer="Ja.")})

    tree = etree.fromstring(file_at(site, "sitemap.xml").encode())

    found = tree.xpath("//*[local-name()='loc']/text()")
    assert len(found) == len(site.pages)
    assert "https://help.example.com/" in found
    assert "https://help.example.com/faq/gr%C3%B6%C3%9Fe/was-%26-wie/" in found
    assert all(each.isascii() for each in found)


def test_robots_are_told_of_the_sitemap_where_the_address_is_known() -> None:
    unknown = MKDOCS.replace("site_url: https://help.example.com/\n", "")

    with_address, without = composed(), composed(mkdocs=unknown)

    assert file_at(with_address, "robots.txt") == (
        "User-agent: *\nAllow: /\nSitemap: https://help.example.com/sitemap.xml\n"
    )
    assert file_at(without, "robots.txt") == "User-agent: *\nAllow: /\n"
    assert "sitemap.xml" not in {file.path for file in without.files}


@pytest.mark.parametrize("address", ["https://help.example.com", "https://help.example.com/"])
def test_the_address_of_the_site_may_end_with_a_slash_or_not(address: str) -> None:
    site = composed(mkdocs=MKDOCS.replace("https://help.example.com/", address))

    assert "<loc>https://help.example.com/contact/</loc>" in file_at(site, "sitemap.xml")


def test_a_site_below_a_folder_keeps_it_in_every_full_address() -> None:
    site = composed(mkdocs=MKDOCS.replace("help.example.com/", "www.example.com/help/"))

    assert "<loc>https://www.example.com/help/contact/</loc>" in file_at(site, "sitemap.xml")


# Schemas


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("policy", POLICY, id="policy"),
        pytest.param("maintenance", MAINTENANCE, id="maintenance"),
        *(
            pytest.param(kind, PAGES[path].split("---\n")[1], id=kind)
            for kind, path in {
                "article": "kb_articles/signing-in/reset-password.md",
                "faq": "faq/signing-in/what-is-a-code.md",
            }.items()
        ),
    ],
)
def test_what_is_right_fits_its_schema(name: str, text: str) -> None:
    schema = data(f"schemas/{name}.schema.json")

    Draft202012Validator.check_schema(schema)
    errors = Draft202012Validator(schema).iter_errors(read_document(text, name).value)
    assert [error.message for error in errors] == []


def test_an_unknown_key_does_not_fit_its_schema() -> None:
    schema = data("schemas/article.schema.json")

    assert not Draft202012Validator(schema).is_valid({"title": "A", "sumary": "B"})


# Bytes


def test_the_horizon_moves_by_days_and_not_by_minutes() -> None:
    one = data("hours.json")
    later = data("hours.json", now=NOW + timedelta(hours=3))

    assert one["channels"] == later["channels"]
    assert one["until"] == later["until"]


def test_files_of_data_end_with_a_line_break() -> None:
    assert all(file.content.endswith(b"\n") for file in composed().files)
