"""Writing the own costs that an option bears, by name, below the months of its sheet."""

from __future__ import annotations

from ftroi.workbook.context import Book
from ftroi.workbook.layout.option import LABEL, MONTHS, VALUE
from ftroi.workbook.references.own_costs import MONTHS_A_YEAR, OwnCostCells

_BELOW = 3


def write_own_costs(book: Book, option: str) -> None:
    """Write a row for each slot with what it comes to; one that the option does not bear stays blank."""
    cells, first = book.sheet(book.layout.sheets[option]), book.layout.option.last_row + _BELOW
    costs = OwnCostCells(book.plan, book.layout, "option_id")
    cells.write_string(first - 1, LABEL, "Own costs, by name: in the sums above", book.styles.of("block"))
    for slot in costs.slots:
        label, (total, *_) = costs.values(slot, option, MONTHS // MONTHS_A_YEAR)
        cells.write_formula(first + slot, LABEL, costs.label(slot), book.styles.of("link"), label)
        cells.write_formula(first + slot, VALUE, costs.total(slot), book.styles.of("link", "whole"), total)
