"""Writing the options' sheets: a summary by year, assumptions in force, scalars, measures, and 60 months of every line.

All texts are made once; each option's sheet then takes them with its own values.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ftroi.language import Node, formula_text
from ftroi.termsheet import Line, serial
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.option import (
    BLOCKS,
    BY_MONTH,
    CALENDAR_ROW,
    FIRST_MONTH,
    FIRST_ROW,
    FORMULA_TEXT,
    HEADER_ROW,
    ID_CELL,
    LABEL,
    LAST_MONTH,
    LAST_YEAR,
    LINKS_ROW,
    MONTHS,
    MONTHS_BLOCK,
    NAME,
    NATURE,
    NOTE,
    NUMBER_CELL,
    OPENING,
    PRINTED_CELL,
    TITLE_ROW,
    UNIT,
    VALUE,
    Kind,
    Placed,
)
from ftroi.workbook.layout.workbook import ASSUMPTIONS, COMPARE, DASHBOARD
from ftroi.workbook.printing import A3, print_areas
from ftroi.workbook.references.control_total import CELL, control_total_formula, control_totals
from ftroi.workbook.sheets.option.formulas import OptionFormulas
from ftroi.workbook.sheets.option.own_costs import write_own_costs
from ftroi.workbook.sheets.option.years import OptionSheet, YearsOfOption, year_name
from ftroi.workbook.xlsx.addresses import address, fixed, letters, quoted
from ftroi.workbook.xlsx.number_formats import number_of_assumption, number_of_line, number_of_unit
from ftroi.workbook.xlsx.worksheet import FormulaRow, Sheet, Style

MONEY_A_MONTH = "money/month"
_OWN_SHARE = 5_000
"""Numbers of shared formulas that no row of the template's has."""
MONTHS_A_PAGE = 12
_LAST_BESIDE = LAST_YEAR
"""The last column that prints beside what does not vary by month: texts run on into it."""

_SCALE = 69
"""The scale in percent at which a label and twelve months fill the width of A3."""

_ABOUT = "Position among the options, months that print"
_TOTAL = "Control total of this sheet: by it the FT_ functions see whether it computes what they do"

_MACHINERY = (Kind.IN_FORCE, Kind.SCALAR)
"""The kinds of rows whose groups are shut at first: what stands behind the months and the measures."""

WIDTHS = ((LABEL, LABEL, 48), (NAME, NAME, 30), (UNIT, UNIT, 19), (NATURE, NATURE, 14), (VALUE, VALUE, 16))
_MONTH_WIDTH, _NOTE_WIDTH, _FORMULA_WIDTH = 10.5, 90, 110

_HEADERS = ("Line", "Name", "Unit", "Nature, or own value", "Total, or value in force", "Opening")


class _Texts(NamedTuple):
    """What a row says besides its formulas."""

    label: str
    unit: str
    number: str
    nature: str
    note: str
    formula: str


def write_options(book: Book) -> None:
    """Write the sheets of the book's options."""
    sheets = _OptionSheets(book)
    for option in book.options:
        sheets.write(option)


