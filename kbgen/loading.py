"""Reads a whole help centre from its folder: content, policy, maintenance and settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kbgen.catalog import build_catalog
from kbgen.help_centre import HelpCentre
from kbgen.settings import Settings, parse_settings
from kbgen.sources import read_sources
from support_policy.diagnostics import Diagnostic, InvalidSources
from support_policy.files import read_text
from support_policy.maintenance_windows import MaintenanceCalendar, parse_windows
from support_policy.policy import SupportPolicy
from support_policy.policy_rules import parse_policy

T = TypeVar("T")


def load_help_centre(root: Path) -> HelpCentre:
    """Return what lies under the root; raises `InvalidSources` with all that makes it unusable."""
    centre, diagnostics = load_what_is_right(root)
    if centre is None or diagnostics:
        raise InvalidSources(diagnostics)
    return centre


def load_what_is_right(
    root: Path, *, with_drafts: bool = False
) -> tuple[HelpCentre | None, tuple[Diagnostic, ...]]:
    """Return what can be used, and what is wrong with the rest; None without a usable policy."""
    diagnostics: list[Diagnostic] = []
    settings = _kept(lambda: _settings(root), diagnostics)
    policy = _kept(lambda: _policy(root), diagnostics)
    calendar = _kept(lambda: _calendar(root, policy), diagnostics)
    catalog, faults = build_catalog(read_sources(root), with_drafts=with_drafts)
    diagnostics += faults
    if settings is None or policy is None or calendar is None:
        return None, tuple(diagnostics)
    return HelpCentre(catalog, policy, calendar, settings), tuple(diagnostics)


def _kept(load: Callable[[], T], diagnostics: list[Diagnostic]) -> T | None:
    try:
        return load()
    except InvalidSources as error:
        diagnostics += error.diagnostics
        return None


def _settings(root: Path) -> Settings:
    return parse_settings(read_text(root / "mkdocs.yml", shown_as="mkdocs.yml"))


def _policy(root: Path) -> SupportPolicy:
    return parse_policy(read_text(root / "policy.yml", shown_as="policy.yml"))


def _calendar(root: Path, policy: SupportPolicy | None) -> MaintenanceCalendar:
    text = read_text(root / "maintenance.yml", shown_as="maintenance.yml")
    return parse_windows(text, notice=policy.notice if policy else None)
