"""Writing the sheet Dashboard: what is shown, its headline figures, all options, and the way to every sheet."""

from __future__ import annotations

from ftroi.plan import CASES
from ftroi.workbook import compare_layout, validation
from ftroi.workbook.blocks import CASE, OPTION
from ftroi.workbook.book import Book, link_to
from ftroi.workbook.dashboard_layout import (
    COMPARED,
    FIRST_COLUMN,
    HEADLINES,
    LABEL,
    LINK,
    REFERENCE_VALUE,
    SELECTED,
    UNIT,
    DashboardLayout,
    SelectorRows,
)
from ftroi.workbook.grid import fixed, fixed_range, prefix
from ftroi.workbook.layout import ASSUMPTIONS, COMPARE, DASHBOARD
from ftroi.workbook.option_layout import VALUE
from ftroi.workbook.styles import number_of_line
