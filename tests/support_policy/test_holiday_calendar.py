"""Public holidays by region, and what a renewal of them changes."""

from __future__ import annotations

from datetime import date

import pytest

from support_policy.business_hours import Holiday, Holidays
from support_policy.holiday_calendar import (
    ChangeKind,
    HolidayChange,
    UnknownRegion,
    holiday_changes,
    known_regions,
    public_holidays,
)


def holiday(day: int, name: str) -> Holiday:
    return Holiday(date=date(2027, 12, day), name=name)


@pytest.mark.parametrize(
    ("region", "day", "name"),
    [
        pytest.param("DE-BE", date(2027, 3, 8), "Women's Day", id="only in Berlin"),
        pytest.param("FR", date(2027, 7, 14), "National Day", id="a whole country"),
        pytest.param("US-CA", date(2027, 3, 31), "Cesar Chavez Day", id="only in California"),
        pytest.param("GB-ENG", date(2027, 8, 30), "Late Summer Bank Holiday", id="England"),
    ],
)
def test_a_region_has_its_own_holidays_with_english_names(
    region: str, day: date, name: str
) -> None:
    holidays = {each.date: each.name for each in public_holidays(region, [2027])}

    assert holidays[day] == name


def test_holidays_come_by_date_once_each_and_for_the_years_asked() -> None:
    holidays = public_holidays("DE-BE", range(2026, 2029))

    days = [each.date for each in holidays]
    assert days == sorted(set(days))
    assert {day.year for day in days} == {2026, 2027, 2028}
    assert Holidays(region="DE-BE", dates=holidays).in_force == holidays


def test_a_country_whose_holidays_have_names_in_one_language_keeps_them() -> None:
    names = [each.name for each in public_holidays("NZ", [2027])]

    assert "Waitangi Day" in names


@pytest.mark.parametrize(
    ("region", "fix"),
    [
        pytest.param("de-be", "did you mean `DE-BE`?", id="small letters"),
        pytest.param("GB_ENG", "did you mean `GB-ENG`?", id="underscore"),
        pytest.param("UK", "did you mean `GB`?", id="another code"),
        pytest.param("Germany", "did you mean `DE`?", id="a name"),
        pytest.param("United States-CA", "did you mean `US-CA`?", id="a name and a part"),
        pytest.param("FR-", "did you mean `FR`?", id="a hyphen too many"),
        pytest.param("GB-London", "one of `GB-ENG`, `GB-NIR`, `GB-SCT`, `GB-WLS`", id="no part"),
        pytest.param("MC-X", "write `MC`", id="no parts at all"),
        pytest.param("Atlantis", "such as `FR`", id="no country"),
        pytest.param("", "such as `FR`", id="nothing"),
    ],
)
def test_an_unknown_region_is_refused_with_the_one_that_was_meant(region: str, fix: str) -> None:
    with pytest.raises(UnknownRegion) as caught:
        public_holidays(region, [2027])

    assert caught.value.region == region
    assert fix in caught.value.fix


def test_the_known_regions_are_countries_and_their_parts() -> None:
    assert {"DE", "DE-BE", "US-CA", "GB-ENG", "FR"} <= set(known_regions())
    assert "UK" not in known_regions()


def test_changes_are_told_by_date() -> None:
    old = [holiday(24, "Christmas Eve"), holiday(25, "Christmas"), holiday(26, "Boxing Day")]
    new = [holiday(27, "Boxing Day"), holiday(25, "Christmas Day"), holiday(24, "Christmas Eve")]

    changes = holiday_changes(old, new)

    assert changes == (
        HolidayChange(
            kind=ChangeKind.RENAMED,
            date=date(2027, 12, 25),
            old_name="Christmas",
            new_name="Christmas Day",
        ),
        HolidayChange(kind=ChangeKind.REMOVED, date=date(2027, 12, 26), old_name="Boxing Day"),
        HolidayChange(kind=ChangeKind.ADDED, date=date(2027, 12, 27), new_name="Boxing Day"),
    )


def test_equal_holidays_have_no_changes() -> None:
    berlin = public_holidays("DE-BE", [2027])

    assert holiday_changes(berlin, reversed(berlin)) == ()
