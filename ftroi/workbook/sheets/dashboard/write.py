"""Writing the sheet Dashboard: the first page, and below it tables, index and what the charts are drawn from."""

from __future__ import annotations

from ftroi.workbook.context import Book
from ftroi.workbook.layout.dashboard import HEIGHTS, LAST_CHARTS_HEIGHT, LAST_COLUMN, NARROW, PAIRS, PRINTED_SCALE, WIDE
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.printing import print_at_scale
from ftroi.workbook.sheets.dashboard.break_evens import write_break_evens
from ftroi.workbook.sheets.dashboard.cards import write_cards
from ftroi.workbook.sheets.dashboard.chart_data import write_chart_data
from ftroi.workbook.sheets.dashboard.charts import draw_charts
from ftroi.workbook.sheets.dashboard.gates_at_a_glance import write_gate_grid
from ftroi.workbook.sheets.dashboard.index import write_index
from ftroi.workbook.sheets.dashboard.odds import write_odds
from ftroi.workbook.sheets.dashboard.panel import write_panel
from ftroi.workbook.sheets.dashboard.promised import write_promised
from ftroi.workbook.sheets.dashboard.tables import write_tables
from ftroi.workbook.sheets.dashboard.verdict_bar import write_verdict
from ftroi.workbook.sheets.guard import write_guard


def write_dashboard(book: Book) -> None:
    """Write the sheet Dashboard, with the names of its two selectors and of the verdict.

    The book has counted the checks by then.
    """
    _set_grid(book)
    write_panel(book)
    write_cards(book)
    write_break_evens(book)
    write_odds(book)
    write_gate_grid(book)
    write_tables(book)
    write_promised(book)
    write_index(book)
    write_chart_data(book)
    draw_charts(book)
    write_guard(book, DASHBOARD)
    write_verdict(book)  # it tells what the guards have found, and so none of them asks for it
    _set_page(book)


def _set_grid(book: Book) -> None:
    cells = book.sheet(DASHBOARD)
    for pair in range(PAIRS):
        cells.set_column_pixels(2 * pair, 2 * pair, WIDE)
        cells.set_column_pixels(2 * pair + 1, 2 * pair + 1, NARROW)
    for row, height in {**HEIGHTS, book.layout.dashboard.last_charts: LAST_CHARTS_HEIGHT}.items():
        cells.set_row_pixels(row, height)


def _set_page(book: Book) -> None:
    cells = book.sheet(DASHBOARD)
    cells.around.sheet_view.showRowColHeaders = False
    layout = book.layout.dashboard
    pages = [layout.second_page, layout.third_page]
    print_at_scale(book, DASHBOARD, PRINTED_SCALE, (layout.last_printed, LAST_COLUMN), pages)
