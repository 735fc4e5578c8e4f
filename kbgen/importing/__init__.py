"""Imports an existing folder of Markdown: addresses, titles, links and redirects are kept.

`import_folder` says what would be written, `write_files` writes all of it or nothing.
"""

from kbgen.importing.folder import Folder, import_folder, read_folder, write_files
from kbgen.importing.pages import Import, NewFile, import_pages
from kbgen.importing.rules import RULES

__all__ = [
    "RULES",
    "Folder",
    "Import",
    "NewFile",
    "import_folder",
    "import_pages",
    "read_folder",
    "write_files",
]
