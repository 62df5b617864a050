"""From a plan to the engine's inputs: each option's values, moved by the case, and the own costs by month.

The rules for both are formulas of the language, so that the workbook prints the same rules into its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from ftroi.engine import FloatArray, Inputs, compile_formula, evaluate
from ftroi.engine.results import Results
from ftroi.language import Node, parse
from ftroi.plan.plan import OwnCost, Plan
from ftroi.termsheet import OWN_BY_NATURE, Template, own_line, serial
from ftroi.termsheet.schema import AssumptionTable

_MOVED = {
    "ratio": "MIN(most, MAX(least, IF(base > 0, own * (1 + {strength} * (toward / base - 1)), own)))",
    "difference": "MIN(most, MAX(least, own + {strength} * (toward - base)))",
}
_OWN_COST = (
    "IF(AND(month >= first_month, month <= MAX(1, last_month), month <= {horizon}, "
    "MOD(month - MAX(1, first_month), every) = 0), "
    "amount * (1 + growth) ^ ((month - MAX(1, first_month)) / {a_year}), 0)"
)


def moving_rule(template: Template, table: AssumptionTable) -> str:
    """The formula of an uncertain assumption's value in a case, by its spread.

    It mentions ``own``, the option's value or the base; ``toward``, the end that the case moves it to (the base itself
    in the base case); ``least`` and ``most``, the allowed range; and the assumption with the strength of cases.
    """
    return _MOVED[table.spread or "difference"].format(strength=template.views.roles.case_strength)


def own_cost_rule(template: Template) -> str:
    """The formula of one own cost in one month, in money per month; 0 outside its months and beyond the horizon.

    It is paid every so many months. An amount in month 0, on the day of the decision, counts in month 1.
    """
    roles = template.views.roles
    return _OWN_COST.format(horizon=roles.horizon, a_year=roles.months_per_year)


@cache
def formula_tree(text: str) -> Node:
    """The tree of a rule, cached."""
    return parse(text)


def toward(plan: Plan, name: str, case: str) -> float:
    """The end towards which a case moves an assumption; the base if it does not move it."""
    entry = plan.entries[name]
    if case == "base" or entry.ends is None:
        return entry.base
    low, high = entry.ends
    return low if (plan.good_end(name) == "low") == (case == "optimistic") else high


def in_force(plan: Plan, name: str, option: str, case: str) -> float:
    """The value of one assumption for an option in a case, in the assumption's unit."""
    return float(_moved(plan, name, np.array([plan.entries[name].value(option)]), case)[0])


def _moved(plan: Plan, name: str, own: FloatArray, case: str) -> FloatArray:
    assumption = plan.template.assumptions[name]
    if assumption.table.kind != "uncertain" or case == "base":
        return own
    return _moved_toward(plan, name, own, toward(plan, name, case), strength_of(plan))


def strength_of(plan: Plan) -> float:
    """How far a case moves an assumption towards its end, as a fraction."""
    return plan.entries[plan.template.views.roles.case_strength].base


def _moved_toward(plan: Plan, name: str, own: FloatArray, end: float | FloatArray, strength: float) -> FloatArray:
    """The options' values ``own`` of an uncertain assumption, moved by the fraction ``strength`` towards ``end``."""
    table, base = plan.template.assumptions[name].table, plan.entries[name].base
    least, most = table.range or (-np.inf, np.inf)
    move = _compiled(moving_rule(plan.template, table))
    named = {plan.template.views.roles.case_strength: strength}
    return np.asarray(move(own=own, base=base, toward=end, least=least, most=most, **named))


def at_end(plan: Plan, name: str, end: float) -> FloatArray:
    """An uncertain assumption's value for each option, moved all the way to ``end``, in its unit."""
    entry = plan.entries[name]
    own = np.array([entry.value(option) for option in plan.settings.options])
    return _moved_toward(plan, name, own, end, 1.0)


