"""Writing the sheet Compare: options side by side, and the rows by month that are asked across options."""

from __future__ import annotations

from functools import cached_property

from ftroi.analysis.present_value import present_total
from ftroi.language import FUNCTIONS
from ftroi.plan import OwnCost, own_cost_by_month
from ftroi.plan.currency import unit_in
from ftroi.termsheet import flat
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.compare import (
    FIRST_OPTION,
    HINT_ROW,
    LABEL,
    NAME,
    NATURE,
    NUMBERS,
    OWN_AMOUNTS,
    OWN_BEARERS,
    OWN_CATEGORIES,
    OWN_COUNT,
    OWN_NATURES,
    TITLE_ROW,
    UNIT,
    across,
    of_one,
    scalars_across,
    series_across,
)
from ftroi.workbook.layout.option import FIRST_MONTH, ID_CELL, LAST_MONTH, MONTHS, NUMBER_CELL, VALUE
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.references.assumptions import AssumptionFormulas
from ftroi.workbook.references.compare import currency_formula
from ftroi.workbook.sheets.option.formulas import MonthFormula
from ftroi.workbook.xlsx.addresses import address, fixed, fixed_range, prefix
from ftroi.workbook.xlsx.number_formats import number_of_line, number_of_unit
from ftroi.workbook.xlsx.worksheet import FormulaRow

_HINT = "Every figure links to the option's own sheet; computed here are positions, own costs and present values alone."
_LABEL_WIDTH, _NAME_WIDTH, _UNIT_WIDTH, _OPTION_WIDTH, _MONTH_WIDTH = 46, 30, 14, 15, 14
_HEADER_HEIGHT = 30
_OWN_COST_TEXTS = {LABEL: "label", NAME: "option", UNIT: "category", NATURE: "nature"}
_OWN_COST_FIGURES = {
    LAST_MONTH + 1 + place: header
    for place, header in enumerate(("first_month", "last_month", "amount", "growth", "every"))
}
"""What an own cost's amounts are made of, behind its months."""
_OWN_COST_COLUMNS = {header: column for column, header in (_OWN_COST_TEXTS | _OWN_COST_FIGURES).items()}
_OWN_COST_NAMES = {
    OWN_BEARERS: (NAME, "The option that bears each own cost"),
    OWN_CATEGORIES: (UNIT, "The category of each own cost"),
    OWN_NATURES: (NATURE, "The nature of each own cost"),
}


def write_compare(book: Book) -> None:
    """Write the sheet Compare, with the workbook's names for the options' positions."""
    _Compare(book).write()


