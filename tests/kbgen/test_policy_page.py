"""The policy page: ten clauses in order, each with its words and with what the data says."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from small_roots import (
    MAINTENANCE,
    PAGES,
    POLICY,
    article,
    file_at,
    head,
    help_centre,
    page_at,
    site_of,
)

from kbgen.site import Site
from support_policy.diagnostics import InvalidSources

SAMPLE = (Path(__file__).parents[1] / "support_policy" / "sample_policy.yml").read_text("utf-8")

CLAUSES = (
    ("Support channels", "We help by e-mail, live chat and telephone."),
    ("Response time", "A first response comes within 30 minutes."),
    ("Technical assistance", "We find out why something fails."),
    ("Ticketing system", "Every request becomes a ticket."),
    ("Escalation process", "What cannot be solved at once goes to the next level."),
    ("Knowledge base", "Search first."),
    ("Software updates and maintenance", "Work is announced at least 3 days in advance."),
    ("Feedback and improvement", "Tell us how it went."),
    ("Data security and privacy", "We delete it when its time is over."),
    ("Continuous learning and training", "Our team keeps learning."),
)

OFFICE = "Monday to Thursday 09:00–12:00 and 13:00–18:00, Friday 09:00–15:00 (Europe/Berlin)"


def site_with(policy: str, pages: dict[str, str] | None = None) -> Site:
    return site_of(help_centre(pages or dict(PAGES), policy=policy, maintenance=MAINTENANCE))


@pytest.fixture(scope="module")
def site() -> Site:
    return site_with(SAMPLE)


@pytest.fixture
def sections(site: Site) -> list[str]:
    """What stands above the first clause, the ten clauses, and the changes."""
    return sections_of(site)


def sections_of(site: Site) -> list[str]:
    return re.split(r"^## ", page_at(site, "/support-policy/").markdown, flags=re.MULTILINE)


def rows(section: str) -> list[list[str]]:
    lines = [line for line in section.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_all_ten_clauses_stand_in_order_with_their_words(sections: list[str]) -> None:
    assert len(sections) == 12
    for number, (title, text) in enumerate(CLAUSES, start=1):
        anchor = title.lower().replace(" ", "-")
        heading, _, rest = sections[number].partition("\n")
        assert heading == f"{number}. {title} {{#{anchor}}}"
        assert rest.strip().startswith(text)


def test_the_page_tells_its_version_and_from_when_it_holds(site: Site) -> None:
    page = page_at(site, "/support-policy/")

    assert page.meta["kind"] == "policy"
    assert page.meta["facts"] == ["Version 1.1", "in force since 1 October 2026"]
    assert page.meta["summary"] == "What Sample Company promises to those who ask for help."


def test_the_first_clause_shows_every_channel_with_its_hours(sections: list[str]) -> None:
    assert rows(sections[1]) == [
        ["Channel", "Where", "For", "Hours"],
        [
            "E-mail",
            "[support@example.com](<mailto:support@example.com>)",
            "Anything that needs a picture.",
            OFFICE,
        ],
        [
            "Live chat",
            "[https://www.example.com/chat](<https://www.example.com/chat>)",
            "Short questions.",
            f"{OFFICE} (not timed by our targets)",
        ],
        [
            "Telephone",
            "[+49 30 23125 000](<tel:+493023125000>)",
            "Urgent problems.",
            "day and night (UTC)",
        ],
    ]


def test_the_second_clause_shows_every_target(sections: list[str]) -> None:
    assert rows(sections[2]) == [
        ["Priority", "It means", "First response", "Next update", "Resolution"],
        [
            "**Urgent**",
            "You cannot use the website at all.",
            "within 30 minutes",
            "within 4 hours",
            "within 24 hours",
        ],
        [
            "**Not urgent**",
            "Everything else.",
            "within 24 hours on working days",
            "within 12 business hours",
            "within 5 business days",
        ],
    ]
    assert "- Nobody can sign in." in sections[2]
    assert OFFICE in sections[2].split("Business hours and business days")[1]


def test_the_third_clause_names_the_topics_and_the_error_codes(sections: list[str]) -> None:
    assert "Topics we help with: [Signing in](<categories/signing-in.md>)." in sections[3]
    assert "[error codes](<error-codes.md>)" in sections[3]


def test_the_fifth_clause_shows_every_level(sections: list[str]) -> None:
    assert rows(sections[5]) == [
        ["Level", "A request gets there", "What the level does", "What you hear"],
        ["1. First line", "at once", "Answers questions.", "Somebody is reading your request."],
        [
            "2. Engineering",
            "when 50% of the time for the resolution has passed, during opening hours",
            "Changes the software.",
            "Our engineers are working on it.",
        ],
        [
            "3. Management",
            "when a target is missed by 2 business hours",
            "Decides what else can be done.",
            "A manager writes to you.",
        ],
    ]


def test_the_sixth_clause_counts_what_there_is(sections: list[str]) -> None:
    assert (
        "There are [2 articles](<categories.md>), [1 question](<faq.md>) "
        "and [1 tutorial](<tutorials.md>) at the moment."
    ) in sections[6]


def test_the_seventh_clause_shows_the_notice(sections: list[str]) -> None:
    assert "- Planned maintenance is announced at least 3 days in advance." in sections[7]
    assert "- Major maintenance is announced at least 2 weeks in advance." in sections[7]
    assert "[the maintenance page](<maintenance.md>)" in sections[7]


def test_the_ninth_clause_shows_how_long_each_record_is_kept(sections: list[str]) -> None:
    assert rows(sections[9]) == [
        ["What we keep", "For how long", "Counted from"],
        ["Tickets", "24 months", "the day the ticket was closed"],
        ["Files", "6 months", "the day the ticket was closed"],
        ["Mails", "90 days", "the day of the mail"],
        ["Votes", "1 year", "the day of the vote"],
        ["Searches", "30 days", "the day of the search"],
        ["Subscriptions", "7 days", "the day you unsubscribed"],
    ]


def test_the_tenth_clause_shows_every_duty(sections: list[str]) -> None:
    assert "- Every agent has read a changed article within 3 business days." in sections[10]
    assert rows(sections[10]) == [
        ["Duty", "How often", "For"],
        ["Data protection", "every 12 months", "every agent"],
        ["Writing better answers", "every week", "First line"],
    ]


def test_the_changes_of_the_policy_stand_at_its_end(sections: list[str]) -> None:
    assert sections[11].strip().split("\n") == [
        "Changes of this policy {#changes}",
        "",
        "- Version 1.1, 1 October 2026: The telephone is answered day and night.",
        "- Version 1.0, 5 January 2026: First published version.",
    ]


def test_a_team_without_duties_shows_no_empty_table() -> None:
    duties = re.compile(r"  duties:\n(?:    - .*\n)+")

    page = sections_of(site_with(duties.sub("", SAMPLE)))

    assert "Every agent has read a changed article" in page[10]
    assert rows(page[10]) == []


def test_signs_of_markdown_in_the_policy_are_shown_as_they_are() -> None:
    text = SAMPLE.replace("label: Not urgent", 'label: "Not * urgent | {{ x }} <b>"')

    section = sections_of(site_with(text))[2]

    assert "**Not &#42; urgent &#124; &#123;&#123; x &#125;&#125; &#60;b&#62;**" in section


def test_a_clause_shows_braces_that_a_backslash_stands_before() -> None:
    text = SAMPLE.replace("Search first.", r"Templates hold \{{ first_name }}.")

    section = sections_of(site_with(text))[6]

    assert "Templates hold {{ first_name }}." in html.unescape(section)


def test_the_clauses_may_hold_markdown_and_links() -> None:
    text = SAMPLE.replace("Search first.", '"*Search* [first](/faq/)."')

    section = sections_of(site_with(text))[6]

    assert "*Search* [first](faq.md)." in section


def test_hours_that_only_time_the_targets_are_on_the_contact_page_too() -> None:
    text = SAMPLE.replace("hours: office", "hours: always")

    contact = page_at(site_with(text), "/contact/").markdown

    assert "## Opening hours: E-mail, Live chat and Telephone {#hours-always}" in contact
    assert "## Opening hours: our office {#hours-office}" in contact
    assert "| Friday | 09:00–15:00 |" in contact
    assert "| Friday 25 December 2026 | closed | Christmas Day |" in contact


def test_hours_that_nobody_uses_are_not_shown() -> None:
    text = SAMPLE.replace("calendars:\n", "calendars:\n  spare: {time_zone: UTC, hours: 24/7}\n")

    contact = page_at(site_with(text), "/contact/").markdown

    assert "hours-spare" not in contact


def test_policy_json_has_the_form_of_the_file(site: Site) -> None:
    text = file_at(site, "policy.json")

    again = site_with(text)

    assert '"mon":"09:00-12:00, 13:00-18:00"' in text
    assert '"sat":"closed"' in text
    assert '"from":"2026-12-28"' in text
    assert file_at(again, "policy.json") == text
    assert page_at(again, "/support-policy/") == page_at(site, "/support-policy/")


def names_page(text: str) -> dict[str, str]:
    return {**PAGES, "kb_articles/signing-in/names.md": article(text, title="Names")}


def test_a_page_says_what_it_names_of_the_policy() -> None:
    pages = names_page(
        "We answer {{ policy.priorities.urgent.first_response }},\n"
        "and {{policy.priorities.normal.first_response}} if it can wait.\n"
    )

    page = page_at(site_with(SAMPLE, pages), "/articles/signing-in/names/")

    assert page.markdown.startswith(
        "We answer within 30 minutes,\nand within 24 hours on working days if it can wait."
    )


def test_a_page_shows_braces_that_a_backslash_or_code_stands_around() -> None:
    pages = names_page("Write \\{{ x }} or `{{ y }}`.\n\n```\n{{ z }}\n```\n")

    page = page_at(site_with(SAMPLE, pages), "/articles/signing-in/names/")

    assert "Write {{ x }} or `{{ y }}`.\n\n```\n{{ z }}\n```" in html.unescape(page.markdown)


def test_a_page_that_names_nothing_of_the_policy_is_refused_at_its_place() -> None:
    pages = names_page("We answer\nsoon, {{ policy.priorities.urgnet.first_response }}.\n")

    with pytest.raises(InvalidSources) as caught:
        site_with(SAMPLE, pages)

    (diagnostic,) = caught.value.diagnostics
    head_lines = pages["kb_articles/signing-in/names.md"].split("We answer")[0].count("\n")
    assert str(diagnostic.location) == f"kb_articles/signing-in/names.md:{head_lines + 2}:7"
    assert diagnostic.rule == "unknown-name"
    assert (
        diagnostic.what
        == "`policy.priorities.urgnet.first_response` is nothing that the policy says"
    )
    assert diagnostic.fix.startswith("did you mean `policy.priorities.urgent.first_response`?")


def test_every_wrong_name_of_every_page_is_told_at_once() -> None:
    pages = names_page("{{ policy.versoin }} and {{ policy.effectve }}\n")
    pages["docs/privacy.md"] += "\n{{ policy.retention.ticket }}\n"

    with pytest.raises(InvalidSources) as caught:
        site_with(SAMPLE, pages)

    assert [each.fix.split("`")[1] for each in caught.value.diagnostics] == [
        "policy.retention.tickets",
        "policy.version",
        "policy.effective",
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "before", "after"),
    [
        pytest.param(
            "next_update: 4 hours",
            "next_update: 4 business hours",
            "within 4 hours",
            "within 4 business hours",
            id="an update",
        ),
        pytest.param(
            "first_response: 1 business day",
            "first_response: 2 business days",
            "within 24 hours on working days",
            "within 2 business days",
            id="24 hours on working days",
        ),
        pytest.param(
            'mon-thu: "09:00-12:00, 13:00-18:00"',
            'mon-thu: "08:30-12:00, 13:00-18:00"',
            "Monday to Thursday 09:00–12:00",
            "Monday to Thursday 08:30–12:00",
            id="hours",
        ),
        pytest.param(
            "date: 2026-12-25, name",
            "date: 2026-12-21, name",
            "25 December 2026",
            "21 December 2026",
            id="a holiday",
        ),
        pytest.param(
            "planned: 3 days",
            "planned: 72 hours",
            "at least 3 days in advance",
            "at least 72 hours in advance",
            id="notice",
        ),
        pytest.param("keep: 24 months", "keep: 2 years", "24 months", "2 years", id="retention"),
        pytest.param("every: 1 week", "every: 2 weeks", "every week", "every 2 weeks", id="a duty"),
    ],
)
def test_the_words_change_with_the_file(right: str, wrong: str, before: str, after: str) -> None:
    assert SAMPLE.count(right) == 1

    old, new = (
        "\n".join(page.markdown for page in site_with(text).pages)
        for text in (SAMPLE, SAMPLE.replace(right, wrong))
    )

    assert before in old
    assert before not in new
    assert after in new
    assert after not in old


def test_signs_of_markdown_in_the_policy_are_shown_as_they_are_in_a_text() -> None:
    policy = POLICY.replace("means: Everything else.", 'means: "A | B, *c* and <d>."')
    pages = {**PAGES, "docs/privacy.md": head(title="P") + "{{ policy.priorities.normal.means }}\n"}

    site = site_of(help_centre(pages, policy=policy))

    assert page_at(site, "/privacy/").markdown.strip() == (
        "A &#124; B, &#42;c&#42; and &#60;d&#62;."
    )
