"""The Markdown that writers can use: extensions and their options, the same in every engine."""

from __future__ import annotations

from collections.abc import Mapping

EXTENSIONS: Mapping[str, Mapping[str, object]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True, "permalink_title": "Link to this section"},
    "pymdownx.details": {},
    "pymdownx.highlight": {"anchor_linenums": False, "linenums_style": "pymdownx-inline"},
    "pymdownx.inlinehilite": {},
    "pymdownx.keys": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": False},
}