class _Compare:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = book.plan
        self._options = book.plan.settings.options
        self._template = book.plan.template
        self._layout = book.layout.compare
        self._cells = book.sheet(COMPARE)
        self._style = book.styles.of
        self._formulas = AssumptionFormulas(book.plan, book.layout)

    def write(self) -> None:
        self._head()
        self._numbers()
        self._option_headers()
        for name, row in self._layout.scalars.items():
            self._scalar(name, row)
        self._name_scalars()
        self._by_category()
        self._early()
        for name in self._layout.months:
            self._by_month(name)
        self._of_one_option()
        self._own_costs()
        self._page()

    def _head(self) -> None:
        self._cells.set_row(TITLE_ROW, 30)
        self._cells.write_string(TITLE_ROW, LABEL, COMPARE, self._style("title"))
        self._cells.write_string(HINT_ROW, LABEL, _HINT, self._style("hint"))
        self._cells.write_url(HINT_ROW + 1, LABEL, link_to(DASHBOARD), self._style("jump"), DASHBOARD)

    def _numbers(self) -> None:
        """Write the positions of the options that play a part."""
        first = min(self._layout.numbers.values())
        self._cells.write_string(first - 1, LABEL, "Position of each option below", self._style("heading"))
        for name, formula in self._formulas.numbers().items():
            row, option = self._layout.numbers[name], self._played[name]
            self._cells.write_string(row, LABEL, NUMBERS[name], self._style("text"))
            self._cells.write_string(row, NAME, name, self._style("grey"))
            position = self._options.index(option) + 1
            self._cells.write_formula(row, FIRST_OPTION, formula, self._style("calculated"), position)
            self._book.name_cell(name, COMPARE, row, FIRST_OPTION, f"{NUMBERS[name]}: position among the options")

    @cached_property
    def _played(self) -> dict[str, str]:
        """The option that has each of the parts, by the workbook's name for its position."""
        settings = self._plan.settings
        chosen = (settings.option, *settings.parties.values())
        return dict(zip(NUMBERS, chosen, strict=True))

    def _option_headers(self) -> None:
        layout = self._layout
        for column, text in ((LABEL, "Measures"), (NAME, "Name"), (UNIT, "Unit")):
            self._cells.write_string(layout.labels, column, text, self._style("header"))
        for option in self._options:
            column, sheet = layout.column(option), self._book.layout.sheets[option]
            label = self._template.options[option].short
            self._cells.write_url(layout.labels, column, link_to(sheet), self._style("header link"), label)
            self._cells.write_formula(
                layout.header, column, f"{prefix(sheet)}{fixed(*ID_CELL)}", self._style("grey right"), option
            )
            self._cells.write_formula(
                layout.roles, column, self._role_formula(option), self._style("grey right"), self._role(option)
            )

    def _role_formula(self, option: str) -> str:
        number = self._options.index(option) + 1
        return f'IF(FT_ReferenceNumber={number},"baseline",IF(FT_CandidateNumber={number},"proposed",""))'

    def _role(self, option: str) -> str:
        settings = self._plan.settings
        return {settings.candidate: "proposed", settings.reference: "baseline"}.get(option, "")

    def _scalar(self, name: str, row: int) -> None:
        line = self._template.lines.get(name)
        label, unit = self._label(name), line.unit if line else "1"
        number = number_of_line(name, unit) if line else "general"
        self._texts(row, label, name, unit)
        if line:
            target = address(self._book.layout.option.rows[name], LABEL)
            place = link_to(self._book.layout.sheets[self._plan.settings.candidate], target)
            self._cells.add_link(row, LABEL, place, "How it comes about, on the proposed option's sheet")
        for option in self._options:
            value = self._book.cached.scalar(name, option) if line else float(self._options.index(option) + 1)
            source = self._source(option, name)
            self._cells.write_formula(
                row, self._layout.column(option), source, self._style("link wrapped", number), value
            )

    def _label(self, name: str) -> str:
        line = self._template.lines.get(name)
        return line.label if line else "Position of the option"

    def _name_scalars(self) -> None:
        for name in scalars_across(self._template):
            row, label = self._layout.scalars[name], self._label(name)
            first, last = (row, FIRST_OPTION), (row, self._layout.last_option)
            self._book.name_area(across(name), COMPARE, first, last, f"{label}, of every option")

    def _by_category(self) -> None:
        """Write what each category comes to over the horizon, nominal and at present value."""
        totals, present = self._layout.totals, self._layout.present
        for rows, title in ((totals, "By category"), (present, "By category, present value")):
            self._cells.write_string(min(rows.values()) - 1, LABEL, title, self._style("heading"))
            for category, row in rows.items():
                self._texts(row, self._template.categories[category].label, category, "money")
                for option in self._options:
                    self._category(category, row, option, is_present=rows is present)

    def _category(self, category: str, row: int, option: str, *, is_present: bool) -> None:
        sheet, rows = prefix(self._book.layout.sheets[option]), self._book.layout.option.rows
        results, line, factor = self._book.cached.results, flat(category), self._template.role("present_factor")
        if is_present:
            parts = (fixed_range(rows[one], FIRST_MONTH, rows[one], LAST_MONTH) for one in (line, factor))
            formula = f"SUMPRODUCT({','.join(f'{sheet}{part}' for part in parts)})"
            if self._template.categories[category].at_decision:
                first, held = (f"{sheet}{fixed(rows[one], FIRST_MONTH)}" for one in (line, factor))
                formula += f"+{first}*(1-{held})"
            value = present_total(results, category, option)
        else:
            formula, value = f"{sheet}{fixed(rows[line], VALUE)}", float(results.row(line, option).sum())
        style = self._style("link wrapped", "whole")
        self._cells.write_formula(row, self._layout.column(option), formula, style, stored(value))

    def _early(self) -> None:
        """Write what each category costs that the waterfall begins with, in the months of the build."""
        steps, rows = self._template.views.charts.steps, self._layout.early
        if steps is None or not rows:
            return
        title = f"By category: {self._template.lines[steps.start].label}"
        self._cells.write_string(min(rows.values()) - 1, LABEL, title, self._style("heading"))
        for category, row in rows.items():
            self._texts(row, self._template.categories[category].label, category, "money")
            for option in self._options:
                self._early_part(category, row, option, steps.build)

    def _early_part(self, category: str, row: int, option: str, build: str) -> None:
        rows, sheet = self._book.layout.option.rows, prefix(self._book.layout.sheets[option])
        lines = (build, flat(category))
        parts = (f"{sheet}{fixed_range(rows[line], FIRST_MONTH, rows[line], LAST_MONTH)}" for line in lines)
        flags, costs = (self._book.cached.results.row(line, option) for line in lines)
        style, value = self._style("link wrapped", "whole"), stored(float((flags * costs).sum()))
        self._cells.write_formula(row, self._layout.column(option), f"SUMPRODUCT({','.join(parts)})", style, value)

    def _source(self, option: str, name: str) -> str:
        """The cell of an option's sheet that holds a figure."""
        cell = (self._book.layout.option.rows[name], VALUE) if name in self._book.layout.option.rows else NUMBER_CELL
        return f"{prefix(self._book.layout.sheets[option])}{fixed(*cell)}"

    def _texts(self, row: int, label: str, name: str, unit: str) -> None:
        self._cells.write_string(row, LABEL, label, self._style("text"))
        self._cells.write_string(row, NAME, name, self._style("grey"))
        if formula := currency_formula(self._book.layout, unit):
            told = unit_in(unit, self._plan.settings.currency)
            self._cells.write_formula(row, UNIT, formula, self._style("grey"), told)
        else:
            number = number_of_unit(unit, number_of_line(name, unit))
            self._cells.write_string(row, UNIT, unit, self._style("grey", number))

    def _by_month(self, name: str) -> None:
        line, rows = self._template.lines[name], self._layout.block(name)
        self._month_header(rows[0] - 1, line.label, name, line.unit)
        style = self._style("month link", number_of_line(name, line.unit))
        source = self._book.layout.option.rows[name]
        for row, option in zip(rows, self._options, strict=True):
            self._texts(row, self._template.options[option].label, option, line.unit)
            pattern = MonthFormula(f"{prefix(self._book.layout.sheets[option])}{{c}}{source + 1}")
            self._cells.write_formulas(
                FormulaRow(row, FIRST_MONTH, pattern.all_months(), style), self._book.cached.row(name, option)
            )
        if name in series_across(self._template):
            first, last = (rows[0], FIRST_MONTH), (rows[-1], LAST_MONTH)
            self._book.name_area(across(name), COMPARE, first, last, f"{line.label}, of every option by month")

    def _of_one_option(self) -> None:
        """Write the lines that options' formulas ask of the reference, or of another one option."""
        rows = self._layout.of_one
        if not rows:
            return
        self._month_header(min(rows.values()) - 1, "Asked of one option, by month", "line", "unit")
        self._cells.write_string(min(rows.values()) - 1, NATURE, "of", self._style("header"))
        for (function, name), row in rows.items():
            self._asked(function, name, row)

    def _asked(self, function: str, name: str, row: int) -> None:
        line, place = self._template.lines[name], self._book.layout.option.rows[name]
        self._texts(row, line.label, name, line.unit)
        self._cells.write_string(row, NATURE, function.lower(), self._style("grey"))
        months = fixed_range(place, FIRST_MONTH, place, LAST_MONTH)
        rows = ",".join(f"{prefix(self._book.layout.sheets[option])}{months}" for option in self._options)
        header = min(self._layout.of_one.values())
        formulas = MonthFormula(f"INDEX(CHOOSE({FUNCTIONS[function].excel},{rows}),1,{{c}}${header})").all_months()
        style = self._style("month link", number_of_line(name, line.unit))
        values = self._book.cached.row(name, self._played[FUNCTIONS[function].excel])
        self._cells.write_formulas(FormulaRow(row, FIRST_MONTH, formulas, style), values)
        first, last = (row, FIRST_MONTH), (row, LAST_MONTH)
        about = f"{line.label}, of the {function.lower()} by month"
        self._book.name_area(of_one(function, name), COMPARE, first, last, about)

    def _month_header(self, row: int, label: str, name: str, unit: str) -> None:
        for column, text in ((LABEL, label), (NAME, name), (UNIT, unit)):
            self._cells.write_string(row, column, text, self._style("header"))
        for month in range(1, MONTHS + 1):
            self._cells.write_number(row, FIRST_MONTH + month - 1, month, self._style("header number"))

    def _own_costs(self) -> None:
        rows, costs = self._layout.own_costs, self._plan.own_costs
        self._month_header(rows[0] - 1, "Own costs by month", "option", "category")
        for column, header in ({NATURE: "nature"} | _OWN_COST_FIGURES).items():
            self._cells.write_string(rows[0] - 1, column, header.replace("_", " "), self._style("header"))
        for slot, row in enumerate(rows):
            self._own_cost(slot, row, costs[slot] if slot < len(costs) else None)
        self._book.name_on_sheet(OWN_AMOUNTS, COMPARE, (rows[0], FIRST_MONTH), (rows[-1], LAST_MONTH))
        for name, (column, about) in _OWN_COST_NAMES.items():
            self._book.name_area(name, COMPARE, (rows[0], column), (rows[-1], column), about)
        self._own_cost_count(rows[0] - 1)

    def _own_cost(self, slot: int, row: int, cost: OwnCost | None) -> None:
        for column, header in _OWN_COST_TEXTS.items():
            formula = f'{self._formulas.own_cost_cell(slot, header)}&""'
            value = "" if cost is None else getattr(cost, header)
            self._cells.write_formula(row, column, formula, self._style("link"), value)
        for column, header in _OWN_COST_FIGURES.items():
            figure = (0.0 if header != "every" else 1.0) if cost is None else self._own_figure(cost, header)
            formula = self._formulas.own_cost_figure(slot, header)
            self._cells.write_formula(row, column, formula, self._style("link", "general"), figure)
        pattern = MonthFormula(self._formulas.own_cost(row, _OWN_COST_COLUMNS, self._layout.own_costs[0] - 1))
        values = [0.0] * MONTHS if cost is None else own_cost_by_month(self._plan, cost, MONTHS).tolist()
        style = self._style("month", "whole")
        self._cells.write_formulas(FormulaRow(row, FIRST_MONTH, pattern.all_months(), style, share=slot), values)

    @staticmethod
    def _own_figure(cost: OwnCost, header: str) -> float:
        """A figure of an own cost; what is paid once has its first month for its last."""
        is_once = cost.how_often == "once" and header == "last_month"
        return float(getattr(cost, "first_month" if is_once else header))

    def _own_cost_count(self, row: int) -> None:
        """Write how many amounts are not 0: where none is, no formula needs to look for its own."""
        amounts = [own_cost_by_month(self._plan, cost, MONTHS) for cost in self._plan.own_costs]
        count = sum(int((amount != 0).sum()) for amount in amounts)
        self._cells.write_string(row, NATURE + 1, "amounts not 0", self._style("header"))
        formula, place = f'COUNTIF({OWN_AMOUNTS},"<>0")', (row, NATURE + 2)
        self._cells.write_formula(*place, formula, self._style("header number"), count)
        self._book.name_cell(OWN_COUNT, COMPARE, *place, "How many amounts of own costs are not 0")

    def _page(self) -> None:
        cells = self._cells
        cells.set_column(LABEL, LABEL, _LABEL_WIDTH)
        cells.set_column(NAME, NAME, _NAME_WIDTH)
        cells.set_column(UNIT, UNIT, _UNIT_WIDTH)
        cells.set_column(FIRST_OPTION, self._layout.last_option, _OPTION_WIDTH)
        cells.set_column(max(FIRST_MONTH, self._layout.last_option + 1), LAST_MONTH, _MONTH_WIDTH)
        cells.grid.shut_column(NAME)
        for row in (*range(min(self._layout.numbers.values()) - 1, self._layout.labels), self._layout.header):
            cells.grid.shut(row, 1)
        cells.set_row(self._layout.labels, _HEADER_HEIGHT)
        cells.freeze_panes(self._layout.roles + 1, FIRST_OPTION)
        cells.repeat_rows(self._layout.labels, self._layout.roles)
        last = (self._layout.last_figure, self._layout.last_option)
        print_on_one_width(self._book, COMPARE, A3, last)
