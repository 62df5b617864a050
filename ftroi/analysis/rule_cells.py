"""What the rules of the verdict look at, computed: options, categories, break-evens, and single figures.

Each table is columns by name, a cell a row. The workbook has the same tables on its sheet Gates, as formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from ftroi.analysis.present_value import npv_by_category
from ftroi.analysis.turning_points import TurningPoint, known_turning_points
from ftroi.engine import NOTHING, Results
from ftroi.language.rules import Column, RuleCells, Value
from ftroi.plan.plan import Plan
from ftroi.termsheet.rules import Cell

Columns = Mapping[str, list[Value]]


def blank_or(figure: float | None) -> Value:
    """A cell with the figure, or an empty one."""
    return "" if figure is None else figure


def figure_of(results: Results, name: str, option: str) -> Value:
    """A line, a measure or an assumption of an option; the text of a measure that has no number."""
    if name not in results.template.lines:
        return results.number(name, option)
    measured = results.measure(name, option)
    return measured.text if measured.value is None else measured.value


class _Row(RuleCells):
    """One row: its own cells, then figures of its option, then those of other options."""

    def __init__(self, own: dict[str, Value], of_option: Callable[[str], Value], across: Callable[..., Value]) -> None:
        self._own, self._of_option, self._across = own, of_option, across

    def value(self, name: str, via: str) -> Value:
        if via:
            return self._across(name, via)
        return self._own[name] if name in self._own else self._of_option(name)


class OptionTable:
    """The options of a plan as the verdict compares them."""

    def __init__(self, plan: Plan, results: Results) -> None:
        """Compute every column of every option."""
        self._plan, self._results = plan, results
        settings = plan.settings
        self.roles = {"CANDIDATE": settings.candidate, "REFERENCE": settings.reference, "NOTHING": NOTHING}
        self._rows = {option: dict(self._facts(option)) for option in settings.options}
        for cell in plan.template.how_to_decide.options:
            for option, own in self._rows.items():
                own[cell.name] = cell.value(self.cells(option), settings.currency)

    def _facts(self, option: str) -> Iterator[tuple[str, Value]]:
        table = self._plan.template.options[option]
        yield "option", option
        yield "label", table.label
        yield "phrase", table.phrase or table.label
        yield "tuned", float(table.tuned)
        for role, whose in self.roles.items():
            yield f"is_{role.lower()}", float(option == whose)

    def cells(self, option: str) -> RuleCells:
        """What the rules mention of an option."""
        return _Row(self._rows[option], lambda name: figure_of(self._results, name, option), self.across)

    def across(self, name: str, via: str) -> Value:
        """A column's cell, or a figure, of the option that plays a role."""
        option = self.roles[via]
        own = self._rows.get(option, {})
        return own[name] if name in own else figure_of(self._results, name, option)

    @cached_property
    def columns(self) -> Columns:
        """The columns by name, a cell for each option in the plan's order."""
        names = next(iter(self._rows.values())).keys()
        return {name: [own[name] for own in self._rows.values()] for name in names}


class PlanCells(RuleCells):
    """What the clauses, the reasons and the single figures mention of a plan.

    ``given`` are cells that are known already: words, lists of gates, failed checks. ``gates`` are columns of the
    gates.
    """

    def __init__(
        self,
        plan: Plan,
        results: Results,
        options: OptionTable,
        given: Mapping[str, Value],
        gates: Columns | None = None,
    ) -> None:
        """Figures and tables are computed when they are asked for."""
        self._plan, self._results, self._options = plan, results, options
        self._given = dict(given) | {"currency": plan.settings.currency, "case": plan.settings.case}
        self._figures = {cell.name: cell for cell in plan.template.how_to_decide.figures}
        self._columns: dict[str, list[Value]] = {**(gates or {}), **options.columns}

    def value(self, name: str, via: str) -> Value:
        """A cell by name; a figure of the candidate where no cell has the name."""
        if via:
            return self._options.across(name, via)
        if name not in self._given:
            cell = self._figures.get(name)
            found = self.cell(cell) if cell else figure_of(self._results, name, self._plan.settings.candidate)
            self._given[name] = found
        return self._given[name]

    def cell(self, cell: Cell) -> Value:
        """What a cell of the rule holds."""
        return cell.value(self, self._plan.settings.currency)

    def column(self, name: str) -> Column:
        """A column of one of the tables; one of a table without rows is empty."""
        if name not in self._columns:
            self._columns |= self.categories()
            self._columns |= self.break_evens()
        return self._columns.get(name, [])

    def categories(self) -> Columns:
        """The table of categories: what each adds to the candidate's NPV against the reference."""
        labels = self._plan.template.categories
        rows: list[dict[str, Value]] = [
            {"category": name, "category_label": labels[name].label, "move": move}
            for name, move in npv_by_category(self._plan, self._results).items()
        ]
        return self._added(rows, self._plan.template.how_to_decide.categories)

    def break_evens(self) -> Columns:
        """The table of break-evens: today, at break-even, and what a sentence says of it."""
        rows = [self._break_even(one) for one in known_turning_points(self._plan.template)]
        return self._added(rows, self._plan.template.how_to_decide.distances)

    def _break_even(self, one: TurningPoint) -> dict[str, Value]:
        option = one.option(self._plan)
        own: dict[str, Value] = {
            "break_even": one.name,
            "today": figure_of(self._results, one.today, option),
            "at": figure_of(self._results, one.at, option),
        }
        row = _Row(own, lambda name: self.value(name, ""), self._options.across)
        own["says"] = one.says.filled(row, {}, self._plan.settings.currency)
        return own

    def _added(self, rows: list[dict[str, Value]], cells: tuple[Cell, ...]) -> Columns:
        for own in rows:
            row = _Row(own, lambda name: self.value(name, ""), self._options.across)
            for cell in cells:
                own[cell.name] = cell.value(row, self._plan.settings.currency)
        return {name: [own[name] for own in rows] for name in (rows[0] if rows else ())}
