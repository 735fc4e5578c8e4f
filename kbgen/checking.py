"""Judges a whole help centre: what is broken, and which rules it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from kbgen.checks import check_content, unknown_rules, with_severities
from kbgen.checks.changes import changed_without_version
from kbgen.git_history import changed_files, text_at
from kbgen.help_centre import HelpCentre
from kbgen.loading import load_what_is_right
from kbgen.site import Site, compose_site
from support_policy.diagnostics import Diagnostic, InvalidSources, sorted_by_place
from support_policy.files import read_text
from support_policy.yaml_file import unquoted_numbers


@dataclass(frozen=True, slots=True)
class Judgement:
    """The site, if the sources make one, and all that is wrong with them."""

    centre: HelpCentre | None
    site: Site | None
    diagnostics: tuple[Diagnostic, ...]


def judge(
    root: Path,
    now: datetime,
    *,
    changed_since: str | None = None,
    is_strict: bool = False,
    with_drafts: bool = False,
) -> Judgement:
    """Return the judgement of what lies under the root.

    With `changed_since`, only what concerns files that differ from that commit.
    """
    centre, faults = load_what_is_right(root, with_drafts=with_drafts)
    if centre is None:
        return Judgement(None, None, sorted_by_place(faults))
    found = [*faults, *unknown_rules(centre.settings), *check_content(centre, now)]
    policy_text = read_text(root / "policy.yml", shown_as="policy.yml")
    found += unquoted_numbers(policy_text, "policy.yml")
    site = None
    try:
        site = compose_site(centre.catalog, centre.policy, centre.calendar, centre.settings, now)
        found += site.diagnostics
    except InvalidSources as error:
        found += error.diagnostics
    if changed_since is not None:
        names = changed_files(root, changed_since)
        found += changed_without_version(
            centre.catalog, names, partial(text_at, root, changed_since)
        )
        found = [each for each in found if each.location.file in names]
    return Judgement(centre, site, with_severities(found, centre.settings, is_strict=is_strict))
