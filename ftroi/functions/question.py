"""A call of a function with parsed arguments: the arguments by name, the option, and the results of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ftroi.engine import FloatArray, Measured, Results
from ftroi.errors import Finding, PlanError
from ftroi.functions.arguments import Given, is_omitted, one_cell, parsed
from ftroi.functions.session import Evaluated
from ftroi.plan import Plan
from ftroi.plan.option_names import option_named, suggest_option
from ftroi.workbook.reading.cell_values import figure, whole, words

Value: TypeAlias = float | str
Table: TypeAlias = tuple[tuple[Value, ...], ...]
"""Rows of equal length; the first one holds the headers."""
Answer: TypeAlias = Value | Table


@dataclass(frozen=True, slots=True)
class Question:
    """The arguments of a call by name, the option that it is about, and the evaluated plan."""

    arguments: Mapping[str, Given]
    option: str
    evaluated: Evaluated

    @property
    def plan(self) -> Plan:
        """The plan, with the option of the call as the chosen one."""
        plan = self.evaluated.plan
        return plan if plan.settings.option == self.option else plan.with_settings(option=self.option)

    @property
    def results(self) -> Results:
        """The engine's results for all options."""
        return self.evaluated.results

    def is_given(self, name: str) -> bool:
        """Say whether an argument was given, and is not a blank cell."""
        return not is_omitted(self.arguments.get(name))

    def words(self, name: str) -> str:
        """An argument that is a text; raises PlanError for anything else."""
        return parsed(name, words, one_cell(name, self.arguments.get(name)))

    def whole(self, name: str) -> int:
        """An argument that is a whole number, as a number or as a text; raises PlanError for anything else."""
        return parsed(name, whole, one_cell(name, self.arguments.get(name)))

    def figure(self, name: str) -> float:
        """An argument that is a number; 90% as a text is 0.9. Raises PlanError for anything else."""
        return parsed(name, figure, one_cell(name, self.arguments.get(name)))

    def row(self, line: str) -> FloatArray:
        """A line by month over the horizon, in its unit."""
        return self.results.row(line, self.option)[: self.plan.horizon]

    def measure(self, name: str, option: str = "") -> Value:
        """A measure's value, or the text in place of it; by default for the option of the call."""
        return shown(self.evaluated.measure(name, option or self.option))


def shown(measured: Measured) -> Value:
    """A measure's value, or the text in place of it."""
    return measured.text or measured.status if measured.value is None else measured.value


def option_argument(plan: Plan, given: Given, default: str) -> str:
    """The id of the option in an argument, or ``default`` if it is omitted; raises PlanError for an unknown one."""
    if is_omitted(given):
        return default
    known = plan.settings.options
    option = option_named(plan.template, known, parsed("option", words, one_cell("option", given)))
    if option not in known:
        cure = suggest_option(plan.template, known, option)
        raise PlanError(Finding("option", f"'{option}' is not an option of this plan", cure))
    return option
