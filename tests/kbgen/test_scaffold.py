"""New pages, windows and holidays as text: nothing else in the file changes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from small_roots import MAINTENANCE, PAGES, POLICY, article, help_centre

from kbgen.model import Kind
from kbgen.scaffold import new_page, next_id, quoted, with_dates, with_window
from support_policy.business_hours import Holiday
from support_policy.diagnostics import InvalidSources
from support_policy.maintenance_windows import parse_windows
from support_policy.policy_rules import parse_policy

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime.fromisoformat("2026-12-20 22:00")

SIX_LINES = """\
  - id: 2026-12-20-new-servers
    title: New servers
    start: 2026-12-20 22:00
    end: 2026-12-20 23:00
    announced: 2026-11-22 13:00
    components: [website]
    impact: degraded
"""


def with_new_window(text: str, **changes: object) -> str:
    given = {
        "title": "New servers",
        "start": START,
        "end": START + timedelta(hours=1),
        "components": ["website"],
        "impact": "degraded",
        "kind": "planned",
        "announced": datetime(2026, 11, 22, 12, tzinfo=UTC),
        "zone": BERLIN,
        **changes,
    }
    return with_window(text, **given)  # type: ignore[arg-type]


# Pages


@pytest.mark.parametrize(
    ("kind", "path", "first_id"),
    [
        pytest.param(Kind.ARTICLE, "kb_articles/files/send-a-file.md", "KB-0003", id="article"),
        pytest.param(Kind.FAQ, "faq/files/send-a-file.md", "FAQ-0002", id="question"),
        pytest.param(Kind.TUTORIAL, "tutorials/files/send-a-file.md", "TUT-0002", id="tutorial"),
    ],
)
def test_a_new_page_has_the_next_id_and_its_place(kind: Kind, path: str, first_id: str) -> None:
    catalog = help_centre().catalog

    new = new_page(
        kind,
        "Send a file",
        category="files",
        catalog=catalog,
        today=date(2026, 11, 22),
        owner="support",
    )

    assert new.path == path
    assert f"id: {first_id}\ntitle: Send a file\n" in new.text
    assert "state: draft" in new.text
    assert "reviewed: 2026-11-22" in new.text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("What's new?", "whats-new", id="signs"),
        pytest.param("Größe ändern", "größe-ändern", id="umlauts"),
        pytest.param("?!", "page", id="nothing to spell"),
        pytest.param("word " * 60, ("word-" * 16).strip("-"), id="very long"),
        pytest.param("../../etc/passwd", "etcpasswd", id="a path"),
    ],
)
def test_the_file_is_named_after_the_title(title: str, name: str) -> None:
    new = new_page(
        Kind.FAQ,
        title,
        category="files",
        catalog=help_centre().catalog,
        today=date(2026, 11, 22),
        owner="support",
    )

    assert new.path == f"faq/files/{name}.md"


@pytest.mark.parametrize(
    ("ids", "following"),
    [
        pytest.param([], "KB-0003", id="after those that are there"),
        pytest.param(["KB-0007"], "KB-0008", id="after a gap"),
        pytest.param(["kb-0007"], "KB-0008", id="in small letters"),
        pytest.param(["KB-12345"], "KB-12346", id="with more digits"),
        pytest.param(["KB-old", "my-page", "FAQ-0050"], "KB-0003", id="not after others"),
    ],
)
def test_the_next_id_follows_the_highest(ids: list[str], following: str) -> None:
    more = {
        f"kb_articles/a/{number}.md": article(title=f"Page {number}", id=each)
        for number, each in enumerate(ids)
    }

    assert next_id(Kind.ARTICLE, help_centre({**PAGES, **more}).catalog) == following


def test_drafts_have_taken_their_ids() -> None:
    draft = article(title="Draft", id="KB-0044", state="draft")

    catalog = help_centre({**PAGES, "kb_articles/a/draft.md": draft}).catalog

    assert next_id(Kind.ARTICLE, catalog) == "KB-0045"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"])))
def test_quoted_text_is_read_back_in_a_line_and_in_brackets(text: str) -> None:
    read = yaml.load(f"a: {quoted(text)}\nb: [{quoted(text)}, x]\n", yaml.BaseLoader)

    assert read == {"a": text, "b": [text, "x"]}


@pytest.mark.parametrize("word", ["yes", "No", "null", "on", "1.10", "12:30", "- x", "a: b", ""])
def test_words_that_yaml_knows_are_quoted(word: str) -> None:
    assert quoted(word) == f'"{word}"'


# Windows


def test_six_lines_are_added_below_the_last_window_and_all_others_stay() -> None:
    changed = with_new_window(MAINTENANCE)

    assert changed == MAINTENANCE + SIX_LINES
    assert len(parse_windows(changed).windows) == 2


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        pytest.param("windows: []\n", f"windows:\n{SIX_LINES}", id="empty brackets"),
        pytest.param("windows:\n", f"windows:\n{SIX_LINES}", id="nothing"),
        pytest.param("windows: null\n", f"windows:\n{SIX_LINES}", id="null"),
        pytest.param(
            "windows: []  # none yet\n", f"windows:  # none yet\n{SIX_LINES}", id="a comment"
        ),
        pytest.param(
            "windows: [\n]\n# end\n", f"windows:\n{SIX_LINES}# end\n", id="brackets over two lines"
        ),
        pytest.param(
            "windows: []\n\nextra: x\n", f"windows:\n{SIX_LINES}\nextra: x\n", id="before others"
        ),
        pytest.param("", f"\nwindows:\n{SIX_LINES}", id="no key"),
    ],
)
def test_the_first_window_takes_the_place_of_the_empty_list(windows: str, expected: str) -> None:
    start = "time_zone: Europe/Berlin\n# What can be affected.\ncomponents: {website: Website}\n"

    changed = with_new_window(start + windows)

    assert changed == start + expected


def test_the_first_window_of_an_empty_file_names_its_zone() -> None:
    changed = with_new_window("")

    assert changed == f"windows:\n{SIX_LINES}    time_zone: Europe/Berlin\n"


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n# Add new windows above this line.\n", id="a comment"),
        pytest.param("\n\n  # The last one stays here.\n\n", id="an indented comment"),
        pytest.param("\nextra:\n  a: b\n", id="other keys"),
        pytest.param("# one\n# two\nextra: []\n", id="comments of other keys"),
    ],
)
def test_what_stands_behind_the_windows_stays_behind_them(end: str) -> None:
    changed = with_new_window(MAINTENANCE + end)

    assert changed.rstrip("\n") == f"{MAINTENANCE}{SIX_LINES}{end}".rstrip("\n")


def test_a_comment_inside_the_last_window_stays_with_it() -> None:
    note = "    # Agreed with the database team.\n"

    assert with_new_window(MAINTENANCE + note) == MAINTENANCE + note + SIX_LINES


def test_windows_without_indentation_get_one_without() -> None:
    text = re.sub(r"^  (  |- )", r"\1", MAINTENANCE, flags=re.MULTILINE)
    assert "\n- id: 2026-12-05-database\n  title:" in text

    changed = with_new_window(text)

    assert changed == text + re.sub("^  ", "", SIX_LINES, flags=re.MULTILINE)
    assert len(parse_windows(changed).windows) == 2


@pytest.mark.parametrize(
    ("windows", "place"),
    [
        pytest.param("windows: [{id: a, title: A}]\n", "maintenance.yml:1:1", id="windows"),
        pytest.param("{windows: []}\n", "maintenance.yml:1:1", id="the whole file"),
    ],
)
def test_windows_in_brackets_are_refused_with_place_and_fix(windows: str, place: str) -> None:
    with pytest.raises(InvalidSources) as caught:
        with_new_window(windows)

    (found,) = caught.value.diagnostics
    assert (str(found.location), found.rule) == (place, "list-in-brackets")
    assert "begun with `- `" in found.fix


def test_a_second_window_of_that_name_gets_a_number() -> None:
    twice = with_new_window(with_new_window(MAINTENANCE))
    thrice = with_new_window(twice)

    assert [each.id for each in parse_windows(thrice).windows][1:] == [
        "2026-12-20-new-servers",
        "2026-12-20-new-servers-2",
        "2026-12-20-new-servers-3",
    ]


@pytest.mark.parametrize(
    ("start", "written"),
    [
        pytest.param(START, "2026-12-20 22:00", id="local"),
        pytest.param(START.replace(second=30), "2026-12-20 22:00:30", id="with seconds"),
        pytest.param(datetime(2026, 12, 20, 21, tzinfo=UTC), "2026-12-20 22:00", id="UTC"),
        pytest.param(
            datetime(2026, 12, 20, 15, tzinfo=timezone(timedelta(hours=-6))),
            "2026-12-20 22:00",
            id="another offset",
        ),
        pytest.param(
            datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "2027-10-31 02:30+01:00", id="the later 2:30"
        ),
        pytest.param(
            datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2027-10-31 02:30+02:00", id="the earlier"
        ),
    ],
)
def test_times_are_written_in_the_zone_of_the_file(start: datetime, written: str) -> None:
    changed = with_new_window(MAINTENANCE, start=start, end=start + timedelta(hours=3))

    window = parse_windows(changed).windows[1]
    assert f"    start: {written}\n" in changed
    assert window.start == (start if start.tzinfo else start.replace(tzinfo=BERLIN))
    assert window.end - window.start == timedelta(hours=3)


def test_a_kind_that_is_not_the_usual_one_is_written() -> None:
    changed = with_new_window(MAINTENANCE, kind="emergency")

    assert changed.endswith("    kind: emergency\n")


# Holidays

DAYS = (
    Holiday(date=date(2026, 12, 25), name="Christmas Day"),
    Holiday(date=date(2027, 3, 8), name="Women's Day"),
    Holiday(date=date(2027, 5, 6), name="Ascension, the day"),
)


def test_only_the_lines_of_the_dates_change() -> None:
    changed = with_dates(POLICY, "office", DAYS)

    expected = POLICY.replace(
        "        - {date: 2027-01-01, name: New Year's Day}\n",
        "        - {date: 2027-03-08, name: Women's Day}\n"
        '        - {date: 2027-05-06, name: "Ascension, the day"}\n',
    )
    assert changed == expected
    assert parse_policy(changed).calendars["office"].holidays.dates == DAYS


def test_a_holiday_that_stays_keeps_its_hours_and_its_comment() -> None:
    line = "{date: 2026-12-25, name: Christmas Day, hours: 10:00-12:00}  # for emergencies"
    text = POLICY.replace("{date: 2026-12-25, name: Christmas Day}", line)

    changed = with_dates(text, "office", DAYS)

    assert f"        - {line}\n        - {{date: 2027-03-08" in changed


def test_dates_in_lines_of_their_own_stay_so() -> None:
    text = POLICY.replace(
        "- {date: 2026-12-25, name: Christmas Day}",
        "- date: 2026-12-25\n          name: Christmas Day",
    )

    changed = with_dates(text, "office", DAYS)

    assert "        - date: 2026-12-25\n          name: Christmas Day\n        - {" in changed
    assert parse_policy(changed).calendars["office"].holidays.dates == DAYS


@pytest.mark.parametrize(
    "dates",
    [
        pytest.param("dates: [{date: 2026-12-25, name: Christmas Day}]", id="in brackets"),
        pytest.param("dates: []", id="empty"),
    ],
)
def test_dates_in_brackets_become_lines(dates: str) -> None:
    start, end = POLICY.index("      dates:"), POLICY.index("      add:")
    text = f"{POLICY[:start]}      {dates}\n{POLICY[end:]}"

    changed = with_dates(text, "office", DAYS)

    assert changed[:start] == POLICY[:start]
    assert changed.endswith(POLICY[end:])
    assert parse_policy(changed).calendars["office"].holidays.dates == DAYS


def test_dates_that_were_never_frozen_come_below_the_region() -> None:
    start, end = POLICY.index("      # Frozen"), POLICY.index("      add:")
    text = POLICY[:start] + POLICY[end:]

    changed = with_dates(text, "office", DAYS)

    assert "      region: DE-BE\n      dates:\n        - {date: 2026-12-25" in changed
    assert parse_policy(changed).calendars["office"].holidays.dates == DAYS


def test_holidays_in_brackets_are_refused_with_place_and_fix() -> None:
    start, end = POLICY.index("    holidays:"), POLICY.index("channels:")
    text = f"{POLICY[:start]}    holidays: {{region: DE-BE}}\n\n{POLICY[end:]}"

    with pytest.raises(InvalidSources) as caught:
        with_dates(text, "office", DAYS)

    (found,) = caught.value.diagnostics
    assert found.rule == "list-in-brackets"
    assert found.what == "`holidays` stands in brackets"
    assert found.location.line == text[:start].count("\n") + 1
