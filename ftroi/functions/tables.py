"""The functions that return a table: headers in the first row, all rows of equal length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ftroi.analysis.rule_cells import blank_or
from ftroi.dates import PERIODS
from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError
from ftroi.functions.figures import cost_row
from ftroi.functions.question import Question, Table, Value, shown
from ftroi.functions.session import Judgement
from ftroi.language import did_you_mean
from ftroi.termsheet import Role
from ftroi.termsheet.totals import BENEFITS, COSTS

GATE_COLUMNS = ("gate", "label", "status", "figure", "threshold", "margin", "unit", "why")

_TOTALS = MappingProxyType({COSTS: "cost", BENEFITS: "value"})
"""The lines below a schedule, with their names there; the net follows them."""


def padded(table: Table, rows: int, columns: int) -> Table:
    """A table fitted to the size of a range: padded with "", and cut off if the range is smaller."""
    width = max(columns, 1)
    lines = [(*row, *("" for _ in range(width)))[:width] for row in table[:rows]]
    return tuple(lines + [("",) * width for _ in range(rows - len(lines))])


def ft_compare(question: Question) -> Table:
    """Every measure (rows) of every option (columns)."""
    options = question.plan.settings.options
    rows = ((name, *(question.measure(name, option) for option in options)) for name in question.plan.template.measures)
    return (("measure", *options), *rows)


def ft_schedule(question: Question) -> Table:
    """Costs, value and net (rows) by period (columns), with the total of each at the right."""
    by = _chosen(question, "by", "year")
    if by not in PERIODS:
        raise PlanError(Finding("by", f"no period '{by}'", did_you_mean(by, PERIODS) or 'write "month" or "year"'))
    length = PERIODS[by]
    rows = tuple(_row(name, amounts, length) for name, amounts in _lines(question))
    numbers = tuple(float(number) for number in range(1, len(rows[0]) - 1))
    return ((by, *numbers, "total"), *rows)


def _chosen(question: Question, name: str, default: str) -> str:
    return question.words(name) if question.is_given(name) else default


def _lines(question: Question) -> Iterator[tuple[str, FloatArray]]:
    """The requested rows by month; a single item comes without totals."""
    rows, template = _chosen(question, "rows", "category"), question.plan.template
    sets = {
        "category": list(template.categories),
        "line": [line.name for line in template.lines.values() if line.category and line.role is not Role.CATEGORY],
    }
    yield from ((name, cost_row(question, name)) for name in sets.get(rows, [rows]))
    if rows in sets:
        yield from ((label, question.row(line)) for line, label in _TOTALS.items())
        yield "net", question.row(BENEFITS) - question.row(COSTS)


def _row(name: str, amounts: FloatArray, length: int) -> tuple[Value, ...]:
    sums = (float(amounts[start : start + length].sum()) for start in range(0, len(amounts), length))
    return (name, *sums, float(amounts.sum()))


def gate_table(judgement: Judgement) -> Table:
    """The gates with their status, figure, threshold and margin."""
    rows = (
        (
            gate.id, gate.table.label, gate.word, shown(gate.figure), blank_or(gate.threshold),
            blank_or(gate.margin), gate.table.unit, gate.reason,
        )
        for gate in judgement.gates
    )  # fmt: skip
    return (GATE_COLUMNS, *rows)


TABLES: Mapping[str, Callable[[Question], Table]] = MappingProxyType({
    "FT_COMPARE": ft_compare,
    "FT_SCHEDULE": ft_schedule,
})  # fmt: skip
"""The implementations of the functions, by name; FT_GATES is answered by `gate_table`."""
