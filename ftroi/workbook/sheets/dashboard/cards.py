"""Writing the six cards of the Dashboard: a figure of the option shown, its unit, the reference's, its origin."""

from __future__ import annotations

from ftroi.termsheet.views import HeadlineTable
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.compare import LABEL as COMPARE_LABEL
from ftroi.workbook.layout.dashboard import (
    CARD_FIGURE_ROW,
    CARD_LABEL_ROW,
    CARD_REFERENCE_ROW,
    REFERENCE,
    SHOWN,
)
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.references.compare import number_of, unit_formula, unit_text
from ftroi.workbook.xlsx.addresses import address, fixed, quoted
from ftroi.workbook.xlsx.worksheet import Style

NONE = "–"
"""What stands in place of a figure beside another one that does not exist."""


def write_cards(book: Book) -> None:
    """Write the template's cards from left to right."""
    for place, card in enumerate(book.plan.template.views.cards):
        _Card(book, card, 2 * place).write()


class _Card:
    """A card in the making; its figures are those of the table of headline figures."""

    def __init__(self, book: Book, card: HeadlineTable, column: int) -> None:
        self._book, self._card, self._column = book, card, column
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of
        self._line = book.plan.template.lines[card.measure]

    def write(self) -> None:
        number = number_of(self._card.measure, self._line.unit)
        self._label()
        self._figure(CARD_FIGURE_ROW, SHOWN, self._card.measure, self._style("card figure", number))
        reference = self._style("card reference", f"reference {number}")
        self._figure(CARD_REFERENCE_ROW, REFERENCE, self._card.measure, reference)
        if self._card.beside:
            self._beside(self._card.beside)
        else:
            self._unit(CARD_FIGURE_ROW)
            self._cells.write_blank(CARD_REFERENCE_ROW, self._column + 1, None, self._style("card unit"))

    def _label(self) -> None:
        """Write the label over both columns, and lead from it to where the figure stands for every option."""
        target = address(self._book.layout.compare.scalars[self._card.measure], COMPARE_LABEL)
        place, tip = link_to(COMPARE, target), "Every option's figure, on Compare"
        self._cells.write_url(
            CARD_LABEL_ROW, self._column, place, self._style("card label"), f"{self._card.card} ›", tip
        )
        self._cells.write_blank(CARD_LABEL_ROW, self._column + 1, None, self._style("closed"))
        self._cells.add_link(CARD_FIGURE_ROW, self._column, place, tip)

    def _figure(self, row: int, source: int, measure: str, style: Style, beside: int = 0) -> None:
        """Write a figure, or what its text says before a semicolon; the whole text stands in the table."""
        cell = fixed(self._book.layout.dashboard.headlines[measure], source)
        text = quoted(NONE) if beside else f'LEFT({cell},FIND(";",{cell}&";")-1)'
        formula = f"IF(ISNUMBER({cell}),{cell},{text})"
        settings = self._book.plan.settings
        value = self._book.cached.scalar(measure, settings.option if source == SHOWN else settings.reference)
        told = NONE if beside else str(value).split(";")[0]
        shown = told if isinstance(value, str) else value
        self._cells.write_formula(row, self._column + beside, formula, style, shown)

    def _beside(self, measure: str) -> None:
        style = self._style("card side", "life multiple")
        self._figure(CARD_FIGURE_ROW, SHOWN, measure, style, beside=1)
        self._unit(CARD_REFERENCE_ROW)

    def _unit(self, row: int) -> None:
        """Write the unit beside the figure or, where another measure takes that place, below it."""
        cell, style = (row, self._column + 1), self._style("card unit")
        if formula := unit_formula(self._book.layout, self._line.unit):
            self._cells.write_formula(*cell, formula, style, unit_text(self._book.plan, self._line.unit))
        else:
            self._cells.write_string(*cell, self._card.unit, style)
