"""The policy as a value: what its file gives, who is timed by which hours, and its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from jsonschema import Draft202012Validator

from support_policy import (
    BusinessHours,
    InvalidSources,
    MaintenanceWindow,
    SupportPolicy,
    load_policy,
    load_windows,
)
from support_policy.channels import Channel, ChannelKind
from support_policy.escalation_levels import Overdue, ShareOfTarget, TargetName, parse_trigger
from support_policy.maintenance_windows import maintenance_type
from support_policy.periods import Period, PeriodUnit
from support_policy.policy_rules import parse_policy, policy_type
from support_policy.response_targets import Target, TargetUnit
from support_policy.retention_rules import RecordKind

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
POLICY = (HERE / "sample_policy.yml").read_text(encoding="utf-8")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def policy() -> SupportPolicy:
    return load_policy(HERE / "sample_policy.yml")


def berlin(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BERLIN)


def read_as_text(path: Path) -> Any:
    """The document as our own reader takes it: every scalar is text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def schema_faults(schema: dict[str, Any], document: object) -> list[str]:
    Draft202012Validator.check_schema(schema)
    return [each.json_path for each in Draft202012Validator(schema).iter_errors(document)]


def test_the_file_gives_every_part_as_a_value_of_its_type(policy: SupportPolicy) -> None:
    assert policy.version == "1.1"
    assert policy.effective == date(2026, 10, 1)
    assert policy.changes[1].date == date(2026, 1, 5)
    assert policy.organisation.time_zone == BERLIN
    assert isinstance(policy.calendars["office"], BusinessHours)
    assert policy.channels[0].kind is ChannelKind.EMAIL
    assert policy.priorities["urgent"].first_response == Target(30, TargetUnit.MINUTE)
    assert policy.priorities["normal"].examples == ()
    assert policy.escalation[0].after is None
    assert policy.escalation[1].after == ShareOfTarget(50, TargetName.RESOLUTION)
    assert policy.escalation[2].after == Overdue(Target(2, TargetUnit.BUSINESS_HOUR))
    assert policy.notice.planned == Period(3, PeriodUnit.DAY)
    assert policy.training.duties[1].team == "support"
    assert policy.clauses.knowledge_base == "Search first."


def test_what_is_left_out_has_the_usual_meaning(policy: SupportPolicy) -> None:
    assert [channel.counts_for_targets for channel in policy.channels] == [True, False, True]
    assert [level.outside_hours for level in policy.escalation] == [False, False, True]
    assert policy.training.duties[0].team is None


def test_a_policy_and_all_its_parts_are_frozen(policy: SupportPolicy) -> None:
    parts = [policy, *_parts_of(policy)]

    for part in parts:
        with pytest.raises((FrozenInstanceError, TypeError, AttributeError)):
            setattr(part, fields(part)[0].name, "changed")
    assert len(parts) > 30


def _parts_of(value: Any) -> Iterator[Any]:
    for field in fields(value):
        inner = getattr(value, field.name)
        for each in inner if isinstance(inner, tuple) else [inner]:
            if is_dataclass(each):
                yield each
                yield from _parts_of(each)


def test_a_path_may_be_given_as_text() -> None:
    assert load_policy(str(HERE / "sample_policy.yml")).version == "1.1"
    assert len(load_windows(str(HERE / "sample_maintenance.yml"))) == 3


def test_the_windows_of_a_file_come_by_start() -> None:
    windows = load_windows(HERE / "sample_maintenance.yml")

    assert all(isinstance(window, MaintenanceWindow) for window in windows)
    assert [window.id for window in windows] == [
        "2026-11-20-certificate",
        "2026-12-05-database",
        "2026-12-20-move",
    ]


@pytest.mark.parametrize("load", [load_policy, load_windows])
def test_a_file_that_cannot_be_used_is_named_without_its_folder(load: Any, tmp_path: Path) -> None:
    path = tmp_path / "desk.yml"
    path.write_text("windows: x\nwindows: y\n")

    with pytest.raises(InvalidSources, match=r"^desk\.yml:2:1: error\[duplicate-key\]"):
        load(path)


def test_the_file_is_read_alike_with_the_line_ends_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "policy.yml"
    path.write_bytes(b"\xef\xbb\xbf" + POLICY.replace("\n", "\r\n").encode())

    assert load_policy(path) == load_policy(HERE / "sample_policy.yml")


def test_a_channel_and_a_priority_lead_to_their_hours(policy: SupportPolicy) -> None:
    office, always = policy.calendars["office"], policy.calendars["always"]

    assert [policy.hours_of_channel(each) for each in policy.channels] == [office, office, always]
    assert policy.hours_of_priority(policy.priorities["normal"]) == office
    assert policy.hours_of_priority(policy.priorities["urgent"]) == always


def test_where_there_is_one_calendar_a_priority_need_not_name_it() -> None:
    text = (
        POLICY.replace("  always:\n    time_zone: UTC\n    hours: 24/7\n", "")
        .replace("hours: always", "hours: office")
        .replace("    calendar: always\n", "")
        .replace("    calendar: office\n", "")
    )

    policy = parse_policy(text)

    assert policy.hours_of_priority(policy.priorities["normal"]) == policy.calendars["office"]


