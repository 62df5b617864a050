"""Writing the sheet Dashboard: what is shown, its headline figures, all options, and the way to every sheet."""

from __future__ import annotations

from ftroi.plan import CASES
from ftroi.termsheet import serial
from ftroi.workbook import validation
from ftroi.workbook.blocks import CASE, GATES_SHEET, OPTION
from ftroi.workbook.book import Book, link_to
from ftroi.workbook.charts import draw_costs
from ftroi.workbook.compare_layout import FIRST_OPTION
from ftroi.workbook.dashboard_layout import (
    ABOUT,
    AGAINST,
    HINT_ROW,
    LABEL,
    SHOWN,
    SOURCE,
    TITLE_ROW,
    UNIT,
)
from ftroi.workbook.grid import address, fixed, fixed_range, prefix
from ftroi.workbook.kinds import number_of_line
from ftroi.workbook.layout import ANNUAL, ASSUMPTIONS, CHECKS_SHEET, COMPARE, DASHBOARD, LOG, SOURCES
from ftroi.workbook.verdict_bar import write_verdict

THOUSANDS = " thousand"
_SHEETS = {
    DASHBOARD: "this page",
    ASSUMPTIONS: "all that is typed: settings, assumptions with sources, own costs",
    COMPARE: "every measure of every option, and what is compared by month",
    ANNUAL: "the option shown by year, with capitalisation and tax",
    GATES_SHEET: "the go/no-go gates, their evidence, and the rule of the verdict",
    SOURCES: "where the numbers were read",
    LOG: "what was changed, when and by whom",
    CHECKS_SHEET: "fifteen reconciliations; where one fails there is no verdict",
}
_LABEL_WIDTH, _WIDTH, _WIDE = 48, 19, 26


def write_dashboard(book: Book) -> None:
    """Write the sheet Dashboard, with the names of its two selectors."""
    _Dashboard(book).write()


