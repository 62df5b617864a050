"""Writing the sheet Annual: the option shown by year on one page, and below it the years of every option.

The page looks its figures up among the options' years by the position of the option shown; these
add the months of the options' own sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ftroi.analysis import annual
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.termsheet import serial
from ftroi.workbook.cached_values import stored, total
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.annual import (
    CALENDAR_ROW,
    FIRST_ROW,
    FIRST_YEAR,
    HEADER_ROW,
    LABEL,
    LAST_YEAR,
    LINKS_ROW,
    NAME,
    SHOWN_ROW,
    TITLE_ROW,
    TOTAL,
    YEARS,
    Kind,
    Placed,
)
from ftroi.workbook.layout.compare import FIRST_OPTION
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH, VALUE
from ftroi.workbook.layout.workbook import ANNUAL, ASSUMPTIONS, COMPARE, DASHBOARD
from ftroi.workbook.printing import A4, print_on_one_width
from ftroi.workbook.schema import CASE
from ftroi.workbook.sheets.annual.own_costs import write_own_costs
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, letters, prefix, quoted

_YEARS_COLUMNS = [
    (first, first + MONTHS_OF_A_YEAR - 1) for first in range(FIRST_MONTH, LAST_MONTH + 1, MONTHS_OF_A_YEAR)
]
"""The first and the last month's column of each year on an option's sheet."""

_LABEL_WIDTH, _NAME_WIDTH, _YEAR_WIDTH = 50, 27, 14
_BY_OPTION_TITLE = "Every option by year: what the page above is looked up from"


def write_annual(book: Book) -> None:
    """Write the sheet Annual."""
    _Annual(book).write()


class _Annual:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = book.plan
        self._shown = book.plan.settings.option
        self._results = book.cached.results
        self._template = book.plan.template
        self._layout = book.layout.annual
        self._months = book.layout.option.series
        self._cells = book.sheet(ANNUAL)
        self._style = book.styles.of
        self._writers: dict[Kind, Callable[[Placed], None]] = {
            Kind.BLOCK: self._block,
            Kind.FLOW: self._looked_up,
            Kind.SUM: self._looked_up,
            Kind.COUNT: self._looked_up,
            Kind.CLOSING: self._looked_up,
            Kind.FACTOR: self._factor,
            Kind.CONVERTED: self._converted,
            Kind.DIFFERENCE: self._difference,
        }

    def write(self) -> None:
        self._head()
        self._years(HEADER_ROW)
        self._calendar()
        for placed in self._layout.placed:
            self._writers[placed.kind](placed)
        self._by_option()
        write_own_costs(self._book)
        self._page()

    # --- head ----------------------------------------------------------------------------------------------

    def _head(self) -> None:
        cells, style, settings = self._cells, self._style, self._plan.settings
        cells.set_row(TITLE_ROW, 30)
        cells.write_string(TITLE_ROW, LABEL, ANNUAL, style("title"))
        labels = self._book.layout.compare
        of_option = fixed_range(labels.labels, FIRST_OPTION, labels.labels, labels.last_option)
        chosen = f"INDEX({prefix(COMPARE)}{of_option},1,FT_OptionNumber)"
        horizon = self._template.views.roles.horizon
        formula = f'{chosen}&", "&{CASE}&" case, "&{horizon}&" months"'
        short = self._template.options[self._shown].short
        text = f"{short}, {settings.case} case, {self._plan.horizon} months"
        cells.write_formula(SHOWN_ROW, LABEL, formula, style("subtitle"), text)
        cells.write_url(
            LINKS_ROW, LABEL, link_to(DASHBOARD), style("jump"), "Dashboard: option and case are chosen there"
        )
        currency = self._book.layout.assumptions
        cell = f"{prefix(ASSUMPTIONS)}{fixed(currency.settings['currency'], currency.setting_column)}"
        money = f"{quoted('Thousands of ')}&{cell}&{quoted(', nominal unless it says present value')}"
        text = f"Thousands of {settings.currency}, nominal unless it says present value"
        cells.write_formula(CALENDAR_ROW, LABEL, money, style("hint"), text)

    def _years(self, row: int) -> None:
        """Write the numbers of the years, which formulas read, and the other headers."""
        self._cells.write_string(row, LABEL, "Line", self._style("header"))
        self._cells.write_string(row, NAME, "Name", self._style("header"))
        for year in range(1, YEARS + 1):
            self._cells.write_number(row, FIRST_YEAR + year - 1, year, self._style("header number", "year"))
        self._cells.write_string(row, TOTAL, "Total", self._style("header number"))

    def _calendar(self) -> None:
        """Write the calendar month with which each year of the plan begins."""
        start = self._plan.settings.start.replace(day=1)
        self._cells.write_string(CALENDAR_ROW, NAME, "begins in", self._style("grey right"))
        for place in range(YEARS):
            formula = f"DATE(YEAR(start_date)+{self._year(FIRST_YEAR + place)}-1,MONTH(start_date),1)"
            value = serial(start.replace(year=start.year + place))
            self._cells.write_formula(
                CALENDAR_ROW, FIRST_YEAR + place, formula, self._style("grey right", "calendar"), value
            )

    # --- the option shown ----------------------------------------------------------------------------------

    def _block(self, placed: Placed) -> None:
        for column in range(NAME, TOTAL + 1):
            self._cells.write_blank(placed.row, column, None, self._style("heading"))
        switch, title = placed.convention, placed.name
        if not switch:
            self._cells.write_string(placed.row, LABEL, placed.name, self._style("heading"))
            return
        formula = f'{quoted(f"{title}: switched ")}&IF({switch}=1,"on","off")'
        state = "on" if self._plan.entries[switch].base else "off"
        self._cells.write_formula(placed.row, LABEL, formula, self._style("heading"), f"{title}: switched {state}")

    def _looked_up(self, placed: Placed) -> None:
        rows = self._layout.block(placed.name)
        formulas = [
            f"INDEX({letters(column)}${rows[0] + 1}:{letters(column)}${rows[-1] + 1},FT_OptionNumber)"
            for column in range(FIRST_YEAR, TOTAL)
        ]
        is_sum = placed.kind is Kind.SUM
        self._texts(placed.row, self._label(placed.name), placed.name, is_sum=is_sum)
        number = "whole" if placed.kind is Kind.COUNT else "thousands"
        self._row(placed.row, formulas, self._values(placed.name, self._shown), number, is_sum=is_sum)
        if placed.kind is not Kind.CLOSING:
            self._sum(placed.row, self._values(placed.name, self._shown), number, is_sum=is_sum)

    def _factor(self, placed: Placed) -> None:
        """Write a discount factor for each year, from the months of the plan up to its end."""
        months, convention = self._layout.rows[self._layout.months, ""] + 1, self._layout.conventions[placed.convention]
        rate, year_length = self._template.role("yearly_rate"), self._template.views.roles.months_per_year
        first, formulas = letters(FIRST_YEAR), []
        for column in range(FIRST_YEAR, TOTAL):
            end = f"SUM(${first}{months}:{letters(column)}{months})"
            begin = f"({self._year(column)}-1)*{year_length}"
            moment = end if convention.moment == "end" else f"AVERAGE({begin},{end})"
            formulas.append(f"(1+{rate})^(-({moment}/{year_length}))")
        self._texts(placed.row, f"Discount factor, {convention.label}", placed.name)
        factors = annual.discount_factors(self._results, convention.factor, self._shown)
        self._row(placed.row, formulas, factors, "factor")

    def _converted(self, placed: Placed) -> None:
        """Write a row's yearly sums at present value by a yearly convention."""
        nominal, factor = self._layout.rows[placed.name, ""] + 1, self._layout.factors[placed.convention] + 1
        columns = [letters(column) for column in range(FIRST_YEAR, TOTAL)]
        formulas = [f"{column}{nominal}*{column}{factor}" for column in columns]
        if first := self._layout.at_decision.get(placed.name):
            paid = self._layout.rows[first, ""] + 1
            formulas = [f"{one}{paid}+({one}{nominal}-{one}{paid})*{one}{factor}" for one in columns]
        convention = self._layout.conventions[placed.convention]
        label = f"{self._label(self._layout.converted[placed.name])}, {convention.label}"
        self._texts(placed.row, label, "")
        values = self._present_by_year(placed)
        self._row(placed.row, formulas, values, "thousands")
        self._sum(placed.row, values, "thousands")

    def _present_by_year(self, placed: Placed) -> list[float]:
        factor, first = (
            self._layout.conventions[placed.convention].factor,
            self._layout.at_decision.get(placed.name, ""),
        )
        return annual.present_by_year(self._results, placed.name, factor, self._shown, first)

    def _difference(self, placed: Placed) -> None:
        """Write what a yearly convention changes against the monthly one."""
        monthly = self._layout.converted[placed.name]
        one, other = self._layout.rows[placed.name, placed.convention] + 1, self._layout.rows[monthly, ""] + 1
        columns = [letters(column) for column in range(FIRST_YEAR, TOTAL)]
        formulas = [f"{column}{one}-{column}{other}" for column in columns]
        self._texts(placed.row, "less the monthly convention: the difference", "")
        converted = self._present_by_year(placed)
        months = annual.by_year(self._results, monthly, self._shown)
        values = [by_year - by_month for by_year, by_month in zip(converted, months, strict=True)]
        self._row(placed.row, formulas, values, "thousands")
        self._sum(placed.row, values, "thousands")

    # --- every option --------------------------------------------------------------------------------------

    def _by_option(self) -> None:
        first = min(self._layout.by_option.values())
        self._cells.write_string(first - 2, LABEL, _BY_OPTION_TITLE, self._style("block"))
        for name in self._layout.by_option:
            rows = self._layout.block(name)
            self._years(rows[0] - 1)
            self._cells.write_string(rows[0] - 1, LABEL, self._label(name), self._style("header"))
            self._cells.write_string(rows[0] - 1, NAME, name, self._style("header"))
            self._cells.write_string(rows[0] - 1, TOTAL, "Its own sheet", self._style("header number"))
            for row, option in zip(rows, self._layout.options, strict=True):
                self._years_of(name, row, option)

    def _years_of(self, name: str, row: int, option: str) -> None:
        """Write one option's years of a line, and what its own sheet has as the total."""
        sheet = prefix(self._book.layout.sheets[option])
        self._texts(row, self._template.options[option].label, option)
        source = self._months[name]
        if name in self._layout.closing:
            formulas = [f"{sheet}{fixed(source, last)}" for _, last in _YEARS_COLUMNS]
        else:
            formulas = [f"SUM({sheet}{fixed_range(source, first, source, last)})" for first, last in _YEARS_COLUMNS]
        values = self._values(name, option)
        number = "whole" if name == self._layout.months else "thousands"
        self._row(row, formulas, values, number, role="link")
        if self._template.lines[name].unit == "money/month":
            cell = f"{sheet}{fixed(self._book.layout.option.rows[name], VALUE)}"
            self._cells.write_formula(row, TOTAL, cell, self._style("link", "thousands"), total(values))

    def _year(self, column: int) -> str:
        return f"{letters(column)}${HEADER_ROW + 1}"

    def _values(self, name: str, option: str) -> list[float]:
        figures = annual.at_year_end if name in self._layout.closing else annual.by_year
        return figures(self._results, name, option)

    # --- cells ---------------------------------------------------------------------------------------------

    def _label(self, name: str) -> str:
        return self._template.views.annual.labels.get(name, self._template.lines[name].label)

    def _texts(self, row: int, label: str, name: str, *, is_sum: bool = False) -> None:
        self._cells.write_string(row, LABEL, label, self._style("sum" if is_sum else "indented"))
        self._cells.write_string(row, NAME, name, self._style("grey sum" if is_sum else "grey"))

    def _row(
        self,
        row: int,
        formulas: Sequence[str],
        values: Sequence[float],
        number: str,
        *,
        role: str = "calculated",
        is_sum: bool = False,
    ) -> None:
        style = self._style("sum" if is_sum else role, number)
        for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=FIRST_YEAR):
            self._cells.write_formula(row, column, formula, style, stored(value))

    def _sum(self, row: int, values: Sequence[float], number: str, *, is_sum: bool = False) -> None:
        formula = f"SUM({letters(FIRST_YEAR)}{row + 1}:{letters(LAST_YEAR)}{row + 1})"
        self._cells.write_formula(
            row, TOTAL, formula, self._style("sum" if is_sum else "calculated", number), total(values)
        )

    def _page(self) -> None:
        cells = self._cells
        cells.set_column(LABEL, LABEL, _LABEL_WIDTH)
        cells.set_column(NAME, NAME, _NAME_WIDTH)
        cells.set_column(FIRST_YEAR, TOTAL, _YEAR_WIDTH)
        cells.grid.shut_column(NAME)
        cells.freeze_panes(FIRST_ROW, FIRST_YEAR)
        print_on_one_width(self._book, ANNUAL, A4, (self._layout.last_printed, TOTAL), upright=True)
