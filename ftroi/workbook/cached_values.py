"""The cached values of formula cells, which a file needs before any spreadsheet has calculated it.

They come from one evaluation of the engine over all months, and equal the results of the formulas, texts included.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ftroi.analysis import Judged, Verdict, give_verdict, judge_plan
from ftroi.engine import Results
from ftroi.language import Node, evaluate
from ftroi.plan import Plan, calculate
from ftroi.workbook.layout.option import MONTHS
from ftroi.workbook.schema import SEE_FUNCTION


class CachedValues:
    """What every cell of every option's sheet shows."""

    def __init__(self, plan: Plan) -> None:
        """Compute the plan over all months of the sheets. Raises EvaluationError."""
        self.results: Results = calculate(plan, months=MONTHS)
        self._plan = plan
        self._settings = plan.settings

    @cached_property
    def gates(self) -> tuple[Judged, ...]:
        """Every gate, judged."""
        return judge_plan(self._plan, self.results)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on the plan."""
        return give_verdict(self._plan, self.results, self.gates)

    def row(self, name: str, option: str) -> list[float]:
        """A line by month; adding 0 makes a negative zero a zero."""
        months: list[float] = (self.results.row(name, option) + 0.0).tolist()
        return months

    def opening(self, tree: Node, option: str) -> float:
        """A line's value at time 0 from its tree; lines by month count with month 1."""
        across = self._settings.parties

        def value(name: str, via: str) -> float:
            return self.results.number(name, across.get(via, option))

        return stored(evaluate(tree, value))

    def number(self, name: str, option: str) -> float:
        """An assumption in force, or a scalar without texts."""
        return stored(self.results.number(name, option))

    def scalar(self, name: str, option: str) -> float | str:
        """A scalar, or a measure as the native formula shows it: its number or its text."""
        line = self.results.template.lines[name]
        if not line.unless:
            return self.number(name, option)
        status = int(self.results.number(f"status:{name}", option))
        if status and line.unless[status - 1].table.isolate:
            return SEE_FUNCTION
        measured = self.results.measure(name, option)
        return measured.text if measured.value is None else stored(measured.value)

    def figure(self, name: str, option: str) -> float | str:
        """What a cell shows of a scalar line, a measure or an assumption."""
        return self.scalar(name, option) if name in self.results.template.lines else self.number(name, option)

    def remark(self, name: str, option: str) -> str:
        """The text that stands beside a measure's number, or ""."""
        measured = self.results.measure(name, option)
        return "" if measured.value is None else measured.text


def stored(value: float) -> float:
    """A number as a cell holds it, with all its digits, a negative zero as zero."""
    return float(value) + 0.0


def total(values: Sequence[float]) -> float:
    """The sum of a row as a cell holds it."""
    return stored(sum(values))