def test_a_calendar_that_nobody_uses_is_fine() -> None:
    text = POLICY.replace("calendars:\n", "calendars:\n  spare: {time_zone: UTC, hours: 24/7}\n")

    assert "spare" in parse_policy(text).calendars


@pytest.mark.parametrize(
    ("priority", "target", "filed", "due"),
    [
        pytest.param(
            "urgent", TargetName.FIRST_RESPONSE, "2026-12-25 03:10", "2026-12-25 03:40",
            id="the hotline works on Christmas night",
        ),
        pytest.param(
            "normal", TargetName.FIRST_RESPONSE, "2026-11-20 14:00", "2026-11-23 14:00",
            id="Friday afternoon is due on Monday",
        ),
        pytest.param(
            "normal", TargetName.NEXT_UPDATE, "2026-11-23 10:00", "2026-11-24 15:00",
            id="twelve business hours from Monday morning",
        ),
        pytest.param(
            "normal", TargetName.RESOLUTION, "2026-12-22 10:00", "2026-12-30 10:00",
            id="over Christmas: the 25th and the weekend do not count, the 24th does",
        ),
        pytest.param(
            "normal", TargetName.FIRST_RESPONSE, "2026-12-24 11:00", "2026-12-28 11:00",
            id="on Christmas Eve, due after the holiday and the weekend",
        ),
        pytest.param(
            "normal", TargetName.FIRST_RESPONSE, "2027-03-05 10:00", "2027-03-08 10:00",
            id="a holiday that the team removed counts",
        ),
    ],
)  # fmt: skip
def test_a_target_is_due(
    policy: SupportPolicy, priority: str, target: TargetName, filed: str, due: str
) -> None:
    found = policy.due_at(priority, target, berlin(filed))

    assert found == berlin(due)
    assert found.tzinfo is UTC


def test_an_unknown_priority_has_no_targets(policy: SupportPolicy) -> None:
    with pytest.raises(KeyError, match="high"):
        policy.due_at("high", TargetName.RESOLUTION, berlin("2026-11-23 10:00"))


@pytest.mark.parametrize("priority", ["urgent", "normal"])
def test_a_moment_without_a_zone_is_refused(policy: SupportPolicy, priority: str) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        policy.due_at(priority, TargetName.FIRST_RESPONSE, datetime(2026, 11, 23, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("1% of first_response", ShareOfTarget(1, TargetName.FIRST_RESPONSE)),
        ("75 % of next_update", ShareOfTarget(75, TargetName.NEXT_UPDATE)),
        ("100% of resolution", ShareOfTarget(100, TargetName.RESOLUTION)),
        ("2 business hours overdue", Overdue(Target(2, TargetUnit.BUSINESS_HOUR))),
        ("1 hour overdue", Overdue(Target(1, TargetUnit.HOUR))),
    ],
)
def test_a_level_begins_by_share_of_a_target_or_by_lateness(text: str, trigger: object) -> None:
    assert parse_trigger(text) == trigger
    assert str(parse_trigger(text)) == text.replace(" %", "%")


@pytest.mark.parametrize(
    ("kind", "keep"),
    [
        (RecordKind.TICKETS, "24 months"),
        (RecordKind.ATTACHMENTS, "6 months"),
        (RecordKind.MAILS, "90 days"),
        (RecordKind.VOTES, "1 year"),
        (RecordKind.SEARCHES, "30 days"),
        (RecordKind.SUBSCRIPTIONS, "7 days"),
    ],
)
def test_each_kind_of_record_has_its_rule(
    policy: SupportPolicy, kind: RecordKind, keep: str
) -> None:
    assert str(policy.retention.keep(kind)) == keep
    assert policy.retention.rule_for(kind).counted_from.startswith("the day ")


@pytest.mark.parametrize(
    ("channel", "shown", "href"),
    [
        ("email", "support@example.com", "mailto:support@example.com"),
        ("chat", "https://www.example.com/chat", "https://www.example.com/chat"),
        ("phone", "+49 30 23125 000", "tel:+493023125000"),
    ],
)
def test_a_channel_is_shown_as_people_read_it_and_linked_as_programs_do(
    policy: SupportPolicy, channel: str, shown: str, href: str
) -> None:
    found = next(each for each in policy.channels if each.id == channel)

    assert (found.shown_as, found.href) == (shown, href)


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("+493023125000", "tel:+493023125000"),
        ("030 / 23125-000", "tel:03023125000"),
        ("(030) 23125-0", "tel:030231250"),
    ],
)
def test_a_telephone_number_is_taken_with_or_without_quotes(number: str, href: str) -> None:
    plain = parse_policy(POLICY.replace('"+49 30 23125 000"', number))
    quoted = parse_policy(POLICY.replace('"+49 30 23125 000"', f'"{number}"'))

    assert plain == quoted
    assert _phone(plain).href == href
    assert _phone(plain).shown_as == number


def _phone(policy: SupportPolicy) -> Channel:
    return next(each for each in policy.channels if each.kind is ChannelKind.PHONE)


