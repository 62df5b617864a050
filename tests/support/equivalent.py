"""Wrongs that change no figure, so that no example can notice them: as data, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ftroi.language import Binary, Name, Negative, Node, Number
from ftroi.language.nodes import row_reference
from ftroi.termsheet import Template
from tests.support.mutants import Mutant, WrongLine

_FLAG = (0.0, 1.0)
_COUNT = (0.0, math.inf)

LINE_BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "operate_flag": _FLAG,
        "use_flag": _FLAG,
        "is_incumbent": _FLAG,
        "project": _FLAG,
        "planned_rebase": _FLAG,
        "rebase_flag": _FLAG,
        "refresh_flag": _FLAG,
        "withdrawal_flag": _FLAG,
        "is_reference": _FLAG,
        "deficit_flag": _FLAG,
        "recovered_flag": _FLAG,
        "discounted_deficit_flag": _FLAG,
        "year_end_flag": _FLAG,
        "irr_proved": _FLAG,
        "first_sign": (-1.0, 1.0),
        "first_crossing_so_far": _COUNT,
        "discounted_crossing_month": _COUNT,
        "sign_changes": _COUNT,
        "crossings": _COUNT,
        "owner_hours_needed": _COUNT,
        "owner_hours_needed_of_three_months": _COUNT,
        "first_deficit": _COUNT,
        "first_discounted_deficit": _COUNT,
    }
)
"""Between what those lines lie that a formula compares with the end of their range."""

_WHOLE_MONTHS = "months are whole, and a twelfth of them is never near enough to the next year to be rounded up"
_ENDS_BELOW = "a flow that ends below zero has been below zero, so that both conditions never hold together"

EQUIVALENT: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (
            "plan_year",
            "ROUND((month-1)/months_per_year,rounding_places) -> (month-1)/months_per_year",
        ): _WHOLE_MONTHS,
        ("plan_year", "rounding_places -> 1"): _WHOLE_MONTHS,
        (
            "planned_rebase",
            "MOD(operate_month-1,rebase_months)=0 -> MOD(operate_month-1,rebase_months)<=0",
        ): "a remainder after division by a positive number is never negative",
        (
            "gap_flag",
            "MAX(0,migration_months-notice_months) -> MAX(migration_months-notice_months)",
        ): "no month lies in a gap of negative length either",
        (
            "taxable_this_year",
            "MOD(month-1,months_in_year)=0 -> MOD(month-1,months_in_year)<=0",
        ): "a remainder of a division by 12 is never negative",
        (
            "worth_of_request",
            "people*requests_per_month>0 -> people*requests_per_month<>0",
        ): "people and requests are never less than none",
        ("initial_flow", "month=1 -> month<=1"): "month 1 is the first",
        (
            "mirr",
            "unless 2: horizon_months+flows_at_decision<=1 -> horizon_months+flows_at_decision=1",
        ): "a horizon has a month at least",
        (
            "discounted_payback_months",
            "unless 3: TOTAL(discounted_payback_at_end)<=0 -> TOTAL(discounted_payback_at_end)=0",
        ): "a payback is never before the decision",
        ("payback_months", "unless 3: after the next"): _ENDS_BELOW,
        ("discounted_payback_months", "unless 2: after the next"): _ENDS_BELOW,
    }
)
"""By line and change, and why."""


def is_equivalent(wrong: WrongLine, template: Template) -> bool:
    """Say whether a wrong changes no figure, whatever a plan's inputs."""
    if (wrong.line.name, wrong.change) in EQUIVALENT:
        return True
    mutant = wrong.mutant
    return mutant is not None and (_looks_beyond_the_end(mutant, template) or _leaves_out_a_one(mutant, template))


def bounds(name: str, template: Template) -> tuple[float, float] | None:
    """The least and the most that a name can be: an assumption's range says so by itself."""
    assumption = template.assumptions.get(name)
    return LINE_BOUNDS.get(name) if assumption is None else assumption.table.range


def _looks_beyond_the_end(mutant: Mutant, template: Template) -> bool:
    """Nothing lies beyond the end of a range: a flag that is >= 1 is 1, a count that is <> 0 is > 0."""
    before, after = mutant.before, mutant.after
    if not (isinstance(before, Binary) and isinstance(after, Binary)):
        return False
    if (before.left, before.right) != (after.left, after.right):
        return False
    ends = bounds(_name(before.left), template)
    operators = {before.operator, after.operator}
    if ends is None or _literal(before.right) not in ends:
        return False
    is_least = _literal(before.right) == ends[0]
    return operators in (({"=", "<="}, {">", "<>"}) if is_least else ({"=", ">="}, {"<", "<>"}))


def _leaves_out_a_one(mutant: Mutant, template: Template) -> bool:
    """A month that only carries its unit is 1 by definition: x * 1 = x / 1 = x; units tell them apart."""
    before, after = mutant.before, mutant.after
    if _is_one(before, template):
        return after == Number(1)
    if not (isinstance(before, Binary) and before.operator in "*/" and _is_one(before.right, template)):
        return False
    return after in (before.left, *(replace(before, operator=other) for other in "*/"))


def _is_one(node: Node, template: Template) -> bool:
    return isinstance(node, Name) and bounds(node.name, template) == (1, 1)


def _name(node: Node) -> str:
    reference = row_reference(node)
    if reference is not None:
        return reference.name
    return node.name if isinstance(node, Name) else ""


def _literal(node: Node) -> float | None:
    if isinstance(node, Negative):
        operand = _literal(node.operand)
        return None if operand is None else -operand
    return node.value if isinstance(node, Number) else None
