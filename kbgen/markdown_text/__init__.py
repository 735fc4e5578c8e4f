"""Markdown as text: where its headings, links and names stand, code left out."""

from kbgen.markdown_text.code import without_code
from kbgen.markdown_text.edits import Edit, edited, line_starts, place_of
from kbgen.markdown_text.headings import Heading, anchors, heading_edits, headings
from kbgen.markdown_text.links import Link, links
from kbgen.markdown_text.names import Name, names
from kbgen.markdown_text.strain import LONGEST_LINE, Strain, strain
from kbgen.markdown_text.words import plain_text, slug

__all__ = [
    "LONGEST_LINE",
    "Edit",
    "Heading",
    "Link",
    "Name",
    "Strain",
    "anchors",
    "edited",
    "heading_edits",
    "headings",
    "line_starts",
    "links",
    "names",
    "place_of",
    "plain_text",
    "slug",
    "strain",
    "without_code",
]
