"""Writing the own costs of the option shown, by name and year, on the sheet Annual."""

from __future__ import annotations

from ftroi.workbook.context import Book
from ftroi.workbook.layout.annual import FIRST_YEAR, LABEL, TOTAL, YEARS
from ftroi.workbook.layout.workbook import ANNUAL
from ftroi.workbook.references.own_costs import OwnCostCells, shown_option


def write_own_costs(book: Book) -> None:
    """Write a row for each slot below all else; a slot without a cost of the option stays blank."""
    cells, shown, first = book.sheet(ANNUAL), book.plan.settings.option, book.layout.annual.own_costs
    costs = OwnCostCells(book.plan, book.layout, shown_option(book.layout))
    cells.write_string(first - 1, LABEL, "Own costs of the option shown, by name", book.styles.of("block"))
    money = book.styles.of("link", "thousands")
    for slot in costs.slots:
        row, (label, figures) = first + slot, costs.values(slot, shown, YEARS)
        cells.write_formula(row, LABEL, costs.label(slot), book.styles.of("link"), label)
        for year in range(1, YEARS + 1):
            cells.write_formula(row, FIRST_YEAR + year - 1, costs.total(slot, year), money, figures[year])
        cells.write_formula(row, TOTAL, costs.total(slot), money, figures[0])