class _OptionSheets:
    """Writes the options' sheets of one workbook."""

    def __init__(self, book: Book) -> None:
        """Make every text and format that the sheets share."""
        self._book = book
        self._layout = book.layout.option
        self._formulas = OptionFormulas(book.plan, book.layout)
        self._template = book.plan.template.laid_out or book.plan.template
        self._style = book.styles.of
        self._years = YearsOfOption(book, self._formulas)
        self._writers: dict[Kind, Callable[[OptionSheet, Placed], None]] = {
            Kind.BLOCK: self._block,
            Kind.HEADING: self._heading,
            Kind.YEAR: self._years.line,
            Kind.CHART: self._years.chart,
            Kind.IN_FORCE: self._in_force,
            Kind.SCALAR: self._scalar,
            Kind.MEASURE: self._measure,
            Kind.SUM: self._by_month,
            Kind.SERIES: self._by_month,
        }

    def write(self, option: str) -> None:
        """Write the sheet of one option."""
        name = self._book.layout.sheets[option]
        sheet = OptionSheet(option, name, self._book.sheet(name))
        self._head(sheet)
        for placed in self._layout.placed:
            if placed.level and placed.kind in _MACHINERY:
                sheet.cells.grid.shut(placed.row, placed.level)
            elif placed.level:
                sheet.cells.set_level(placed.row, placed.level)
            self._writers[placed.kind](sheet, placed)
        write_own_costs(self._book, option)
        self._years.head(sheet)
        self._link_assumptions(sheet.cells)
        self._print_settings(sheet.cells)

    def _link_assumptions(self, cells: Sheet) -> None:
        """Let each heading above assumptions in force lead to where they are typed."""
        typed = self._book.layout.assumptions.rows
        for before, placed in pairwise(self._layout.placed):
            if before.kind is Kind.HEADING and placed.kind is Kind.IN_FORCE:
                place = link_to(ASSUMPTIONS, address(typed[placed.name], 0))
                cells.add_link(before.row, LABEL, place, "Where they are typed, with their sources, on Assumptions")

    # --- rows ----------------------------------------------------------------------------------------------

    def _block(self, sheet: OptionSheet, placed: Placed) -> None:
        sheet.cells.set_row(placed.row, 24)
        sheet.cells.write_string(placed.row, LABEL, placed.name, self._style("block"))

    def _heading(self, sheet: OptionSheet, placed: Placed) -> None:
        sheet.cells.write_band(placed.row, NAME, FORMULA_TEXT, self._style("heading"))
        sheet.cells.write_string(placed.row, LABEL, placed.name, self._style("heading"))

    def _in_force(self, sheet: OptionSheet, placed: Placed) -> None:
        row, name = placed.row, placed.name
        plan, option = self._book.plan, sheet.option
        own, in_force, number = self._assumption_cells[name]
        self._texts(sheet, placed)
        sheet.cells.write_formula(row, NATURE, own, self._style("link", number), plan.entries[name].value(option))
        value = self._book.cached.number(name, option)
        sheet.cells.write_formula(row, VALUE, in_force, self._style("calculated", number), value)
        self._book.name_on_sheet(name, sheet.name, (row, VALUE))

    def _scalar(self, sheet: OptionSheet, placed: Placed) -> None:
        formula, style = self._scalar_cells[placed.name]
        own = self._own_formula(sheet.option, placed.name)
        formula = self._formulas.of_tree(own).pattern if own else formula
        self._texts(sheet, placed)
        value = self._book.cached.scalar(placed.name, sheet.option)
        sheet.cells.write_formula(placed.row, VALUE, formula, style, value)
        self._book.name_on_sheet(placed.name, sheet.name, (placed.row, VALUE))

    def _measure(self, sheet: OptionSheet, placed: Placed) -> None:
        self._scalar(sheet, placed)
        if self._template.lines[placed.name].remark:
            formula = self._formulas.remark(placed.name)
            value = self._book.cached.remark(placed.name, sheet.option)
            sheet.cells.write_formula(placed.row, FIRST_MONTH, formula, self._style("hint"), value)

    def _by_month(self, sheet: OptionSheet, placed: Placed) -> None:
        row, name = placed.row, placed.name
        line = self._template.lines[name]
        self._texts(sheet, placed)
        values = self._book.cached.row(name, sheet.option)
        if line.unit == MONEY_A_MONTH:
            style = self._style("sum" if placed.kind is Kind.SUM else "calculated", "whole")
            sheet.cells.write_formula(row, VALUE, self._formulas.total(name), style, stored(sum(values)))
        if line.opening is not None:
            opening = self._book.cached.opening(line.opening, sheet.option)
            formula = self._formulas.opening(line.opening)
            sheet.cells.write_formula(row, OPENING, formula, self._month_style(placed, line), opening)
        own = self._own_formula(sheet.option, name)
        months = self._month_rows[name]
        if own:
            months = FormulaRow(
                row, FIRST_MONTH, self._formulas.of_tree(own).all_months(), months.style, _OWN_SHARE + row
            )
        sheet.cells.write_formulas(months, values)

    def _own_formula(self, option: str, name: str) -> Node | None:
        """The user's own formula for a line of an option."""
        return self._book.plan.template.own_formulas.get(option, {}).get(name)

    def _texts(self, sheet: OptionSheet, placed: Placed) -> None:
        """Write what a row is called, its unit, and at the far right what it means."""
        texts = self._row_texts[placed.name]
        is_sum = placed.kind is Kind.SUM
        sheet.cells.write_string(placed.row, LABEL, texts.label, self._style("sum" if is_sum else "indented"))
        sheet.cells.write_string(placed.row, NAME, placed.name, self._style("grey"))
        sheet.cells.write_string(
            placed.row, UNIT, texts.unit, self._style("grey", number_of_unit(texts.unit, texts.number))
        )
        if texts.nature:
            sheet.cells.write_string(placed.row, NATURE, texts.nature, self._style("grey"))
        sheet.cells.write_string(placed.row, NOTE, texts.note, self._style("grey unit"))
        own = self._own_formula(sheet.option, placed.name)
        formula = f"Your own: {formula_text(own)}" if own else texts.formula
        if formula:
            sheet.cells.write_string(placed.row, FORMULA_TEXT, formula, self._style("grey unit"))

    # --- what all sheets share -----------------------------------------------------------------------------

    @cached_property
    def _row_texts(self) -> dict[str, _Texts]:
        texts = {}
        for name in self._layout.rows:
            if name in self._template.lines:
                texts[name] = _texts_of_line(self._template.lines[name])
            else:
                assumption = self._template.assumptions[name]
                table, number = assumption.table, number_of_assumption(assumption)
                texts[name] = _Texts(table.label, table.unit, number, "", table.note, "")
        return texts

    @cached_property
    def _assumption_cells(self) -> dict[str, tuple[str, str, str]]:
        return {
            one.name: (
                self._formulas.own(one.name),
                self._formulas.in_force(one.name),
                number_of_assumption(self._template.assumptions[one.name]),
            )
            for one in self._layout.of_kind(Kind.IN_FORCE)
        }

    @cached_property
    def _scalar_cells(self) -> dict[str, tuple[str, Style]]:
        return {
            one.name: (
                self._formulas.scalar(one.name),
                self._style("calculated", number_of_line(one.name, self._template.lines[one.name].unit)),
            )
            for one in self._layout.of_kind(Kind.SCALAR, Kind.MEASURE)
        }

    @cached_property
    def _month_rows(self) -> dict[str, FormulaRow]:
        rows = {}
        for share, placed in enumerate(self._layout.of_kind(*BY_MONTH), start=1):
            formulas = self._formulas.by_month(placed.name).all_months()
            style = self._month_style(placed, self._template.lines[placed.name])
            rows[placed.name] = FormulaRow(placed.row, FIRST_MONTH, formulas, style, share)
        return rows

    def _month_style(self, placed: Placed, line: Line) -> Style:
        number = number_of_line(line.name, line.unit)
        return self._style("month sum" if placed.kind is Kind.SUM else "month", number)

    # --- head and print settings ---------------------------------------------------------------------------

    def _head(self, sheet: OptionSheet) -> None:
        option = self._template.options[sheet.option]
        cells, style = sheet.cells, self._style
        cells.fix_heights()
        cells.set_row(TITLE_ROW, 30)
        cells.set_row(HEADER_ROW, 30)
        cells.write_string(TITLE_ROW, LABEL, option.label, style("title"))
        cells.write_string(TITLE_ROW, NATURE, option.description, style("hint"))
        self._links(cells)
        self._identity(sheet)
        for place, header in enumerate(_HEADERS):
            cells.write_string(
                HEADER_ROW, LABEL + place, header, style("header" if place < NATURE else "header number")
            )
        cells.write_string(HEADER_ROW, NOTE, "What it means", style("header text"))
        cells.write_string(HEADER_ROW, FORMULA_TEXT, "Formula, as the term sheet has it", style("header text"))
        self._calendar(cells)
        self._widths(cells)

    def _links(self, cells: Sheet) -> None:
        """Write links to the Dashboard, to Compare, to the sheet's own blocks, and to what its lines mean."""
        cells.write_url(LINKS_ROW, LABEL, link_to(DASHBOARD), self._style("jump"), DASHBOARD)
        cells.write_url(CALENDAR_ROW, UNIT, link_to(COMPARE), self._style("jump"), COMPARE)
        sheet = cells.name
        notes = link_to(sheet, address(HEADER_ROW, NOTE))
        cells.write_url(
            TITLE_ROW, UNIT, notes, self._style("jump"), "In words ›", "What every line means, and its formula"
        )
        for place, (title, name) in enumerate(BLOCKS.items()):
            target = link_to(sheet, address(self._layout.blocks[title], LABEL))
            cells.write_url(LINKS_ROW, UNIT + place, target, self._style("jump"), name)

    def _identity(self, sheet: OptionSheet) -> None:
        """Write the option's id and its position, which the sheet's formulas read by name."""
        cells = sheet.cells
        position = self._book.plan.settings.options.index(sheet.option) + 1
        cells.write_formula(CALENDAR_ROW, LABEL, self._about, self._style("grey"), _ABOUT)
        cells.write_string(*ID_CELL, sheet.option, self._style("grey"))
        cells.write_formula(*NUMBER_CELL, self._formulas.option_number(), self._style("grey"), position)
        cells.write_number(*PRINTED_CELL, self._printed, self._style("grey"))
        self._book.name_on_sheet("option_id", sheet.name, ID_CELL)
        self._book.name_on_sheet("option_number", sheet.name, NUMBER_CELL)
        total = self._control_totals[position - 1]
        cells.write_formula(*CELL, self._control_total, self._style("grey number", "general"), total)
        cells.write_string(CALENDAR_ROW, FORMULA_TEXT, _TOTAL, self._style("grey"))

    @cached_property
    def _control_totals(self) -> list[float]:
        return control_totals(self._layout, self._book.cached.results)

    @cached_property
    def _control_total(self) -> str:
        return control_total_formula(self._layout, self._template)

    @property
    def _printed(self) -> int:
        """The months that print: the years of the horizon."""
        return math.ceil(self._book.plan.horizon / MONTHS_A_PAGE) * MONTHS_A_PAGE

    @property
    def _about(self) -> str:
        """Say on every page when the horizon has outgrown what prints."""
        printed = fixed(*PRINTED_CELL)
        told = f'"Prints months 1 to "&{printed}&" only: renew by ftroi regenerate"'
        return f"IF({self._template.views.roles.horizon}>{printed},{told},{quoted(_ABOUT)})"

    def _calendar(self, cells: Sheet) -> None:
        """Write the months' numbers, the calendar months, and above each the year of the plan."""
        for month in range(1, MONTHS + 1):
            column = FIRST_MONTH + month - 1
            cells.write_number(HEADER_ROW, column, month, self._style("header number"))
            cells.write_string(LINKS_ROW, column, year_name(-(-month // MONTHS_A_PAGE)), self._style("band"))
        cells.write_formulas(self._calendar_row, self._calendar_dates)

    @cached_property
    def _calendar_row(self) -> FormulaRow:
        formulas = [
            f"DATE(YEAR(start_date),MONTH(start_date)+{letters(column)}${HEADER_ROW + 1}-1,1)"
            for column in range(FIRST_MONTH, LAST_MONTH + 1)
        ]
        return FormulaRow(CALENDAR_ROW, FIRST_MONTH, formulas, self._style("grey", "calendar"), share=0)

    @cached_property
    def _calendar_dates(self) -> list[float]:
        start = self._book.plan.settings.start
        months = [start.month - 1 + place for place in range(MONTHS)]
        firsts = [start.replace(year=start.year + month // 12, month=month % 12 + 1, day=1) for month in months]
        return [serial(first) for first in firsts]

    def _widths(self, cells: Sheet) -> None:
        for first, last, width in WIDTHS:
            cells.set_column(first, last, width)
        cells.set_column(OPENING, LAST_MONTH, _MONTH_WIDTH)
        cells.grid.shut_column(NAME)
        cells.set_column(NOTE, NOTE, _NOTE_WIDTH)
        cells.set_column(FORMULA_TEXT, FORMULA_TEXT, _FORMULA_WIDTH)
        cells.freeze_panes(FIRST_ROW, NAME)

    def _print_settings(self, cells: Sheet) -> None:
        """Print what does not vary by month, then the months' totals, then twelve months a page beside their labels."""
        cells.repeat_rows(LINKS_ROW, HEADER_ROW)
        cells.repeat_columns(LABEL, LABEL)
        first, last = self._layout.blocks[MONTHS_BLOCK], self._layout.last_row
        years = range(FIRST_MONTH, FIRST_MONTH + self._printed, MONTHS_A_PAGE)
        areas = [
            (TITLE_ROW, LABEL, first - 1, _LAST_BESIDE),
            (first, LABEL, last, OPENING),
            *((first, year, last, year + MONTHS_A_PAGE - 1) for year in years),
        ]
        print_areas(self._book, cells.name, A3, _SCALE, areas)


def _texts_of_line(line: Line) -> _Texts:
    return _Texts(line.label, line.unit, number_of_line(line.name, line.unit), line.nature, line.note, line.formula)
