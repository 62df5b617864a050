"""Writing the sheet Mapping: rules in their order, and which column of own bills holds what, for people to change.

Below each table stand free rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from ftroi.plan.billed import Mapped
from ftroi.workbook.context import Book
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.schema import BILL_COLUMN_HEADERS, BILL_COLUMNS, MAPPING, MAPPING_HEADERS, MAPPING_SHEET

HEADER_ROW = 3
_FREE_ROWS = 30
_WIDTHS = (26, 34, 60, 14, 18, 16, 14, 18, 26, 20, 70)
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
    rules = [_texts(rule) for rule in actuals.rules]
    last = _write_table(book, HEADER_ROW, MAPPING_HEADERS, rules)
    book.name_area(
        MAPPING, MAPPING_SHEET, (HEADER_ROW, 0), (last, len(MAPPING_HEADERS) - 1), "The rules that bills are read by"
    )
    cells.write_string(last + 2, 0, _OWN_BILLS, style("hint"))
    entries = [(one.bill, one.entry, one.value) for one in actuals.mappings]
    header = last + 3
    last = _write_table(book, header, BILL_COLUMN_HEADERS, entries)
    about = "What stands in which column of bills of one's own"
    book.name_area(BILL_COLUMNS, MAPPING_SHEET, (header, 0), (last, len(BILL_COLUMN_HEADERS) - 1), about)
    cells.freeze_panes(HEADER_ROW + 1, 1)
    cells.repeat_rows(HEADER_ROW)
    print_on_one_width(book, MAPPING_SHEET, A3, (last, len(MAPPING_HEADERS) - 1))


def _write_table(book: Book, header: int, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Write a table of texts with free rows below it, and give its last row."""
    cells, style = book.sheet(MAPPING_SHEET), book.styles.of
    for column, text in enumerate(headers):
        cells.write_string(header, column, text, style("header"))
    last = header + len(rows) + _FREE_ROWS
    for row in range(header + 1, last + 1):
        place = row - header - 1
        texts = rows[place] if place < len(rows) else ("",) * len(headers)
        for column, text in enumerate(texts):
            if text:
                cells.write_text(row, column, text, style("input"))
            else:
                cells.write_blank(row, column, None, style("input"))
    return last


def _texts(rule: Mapped) -> tuple[str, ...]:
    own = {"rule": rule.name, "category": rule.category, "option": rule.option, "note": rule.note}
    return tuple({**rule.patterns, **own}.get(header, "") for header in MAPPING_HEADERS)
