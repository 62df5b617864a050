"""What each category adds to the candidate's net present value against another option."""

from __future__ import annotations

from ftroi.engine import Results
from ftroi.plan.plan import Plan
from ftroi.termsheet import flat


def npv_by_category(plan: Plan, base: Results, against: str = "") -> dict[str, float]:
    """What each category adds to the candidate's NPV against an option, or the reference, in money of the plan."""
    candidate, against = plan.settings.candidate, against or plan.settings.reference
    moves = {}
    for category in plan.template.categories:
        difference = present_total(base, category, candidate) - present_total(base, category, against)
        moves[category] = difference if plan.template.is_value(category) else -difference
    return moves


def present_total(base: Results, category: str, option: str) -> float:
    """The present value of a category over the horizon, in money of the plan; costs are positive."""
    row, factor = base.row(flat(category), option), base.row(base.template.role("present_factor"), option)
    present = float((row * factor).sum())
    if base.template.categories[category].at_decision:
        present += float(row[0] * (1 - factor[0]))
    return present
