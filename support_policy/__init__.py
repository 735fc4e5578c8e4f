"""What is promised: hours, targets, levels, notice, retention and maintenance windows.

Both programs import this package and it imports neither of them.
"""

from support_policy.business_hours import BusinessHours, Interval, NeverOpens
from support_policy.diagnostics import Diagnostic, InvalidSources, Location, Severity
from support_policy.files import load_policy, load_windows
from support_policy.maintenance_windows import MaintenanceWindow
from support_policy.policy import SupportPolicy

__all__ = [
    "BusinessHours",
    "Diagnostic",
    "Interval",
    "InvalidSources",
    "Location",
    "MaintenanceWindow",
    "NeverOpens",
    "Severity",
    "SupportPolicy",
    "load_policy",
    "load_windows",
]
