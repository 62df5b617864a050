"""The cells that the rules of the verdict read, computed: tables of options, categories, break-evens; single values.

A table is a mapping from names to columns. The workbook has the same tables, as formulas, on its sheet Gates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from ftroi.analysis.present_value import npv_by_category
from ftroi.analysis.turning_points import TurningPoint, known_turning_points
from ftroi.engine import NOTHING, Results
from ftroi.language.rules import Column, RuleCells, Value
from ftroi.plan import Plan, option_facts
from ftroi.termsheet.decision_rules import OPTION_FACTS
from ftroi.termsheet.rules import Cell

Columns = Mapping[str, list[Value]]


def blank_or(figure: float | None) -> Value:
    """The number, or "" (an empty cell) for None."""
    return "" if figure is None else figure


def value_or_text(results: Results, name: str, option: str) -> Value:
    """The value of a line, measure or assumption of an option; the text of a measure without a value."""
    if name not in results.template.lines:
        return results.number(name, option)
    measured = results.measure(name, option)
    return measured.text if measured.value is None else measured.value


class _Row(RuleCells):
    """One row: names are looked up in its own cells, then among the values of its option."""

    def __init__(self, own: dict[str, Value], of_option: Callable[[str], Value], across: Callable[..., Value]) -> None:
        self._own, self._of_option, self._across = own, of_option, across

    def value(self, name: str, via: str) -> Value:
        if via:
            return self._across(name, via)
        return self._own[name] if name in self._own else self._of_option(name)


class OptionTable:
    """The verdict's table of the plan's options."""

    def __init__(self, plan: Plan, results: Results) -> None:
        """Compute all columns of all options."""
        self._plan, self._results = plan, results
        settings = plan.settings
        self.roles = {"CANDIDATE": settings.candidate, "REFERENCE": settings.reference, "NOTHING": NOTHING}
        self._rows = {
            option: {name: fact for name, fact in option_facts(plan, option).items() if name in OPTION_FACTS}
            for option in settings.options
        }
        for cell in plan.template.how_to_decide.options:
            for option, own in self._rows.items():
                own[cell.name] = cell.value(self.cells(option), settings.currency)

    def cells(self, option: str) -> RuleCells:
        """The cells that the rules may mention of an option."""
        return _Row(self._rows[option], lambda name: value_or_text(self._results, name, option), self.across)

    def across(self, name: str, via: str) -> Value:
        """A column's cell, or another value, of the option in a role (``via``)."""
        option = self.roles[via]
        own = self._rows.get(option, {})
        return own[name] if name in own else value_or_text(self._results, name, option)

    def phrase(self, option: str) -> Value:
        """An option in sentences."""
        return self._rows[option]["phrase"]

    @cached_property
    def columns(self) -> Columns:
        """The columns by name, a cell for each option in the plan's order."""
        names = next(iter(self._rows.values())).keys()
        return {name: [own[name] for own in self._rows.values()] for name in names}


class PlanCells(RuleCells):
    """The cells that clauses, reasons and single values may mention of a plan.

    ``given`` are cells that are already known: words, lists of gates, failed checks. ``gates`` are the columns of the
    gates.
    """

    def __init__(
        self,
        plan: Plan,
        results: Results,
        options: OptionTable,
        given: Mapping[str, Value],
        gates: Columns | None = None,
        against: str = "",
    ) -> None:
        """Values and tables are computed on first use; ``against`` is the option that the decision compares with."""
        self._plan, self._results, self._options = plan, results, options
        self._against = against or plan.settings.reference
        self._given = (
            dict(given)
            | {"against": options.phrase(self._against)}
            | {"currency": plan.settings.currency, "case": plan.settings.case}
        )
        self._figures = {cell.name: cell for cell in plan.template.how_to_decide.figures}
        self._columns: dict[str, list[Value]] = {**(gates or {}), **options.columns}

    def value(self, name: str, via: str) -> Value:
        """A cell by name; if there is none, a value of the candidate."""
        if via:
            return self._options.across(name, via)
        if name not in self._given:
            cell = self._figures.get(name)
            found = self.cell(cell) if cell else value_or_text(self._results, name, self._plan.settings.candidate)
            self._given[name] = found
        return self._given[name]

    def cell(self, cell: Cell) -> Value:
        """The value of a cell of the rule."""
        return cell.value(self, self._plan.settings.currency)

    def column(self, name: str) -> Column:
        """A column of one of the tables; empty for a table without rows."""
        if name not in self._columns:
            self._columns |= self.categories()
            self._columns |= self.break_evens()
        return self._columns.get(name, [])

    def categories(self) -> Columns:
        """The table of categories, with the part of each in the candidate's NPV over the option that decided."""
        labels = self._plan.template.categories
        rows: list[dict[str, Value]] = [
            {"category": name, "category_label": labels[name].label, "move": move}
            for name, move in npv_by_category(self._plan, self._results, self._against).items()
        ]
        return self._added(rows, self._plan.template.how_to_decide.categories)

    def break_evens(self) -> Columns:
        """The table of break-evens: the value today, at break-even, and the sentence."""
        rows = [self._break_even(point) for point in known_turning_points(self._plan.template)]
        return self._added(rows, self._plan.template.how_to_decide.distances)

    def _break_even(self, one: TurningPoint) -> dict[str, Value]:
        option = one.option(self._plan)
        own: dict[str, Value] = {
            "break_even": one.name,
            "today": value_or_text(self._results, one.today, option),
            "at": value_or_text(self._results, one.at, option),
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
