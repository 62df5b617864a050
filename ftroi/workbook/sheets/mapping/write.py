"""Writing the sheet Mapping: the rules in their order, which a person may change, with free rows below."""

from __future__ import annotations

from ftroi.plan.billed import Mapped
from ftroi.workbook.context import Book
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.schema import MAPPING, MAPPING_HEADERS, MAPPING_SHEET

HEADER_ROW = 3
_FREE_ROWS = 30
_WIDTHS = (26, 34, 60, 14, 18, 16, 14, 18, 26, 20, 70)
_HINT = (
    "From the top, the first rule whose patterns all fit decides; the next 'ftroi actuals --write' uses them. A "
    "pattern is a regular expression; an empty one fits anything."
)


def write_mapping(book: Book) -> None:
    """Write the sheet Mapping of a plan with rules."""
    if book.plan.actuals is None:
        return
    cells, style, rules = book.sheet(MAPPING_SHEET), book.styles.of, book.plan.actuals.rules
    cells.set_row(0, 30)
    cells.write_string(0, 0, MAPPING_SHEET, style("title"))
    cells.write_string(1, 0, _HINT, style("hint"))
    for column, (header, width) in enumerate(zip(MAPPING_HEADERS, _WIDTHS, strict=True)):
        cells.write_string(HEADER_ROW, column, header, style("header"))
        cells.set_column(column, column, width)
    last = HEADER_ROW + len(rules) + _FREE_ROWS
    for row in range(HEADER_ROW + 1, last + 1):
        place = row - HEADER_ROW - 1
        texts = _texts(rules[place]) if place < len(rules) else ("",) * len(MAPPING_HEADERS)
        for column, text in enumerate(texts):
            if text:
                cells.write_text(row, column, text, style("input"))
            else:
                cells.write_blank(row, column, None, style("input"))
    corner = (last, len(MAPPING_HEADERS) - 1)
    book.name_area(MAPPING, MAPPING_SHEET, (HEADER_ROW, 0), corner, "The rules that bills are read by")
    cells.freeze_panes(HEADER_ROW + 1, 1)
    cells.repeat_rows(HEADER_ROW)
    print_on_one_width(book, MAPPING_SHEET, A3, corner)


def _texts(rule: Mapped) -> tuple[str, ...]:
    own = {"rule": rule.name, "category": rule.category, "option": rule.option, "note": rule.note}
    return tuple({**rule.patterns, **own}.get(header, "") for header in MAPPING_HEADERS)
