"""JSON Schemas of the files people write, so that editors complete and check them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kbgen.front_matter import ArticleFields, FaqFields, TutorialFields, fields_type
from support_policy.maintenance_windows import maintenance_type
from support_policy.policy_rules import policy_type

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def compose_schemas() -> Mapping[str, Mapping[str, Any]]:
    """Return file name -> schema, for policy.yml, maintenance.yml and the kinds of page."""
    kinds = {"article": ArticleFields, "faq": FaqFields, "tutorial": TutorialFields}
    schemas = {
        "policy.schema.json": ("Support policy", policy_type().json_schema()),
        "maintenance.schema.json": ("Maintenance windows", maintenance_type().json_schema()),
    }
    for name, fields in kinds.items():
        title = f"Head of a page: {name}"
        schemas[f"{name}.schema.json"] = (title, fields_type(fields).json_schema())
    return {
        name: {"$schema": _DIALECT, **schema, "title": title}
        for name, (title, schema) in schemas.items()
    }