class _Dashboard:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = book.plan
        self._template = book.plan.template
        self._layout = book.layout.dashboard
        self._compare = book.layout.compare
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of

    def write(self) -> None:
        self._title()
        write_verdict(self._book)
        self._about()
        self._selectors()
        self._headlines()
        draw_costs(self._book)
        self._options()
        self._index()
        self._page()

    def _title(self) -> None:
        template = self._template
        self._cells.set_row(TITLE_ROW, 30)
        self._cells.write_string(TITLE_ROW, LABEL, self._plan.settings.project, self._style("title"))
        hint = f"{template.label}. Template {template.id} {template.version}."
        self._cells.write_string(HINT_ROW, LABEL, hint, self._style("hint"))

    # --- what is shown -------------------------------------------------------------------------------------

    def _about(self) -> None:
        settings, rows = self._plan.settings, self._layout.about
        for key, label in ABOUT.items():
            self._cells.write_string(rows[key], LABEL, label, self._style("text"))
        for key, name in (("reference", "FT_Reference"), ("candidate", "FT_Candidate")):
            self._cells.write_formula(rows[key], SHOWN, name, self._style("link"), getattr(settings, key))
        for key, role in (("option", "Option"), ("reference", "Reference"), ("candidate", "Candidate")):
            option = self._template.options[getattr(settings, key)]
            formula = f"INDEX({self._labels},FT_{role}Number)"
            self._cells.write_formula(rows[key], UNIT, formula, self._style("grey unit"), option.label)
        horizon = self._style("link", "whole months in words")
        self._cells.write_formula(rows["horizon"], SHOWN, "horizon_months", horizon, self._plan.horizon)
        start = self._style("link", "date")
        self._cells.write_formula(rows["start"], SHOWN, "start_date", start, serial(settings.start))

    @property
    def _labels(self) -> str:
        """Give the cells with the options' labels, in the table of all options."""
        rows = self._layout.options.values()
        return fixed_range(min(rows), LABEL, max(rows), LABEL)

    def _selectors(self) -> None:
        settings, rows = self._plan.settings, self._layout.about
        sheet = self._book.layout.assumptions
        first, last = sheet.option_columns
        ids = f"{prefix(ASSUMPTIONS)}{fixed_range(sheet.header, first, sheet.header, last)}"
        rules = {
            "option": validation.one_of(ids, ABOUT["option"], "One of this plan's options, by its id."),
            "case": validation.one_of(list(CASES), ABOUT["case"], f"One of {', '.join(CASES)}."),
        }
        for key, name in (("option", OPTION), ("case", CASE)):
            cell = (rows[key], SHOWN)
            self._cells.write_string(*cell, str(getattr(settings, key)), self._style("chosen"))
            self._cells.data_validation(*cell, *cell, rules[key])
            self._book.name_cell(name, DASHBOARD, *cell)

    # --- headline figures ----------------------------------------------------------------------------------

    def _headlines(self) -> None:
        rows = self._layout.headlines
        headers = {LABEL: "Measure", SHOWN: "Option shown", UNIT: "Unit", AGAINST: "Reference", SOURCE: "From"}
        self._table(min(rows.values()), "Headline figures", headers)
        for name, row in rows.items():
            self._headline(name, row)

    def _headline(self, name: str, row: int) -> None:
        line, settings = self._template.lines[name], self._plan.settings
        self._cells.write_string(row, LABEL, line.label, self._style("text"))
        number = _number(name, line.unit)
        figures = (
            (SHOWN, "FT_OptionNumber", settings.option, "headline"),
            (AGAINST, "FT_ReferenceNumber", settings.reference, "grey number"),
        )
        for column, position, option, role in figures:
            formula = self._of_option(self._compare.scalars[name], position)
            value = self._book.cached.scalar(name, option)
            self._cells.write_formula(row, column, formula, self._style(role, number), value)
        self._unit(row, UNIT, line.unit)
        target = address(self._compare.scalars[name], LABEL)
        self._cells.write_url(
            row, SOURCE, link_to(COMPARE, target), self._style("jump indented"), f"{COMPARE} {target}"
        )

    def _unit(self, row: int, column: int, unit: str) -> None:
        """Write a unit of money in the plan's currency; shares, multiples and months tell theirs themselves."""
        if "money" not in unit:
            return
        rest = THOUSANDS if unit == "money" else unit.removeprefix("money")
        settings = self._book.layout.assumptions
        currency = f"{prefix(ASSUMPTIONS)}{fixed(settings.settings['currency'], settings.setting_column)}"
        value = f"{self._plan.settings.currency}{rest}"
        self._cells.write_formula(row, column, f'{currency}&"{rest}"', self._style("grey unit"), value)

    def _of_option(self, row: int, position: str) -> str:
        """Give what Compare holds in a row for the option at a named position."""
        cells = fixed_range(row, FIRST_OPTION, row, self._compare.last_option)
        return f"INDEX({prefix(COMPARE)}{cells},{position})"

    # --- all options ---------------------------------------------------------------------------------------

    def _options(self) -> None:
        rows, columns = self._layout.options, self._layout.compared
        headers = {LABEL: "Option"} | {column: self._template.lines[name].label for name, column in columns.items()}
        first = min(rows.values())
        self._table(first, "All options", headers | {self._layout.roles: "Part"})
        self._cells.set_row(first - 1, 48)
        for option, row in rows.items():
            sheet = self._book.layout.sheets[option]
            label = self._template.options[option].label
            self._cells.write_url(row, LABEL, link_to(sheet), self._style("jump"), label)
            for name, column in columns.items():
                self._figure(row, column, name, option)
            role = fixed(self._compare.roles, self._compare.column(option))
            self._cells.write_formula(
                row, self._layout.roles, f"{prefix(COMPARE)}{role}", self._style("grey unit"), self._role(option)
            )

    def _figure(self, row: int, column: int, name: str, option: str) -> None:
        number = _number(name, self._template.lines[name].unit)
        cell = fixed(self._compare.scalars[name], self._compare.column(option))
        value = self._book.cached.scalar(name, option)
        self._cells.write_formula(row, column, f"{prefix(COMPARE)}{cell}", self._style("link right", number), value)

    def _role(self, option: str) -> str:
        settings = self._plan.settings
        return {settings.candidate: "candidate", settings.reference: "reference"}.get(option, "")

    # --- index ---------------------------------------------------------------------------------------------

    def _index(self) -> None:
        rows = self._layout.sheets
        self._cells.write_string(min(rows.values()) - 1, LABEL, "Sheets", self._style("block"))
        labels = {
            sheet: self._template.options[option].description for option, sheet in self._book.layout.sheets.items()
        }
        for sheet, row in rows.items():
            self._cells.write_url(row, LABEL, link_to(sheet), self._style("jump"), sheet)
            self._cells.write_string(row, SHOWN, {**labels, **_SHEETS}[sheet], self._style("grey"))

    def _table(self, first: int, title: str, headers: dict[int, str]) -> None:
        """Write a table's title and headers above its first row."""
        self._cells.set_row(first - 2, 24)
        self._cells.write_string(first - 2, LABEL, title, self._style("block"))
        for column, text in headers.items():
            is_text = column == LABEL or text in ("Unit", "From", "Part")
            self._cells.write_string(
                first - 1,
                column,
                text,
                self._style("header" if column == LABEL else "header text" if is_text else "header number"),
            )

    def _page(self) -> None:
        cells, layout = self._cells, self._layout
        cells.set_column(LABEL, LABEL, _LABEL_WIDTH)
        cells.set_column(SHOWN, layout.roles, _WIDTH)
        cells.set_column(SHOWN, SHOWN, _WIDE)
        cells.set_column(layout.roles - 1, layout.roles - 1, _WIDE)
        cells.hide_gridlines(2)
        cells.set_landscape()
        cells.set_paper(9)
        cells.print_area(0, 0, layout.last_row, layout.roles)
        cells.fit_to_pages(1, 1)
        cells.activate()


def _number(name: str, unit: str) -> str:
    """Give the number format of a measure on the Dashboard, where money is in thousands."""
    if unit == "month":
        return "months in words"
    return "thousands" if unit == "money" else number_of_line(name, unit)
