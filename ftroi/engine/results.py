"""The results of an evaluation: rows, scalars, and measures with their texts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.engine.rates import all_rates
from ftroi.language import FloatArray, evaluate
from ftroi.language.row_bodies import full
from ftroi.termsheet import Clause, Line, Template


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's value, or None with a status code and a text that says why; a value may have a remark, too."""

    value: float | None
    status: str = ""
    text: str = ""


@dataclass(frozen=True)
class Results:
    """Computed lines by name, each of months × options × scenarios; an axis along which it does not vary has length 1.

    ``arrays`` holds the computed lines, ``inputs`` the assumptions, both in their units; costs and values are positive.
    """

    template: Template
    options: tuple[str, ...]
    months: int
    arrays: Mapping[str, FloatArray]
    inputs: Mapping[str, FloatArray]

    def row(self, name: str, option: str, scenario: int = 0) -> FloatArray:
        """A line by month (a scalar repeated) in the line's unit, as an array of length ``months``."""
        return full(self.arrays[name], self.months)[:, self._place(name, option), self._draw(name, scenario)]

    def number(self, name: str, option: str, scenario: int = 0) -> float:
        """The value of a scalar line or an assumption; of a row, that of month 1. A measure without a value is nan."""
        return float(self._array(name)[0, self._place(name, option), self._draw(name, scenario)])

    def draws(self, name: str, option: str) -> FloatArray:
        """A scalar line by scenario, as an array of length ``scenarios``, or 1 if it does not vary."""
        return self.arrays[name][0, self._place(name, option), :]

    def _place(self, name: str, option: str) -> int:
        options: int = self._array(name).shape[1]
        return min(self.options.index(option), options - 1)

    def _draw(self, name: str, scenario: int) -> int:
        scenarios: int = self._array(name).shape[2]
        return min(scenario, scenarios - 1)

    def _array(self, name: str) -> FloatArray:
        return self.arrays[name] if name in self.arrays else self.inputs[name]

    def measure(self, name: str, option: str, scenario: int = 0) -> Measured:
        """A measure's value, with its remark if any, or the text in place of the value."""
        line = self.template.lines[name]
        clause = self._clause(line.unless, f"status:{name}", option, scenario)
        if clause is not None:
            return self._without_number(line, clause, option, scenario)
        value = self.number(name, option, scenario)
        if math.isnan(value):
            return self._with_all_rates(line, option, scenario)
        remark = self._clause(line.remark, f"remark:{name}", option, scenario)
        if remark is None:
            return Measured(value)
        return Measured(value, remark.table.status, self._text(remark, option, scenario))

    def measures(self, option: str, scenario: int = 0) -> dict[str, Measured]:
        """All public measures of an option, in the template's order."""
        return {name: self.measure(name, option, scenario) for name in self.template.measures}

    def _clause(self, clauses: tuple[Clause, ...], key: str, option: str, scenario: int) -> Clause | None:
        if not clauses:
            return None
        number = int(self.number(key, option, scenario))
        return clauses[number - 1] if number else None

    def _without_number(self, line: Line, clause: Clause, option: str, scenario: int) -> Measured:
        if clause.table.isolate:
            return self._with_all_rates(line, option, scenario)
        return Measured(None, clause.table.status, self._text(clause, option, scenario))

    def _with_all_rates(self, line: Line, option: str, scenario: int) -> Measured:
        """List all rates of return, for flows whose signs do not guarantee a single one."""
        ((row, _via),) = [need for need in line.needs if need[1] == "IRR"]
        flows = [*self._opening(row, option, scenario), *self.row(row, option, scenario)]
        yearly = [(1 + rate) ** 12 - 1 for rate in all_rates(flows)]
        if len(yearly) == 1:
            return Measured(yearly[0])
        if not yearly:
            return Measured(None, "none", "none")
        return Measured(None, "several", "several: " + ", ".join(f"{rate:.2%}" for rate in yearly))

    def _opening(self, name: str, option: str, scenario: int) -> list[float]:
        """A line's value at time 0, where it has one."""
        tree = self.template.lines[name].opening
        return [] if tree is None else [evaluate(tree, lambda one, _: self.number(one, option, scenario))]

    def _text(self, clause: Clause, option: str, scenario: int) -> str:
        """The clause's text with its amounts filled in."""

        def value(name: str, _via: str) -> float:
            return self.number(name, option, scenario)

        return clause.text.filled(lambda tree: evaluate(tree, value))
