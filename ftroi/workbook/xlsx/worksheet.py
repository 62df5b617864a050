"""A sheet under construction: its cells as XML text, and everything else through openpyxl.

A plan of ten options has some 150,000 formula cells. The formulas of a row are the same on all options' sheets, so that
their text is made once, and each sheet only adds its values. Every cell has its address, and every formula its cached
value in full precision, as readers rely on cached values, and recalculate only what depends on an edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple, NewType, TypeAlias

from openpyxl.chart import BarChart, ScatterChart
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from ftroi.termsheet import serial
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.grid import Grid
from ftroi.workbook.xlsx.logo import LOGO, placed
from ftroi.workbook.xlsx.marked_up import SharedTexts, digits, escaped, marked_up
from ftroi.workbook.xlsx.splice import Rows

Style = NewType("Style", int)
"""The number of a cell's style in its workbook."""

Drawn: TypeAlias = BarChart | ScatterChart

Corners: TypeAlias = tuple[int, int, int, int]
"""First row and column, last row and column."""

Value: TypeAlias = float | str | bool
"""What a formula's cell shows."""

NOTHING = Style(0)
"""The style of a cell that has none of its own."""

_ELSEWHERE = "!"
"""What tells a reference to another sheet."""


class Text(NamedTuple):
    """A typed text."""

    text: str
    style: Style


class Number(NamedTuple):
    """A typed number, or a truth."""

    number: float
    style: Style


class Formula(NamedTuple):
    """A formula without its leading "=", and its value; ``area`` is what an array formula fills."""

    text: str
    style: Style
    value: Value
    area: str = ""


class Blank(NamedTuple):
    """An empty cell with a style, or so many of them side by side."""

    style: Style
    width: int = 1


class FormulaRow:
    """Formulas of neighbouring cells of one row, for any number of sheets that are laid out alike.

    Where they look at no other sheet they are written as one shared formula, as Excel does when a
    formula is filled to the right: the file is smaller by a third, and read faster.
    """

    def __init__(self, row: int, column: int, formulas: Sequence[str], style: Style, share: int | None = None) -> None:
        """Hold the formulas, without a leading ``=``, of the cells from ``column`` on, in one style.

        ``share`` numbers the shared formula within its sheet; None keeps each cell's text apart.
        """
        self.row = row
        self.column = column
        self.formulas = formulas
        self.style = style
        self._share = None if _ELSEWHERE in formulas[0] else share

    @property
    def is_shared(self) -> bool:
        """Say whether the file holds the first formula alone, and the others as filled from it."""
        return self._share is not None

    @property
    def last(self) -> int:
        """The column of the last formula."""
        return self.column + len(self.formulas) - 1

    @cached_property
    def heads(self) -> list[str]:
        """The cells, as a sheet's XML has them, each up to its value."""
        elements = self._formula_elements()
        columns = range(self.column, self.column + len(elements))
        places = (address(self.row, column) for column in columns)
        return [
            f'<c r="{place}" s="{self.style}">{formula}<v>' for place, formula in zip(places, elements, strict=True)
        ]

    def _formula_elements(self) -> list[str]:
        if self._share is None:
            return [f"<f>{marked_up(formula)}</f>" for formula in self.formulas]
        area = f"{address(self.row, self.column)}:{address(self.row, self.last)}"
        first = f'<f t="shared" ref="{area}" si="{self._share}">{marked_up(self.formulas[0])}</f>'
        return [first, *([f'<f t="shared" si="{self._share}"/>'] * (len(self.formulas) - 1))]


class Run(NamedTuple):
    """A row's formulas with one sheet's values."""

    cells: FormulaRow
    values: Sequence[float]


Cell: TypeAlias = Text | Number | Formula | Blank | Run


