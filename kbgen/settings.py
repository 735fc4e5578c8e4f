"""How one site runs: what mkdocs.yml says, read once into a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from support_policy.diagnostics import InvalidSources, Location, Severity
from support_policy.identifiers import Line, WebAddress
from support_policy.yaml_file import STRICT, Finding, findings_of, read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of the plugin `kbgen` in mkdocs.yml."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    edit_url: WebAddress | None = None
    """Where a page can be edited; `{path}` stands for the source's path."""
    checks: Annotated[Mapping[str, Line], BeforeValidator(lambda value: value or {})] = field(
        default_factory=dict
    )
    """Rule -> error, warning, notice or off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the site needs to know beside its content and the policy."""

    site_name: str
    site_url: str | None = None
    site_dir: str = "site"
    """Where the built site goes, relative to the root."""
    edit_url: str | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity by rule where the site sets one; None turns the rule off."""
    severity_places: Mapping[str, Location] = field(default_factory=dict)
    """Where mkdocs.yml sets the severity of a rule."""


@cache
def _options_type() -> TypeAdapter[Options]:
    return TypeAdapter(Options)


@cache
def _address_type() -> TypeAdapter[str]:
    return TypeAdapter(WebAddress)


def parse_settings(text: str, file: str = "mkdocs.yml") -> Settings:
    """Return the settings; raises `InvalidSources` with every mistake at its place.

    What MkDocs and other plugins read from the file is left to them.
    """
    document = read_document(text, file, is_shared=True)
    found: list[Finding] = []
    value: Mapping[str, Any] = document.value if isinstance(document.value, dict) else {}
    path, given = _plugin_options(value.get("plugins"))
    options = Options()
    try:
        options = _options_type().validate_python(given or {})
    except ValidationError as error:
        found += [_under(path, finding) for finding in findings_of(error, _options_type())]
    severities = dict(_severities(options.checks, path, found))
    site_url = value.get("site_url") or None
    if site_url is not None:
        try:
            _address_type().validate_python(site_url)
        except ValidationError as error:
            found += [_under(("site_url",), each) for each in findings_of(error, _address_type())]
    if not isinstance(value.get("site_name"), str):
        found.append(
            Finding(
                ("site_name",),
                "missing-key",
                "`site_name` is missing",
                "it is the name in every page's title",
                "add `site_name: …`",
            )
        )
    if value.get("docs_dir") not in (None, "docs", "docs/"):
        found.append(
            Finding(
                ("docs_dir",),
                "unknown-value",
                "the folder of pages is `docs`",
                "pages in another folder would be missing from the site",
                "rename the folder to `docs`, and remove this line",
            )
        )
    if found:
        raise InvalidSources(document.diagnostic(finding) for finding in found)
    site_dir = value.get("site_dir")
    return Settings(
        site_name=value["site_name"],
        site_url=site_url,
        site_dir=site_dir if isinstance(site_dir, str) else "site",
        edit_url=options.edit_url,
        severities=severities,
        severity_places={
            rule: document.key_location((*path, "checks", rule)) for rule in severities
        },
    )


def _plugin_options(plugins: object) -> tuple[tuple[str | int, ...], object]:
    if isinstance(plugins, dict):
        return ("plugins", "kbgen"), plugins.get("kbgen")
    for index, plugin in enumerate(plugins if isinstance(plugins, list) else ()):
        if isinstance(plugin, dict) and "kbgen" in plugin:
            return ("plugins", index, "kbgen"), plugin["kbgen"]
    return ("plugins",), None


def _severities(
    checks: Mapping[str, str], path: tuple[str | int, ...], found: list[Finding]
) -> list[tuple[str, Severity | None]]:
    severities: list[tuple[str, Severity | None]] = []
    for rule, name in checks.items():
        if name == "off":
            severities.append((rule, None))
        elif name in set(Severity):
            severities.append((rule, Severity(name)))
        else:
            found.append(
                Finding(
                    (*path, "checks", rule),
                    "unknown-value",
                    f"`{name}` is not a severity",
                    "it decides whether the rule fails the check",
                    "use error, warning, notice or off",
                )
            )
    return severities


def _under(path: tuple[str | int, ...], finding: Finding) -> Finding:
    return Finding((*path, *finding.path), finding.rule, finding.what, finding.why, finding.fix)
