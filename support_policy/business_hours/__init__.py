"""Business hours with holidays, exceptions and clock changes, as both programs use them."""

from support_policy.business_hours.dated_hours import ExceptionalHours, Holiday, Holidays
from support_policy.business_hours.hours import (
    HORIZON,
    BusinessHours,
    DayHours,
    HoursSource,
    NeverOpens,
)
from support_policy.business_hours.intervals import Interval
from support_policy.business_hours.time_zone import TimeZone

__all__ = [
    "HORIZON",
    "BusinessHours",
    "DayHours",
    "ExceptionalHours",
    "Holiday",
    "Holidays",
    "HoursSource",
    "Interval",
    "NeverOpens",
    "TimeZone",
]
