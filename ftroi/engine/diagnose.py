"""Locating the line, option and month at which a computation has no result.

The array programs only notice that some operation failed. So the failing scenario is computed again here, one number
at a time with the tree-walking interpreter: slow, but it knows where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftroi.errors import EvaluationError, Finding
from ftroi.language import FUNCTIONS, ArithmeticFault, Node, evaluate, formula_text
from ftroi.termsheet import Line, Role, Template

if TYPE_CHECKING:
    from ftroi.engine.inputs import Inputs
    from ftroi.engine.numpy_backend.program import Program

_SCENARIOS_SEARCHED = 2_000


def locate_fault(template: Template, program: Program, inputs: Inputs) -> EvaluationError:
    """The error that names the first formula without a result, found by computing up to it one number at a time."""
    for scenario in range(min(inputs.scenarios, _SCENARIOS_SEARCHED)):
        try:
            _OneScenario(template, program, inputs, scenario).run()
        except _FaultError as fault:
            return EvaluationError(fault.finding)
    what = "the numbers are too large or too small to compute with"
    return EvaluationError(Finding("engine", what, "look for an assumption that is far out of scale"))


class _FaultError(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class _OneScenario:
    """One scenario, computed formula by formula in the order of the program."""

    def __init__(self, template: Template, program: Program, inputs: Inputs, scenario: int) -> None:
        self._template = template
        self._needed = program.lines
        self._inputs = inputs
        self._scenario = min(scenario, inputs.scenarios - 1)
        self._known: dict[str, list[list[float]]] = {}
        self._across = inputs.party_indices

    def run(self) -> None:
        for group in self._template.order:
            names = [name for name in group.names if name in self._needed]
            months = range(1, self._inputs.months + 1)
            for name in names:
                self._known[name] = [[] for _ in self._inputs.options]
            if group.loop:
                for option in range(len(self._inputs.options)):
                    for month in months:
                        for name in names:
                            self._compute(name, option, month)
                continue
            for name in names:
                varies = name in self._template.series
                for option in range(len(self._inputs.options)):
                    for month in months if varies else range(1, 2):
                        self._compute(name, option, month)

    def _compute(self, name: str, option: int, month: int) -> None:
        line = self._template.lines[name]
        self._known[name][option].append(self._value_of(line, option, month))

    def _value_of(self, line: Line, option: int, month: int) -> float:
        if line.role is Role.OWN:
            return _at(self._inputs.own[line.name], month, option, 0)
        if line.tree is None:
            return sum(self._known[term][option][month - 1] for term in line.terms)
        if any(self._tree(line, clause.when, option, month) for clause in line.unless):
            return float("nan")
        return self._tree(line, line.tree, option, month)

    def _tree(self, line: Line, tree: Node, option: int, month: int) -> float:
        try:
            return evaluate(tree, lambda name, via: self._mention(name, via, option, month))
        except ArithmeticFault as fault:
            where = f"[{line.name}] of {self._inputs.options[option]}"
            if line.name in self._template.series:
                where += f" in month {month}"
            what = f"{fault.kind} in {formula_text(fault.node)}"
            raise _FaultError(Finding(where, what, "check the assumptions that it uses, or guard it with IF")) from None

    def _mention(self, name: str, via: str, option: int, month: int) -> float:
        if via in self._across:
            option, via = self._across[via], ""
        if name not in self._known:
            return _at(self._inputs.values[name], 1, option, self._scenario)
        row = self._known[name][option]
        if via == "":
            return row[month - 1] if len(row) >= month else row[-1]
        if via == "PREV":
            return row[month - 2] if month > 1 else self._opening(name, option)
        begins = FUNCTIONS[via].reads_opening and self._template.lines[name].opening is not None
        return FUNCTIONS[via].value_in_month([self._opening(name, option), *row] if begins else row, month)

    def _opening(self, name: str, option: int) -> float:
        line = self._template.lines[name]
        return 0.0 if line.opening is None else self._tree(line, line.opening, option, 1)


def _at(array: np.typing.NDArray[np.float64], month: int, option: int, scenario: int) -> float:
    places = (month - 1, option, scenario)
    return float(array[tuple(min(place, size - 1) for place, size in zip(places, array.shape, strict=True))])