def test_a_clause_may_show_braces_and_name_what_the_policy_says() -> None:
    text = POLICY.replace("Search first.", r"Search \{{ first }} until {{policy.effective}}.")

    assert "{{ first }}" in parse_policy(text).clauses.knowledge_base


def test_the_policy_is_published_in_the_form_of_its_file(policy: SupportPolicy) -> None:
    published = policy_type().dump_python(policy, mode="json", by_alias=True)

    office = published["calendars"]["office"]
    assert office["time_zone"] == "Europe/Berlin"
    assert office["hours"] == {
        "mon": "09:00-12:00, 13:00-18:00",
        "tue": "09:00-12:00, 13:00-18:00",
        "wed": "09:00-12:00, 13:00-18:00",
        "thu": "09:00-12:00, 13:00-18:00",
        "fri": "09:00-15:00",
        "sat": "closed",
        "sun": "closed",
    }
    assert office["holidays"]["dates"][0]["hours"] == "closed"
    assert office["holidays"]["add"][0]["hours"] == "09:00-12:00"
    assert office["holidays"]["remove"] == ["2027-03-08"]
    assert office["exceptions"] == [
        {
            "from": "2026-12-28",
            "until": "2026-12-30",
            "hours": "10:00-14:00",
            "reason": "Stocktaking",
        }
    ]
    assert published["calendars"]["always"]["hours"]["sun"] == "00:00-24:00"
    assert published["priorities"]["urgent"]["first_response"] == "30 minutes"
    assert published["escalation"][1]["after"] == "50% of resolution"
    assert published["notice"] == {"planned": "3 days", "major": "2 weeks"}
    assert published["retention"]["votes"]["keep"] == "1 year"


@pytest.mark.parametrize("path", [HERE / "sample_policy.yml", REPOSITORY / "policy.yml"])
def test_what_is_published_can_be_read_again_as_a_policy(path: Path) -> None:
    policy = load_policy(path)

    published = policy_type().dump_python(policy, mode="json", by_alias=True)

    assert parse_policy(json.dumps(published)) == policy
    assert schema_faults(policy_type().json_schema(), published) == []


@pytest.mark.parametrize("path", [HERE / "sample_policy.yml", REPOSITORY / "policy.yml"])
def test_a_right_policy_fits_its_schema(path: Path) -> None:
    assert schema_faults(policy_type().json_schema(), read_as_text(path)) == []


@pytest.mark.parametrize("path", [HERE / "sample_maintenance.yml", REPOSITORY / "maintenance.yml"])
def test_right_maintenance_windows_fit_their_schema(path: Path) -> None:
    assert schema_faults(maintenance_type().json_schema(), read_as_text(path)) == []


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        pytest.param([], {"langauge": "en"}, id="a wrong key at the top"),
        pytest.param(["priorities", "urgent"], {"lable": "x"}, id="a wrong key in a priority"),
        pytest.param(["calendars", "office"], {"zone": "UTC"}, id="a wrong key in a calendar"),
        pytest.param(["channels", 0], {"adress": "x"}, id="a wrong key in a channel"),
        pytest.param(["retention"], {"cookies": {}}, id="a wrong kind of record"),
        pytest.param(["priorities", "urgent"], {"resolution": "soon"}, id="a wrong target"),
        pytest.param(["notice"], {"planned": "3 business days"}, id="a wrong period"),
        pytest.param(["calendars", "office", "hours"], {"fri": "9-5"}, id="wrong hours"),
        pytest.param(["channels", 0], {"kind": "fax"}, id="a wrong kind of channel"),
        pytest.param(["escalation", 1], {"outside_hours": "maybe"}, id="a wrong flag"),
        pytest.param(["escalation", 1], {"after": "soon"}, id="a wrong trigger"),
        pytest.param(["escalation", 0], {"id": "First line"}, id="a wrong identifier"),
        pytest.param([], {"version": "1"}, id="a wrong version"),
    ],
)
def test_an_editor_marks_what_does_not_fit_the_schema(
    place: list[str | int], wrong: dict[str, object]
) -> None:
    document = read_as_text(HERE / "sample_policy.yml")
    inner = document
    for step in place:
        inner = inner[step]
    inner |= wrong

    faults = schema_faults(policy_type().json_schema(), document)

    assert len(faults) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("impakt", "outage"),
        ("impact", "total"),
        ("kind", "sudden"),
        ("start", "tomorrow"),
        ("id", "The Move"),
    ],
)
def test_an_editor_marks_what_does_not_fit_the_schema_of_windows(key: str, value: str) -> None:
    document = read_as_text(HERE / "sample_maintenance.yml")
    document["windows"][0] |= {key: value}

    assert len(schema_faults(maintenance_type().json_schema(), document)) == 1


def test_the_longest_promise_that_ends_within_ten_years_is_taken() -> None:
    text = POLICY.replace("5 business days", "2400 business days")

    policy = parse_policy(text)

    due = policy.due_at("normal", TargetName.RESOLUTION, berlin("2026-11-23 10:00"))
    assert due - berlin("2026-11-23 10:00") > timedelta(days=3_300)