def drawn(plan: Plan, name: str, figures: FloatArray) -> FloatArray:
    """An uncertain assumption as 1 × options × draws, or 1 × 1 × draws if all options have the same value.

    ``figures`` are draws of its base, in its unit. An option's own value moves with the base by the assumption's
    spread, clipped to the range.
    """
    return _moved_toward(plan, name, _collapsed(_own_values(plan, name)), figures.reshape(1, 1, -1), 1.0)


@cache
def _compiled(text: str) -> Callable[..., FloatArray]:
    return compile_formula(formula_tree(text))


def inputs_of(plan: Plan, case: str | None = None, months: int | None = None) -> Inputs:
    """The engine's inputs for all options of a plan, in one case (default: the plan's).

    ``months`` is the number of months to compute (default: the horizon, and never less).
    """
    settings = plan.settings
    values = {name: values_in_force(plan, name, case or settings.case) for name in plan.entries}
    values["start_date"] = _scalar(serial(settings.start))
    values["option_number"] = np.arange(1.0, len(settings.options) + 1).reshape(1, -1, 1)
    length = months or plan.horizon
    own = own_cost_rows(plan, length)
    return Inputs(settings.options, settings.parties, length, values, own)


def calculate(plan: Plan, case: str | None = None, months: int | None = None) -> Results:
    """Evaluate all lines and measures for all options of a plan; see `inputs_of` for the arguments.

    Raises EvaluationError where a formula has no result.
    """
    return evaluate(plan.template, inputs_of(plan, case, months))


def _scalar(value: float) -> FloatArray:
    return np.array(value, dtype=np.float64).reshape(1, 1, 1)


def values_in_force(plan: Plan, name: str, case: str) -> FloatArray:
    """An assumption's values in a case, as 1 × options × 1, or 1 × 1 × 1 if they are equal."""
    return _collapsed(_moved(plan, name, _own_values(plan, name), case))


def _own_values(plan: Plan, name: str) -> FloatArray:
    """An assumption's value for each option, as an array; of length 1 if its scope is the plan."""
    entry = plan.entries[name]
    if plan.template.assumptions[name].table.scope == "plan":
        return np.array([entry.base])
    return np.array([entry.value(option) for option in plan.settings.options])


def _collapsed(by_option: FloatArray) -> FloatArray:
    """The values as 1 × options × 1, or 1 × 1 × 1 if they are equal, so that the engine computes them only once."""
    values = by_option.reshape(1, -1, 1)
    return values[:, :1] if (values == values[0, 0, 0]).all() else values


def own_cost_rows(plan: Plan, months: int) -> dict[str, FloatArray]:
    """Every line of own costs as months × options × 1 (or 1 × 1 × 1 for 0), in money per month."""
    shape = (months, len(plan.settings.options), 1)
    names = [own_line(category) for category in plan.template.cost_categories]
    rows = {name: np.zeros((1, 1, 1)) for name in (*names, *OWN_BY_NATURE.values())}
    for cost in plan.own_costs:
        amounts = own_cost_by_month(plan, cost, months).reshape(-1, 1, 1)
        bears = [cost.is_borne_by(option) for option in plan.settings.options]
        amounts = np.broadcast_to(amounts * np.array(bears, dtype=float).reshape(1, -1, 1), shape)
        for name in (own_line(cost.category), OWN_BY_NATURE[cost.nature]):
            rows[name] = rows[name] + amounts
    return rows


def own_cost_by_month(plan: Plan, cost: OwnCost, months: int) -> FloatArray:
    """One own cost by month, in money per month, as an array of length ``months``."""
    roles = plan.template.views.roles
    known: Mapping[str, float | FloatArray] = {
        "month": np.arange(1.0, months + 1),
        "first_month": cost.first_month,
        "last_month": cost.last_month,
        "amount": cost.amount,
        "growth": cost.growth,
        "every": cost.every,
        roles.horizon: plan.entries[roles.horizon].base,
        roles.months_per_year: plan.entries[roles.months_per_year].base,
    }
    return np.asarray(_compiled(own_cost_rule(plan.template))(**known), dtype=np.float64)
