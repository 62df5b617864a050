"""Writing the sheet Dashboard: the first page, and below it tables, index and what the charts are drawn from."""

from __future__ import annotations

from collections.abc import Mapping

from ftroi.workbook.book import Book
from ftroi.workbook.chart_data import write_chart_data
from ftroi.workbook.dashboard_break_evens import write_break_evens
from ftroi.workbook.dashboard_cards import write_cards
from ftroi.workbook.dashboard_charts import draw_charts
from ftroi.workbook.dashboard_gates import write_gate_grid
from ftroi.workbook.dashboard_index import write_index
from ftroi.workbook.dashboard_layout import HEIGHTS, LAST_COLUMN, NARROW, PAIRS, WIDE
from ftroi.workbook.dashboard_odds import write_odds
from ftroi.workbook.dashboard_panel import write_panel
from ftroi.workbook.dashboard_tables import write_tables
from ftroi.workbook.layout import DASHBOARD
from ftroi.workbook.printing import print_at_scale
from ftroi.workbook.verdict_bar import write_verdict

_SCALE = 58
"""The scale in percent at which the columns fill its width."""


def write_dashboard(book: Book, checks: Mapping[str, int]) -> None:
    """Write the sheet Dashboard, with the names of its two selectors and of the verdict.

    ``checks`` is how many checks are in each state.
    """
    _set_grid(book)
    write_verdict(book)
    write_panel(book, checks)
    write_cards(book)
    write_break_evens(book)
    write_odds(book)
    write_gate_grid(book)
    write_tables(book)
    write_index(book)
    write_chart_data(book)
    draw_charts(book)
    _set_page(book)


def _set_grid(book: Book) -> None:
    cells = book.sheet(DASHBOARD)
    for pair in range(PAIRS):
        cells.set_column_pixels(2 * pair, 2 * pair, WIDE)
        cells.set_column_pixels(2 * pair + 1, 2 * pair + 1, NARROW)
    for row, height in HEIGHTS.items():
        cells.set_row_pixels(row, height)


def _set_page(book: Book) -> None:
    cells = book.sheet(DASHBOARD)
    cells.hide_row_col_headers()
    layout = book.layout.dashboard
    print_at_scale(book, DASHBOARD, _SCALE, (layout.last_printed, LAST_COLUMN), [layout.second_page])
    cells.activate()
