"""HTML that only the scripts of the old site could bring to life."""

from __future__ import annotations

import re

from kbgen.importing.body import Body, Changes
from kbgen.importing.rules import tell

_TAG = re.compile(
    r"<(?P<tag>button|form|iframe|input|noscript|object|script|select|textarea)\b", re.IGNORECASE
)


def script_changes(body: Body) -> Changes:
    """Return no edit, and one notice that names the elements that do nothing here."""
    found = [tag for tag in _TAG.finditer(body.text) if not body.is_code(tag.start())]
    if not found:
        return Changes()
    names = ", ".join(f"`<{name}>`" for name in dict.fromkeys(tag["tag"].lower() for tag in found))
    what = f"the HTML holds {names}"
    return Changes((), (tell("html-needs-script", body.place(found[0].start()), what),))
