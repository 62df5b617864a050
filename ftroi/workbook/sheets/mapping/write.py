"""Writing the sheet Mapping: rules in their order and, right of them, which column of own bills holds what.

People may change both; below each stand free rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from ftroi.plan.billed import Mapped
from ftroi.workbook.context import Book
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.schema import BILL_COLUMN_HEADERS, BILL_COLUMNS, MAPPING, MAPPING_HEADERS, MAPPING_SHEET

HEADER_ROW = 3
OWN_BILLS = len(MAPPING_HEADERS) + 1
"""The first column of the table of what stands in which column of bills of one's own."""

_FREE_ROWS = 30
_WIDTHS = (26, 34, 60, 14, 18, 16, 14, 18, 26, 20, 70, 3, 18, 18, 60)
_OWN_BILLS = (
    "Tables of your own, as --mapping described them: which column holds what. The next 'ftroi actuals' reads them by "
    "what stands here; docs/tracking.md has the entries."
)
_HINT = (
    "From the top, the first rule whose patterns all fit decides; the next 'ftroi actuals --write' uses them. A "
    "pattern is a regular expression; an empty one fits anything."
)


def write_mapping(book: Book) -> None:
    """Write the sheet Mapping of a plan with rules."""
    if book.plan.actuals is None:
        return
    cells, style, actuals = book.sheet(MAPPING_SHEET), book.styles.of, book.plan.actuals
    cells.set_row(0, 30)
    cells.write_string(0, 0, MAPPING_SHEET, style("title"))
    cells.write_string(1, 0, _HINT, style("hint"))
    for column, width in enumerate(_WIDTHS):
        cells.set_column(column, column, width)
    entries = [(one.bill, one.entry, one.value) for one in actuals.mappings]
    rules = [_texts(rule) for rule in actuals.rules]
    last = _write_table(book, 0, MAPPING_HEADERS, rules)
    book.name_area(MAPPING, MAPPING_SHEET, (HEADER_ROW, 0), last, "The rules that bills are read by")
    cells.write_string(HEADER_ROW - 1, OWN_BILLS, _OWN_BILLS, style("hint"))
    corner = _write_table(book, OWN_BILLS, BILL_COLUMN_HEADERS, entries)
    about = "What stands in which column of bills of one's own"
    book.name_area(BILL_COLUMNS, MAPPING_SHEET, (HEADER_ROW, OWN_BILLS), corner, about)
    cells.freeze_panes(HEADER_ROW + 1, 1)
    cells.repeat_rows(HEADER_ROW)
    print_on_one_width(book, MAPPING_SHEET, A3, (max(last[0], corner[0]), corner[1]))


def _write_table(book: Book, first: int, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Write a table of texts from a column on, with free rows below it, and give its last cell."""
    cells, style = book.sheet(MAPPING_SHEET), book.styles.of
    for column, text in enumerate(headers, start=first):
        cells.write_string(HEADER_ROW, column, text, style("header"))
    last = HEADER_ROW + len(rows) + _FREE_ROWS
    for row in range(HEADER_ROW + 1, last + 1):
        place = row - HEADER_ROW - 1
        texts = rows[place] if place < len(rows) else ("",) * len(headers)
        for column, text in enumerate(texts, start=first):
            if text:
                cells.write_text(row, column, text, style("input"))
            else:
                cells.write_blank(row, column, None, style("input"))
    return last, first + len(headers) - 1


def _texts(rule: Mapped) -> tuple[str, ...]:
    own = {"rule": rule.name, "category": rule.category, "option": rule.option, "note": rule.note}
    return tuple({**rule.patterns, **own}.get(header, "") for header in MAPPING_HEADERS)
