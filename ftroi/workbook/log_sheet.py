"""Writing the sheet Log: what was changed, when and by whom."""

from __future__ import annotations

from datetime import date

from ftroi.termsheet import serial
from ftroi.workbook import validation
from ftroi.workbook.book import Book
from ftroi.workbook.layout import LOG

HEADER_ROW = 3
HEADERS = ("Date", "What", "Was", "Is now", "By", "Why")
_WIDTHS = (14, 60, 22, 22, 24, 70)
_ROWS = 60
_HINT = "One row for each change that somebody should be able to trace: figures, formulas, options, the template."


def write_log(book: Book, today: date | None) -> None:
    """Write the sheet Log with its first entry; without a date where ``today`` is not told."""
    cells, style, template = book.sheet(LOG), book.styles.of, book.plan.template
    cells.set_row(0, 30)
    cells.write_string(0, 0, LOG, style("title"))
    cells.write_string(1, 0, _HINT, style("hint"))
    for column, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
        cells.write_string(HEADER_ROW, column, header, style("header"))
        cells.set_column(column, column, width)
    for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + _ROWS):
        for column in range(len(HEADERS)):
            cells.write_blank(row, column, None, style("input", "general" if column else "date"))
    first = HEADER_ROW + 1
    if today is not None:
        cells.write_number(first, 0, serial(today), style("input", "date"))
    made = f"Workbook made from the template {template.id} {template.version}"
    cells.write_string(first, 1, made, style("input"))
    rule = validation.between(1, 2_900_000, "Date", "The date of the change.")
    cells.data_validation(first, 0, HEADER_ROW + _ROWS, 0, rule)
    cells.freeze_panes(HEADER_ROW + 1, 0)
    cells.set_landscape()
    cells.set_paper(9)
    cells.repeat_rows(HEADER_ROW)
    cells.fit_to_pages(1, 0)
    cells.set_footer("&L&A&RPage &P of &N")