class Sheet:
    """A sheet in the making; rows and columns count from 0."""

    def __init__(self, around: Worksheet) -> None:
        """Begin a sheet without cells; ``around`` is openpyxl's worksheet, which writes everything but rows."""
        self.around: Any = around  # openpyxl's types know less than it does
        self.grid = Grid(around)
        self._table: dict[int, dict[int, Cell]] = {}
        self.links: list[Hyperlink] = []
        self.comments: list[CommentRecord] = []
        self.descriptions: list[str] = []
        self._defaults: set[tuple[int, int]] = set()
        self._rules: set[int] = set()  # by identity: their areas grow, and comparing them takes long

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.around.title)

    # --- cells ---------------------------------------------------------------------------------------------

    def write_string(self, row: int, column: int, text: str, style: Style = NOTHING) -> None:
        """Write a text, whatever it begins with."""
        self._put(row, column, Text(text, style))

    def write_text(self, row: int, column: int, text: str, style: Style) -> None:
        """Write a text, whatever it begins with, or an empty cell."""
        self._put(row, column, Text(text, style) if text else Blank(style))

    def write_number(self, row: int, column: int, number: float, style: Style = NOTHING) -> None:
        """Write a number, or a truth."""
        self._put(row, column, Number(number, style))

    def write_blank(self, row: int, column: int, _: None, style: Style) -> None:
        """Write an empty cell."""
        self._put(row, column, Blank(style))

    def write_band(self, row: int, first: int, last: int, style: Style) -> None:
        """Write empty cells of one style; a style of the row takes LibreOffice long to read."""
        self._put(row, first, Blank(style, last - first + 1))

    def write_day(self, row: int, column: int, day: date | str | None, style: Style) -> None:
        """Write a date, the text that somebody typed in place of one, or an empty cell."""
        if isinstance(day, date):
            self.write_number(row, column, serial(day), style)
        else:
            self.write_text(row, column, day or "", style)

    def write_formula(self, row: int, column: int, formula: str, style: Style = NOTHING, value: object = 0) -> None:
        """Write a formula, with or without its "=", and its value: a number, a text or a truth."""
        self._put(row, column, Formula(formula.removeprefix("="), style, _value(value)))

    def write_default(self, row: int, column: int, formula: str, style: Style, value: object) -> None:
        """Write a formula into an input's cell: it may be typed over, and counts as what was typed."""
        self.write_formula(row, column, formula, style, value)
        self._defaults.add((row, column))

    def write_formulas(self, cells: FormulaRow, values: Sequence[float]) -> None:
        """Write a row's formulas with their values."""
        self._put(cells.row, cells.column, Run(cells, values))

    def write_array_formula(self, area: Corners, formula: str, style: Style, value: object) -> None:
        """Write a formula that fills an area, with the value of its first cell."""
        text = f"{address(*area[:2])}:{address(*area[2:])}"
        self._put(*area[:2], Formula(formula.removeprefix("="), style, _value(value), text))

    def write_url(self, row: int, column: int, place: str, style: Style, text: str, tip: str | None = None) -> None:
        """Write a text that leads to a place of the workbook, such as ``Compare!A1``."""
        self.write_string(row, column, text, style)
        self.links.append(Hyperlink(ref=address(row, column), location=place, display=text, tooltip=tip))

    def add_link(self, row: int, column: int, place: str, tip: str | None = None) -> None:
        """Let a cell, whatever it holds, lead to a place of the workbook."""
        self.links.append(Hyperlink(ref=address(row, column), location=place, tooltip=tip))

    def _put(self, row: int, column: int, cell: Cell) -> None:
        self._table.setdefault(row, {})[column] = cell

    def cells(self) -> Iterator[tuple[tuple[int, int], Cell]]:
        """What has been written by row and column; a run or a band by its first cell."""
        for row, cells in self._table.items():
            yield from (((row, column), cell) for column, cell in cells.items())

    def written(self) -> Iterator[tuple[tuple[int, int], str]]:
        """The filled cells by row and column: a formula with its "=", "" for anything else, and for a default."""
        for (row, column), cell in self.cells():
            if isinstance(cell, Run):
                yield from (((row, column + place), f"={one}") for place, one in enumerate(cell.cells.formulas))
            elif not isinstance(cell, Blank):
                is_kept = isinstance(cell, Formula) and (row, column) not in self._defaults
                yield (row, column), f"={cell.text}" if isinstance(cell, Formula) and is_kept else ""

    @property
    def last_filled_row(self) -> int:
        """The last row in which something stands; empty cells with a style are nothing."""
        filled = (
            row for row, cells in self._table.items() if any(not isinstance(cell, Blank) for cell in cells.values())
        )
        return max(filled, default=0)

    def fills(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells whose formula is filled to the right, with the place that it is filled from."""
        return {
            (row, column + place): (row, column)
            for (row, column), cell in self.cells()
            if isinstance(cell, Run) and cell.cells.is_shared
            for place in range(len(cell.cells.formulas))
        }

    # --- what stands around them ---------------------------------------------------------------------------

    def data_validation(self, first_row: int, first: int, last_row: int, last: int, rule: DataValidation) -> None:
        """Accept in an area only what a rule of ``validation`` does; the same rule may have further areas."""
        rule.add(f"{address(first_row, first)}:{address(last_row, last)}")
        if id(rule) not in self._rules:
            self._rules.add(id(rule))
            self.around.add_data_validation(rule)

    def conditional_format(
        self, first_row: int, first: int, last_row: int, last: int, formula: str, look: DifferentialStyle
    ) -> None:  # fmt: skip
        """Let cells look otherwise where a formula, written for the first of them, is true."""
        rule = Rule("expression", dxf=look, formula=[formula.removeprefix("=")])
        self.around.conditional_formatting.add(f"{address(first_row, first)}:{address(last_row, last)}", rule)

    def insert_chart(
        self, row: int, column: int, chart: Drawn, size: tuple[int, int], about: str, x_offset: int = 0
    ) -> None:  # fmt: skip
        """Place a chart of a size in pixels at a cell, so far from its left edge; ``about`` is its alternative text.

        The columns' widths must have been set.
        """
        chart.anchor = self.grid.anchor(row, column, size, x_offset)  # type: ignore[assignment]  # openpyxl takes it
        self.around.add_chart(chart)
        self.descriptions.append(about)

    def insert_logo(self, logo: bytes, last: int) -> None:
        """Place a logo (PNG) in the first row, up to the right edge of a column; charts and widths come before it."""
        self.around.add_image(placed(logo, self.grid, last))
        self.descriptions.append(LOGO)

    def freeze_panes(self, row: int, column: int) -> None:
        """Keep what is above a row and left of a column in sight."""
        self.around.freeze_panes = address(row, column)

    def repeat_rows(self, first: int, last: int | None = None) -> None:
        """Print rows at the top of every page."""
        self.around.print_title_rows = f"{first + 1}:{(first if last is None else last) + 1}"

    def repeat_columns(self, first: int, last: int) -> None:
        """Print columns at the left of every page."""
        self.around.print_title_cols = ":".join(address(0, column).rstrip("1") for column in (first, last))

    def break_pages(self, rows: Sequence[int]) -> None:
        """Begin a new page with each of some rows."""
        for row in rows:
            self.around.row_breaks.append(Break(id=row))

    # --- as the file has them ------------------------------------------------------------------------------

    def set_row(self, row: int, height: float) -> None:
        """Set a row's height in points."""
        self.grid.set_height(row, height)

    def set_row_pixels(self, row: int, height: int) -> None:
        """Set a row's height in pixels."""
        self.grid.set_height(row, height * 0.75)

    def set_level(self, row: int, level: int) -> None:
        """Put a row into a group that can be collapsed; its total stands above it."""
        self.grid.set_level(row, level)

    def set_column(self, first: int, last: int, width: float) -> None:
        """Set the width of columns in characters."""
        self.grid.set_width(first, last, width)

    def set_column_pixels(self, first: int, last: int, width: int) -> None:
        """Set the width of columns in pixels."""
        self.grid.set_width_pixels(first, last, width)

    def fix_heights(self) -> None:
        """Let every row state its height: a spreadsheet then opens the sheet without measuring its texts.

        LibreOffice takes half a second for those of ten options.
        """
        self.grid.fix_heights()

    def rows(self, texts: SharedTexts) -> Rows:
        """The sheet's rows as its file holds them, and finish what stands around them.

        Their typed texts are added to those that all sheets share.
        """
        self.grid.finish()
        places = [(row, column + _width(cell) - 1) for (row, column), cell in self.cells()]
        last = (max((row for row, _ in places), default=0), max((column for _, column in places), default=0))
        return Rows(partial(self._xml, texts), f"A1:{address(*last)}", self.links, self.comments, self.descriptions)

    def _xml(self, texts: SharedTexts) -> str:
        rows = sorted(self._table.keys() | self.grid.told_rows)
        return "".join([self._row(row, texts) for row in rows])

    def _row(self, row: int, texts: SharedTexts) -> str:
        cells = sorted(self._table.get(row, {}).items())
        inside = "".join([_cell(row, *cell, texts) for cell in cells])
        return f'<row r="{row + 1}"{self.grid.told(row)}>{inside}</row>'


def _value(value: object) -> Value:
    """A formula's value as a cell holds it; raises TypeError for anything else."""
    if isinstance(value, str | bool):
        return value
    return float(value)  # type: ignore[arg-type]  # numpy's numbers as well


def _width(cell: Cell) -> int:
    if isinstance(cell, Run):
        return len(cell.values)
    return cell.width if isinstance(cell, Blank) else 1


def _cell(row: int, column: int, cell: Cell, texts: SharedTexts) -> str:
    """A cell, or the cells of a run or a band, as a sheet's XML has them."""
    if isinstance(cell, Run):
        pairs = zip(cell.cells.heads, cell.values, strict=True)
        return "".join([f"{head}{digits(value)}</v></c>" for head, value in pairs])
    if isinstance(cell, Blank):
        places = (address(row, column + place) for place in range(cell.width))
        return "".join([f'<c r="{place}" s="{cell.style}"/>' for place in places])
    head = f'<c r="{address(row, column)}" s="{cell.style}"'
    if isinstance(cell, Text):
        return f'{head} t="s"><v>{texts.number(cell.text)}</v></c>'
    return f"{head}{_number(cell) if isinstance(cell, Number) else _formula(cell)}</c>"


def _number(cell: Number) -> str:
    if isinstance(cell.number, bool):
        return f' t="b"><v>{int(cell.number)}</v>'
    return f"><v>{digits(float(cell.number))}</v>"


def _formula(cell: Formula) -> str:
    head = f'<f t="array" ref="{cell.area}">' if cell.area else "<f>"
    formula = f"{head}{marked_up(cell.text)}</f>"
    if isinstance(cell.value, str):
        return f' t="str">{formula}<v>{escaped(cell.value)}</v>'
    if isinstance(cell.value, bool):
        return f' t="b">{formula}<v>{int(cell.value)}</v>'
    return f">{formula}<v>{digits(cell.value)}</v>"
