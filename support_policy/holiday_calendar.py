"""Public holidays by region, to be frozen in policy.yml, and what a renewal would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from holidays import country_holidays, list_supported_countries
from holidays.registry import COUNTRIES

from support_policy.business_hours import Holiday
from support_policy.diagnostics import did_you_mean


class UnknownRegion(Exception):
    """`region` is no country or part of one whose holidays are known; `fix` says what to do."""

    def __init__(self, region: str, fix: str) -> None:
        self.region = region
        self.fix = fix
        super().__init__(f"`{region}` is not a region with known holidays: {fix}")


class ChangeKind(StrEnum):
    """What happened to a holiday; one that moved was removed on one date, added on another."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayChange:
    """One difference between two lists of holidays, on one date."""

    kind: ChangeKind
    date: date
    old_name: str = ""
    new_name: str = ""


def public_holidays(region: str, years: Iterable[int]) -> tuple[Holiday, ...]:
    """Return the public holidays of a region such as `DE-BE` or `FR`, by date.

    Names are English where the library has them, otherwise in the language of the country.
    """
    if region not in known_regions():
        raise UnknownRegion(region, _region_fix(region))
    country, _, part = region.partition("-")
    wanted = tuple(years)
    found = country_holidays(country, subdiv=part or None, years=wanted)
    language = _english_of(found.default_language, found.supported_languages)
    if language not in (None, found.default_language):
        found = country_holidays(country, subdiv=part or None, years=wanted, language=language)
    return tuple(Holiday(date=day, name=name) for day, name in sorted(found.items()))


def known_regions() -> tuple[str, ...]:
    """Return every country, and every part of one, whose holidays are known."""
    countries = list_supported_countries(include_aliases=False)
    return tuple(
        region
        for country, parts in countries.items()
        for region in (country, *(f"{country}-{part}" for part in parts))
    )


def holiday_changes(old: Iterable[Holiday], new: Iterable[Holiday]) -> tuple[HolidayChange, ...]:
    """Return by date what would change if `new` replaced `old`; hours do not count."""
    old_names = {holiday.date: holiday.name for holiday in old}
    new_names = {holiday.date: holiday.name for holiday in new}
    return tuple(
        HolidayChange(
            kind=_kind(before, after), date=day, old_name=before or "", new_name=after or ""
        )
        for day in sorted(old_names | new_names)
        if (before := old_names.get(day)) != (after := new_names.get(day))
    )


def _kind(before: str | None, after: str | None) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if after is None else ChangeKind.RENAMED


def _english_of(default: str | None, supported: Iterable[str]) -> str | None:
    english = sorted(language for language in supported if language.startswith("en"))
    if default is not None and default.startswith("en"):
        return default
    return "en_US" if "en_US" in english else next(iter(english), None)


def _region_fix(region: str) -> str:
    name, _, part = region.strip().replace("_", "-").partition("-")
    country = _country_code(name)
    if country is None:
        guess = did_you_mean(region, known_regions())
        if guess is not None:
            return f"did you mean `{guess}`?"
        return "write a country such as `FR`, or a part of one such as `DE-BE`"
    parts = {each.casefold(): each for each in _parts_of(country)}
    if not part or part.casefold() in parts:
        return f"did you mean `{'-'.join(filter(None, (country, parts.get(part.casefold()))))}`?"
    if not parts:
        return f"write `{country}`: no parts of it are known"
    shown = ", ".join(f"`{country}-{each}`" for each in parts.values())
    return f"write `{country}` alone, or one of {shown}"


def _country_code(name: str) -> str | None:
    """Return the two letters for a country's name, or for another code of it: `UK`, `DEU`."""
    wanted = name.replace(" ", "").casefold()
    for names in COUNTRIES.values():
        if wanted in (each.casefold() for each in names):
            return names[1]
    return None


def _parts_of(country: str) -> Iterable[str]:
    return list_supported_countries(include_aliases=False).get(country, ())
