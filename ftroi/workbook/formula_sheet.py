"""A worksheet that takes a whole row of formulas at once.

A plan of ten options has some 150,000 formula cells. XlsxWriter looks for newer functions in each
by thirty searches, six seconds in all; ours come from a closed list without any such function. And
since the formulas of a row are the same on every option's sheet, their text is made once, and each
sheet only adds its values.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ftroi.workbook.grid import address


CACHED = ".15g"
"""How a cached number is written: with as many digits as every spreadsheet program keeps."""


class FormulaRow:
    """Formulas of neighbouring cells of one row, for any number of sheets that are laid out alike."""

    def __init__(self, row: int, column: int, formulas: Sequence[str], style: Format) -> None:
        """Hold the formulas, without a leading ``=``, of the cells from ``column`` on, in one format."""
        self.row = row
        self.column = column
        self.formulas = formulas
        self.style = style

    @cached_property
    def heads(self) -> list[str]:
        """The cells as a sheet's XML has them, each up to its value."""
        style = self.style._get_xf_index()
        cells = enumerate(self.formulas, start=self.column)
        return [
            f'<c r="{address(self.row, column)}" s="{style}"><f>{_escaped(formula)}</f><v>' for column, formula in cells
        ]


class _Run(NamedTuple):
    """A row's formulas with one sheet's values, in place of a cell of XlsxWriter's."""

    cells: FormulaRow
    values: Sequence[float]


class FormulaSheet(Worksheet):
    """A worksheet of XlsxWriter with `write_formulas`; its other formulas are written as they are given."""

    def write_formulas(self, cells: FormulaRow, values: Sequence[float]) -> None:
        """Write a row's formulas, two or more, with their values.

        The last one is written as any other cell, so that XlsxWriter knows how far the row reaches.
        """
        last = cells.column + len(cells.formulas) - 1
        self.write_formula(cells.row, last, cells.formulas[-1], cells.style, float(f"{values[-1]:{CACHED}}"))
        self.table[cells.row][cells.column] = _Run(cells, values)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if not isinstance(cell, _Run):
            super()._write_cell(row, col, cell)
            return
        pairs = zip(cell.cells.heads[:-1], cell.values, strict=False)
        self.fh.write("".join([f"{head}{value:{CACHED}}</v></c>" for head, value in pairs]))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
