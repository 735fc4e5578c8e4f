"""What an import can say about a source, each rule with its weight, its why and its fix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from support_policy.diagnostics import Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of a diagnostic that are the same wherever its rule speaks."""

    severity: Severity
    why: str
    fix: str


RULES: Mapping[str, Words] = {
    "import-front-matter": Words(
        Severity.ERROR,
        "title and address stand there, so the page was left out; the others were imported",
        "put `---`, lines of `key: value`, and `---` at the top of the file",
    ),
    "import-unreadable": Words(
        Severity.ERROR,
        "what stands in it would be missing without a word",
        "check the file's rights and the disk, and import again",
    ),
    "import-nothing": Words(
        Severity.ERROR,
        "an import takes files that end in .md or .markdown",
        "check the folder and the language",
    ),
    "import-clash": Words(
        Severity.ERROR,
        "one of the two would silently replace the other, so nothing can be written",
        "rename one of them, and the links to it",
    ),
    "import-file-exists": Words(
        Severity.ERROR,
        "an import never replaces what somebody wrote, so nothing at all was written",
        "move or remove the file, or give the import another `--category`",
    ),
    "import-not-written": Words(
        Severity.ERROR,
        "half an import would be hard to tell from a whole one, so nothing at all was written",
        "check the folder's rights and the disk, and import again",
    ),
    "import-skipped": Words(
        Severity.WARNING,
        "an import takes only regular files of a sensible size that lie in the folder",
        "put a copy of it into the folder, made smaller where that is the reason",
    ),
    "hidden-files": Words(
        Severity.NOTICE,
        "names that begin with a point belong to programs",
        "nothing, unless a page is among them: rename it",
    ),
    "link-outside-import": Words(
        Severity.WARNING,
        "the page it leads to was not imported; the link was kept as it stands",
        "import that page too, point the link at a page of this site, or give `--site-url`",
    ),
    "image-outside-import": Words(
        Severity.WARNING,
        "readers would see a gap; the address was kept as it stands",
        "put the file beside the page and write the way to it",
    ),
    "image-elsewhere": Words(
        Severity.WARNING,
        "whoever opens the page also calls that host, and this site promises no such call",
        "put a copy beside the page and write the way to it",
    ),
    "liquid-tag": Words(
        Severity.WARNING,
        "only the old site could fill it in; it is shown to readers as it stands",
        "replace it by what it stood for",
    ),
    "lists-joined": Words(
        Severity.WARNING,
        "the old site told them apart by their icons; in Markdown they are one list",
        "write a sentence between them that says what the second list is",
    ),
    "address-taken": Words(
        Severity.WARNING,
        "two pages cannot have one address; this one got the address of its place",
        "give it an `address` that no other page has",
    ),
    "address-changed": Words(
        Severity.WARNING,
        "addresses of this site begin and end with `/` and hold no spaces",
        "check that nobody depends on the exact old address",
    ),
    "redirect-taken": Words(
        Severity.WARNING,
        "an old address can lead to one page only; it was left out here",
        "decide which page it should lead to, and add it to `redirect_from` there",
    ),
    "redirect-unusable": Words(
        Severity.WARNING,
        "a redirect is an old address of this site, from the first slash to the last",
        "add the old path to `redirect_from`, for example /help/old-name/",
    ),
    "dropped-keys": Words(
        Severity.NOTICE,
        "they mean nothing to this site",
        "nothing, unless the body should say what they said",
    ),
    "dropped-attributes": Words(
        Severity.NOTICE,
        "they say how things looked on the old site",
        "nothing, unless the look carried a meaning",
    ),
    "dropped-comment": Words(
        Severity.NOTICE,
        "the old site did not show it to readers",
        "nothing, unless writers need it: put it into the page again",
    ),
    "dropped-query": Words(
        Severity.NOTICE,
        "a link between pages is the way to the other file, which has no query",
        "nothing, unless the old page did something with it",
    ),
    "include-became-list": Words(
        Severity.NOTICE,
        "the list is content, the look of the old site is not",
        "say in the text what the icons said",
    ),
    "include-became-note": Words(
        Severity.NOTICE,
        "the words are content, the look of the old site is not",
        "nothing; look at the kind of note once",
    ),
    "headings-lowered": Words(
        Severity.NOTICE,
        "the title is the only heading of the first level; the levels below followed",
        "nothing; look at the outline once",
    ),
    "html-needs-script": Words(
        Severity.NOTICE,
        "the HTML was kept and its words are shown, but the scripts of the old site are not here",
        "write it as plain Markdown",
    ),
    "page-renamed": Words(
        Severity.NOTICE,
        "two files cannot have one name, and an index describes its category here",
        "nothing, or rename the file before you commit it",
    ),
    "other-languages": Words(
        Severity.NOTICE,
        "an import takes one language",
        "nothing; import them into a site of their own",
    ),
    "several-languages": Words(
        Severity.NOTICE,
        "without a language, the same page is imported once for each",
        "give `--language` to take one",
    ),
    "files-left-out": Words(
        Severity.NOTICE,
        "they are neither Markdown nor shown by a page that was imported",
        "nothing, unless the site needs them",
    ),
    "category-described": Words(
        Severity.NOTICE,
        "each category has an index.md with its title; this one was made from its name",
        "write the title that readers know, and a summary",
    ),
}


def tell(rule: str, place: Location, what: str) -> Diagnostic:
    """Return the diagnostic of a rule at a place."""
    words = RULES[rule]
    return Diagnostic(place, rule, what, words.why, words.fix, words.severity)
