"""A whole help centre as a value, before any page is composed."""

from __future__ import annotations

from dataclasses import dataclass

from kbgen.model import Catalog
from kbgen.settings import Settings
from support_policy.maintenance_windows import MaintenanceCalendar
from support_policy.policy import SupportPolicy


@dataclass(frozen=True, slots=True)
class HelpCentre:
    """Everything that a site is composed from."""

    catalog: Catalog
    policy: SupportPolicy
    calendar: MaintenanceCalendar
    settings: Settings
