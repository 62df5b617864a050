"""Writing the sheet Scenarios: the cases and the user's own scenarios, with figures that the writer stamps.

A sheet computes one case at a time. What is shown of the others was computed when the file was written, and stands
in a shut block below; it is shown as long as inputs and changes are those that it was computed from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.analysis.scenarios import scenario_of
from ftroi.errors import FtroiError
from ftroi.plan import NamedScenario, apply_scenario
from ftroi.workbook.cached_values import CachedValues
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.scenarios import (
    CHANGES,
    FIRST_FIGURE,
    HEADER_ROW,
    HINT_ROW,
    LINKS_ROW,
    NAME,
    STATE_ROW,
    TITLE_ROW,
)
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.printing import A4, print_on_one_width
from ftroi.workbook.references.compare import number_of
from ftroi.workbook.references.inputs_checksum import fingerprint
from ftroi.workbook.references.scenarios import NONE, SENTENCES, STALE, UP_TO_DATE, ScenarioFormulas
from ftroi.workbook.schema import SCENARIOS, SCENARIOS_SHEET
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.styles import mark

_HINT = (
    "Figures of the proposed option; money in thousands. Write scenarios of your own into the yellow rows: a name, and "
    "changes such as NAME=18; OPTION.NAME=200k, by the grey names on Assumptions"
)
_WIDTHS = {NAME: 20, CHANGES: 38}
_FIGURE_WIDTH, _TEXT_WIDTH, _BEST_WIDTH, _STATE_WIDTH = 10, 19, 17, 40
_HEADER_HEIGHT = 48
_STAMPED, _PRINT = "As computed when the file was written", "Fingerprint of the inputs then"
_INK = "#C00000"
Shown = float | str


@dataclass(frozen=True, slots=True)
class _Row:
    """What is stamped of a scenario: its figures by measure, the best option, and why there are none."""

    name: str
    changes: str
    figures: Mapping[str, Shown]
    best: str = NONE
    state: str = UP_TO_DATE


def write_scenarios(book: Book) -> None:
    """Write the sheet, with the name of the rows that people fill."""
    _Scenarios(book).write()


class _Scenarios:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book, self._plan = book, book.plan
        self._layout = book.layout.scenarios
        self._formulas = ScenarioFormulas(book.plan.template, book.layout)
        self._cells = book.sheet(SCENARIOS_SHEET)
        self._style = book.styles.of

    def write(self) -> None:
        self._head()
        rows = dict(zip(self._layout.rows, self._rows(), strict=False))
        for row in self._layout.rows:
            self._shown(row, rows.get(row))
        self._stamped(rows)
        first, last = (self._layout.own[0], NAME), (self._layout.own[-1], CHANGES)
        self._book.name_area(SCENARIOS, SCENARIOS_SHEET, first, last, "Your own scenarios: a name, and its changes")
        self._page()

    def _head(self) -> None:
        cells, style = self._cells, self._style
        cells.set_row(TITLE_ROW, 30)
        cells.write_string(TITLE_ROW, NAME, SCENARIOS_SHEET, style("title"))
        cells.write_string(HINT_ROW, NAME, _HINT, style("hint"))
        cells.write_url(LINKS_ROW, NAME, link_to(DASHBOARD), style("jump"), DASHBOARD)
        told = SENTENCES[UP_TO_DATE]
        cells.write_formula(STATE_ROW, NAME, self._formulas.sentence(), style("text"), told)
        stale = f'{address(STATE_ROW, NAME)}="{SENTENCES[STALE]}"'
        cells.conditional_format(STATE_ROW, NAME, STATE_ROW, NAME, stale, mark(_INK))
        cells.set_row(HEADER_ROW, _HEADER_HEIGHT)
        headers = {NAME: "Scenario", CHANGES: "Changed assumptions", self._layout.best: "Best option",
                   self._layout.state: "Figures"}  # fmt: skip
        for column, text in headers.items():
            cells.write_string(HEADER_ROW, column, text, style("header" if column < FIRST_FIGURE else "header text"))
        for one in self._plan.template.views.shown_in("options"):
            column = self._layout.figures[one.measure]
            cells.write_string(HEADER_ROW, column, one.short, style("header number"))

    # --- rows ----------------------------------------------------------------------------------------------

    def _rows(self) -> list[_Row]:
        """What is stamped, from the first case on."""
        strength = self._plan.template.views.roles.case_strength
        share = f"{self._plan.entries[strength].base:.0%}"
        told = {"base": "none", "optimistic": f"each uncertain one, {share} of the way to its good end",
                "pessimistic": f"each uncertain one, {share} of the way to its bad end"}  # fmt: skip
        cases = [self._computed(case.capitalize(), told[case], one) for case, one in self._book.cases.items()]
        return [*cases, *map(self._own, self._plan.scenarios)]

    def _own(self, scenario: NamedScenario) -> _Row:
        try:
            return self._computed(scenario.name, scenario.changes, CachedValues(apply_scenario(self._plan, scenario)))
        except FtroiError as error:
            return _Row(scenario.name, scenario.changes, {}, state=f"cannot be computed: {error.findings[0]}")

    def _computed(self, name: str, changes: str, values: CachedValues) -> _Row:
        candidate = self._plan.settings.candidate
        best = scenario_of(name, self._plan, values.results).best
        label = self._plan.template.options[best].short if best else NONE
        return _Row(name, changes, {figure: values.scalar(figure, candidate) for figure in self._layout.figures}, label)

    def _shown(self, row: int, one: _Row | None) -> None:
        """Write a row as people read it: their own words, and what was stamped as long as it holds."""
        cells, style, is_own = self._cells, self._style, row in self._layout.own
        for column, text in ((NAME, one.name if one else ""), (CHANGES, one.changes if one else "")):
            cells.write_text(row, column, text, style("input" if is_own else "text"))
        state = one.state if one else ""
        cells.write_formula(row, self._layout.state, self._formulas.state(row), style("grey unit"), state)
        holds = one is not None and one.state == UP_TO_DATE
        for name, column in self._layout.figures.items():
            number = style("calculated right", self._number(name))
            value = one.figures[name] if one and holds else NONE if one else ""
            cells.write_formula(row, column, self._formulas.figure(row, column), number, value)
        best = one.best if one and holds else NONE if one else ""
        formula = self._formulas.figure(row, self._layout.best)
        cells.write_formula(row, self._layout.best, formula, style("indented"), best)

    def _stamped(self, rows: Mapping[int, _Row]) -> None:
        """Write what was computed, in a shut block that formulas read."""
        cells, style, below = self._cells, self._style, self._layout.below
        title = self._layout.rows[0] + below - 1
        cells.write_string(title, NAME, _STAMPED, style("grey"))
        for row, one in rows.items():
            cells.write_string(row + below, NAME, one.name, style("grey"))
            cells.write_string(row + below, CHANGES, one.changes, style("grey"))
            for name, value in one.figures.items():
                place = (row + below, self._layout.figures[name])
                if isinstance(value, str):
                    cells.write_string(*place, value, style("grey right"))
                else:
                    cells.write_number(*place, value, style("grey number", self._number(name)))
            cells.write_string(row + below, self._layout.best, one.best, style("grey unit"))
            cells.write_string(row + below, self._layout.state, one.state, style("grey unit"))
        place = (self._layout.fingerprint, CHANGES)
        cells.write_string(self._layout.fingerprint, NAME, _PRINT, style("grey"))
        now = fingerprint(self._plan, self._book.layout)
        cells.write_number(*place, now, style("grey number", "decimal"))
        for row in range(title, self._layout.fingerprint + 1):
            cells.grid.shut(row, 1)

    def _number(self, name: str) -> str:
        return number_of(name, self._plan.template.lines[name].unit)

    def _page(self) -> None:
        cells, layout = self._cells, self._layout
        for column, width in _WIDTHS.items():
            cells.set_column(column, column, width)
        for name, column in layout.figures.items():
            has_texts = self._plan.template.lines[name].unit == "month"
            cells.set_column(column, column, _TEXT_WIDTH if has_texts else _FIGURE_WIDTH)
        cells.set_column(layout.best, layout.best, _BEST_WIDTH)
        cells.set_column(layout.state, layout.state, _STATE_WIDTH)
        cells.freeze_panes(HEADER_ROW + 1, NAME + 1)
        print_on_one_width(self._book, SCENARIOS_SHEET, A4, (layout.own[-1], layout.state))
