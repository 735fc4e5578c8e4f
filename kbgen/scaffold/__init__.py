"""New pages and maintenance windows, begun with everything that can be known already."""

from kbgen.scaffold.holiday_dates import with_dates
from kbgen.scaffold.pages import NewFile, new_page, next_id
from kbgen.scaffold.windows import with_window
from kbgen.scaffold.yaml_lists import quoted

__all__ = ["NewFile", "new_page", "next_id", "quoted", "with_dates", "with_window"]
