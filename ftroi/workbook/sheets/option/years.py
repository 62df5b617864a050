"""Writing the summary by year, and its chart, with which each option's sheet begins."""

from __future__ import annotations

from typing import NamedTuple

from ftroi.analysis.annual import by_year
from ftroi.termsheet.colour import group_colours
from ftroi.termsheet.totals import COSTS, total_of
from ftroi.workbook.cached_values import stored, total
from ftroi.workbook.context import Book
from ftroi.workbook.layout.option import (
    FIRST_YEAR,
    LABEL,
    LAST_YEAR,
    NATURE,
    OPENING,
    UNIT,
    VALUE,
    YEARS_BLOCK,
    Placed,
)
from ftroi.workbook.references.compare import THOUSAND, currency_cell
from ftroi.workbook.sheets.option.formulas import OptionFormulas
from ftroi.workbook.xlsx.addresses import fixed, quoted
from ftroi.workbook.xlsx.charts import MONEY, Area, Charts, Source
from ftroi.workbook.xlsx.worksheet import Sheet

_ROW_HEIGHT, _CHART_HEIGHT, _CHART_WIDTH = 12.75, 158, 838
"""Of a line and of the chart's row in points and pixels: with the sheet's head they fill a laptop's window."""

_PLOT = (0.09, 0.15, 0.89, 0.5)
_ABOUT = "Stacked columns by year: what this option costs, by group of cost."


def year_name(year: int) -> str:
    """What a year is called: above the summary, and above each of its months."""
    return f"Year {year}"


class OptionSheet(NamedTuple):
    """The sheet that is being written, and the option that it is for."""

    option: str
    name: str
    cells: Sheet


class YearsOfOption:
    """Writes the summary on the sheets of one workbook."""

    def __init__(self, book: Book, formulas: OptionFormulas) -> None:
        """Take the formulas that all sheets share."""
        self._book = book
        self._template = book.plan.template
        self._layout = book.layout.option
        self._style = book.styles.of
        self._charts = Charts(book.styles.theme)
        self._lines = {name: formulas.years(name) for name in self._layout.years}

    def head(self, sheet: OptionSheet) -> None:
        """Write the years into the row of the block's title."""
        row, cells = self._layout.blocks[YEARS_BLOCK], sheet.cells
        unit = f"{currency_cell(self._book.layout)}&{quoted(THOUSAND)}"
        shown = f"{self._book.plan.settings.currency}{THOUSAND}"
        cells.write_formula(row, UNIT, unit, self._style("grey"), shown)
        cells.write_string(row, VALUE, "Total", self._style("header number"))
        for year, column in enumerate(range(FIRST_YEAR, LAST_YEAR + 1), start=1):
            cells.write_string(row, column, year_name(year), self._style("header number"))

    def line(self, sheet: OptionSheet, placed: Placed) -> None:
        """Write a line's sum of each year, and its total as the row by month has it."""
        row, cells, formulas = placed.row, sheet.cells, self._lines[placed.name]
        is_sum = placed.name == COSTS
        values = by_year(self._book.cached.results, placed.name, sheet.option)
        number = self._style("sum" if is_sum else "calculated", "thousands")
        cells.set_row(row, _ROW_HEIGHT)
        for column in (UNIT, NATURE, OPENING) if is_sum else ():
            cells.write_blank(row, column, None, self._style("sum"))
        cells.write_string(row, LABEL, self._label(placed.name), self._style("sum" if is_sum else "indented"))
        cells.write_formula(row, VALUE, fixed(self._layout.rows[placed.name], VALUE), number, total(values))
        for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=FIRST_YEAR):
            cells.write_formula(row, column, formula, number, stored(value))

    def chart(self, sheet: OptionSheet, placed: Placed) -> None:
        """Draw cost by year into its row, right of the frozen labels; for an option without any cost there is none."""
        if not any(by_year(self._book.cached.results, COSTS, sheet.option)):
            return
        title = f"Cost by year, {self._book.plan.settings.currency}{THOUSAND}"
        chart = self._charts.columns(title, gap=60, stacked=True)
        head = self._layout.blocks[YEARS_BLOCK]
        years = Area(sheet.name, head, FIRST_YEAR, head, LAST_YEAR)
        for group, colour in group_colours(self._template).items():
            row = self._layout.years[total_of(group)]
            name = Area(sheet.name, row, LABEL, row, LABEL)
            values = Area(sheet.name, row, FIRST_YEAR, row, LAST_YEAR)
            self._charts.add_columns(chart, Source(name, years, values), colour)
        chart.y_axis.numFmt = self._charts.number_format(MONEY)
        self._charts.add_grid(chart.y_axis)
        self._charts.add_legend(chart)
        self._charts.place_plot(chart, _PLOT)
        sheet.cells.set_row_pixels(placed.row, _CHART_HEIGHT)
        sheet.cells.insert_chart(placed.row, UNIT, chart, (_CHART_WIDTH, _CHART_HEIGHT - 4), _ABOUT, 0)

    def _label(self, name: str) -> str:
        return self._template.views.annual.labels.get(name, self._template.lines[name].label)
