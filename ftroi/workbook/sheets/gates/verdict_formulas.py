"""The rule of verdict.toml as formulas: tables, figures, clauses in order, reasons and conditions."""

from __future__ import annotations

from ftroi.analysis.turning_points import TurningPoint, known_turning_points
from ftroi.engine import NOTHING
from ftroi.language import FUNCTIONS
from ftroi.plan import Plan
from ftroi.termsheet.rules import Cell
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.checks import FAILURE_ROW, WHERE
from ftroi.workbook.layout.compare import FIRST_OPTION
from ftroi.workbook.layout.gates import Grid, header_of
from ftroi.workbook.layout.option import VALUE as OWN_VALUE
from ftroi.workbook.layout.workbook import CHECKS_SHEET, COMPARE, Layout
from ftroi.workbook.references.compare import currency_cell, of_option
from ftroi.workbook.references.rules import RulePrinter, joined
from ftroi.workbook.schema import CASE, CHECKS_FAILED, GATES_SHEET
from ftroi.workbook.sheets.gates.formulas import BETWEEN, of_candidate
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix, quoted


class VerdictFormulas:
    """The formulas below the gates, without a leading ``=``; with ``sheet`` for formulas of another sheet."""

    def __init__(self, plan: Plan, layout: Layout, sheet: str = "") -> None:
        """Print for the cells of a layout."""
        self._plan, self._layout, self._gates = plan, layout, layout.gates
        self._rule = plan.template.how_to_decide
        self._words = plan.template.how_gates_are_judged.words
        self._sheet = sheet
        self._printer = RulePrinter(self._plan_cell, self._column, currency_cell(layout))

    # --- what names stand for ------------------------------------------------------------------------------

    def _plan_cell(self, name: str, via: str) -> str:
        """A cell that clauses, reasons and figures mention."""
        gates = self._gates
        if via:
            return self._across(name, via)
        if name in gates.figures:
            return self._at(gates.figures[name], at.VALUE)
        if name in gates.columns and any(one.name == name for one in self._plan.template.how_gates_are_judged.lists):
            return self._at(gates.last_gate, gates.columns[name]) if gates.rows else quoted("")
        if name in self._words:
            return quoted(self._words[name])
        if name in gates.clauses:
            return quoted(name)
        return self._given().get(name, name)

    def _given(self) -> dict[str, str]:
        return {
            "currency": currency_cell(self._layout), "case": CASE, "code": self.verdict(at.CODE),
            "word": self.verdict(at.WORD), "conditions": self._at(self._gates.conditions, at.LABEL),
        }  # fmt: skip

    def _at(self, row: int, column: int) -> str:
        return f"{self._sheet}{fixed(row, column)}"

    def _column(self, name: str) -> str:
        """The cells of a column of one of the tables."""
        for grid in (self._gates.options, self._gates.moves, self._gates.break_even_grid):
            if name in grid.columns:
                return f"{self._sheet}{grid.column(name)}"
        return f"{self._sheet}{self._gates.gates.column(header_of(name))}"

    def _across(self, name: str, via: str) -> str:
        """A figure of the option that plays a role."""
        number = FUNCTIONS[via].excel
        if name in self._gates.options.columns:
            return f"INDEX({self._sheet}{self._gates.options.column(name)},{number})"
        return of_option(self._layout, self._layout.compare.scalars[name], number)

    def _row_printer(self, grid: Grid, key: str, option: str = "") -> RulePrinter:
        row = grid.rows[key]

        def cell(name: str, via: str) -> str:
            if via:
                return self._across(name, via)
            if name in grid.columns:
                return fixed(row, grid.columns[name])
            if option and name in self._layout.compare.scalars:
                return self._of_option(name, option)
            return self._plan_cell(name, "")

        return RulePrinter(cell, self._column, currency_cell(self._layout))

    def _of_option(self, name: str, option: str) -> str:
        compare = self._layout.compare
        return f"{prefix(COMPARE)}{fixed(compare.scalars[name], compare.column(option))}"

    # --- tables --------------------------------------------------------------------------------------------

    def option(self, option: str) -> dict[str, str]:
        """The formulas of an option's row by column."""
        grid = self._gates.options
        own, place = fixed(grid.rows[option], grid.columns["option"]), self._layout.compare.options.index(option) + 1
        formulas = {
            "is_candidate": f"IFERROR(IF(FT_CandidateNumber={place},1,0),0)",
            "is_reference": f"IFERROR(IF(FT_ReferenceNumber={place},1,0),0)",
            "is_nothing": f"IF({own}={quoted(NOTHING)},1,0)",
        }
        return formulas | self._added(grid, option, self._rule.options, option)

    def _added(self, grid: Grid, key: str, cells: tuple[Cell, ...], option: str = "") -> dict[str, str]:
        printer = self._row_printer(grid, key, option)
        return {cell.name: printer.cases(cell.cases) for cell in cells}

    def move(self, category: str) -> dict[str, str]:
        """What a category adds to the candidate's NPV against the option that decided, and what the rule adds."""
        compare = self._layout.compare
        present = compare.present[category]
        cells = f"{prefix(COMPARE)}{fixed_range(present, FIRST_OPTION, present, compare.last_option)}"
        both = [f"INDEX({cells},1,{one})" for one in ("FT_CandidateNumber", self._against())]
        move = "-".join(both if self._plan.template.is_value(category) else both[::-1])
        return {"move": move} | self._added(self._gates.moves, category, self._rule.categories)

    def _against(self) -> str:
        """The position of the option that the decision compares the candidate with."""
        return f"MATCH({self.verdict(at.AGAINST)},{self._column('option')},0)"

    def break_even(self, one: TurningPoint) -> dict[str, str]:
        """Today's figure, the one at break-even, the sentence, and what the rule makes of them."""
        grid = self._gates.break_even_grid
        return {
            "today": self._figure_of(one.today, one),
            "at": self._figure_of(one.at, one),
            "says": self._row_printer(grid, one.name).text(one.says),
        } | self._added(grid, one.name, self._rule.distances)

    def _figure_of(self, name: str, one: TurningPoint) -> str:
        """The option's figure: from Compare, or an assumption as it is in force on the option's own sheet."""
        scalars = self._layout.compare.scalars
        position = "FT_ReferenceNumber" if one.of_reference else "FT_CandidateNumber"
        if name in scalars:
            return of_option(self._layout, scalars[name], position)
        own = self._layout.option.rows.get(name)
        if own is None:
            return name
        sheets = (self._layout.sheets[option] for option in self._plan.settings.options)
        return f"CHOOSE({position},{','.join(f'{prefix(sheet)}{fixed(own, OWN_VALUE)}' for sheet in sheets)})"

    def break_evens(self) -> list[TurningPoint]:
        """The break-evens, in order."""
        return known_turning_points(self._plan.template)

    # --- figures, clauses, reasons -------------------------------------------------------------------------

    def figures(self) -> dict[str, str]:
        """What the clauses look at, by name."""
        failure = f"{prefix(CHECKS_SHEET)}{fixed(FAILURE_ROW, WHERE)}"
        asked = {name: of_candidate(self._layout, name) for name in self._rule.figures_asked}
        own = {cell.name: self._printer.cases(cell.cases) for cell in self._rule.figures}
        against = f"INDEX({self._column('phrase')},{self._against()})"
        return {"failed_checks": CHECKS_FAILED, "failure": failure, "against": against} | asked | own

    def clause(self, code: str) -> dict[int, str]:
        """The formulas of a clause's row by column: whether it holds, its sentence, what it favours and compares with.

        The last clause always holds: there the formula is the number 1.
        """
        clause = next(one for one in self._rule.clauses if one.code == code)
        cell = fixed(self._gates.clauses[code], at.HOLDS)
        chosen = self._plan_cell(clause.option, "") if clause.option else ""
        against = self._plan_cell(clause.against, "") if clause.against else self._across("option", "REFERENCE")
        return {
            at.HOLDS: "1" if clause.when is None else f"IF({self._printer.tree(clause.when)},1,0)",
            at.SENTENCE: f'IF({cell}=1,{self._printer.text(clause.sentence)},"")',
            at.CHOSEN: f'IF({cell}=1,{chosen},"")' if chosen else quoted(""),
            at.AGAINST: f'IF({cell}=1,{against},"")',
        }

    def verdict(self, column: int) -> str:
        """A column of the first clause that holds, for any sheet."""
        rows = self._gates.clauses.values()
        place = prefix(GATES_SHEET)
        holds, wanted = (f"{place}{fixed_range(min(rows), one, max(rows), one)}" for one in (at.HOLDS, column))
        return f"INDEX({wanted},MATCH(1,{holds},0))"

    def reasons(self) -> dict[str, str]:
        """The reasons by name; "" where there is none."""
        return {cell.name: self._printer.cases(cell.cases) for cell in self._rule.reasons}

    def conditions(self) -> str:
        """The conditions that remain, and what was waived."""
        parts = []
        for name, when in self._rule.conditions:
            told = self._plan_cell(name, "")
            parts.append(told if when is None else f'IF({self._printer.tree(when)},{told},"")')
        return joined(parts, BETWEEN)

    def conditions_told(self) -> str:
        """The conditions in a sentence; "" without any."""
        told = self._plan_cell("conditions", "")
        return f'IF({told}="","",{self._printer.text(self._rule.conditions_told)})'

    def head(self) -> str:
        """The line above the verdict's sentence."""
        return self._printer.text(self._rule.head)
