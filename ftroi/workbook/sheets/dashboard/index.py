"""Writing the index of the workbook's sheets on the Dashboard."""

from __future__ import annotations

from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.dashboard import LABEL, TOLD
from ftroi.workbook.layout.workbook import DASHBOARD


def write_index(book: Book) -> None:
    """Write a link to every sheet, with what stands there."""
    cells, style, rows = book.sheet(DASHBOARD), book.styles.of, book.layout.dashboard.sheets
    cells.write_string(min(rows.values()) - 2, LABEL, "Sheets", style("block"))
    for sheet, row in rows.items():
        cells.write_url(row, LABEL, link_to(sheet), style("jump"), sheet)
        cells.write_string(row, TOLD, book.layout.about[sheet], style("grey"))
