"""Writing the block of formulas of the user's own on the sheet Assumptions, where the functions read them."""

from __future__ import annotations

from ftroi.workbook.context import Book
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.schema import OWN_FORMULA_HEADERS

_HINT = (
    "Formulas of your own, as they stand on the options' sheets: change them there; 'ftroi regenerate' copies them here"
)


def write_own_formulas(book: Book) -> None:
    """Write the block, where the plan has formulas of the user's own."""
    plan, rows = book.plan, book.layout.assumptions.own_formulas
    if not plan.own_formulas:
        return
    cells, style = book.sheet(ASSUMPTIONS), book.styles.of
    header = rows[0] - 1
    cells.write_string(header, book.layout.assumptions.outside["source"], _HINT, style("hint"))
    for column, text in enumerate(OWN_FORMULA_HEADERS):
        cells.write_string(header, column, text, style("heading"))
    for number, (row, one) in enumerate(zip(rows, plan.own_formulas, strict=True), start=1):
        cells.write_number(row, 0, number, style("grey"))
        label = plan.template.lines[one.line].label
        texts = (label, one.option, one.line, one.formula, one.category, one.nature)
        for column, text in enumerate(texts, start=1):
            cells.write_string(row, column, text, style("grey"))
