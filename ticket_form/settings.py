"""How one installation runs: flags before environment before defaults, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the desk needs to know to run."""

    policy: Path
    site: Path | None = None
    """The built site to serve at `/`; in production a web server does that."""


def read_settings(environment: Mapping[str, str], *, site: Path | None = None) -> Settings:
    """Return the settings; a flag goes before `TICKET_FORM_POLICY`."""
    return Settings(policy=Path(environment.get("TICKET_FORM_POLICY", "policy.yml")), site=site)
