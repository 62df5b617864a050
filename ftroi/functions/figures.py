"""The functions that return one number or one text of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ftroi.analysis.explain import Explanation, explain
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError
from ftroi.functions.question import Question, Value
from ftroi.language import did_you_mean
from ftroi.termsheet import flat
from ftroi.termsheet.totals import BENEFITS
from ftroi.workbook.xlsx.add_in_calls import FUNCTIONS

_PER_MONTH = "money/month"


def _named(measure: str) -> Callable[[Question], Value]:
    return lambda question: measure_of(question, measure)


def measure_of(question: Question, name: str) -> Value:
    """A measure of the option, or the text in its place; raises PlanError for an unknown measure."""
    return question.measure(known_measure(question, name))


def known_measure(question: Question, name: str) -> str:
    """The name of a measure, unchanged; raises PlanError for an unknown one."""
    known = question.plan.template.measures
    if name not in known:
        cure = did_you_mean(name, known) or "docs/measures.md has them all"
        raise PlanError(Finding("measure", f"no measure '{name}'", cure))
    return name


def ft_measure(question: Question) -> Value:
    """Any measure by its name."""
    return measure_of(question, question.words("measure"))


def ft_cost(question: Question) -> Value:
    """The sum of a line, a category or a group over the life or in one year, in money."""
    return _sum(question, cost_row(question, question.words("item")))


def ft_value(question: Question) -> Value:
    """The value over the life or in one year, in money."""
    return _sum(question, question.row(BENEFITS))


def cost_row(question: Question, item: str) -> FloatArray:
    """A line, a category or a group of categories by month over the horizon, in money.

    Raises PlanError for an unknown name, and for a line that is no money by month.
    """
    template = question.plan.template
    if item in template.categories:
        return question.row(flat(item))
    members = template.members(item)
    if members:
        rows = [question.row(flat(name)) for name in members]
        return sum(rows[1:], start=rows[0])
    line = template.lines.get(item)
    if line is not None and line.unit == _PER_MONTH:
        return question.row(item)
    raise PlanError(_no_item(question, item))


def _no_item(question: Question, item: str) -> Finding:
    template = question.plan.template
    if item in template.measures:
        return Finding("item", f"'{item}' is a measure", f'ask FT_MEASURE("{item}")')
    if item in template.lines:
        return Finding(
            "item", f"'{item}' is in {template.lines[item].unit}, not in {_PER_MONTH}", "name a line of cost"
        )
    costs = [name for name, line in template.lines.items() if line.unit == _PER_MONTH]
    groups = template.groups
    cure = did_you_mean(item, [*costs, *template.categories, *groups]) or "the names stand on the options' sheets"
    return Finding("item", f"no line, category or group '{item}'", cure)


def _sum(question: Question, row: FloatArray) -> float:
    if not question.is_given("year"):
        return float(row.sum())
    year, last = question.whole("year"), -(-len(row) // MONTHS_OF_A_YEAR)
    if not 1 <= year <= last:
        what = f"year {year} is outside the horizon of {len(row)} months"
        raise PlanError(Finding("year", what, f"choose from 1 to {last}"))
    return float(row[(year - 1) * MONTHS_OF_A_YEAR : year * MONTHS_OF_A_YEAR].sum())


def ft_explain(question: Question) -> Value:
    """The text of an explanation: a formula, the same with its numbers, and the result."""
    month = question.whole("month") if question.is_given("month") else None
    horizon = question.plan.horizon
    if month is not None and not 1 <= month <= horizon:
        what = f"month {month} is outside the horizon of {horizon} months"
        raise PlanError(Finding("month", what, f"choose from 1 to {horizon}"))
    return explanation_text(explain(question.plan, question.results, question.words("item"), month))


def explanation_text(found: Explanation) -> str:
    """An explanation in one line."""
    month = f" in month {found.month}" if found.month is not None else ""
    figure = f"{found.value:.10g} {found.unit}" if found.value is not None else found.text
    steps = [step for step in (found.formula, found.numbers, figure) if step]
    return f"{found.name}{month} = {' = '.join(dict.fromkeys(steps))}"


FIGURES: Mapping[str, Callable[[Question], Value]] = MappingProxyType({
    **{name: _named(measure) for measure, name in FUNCTIONS.items()},
    "FT_MEASURE": ft_measure,
    "FT_COST": ft_cost,
    "FT_VALUE": ft_value,
    "FT_EXPLAIN": ft_explain,
})  # fmt: skip
"""The implementations of the functions, by name."""
