"""Writing the tables below the Dashboard's first page: headline figures beside the engine's, and all options."""

from __future__ import annotations

from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.compare import LABEL as COMPARE_LABEL
from ftroi.workbook.layout.dashboard import ENGINE, LABEL, MARK, REFERENCE, ROLES, SHOWN, SOURCE, TITLE_ABOVE, UNIT
from ftroi.workbook.layout.scenarios import STATE_ROW
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.references import engine
from ftroi.workbook.references.compare import number_of, of_option, unit_formula, unit_text
from ftroi.workbook.references.scenarios import SENTENCES, UP_TO_DATE
from ftroi.workbook.schema import SCENARIOS_SHEET
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED, engine_formula
from ftroi.workbook.xlsx.addresses import address, fixed, prefix

_HEADERS = {
    LABEL: "Measure", SHOWN: "Option shown, native", UNIT: "Unit", ENGINE: "Engine", MARK: "Both",
    REFERENCE: "Baseline", SOURCE: "From",
}  # fmt: skip
_TEXT_HEADERS = ("Unit", "From", "Both", "Role")
_TITLE_HEIGHT, _HEADER_HEIGHT = 28, 80


def write_tables(book: Book) -> None:
    """Write both tables."""
    _Tables(book).write()


class _Tables:
    """The tables in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan, self._template = book.plan, book.plan.template
        self._layout, self._compare = book.layout.dashboard, book.layout.compare
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of

    def write(self) -> None:
        self._options()
        self._cases()
        self._head(min(self._layout.headlines.values()), "Headline figures, native and by the engine", _HEADERS)
        for name, row in self._layout.headlines.items():
            self._headline(name, row)

    # --- headline figures ----------------------------------------------------------------------------------

    def _headline(self, name: str, row: int) -> None:
        line = self._template.lines[name]
        self._cells.write_string(row, LABEL, line.label, self._style("text"))
        if formula := unit_formula(self._book.layout, line.unit):
            self._cells.write_formula(row, UNIT, formula, self._style("grey shrunk"), unit_text(self._plan, line.unit))
        self._native(name, row)
        self._engine(name, row)
        target = address(self._compare.scalars[name], COMPARE_LABEL)
        text = f"{COMPARE} {target}"
        self._cells.write_url(row, SOURCE, link_to(COMPARE, target), self._style("jump indented"), text)

    def _native(self, name: str, row: int) -> None:
        settings, number = self._plan.settings, number_of(name, self._template.lines[name].unit)
        figures = (
            (SHOWN, "FT_OptionNumber", settings.option, "headline"),
            (REFERENCE, "FT_ReferenceNumber", settings.reference, "grey number"),
        )
        for column, position, option, role in figures:
            formula = of_option(self._book.layout, self._compare.scalars[name], position)
            value = self._book.cached.scalar(name, option)
            self._cells.write_formula(row, column, formula, self._style(role, number), value)

    def _engine(self, name: str, row: int) -> None:
        number = number_of(name, self._template.lines[name].unit)
        figure, mark = self._style("grey number", number), self._style("grey unit")
        self._cells.write_formula(row, ENGINE, engine_formula(name, self._book.spelling), figure, NOT_LOADED)
        agrees = engine.mark_formula(row, self._template.role("tolerance"))
        self._cells.write_formula(row, MARK, agrees, mark, engine.NOT_APPLICABLE)

    # --- all options ---------------------------------------------------------------------------------------

    def _options(self) -> None:
        rows, columns = self._layout.options, self._layout.compared
        headers = {LABEL: "Option"} | {column: self._template.lines[name].label for name, column in columns.items()}
        first = min(rows.values())
        self._head(first, "All options; money in thousands", headers | {ROLES: "Role"})
        self._cells.set_row_pixels(first - 1, _HEADER_HEIGHT)
        for option, row in rows.items():
            sheet = self._book.layout.sheets[option]
            label = self._template.options[option].label
            self._cells.write_url(row, LABEL, link_to(sheet), self._style("jump"), label)
            for name, column in columns.items():
                self._figure(row, column, name, option)
            role = f"{prefix(COMPARE)}{fixed(self._compare.roles, self._compare.column(option))}"
            self._cells.write_formula(row, ROLES, role, self._style("grey unit"), role_of(self._book, option))

    # --- scenarios -----------------------------------------------------------------------------------------

    def _cases(self) -> None:
        """Write the three cases side by side, as the sheet Scenarios shows them, below the same headers."""
        columns, scenarios = self._layout.compared, self._book.layout.scenarios
        first = min(self._layout.cases.values())
        title = "Scenarios of the proposed option; money in thousands"
        headers = {column: self._short[name] for name, column in columns.items()}
        self._head(first, title, {LABEL: "Case"} | headers)
        for case, row in self._layout.cases.items():
            place = link_to(SCENARIOS_SHEET, address(scenarios.cases[case], 0))
            self._cells.write_url(row, LABEL, place, self._style("jump"), case.capitalize())
            for name, column in columns.items():
                cell = fixed(scenarios.cases[case], scenarios.figures[name])
                value = self._book.cases[case].scalar(name, self._plan.settings.candidate)
                style = self._style("link right", number_of(name, self._template.lines[name].unit))
                self._cells.write_formula(row, column, f"{prefix(SCENARIOS_SHEET)}{cell}", style, value)
        state = f"{prefix(SCENARIOS_SHEET)}{fixed(STATE_ROW, 0)}"
        below = max(self._layout.cases.values()) + 1
        self._cells.write_formula(below, LABEL, state, self._style("grey"), SENTENCES[UP_TO_DATE])

    @property
    def _short(self) -> dict[str, str]:
        return {one.measure: one.short for one in self._template.views.shown_in("options")}

    def _figure(self, row: int, column: int, name: str, option: str) -> None:
        number = number_of(name, self._template.lines[name].unit)
        cell = fixed(self._compare.scalars[name], self._compare.column(option))
        value = self._book.cached.scalar(name, option)
        self._cells.write_formula(row, column, f"{prefix(COMPARE)}{cell}", self._style("link right", number), value)

    def _head(self, first: int, title: str, headers: dict[int, str]) -> None:
        write_head(self._book, first, title, headers)


def write_head(book: Book, first: int, title: str, headers: dict[int, str]) -> None:
    """Write a table's title and headers above its first row; numbers' headers stand right."""
    cells, style = book.sheet(DASHBOARD), book.styles.of
    cells.set_row_pixels(first - TITLE_ABOVE, _TITLE_HEIGHT)
    cells.write_string(first - TITLE_ABOVE, LABEL, title, style("block"))
    for column in range(LABEL, max(headers) + 1):
        text = headers.get(column, "")
        is_text = text in _TEXT_HEADERS
        role = "header" if column <= LABEL + 1 else "header text" if is_text else "header number"
        cells.write_text(first - 1, column, text, style(role))


def role_of(book: Book, option: str) -> str:
    """The part that an option plays in the plan, or ""."""
    settings = book.plan.settings
    return {settings.candidate: "proposed", settings.reference: "baseline"}.get(option, "")
