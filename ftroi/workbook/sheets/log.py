"""Writing the sheet Log: what was changed, when and by whom."""

from __future__ import annotations

from ftroi.plan import LogEntry
from ftroi.workbook.context import Book
from ftroi.workbook.layout.workbook import LOG
from ftroi.workbook.printing import A4, print_on_one_width
from ftroi.workbook.schema import LOG_HEADERS
from ftroi.workbook.xlsx import validation

HEADER_ROW = 3
_WIDTHS = (14, 60, 22, 22, 24, 70)
_FREE_ROWS = 34
_HINT = "One row for each change that somebody should be able to trace: figures, formulas, options, the template."


def write_log(book: Book) -> None:
    """Write the plan's log, or the first entry of one that has none, with free rows below.

    The first entry bears no date where the day is not told.
    """
    cells, style, template = book.sheet(LOG), book.styles.of, book.plan.template
    cells.set_row(0, 30)
    cells.write_string(0, 0, LOG, style("title"))
    cells.write_string(1, 0, _HINT, style("hint"))
    for column, (header, width) in enumerate(zip(LOG_HEADERS, _WIDTHS, strict=True)):
        cells.write_string(HEADER_ROW, column, header, style("header"))
        cells.set_column(column, column, width)
    made = LogEntry(book.today, f"Workbook made from the template {template.id} {template.version}", by="ftroi new")
    entries = book.plan.log or (made,)
    last = HEADER_ROW + len(entries) + _FREE_ROWS
    for row, entry in enumerate(entries, start=HEADER_ROW + 1):
        _write_entry(book, row, entry)
    for row in range(HEADER_ROW + 1 + len(entries), last + 1):
        for column in range(len(LOG_HEADERS)):
            cells.write_blank(row, column, None, style("input", "general" if column else "date"))
    rule = validation.between(1, 2_900_000, "Date", "The date of the change.")
    cells.data_validation(HEADER_ROW + 1, 0, last, 0, rule)
    cells.freeze_panes(HEADER_ROW + 1, 0)
    cells.repeat_rows(HEADER_ROW)
    print_on_one_width(book, LOG, A4, (last, len(LOG_HEADERS) - 1))


def _write_entry(book: Book, row: int, entry: LogEntry) -> None:
    cells, style = book.sheet(LOG), book.styles.of
    cells.write_day(row, 0, entry.day, style("input", "date"))
    for column, value in enumerate((entry.what, entry.was, entry.now, entry.by, entry.why), start=1):
        if isinstance(value, str):
            cells.write_text(row, column, value, style("input"))
        else:
            cells.write_number(row, column, value, style("input", "general"))
