"""A worksheet that takes a whole row of formulas at once.

A plan of ten options has some 150,000 formula cells. XlsxWriter looks for newer functions in each
by thirty searches, six seconds in all; ours come from a closed list without any such function. And
since the formulas of a row are the same on every option's sheet, their text is made once, and each
sheet only adds its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from math import floor, log10
from typing import NamedTuple, TypeAlias

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, Worksheet

from ftroi.termsheet import serial
from ftroi.workbook.xlsx.addresses import address

CACHED = ".10g"
"""How a cached number is written: exact enough for any use, and the same on every machine."""

_DIGITS_OF_MONTHS, _DECIMALS_OF_MONTHS = 6, 2
"""How exact a cached row by month is at least: digits of its largest value, and decimals, so that cents are right."""

_ELSEWHERE = "!"

_MOST_SKIPPED = 1
"""The empty cells that are written before a cell rather than its address, which takes more room."""

Attributes: TypeAlias = Sequence[tuple[str, object]]
"""The attributes of an element, in order."""


class FormulaRow:
    """Formulas of neighbouring cells of one row, for any number of sheets that are laid out alike.

    Where they look at no other sheet they are written as one shared formula, as Excel does when a
    formula is filled to the right: the file is smaller by a third, and read faster.
    """

    def __init__(self, row: int, column: int, formulas: Sequence[str], style: Format, share: int | None = None) -> None:
        """Hold the formulas, without a leading ``=``, of the cells from ``column`` on, in one format.

        ``share`` numbers the shared formula within its sheet; None keeps each cell's text apart.
        """
        self.row = row
        self.column = column
        self.formulas = formulas
        self.style = style
        self._share = None if _ELSEWHERE in formulas[0] else share

    @property
    def last(self) -> int:
        """The column of the last formula."""
        return self.column + len(self.formulas) - 1

    @cached_property
    def heads(self) -> list[str]:
        """The cells, as a sheet's XML has them, each up to its value.

        One that shares its neighbours' formula says where it stands: openpyxl gives it the first one's text
        otherwise, with the first one's references. Others need no address, which would take a third of them.
        """
        style = _index(self.style)
        elements = self._formula_elements()
        columns = range(self.column, self.column + len(elements))
        is_placed = self._share is not None
        places = [f' r="{address(self.row, one)}"' if is_placed or one == self.column else "" for one in columns]
        return [f'<c{place} s="{style}">{formula}<v>' for place, formula in zip(places, elements, strict=True)]

    def _formula_elements(self) -> list[str]:
        if self._share is None:
            return [f"<f>{_escaped(formula)}</f>" for formula in self.formulas]
        area = f"{address(self.row, self.column)}:{address(self.row, self.last)}"
        first = f'<f t="shared" ref="{area}" si="{self._share}">{_escaped(self.formulas[0])}</f>'
        return [first, *([f'<f t="shared" si="{self._share}"/>'] * (len(self.formulas) - 1))]


class Run(NamedTuple):
    """A row's formulas with one sheet's values, in place of a cell of XlsxWriter's."""

    cells: FormulaRow
    values: Sequence[float]


class Band(NamedTuple):
    """Empty cells of one format from this one on, in place of a cell of XlsxWriter's."""

    style: Format
    width: int


class RunEnd:
    """The last cell of a run or a band, written with it: by its place XlsxWriter knows how far the row reaches."""


def cached_months(values: Sequence[float]) -> list[float]:
    """Give a row by month as its cells hold it, negative zeros as zeros.

    A quarter of a workbook's size is such values. No reader tells a millionth of the row's largest, and a spreadsheet
    computes it afresh.
    """
    largest = max(map(abs, values))
    decimals = _DIGITS_OF_MONTHS - 1 - floor(log10(largest)) if largest else 0
    rounded: list[float] = (np.round(values, max(decimals, _DECIMALS_OF_MONTHS)) + 0.0).tolist()
    return rounded


class FormulaSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter comes with no types
    """A worksheet of XlsxWriter with `write_formulas`; its other formulas are written as they are given.

    A cell says where it stands only where it does not follow the one before, which makes the file smaller.
    """

    _before: tuple[int, int] = (-1, -1)
    """The row and the column of the cell that was written last."""
    _is_placed = True
    """Whether the cell that is being written says where it stands."""

    def fix_heights(self) -> None:
        """Let every row state its height: a spreadsheet then opens the sheet without measuring its texts.

        LibreOffice takes half a second for those of ten options.
        """
        self.original_row_height = 0  # a row states its height where it is not this one

    def write_formulas(self, cells: FormulaRow, values: Sequence[float]) -> None:
        """Write a row's formulas, two or more, with their values."""
        self.write_formula(cells.row, cells.last, cells.formulas[-1], cells.style, values[-1])
        self.table[cells.row][cells.last] = RunEnd()
        self.table[cells.row][cells.column] = Run(cells, values)

    def write_band(self, row: int, first: int, last: int, style: Format) -> None:
        """Write empty cells of one format, two or more; a format of the row takes LibreOffice long to read."""
        self.write_blank(row, last, None, style)
        self.table[row][last] = RunEnd()
        self.table[row][first] = Band(style, last - first + 1)

    def write_day(self, row: int, column: int, day: date | str | None, style: Format) -> None:
        """Write a date, the text that somebody typed in place of one, or an empty cell."""
        if isinstance(day, date):
            self.write_number(row, column, serial(day), style)
        else:
            self.write_text(row, column, day or "", style)

    def write_text(self, row: int, column: int, text: str, style: Format) -> None:
        """Write a text, whatever it begins with, or an empty cell."""
        if text:
            self.write_string(row, column, text, style)
        else:
            self.write_blank(row, column, None, style)

    def written(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Give the filled cells by row and column: a formula with its "=", "" for anything else."""
        for row, cells in self.table.items():
            for column, cell in cells.items():
                if isinstance(cell, Run):
                    formulas = enumerate(cell.cells.formulas, start=column)
                    yield from (((row, place), f"={formula}") for place, formula in formulas)
                elif not isinstance(cell, CellBlankTuple | Band | RunEnd):
                    yield (row, column), f"={cell.formula}" if isinstance(cell, CellFormulaTuple) else ""

    def _prepare_formula(self, formula: str, *_: object) -> str:
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        skipped = self._skipped(row, col)
        self._is_placed = skipped > _MOST_SKIPPED
        if not self._is_placed and not isinstance(cell, Run | RunEnd):
            self.fh.write("<c/>" * skipped)
        if isinstance(cell, Run):
            pairs = zip(cell.cells.heads, cached_months(cell.values), strict=True)
            self.fh.write("".join([f"{head}{value:{CACHED}}</v></c>" for head, value in pairs]))
        elif isinstance(cell, Band):
            place = f' r="{address(row, col)}"' if self._is_placed else ""
            rest = f'<c s="{_index(cell.style)}"/>' * (cell.width - 1)
            self.fh.write(f'<c{place} s="{_index(cell.style)}"/>{rest}')
        elif not isinstance(cell, RunEnd):
            super()._write_cell(row, col, cell)
        self._before = (row, col)

    def _skipped(self, row: int, col: int) -> int:
        """Count the empty cells between a cell and the one before it in its row."""
        before_row, before_column = self._before
        return col - 1 - (before_column if before_row == row else -1)

    def _calculate_spans(self) -> None:
        """Leave out how far each row reaches, which a reader need not be told."""

    # What XlsxWriter calls for a cell, its address first among the attributes.

    def _xml_string_element(self, index: int, attributes: Attributes = ()) -> None:
        super()._xml_string_element(index, self._needed(attributes))

    def _xml_number_element(self, number: float, attributes: Attributes = ()) -> None:
        super()._xml_number_element(number, self._needed(attributes))

    def _xml_formula_element(self, formula: str, result: object, attributes: Attributes = ()) -> None:
        is_whole = isinstance(result, float) and result.is_integer()
        super()._xml_formula_element(formula, f"{result:.0f}" if is_whole else result, self._needed(attributes))

    def _xml_empty_tag(self, tag: str, attributes: Attributes = ()) -> None:
        super()._xml_empty_tag(tag, self._needed(attributes) if tag == "c" else attributes)

    def _needed(self, attributes: Attributes) -> Attributes:
        """Give a cell's attributes, without its address where it is not needed."""
        return attributes if self._is_placed else attributes[1:]


def _index(style: Format) -> int:
    """Give the number by which a cell names its format."""
    index: int = style._get_xf_index()  # noqa: SLF001 - what XlsxWriter itself writes into a cell
    return index


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
