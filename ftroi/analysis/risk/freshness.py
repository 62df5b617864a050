"""Whether the simulation stored in a plan belongs to its present inputs, by a digest of the inputs."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from ftroi.plan.plan import Entry, OwnCost, Plan
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE
from ftroi.termsheet.simulated_names import BEATS_REFERENCE

_DIGEST = 16


def state_of(plan: Plan) -> str:
    """The state of a plan's stored simulation: `FRESH`, `STALE` or `NOT_SIMULATED`."""
    if plan.simulated is None:
        return NOT_SIMULATED
    return FRESH if plan.simulated.stamp.digest == digest_of(plan) else STALE


def fresh_odds(plan: Plan) -> float | None:
    """The simulated probability that the candidate's NPV is positive; None if it is unknown or stale."""
    return fresh_figure(plan, BEATS_REFERENCE)


def fresh_figure(plan: Plan, name: str) -> float | None:
    """A simulated result of the candidate; None if it is unknown or stale."""
    if plan.simulated is None or state_of(plan) != FRESH:
        return None
    return plan.simulated.number(name, plan.settings.candidate)


def digest_of(plan: Plan) -> str:
    """A digest of everything that a simulation depends on.

    That does not include the option and case that are shown, remarks, gates and the Log.
    """
    return sha256("\n".join(_lines(plan)).encode()).hexdigest()[:_DIGEST]


def _lines(plan: Plan) -> Iterator[str]:
    settings = plan.settings
    yield f"{plan.template.id} {plan.template.edition}"
    yield f"{settings.options} {settings.reference} {settings.candidate} {settings.incumbent} {settings.start}"
    yield from (f"{name} {_entry(plan.entries[name])}" for name in sorted(plan.entries))
    yield from sorted(_own_cost(cost) for cost in plan.own_costs)
    yield from sorted(f"{formula.option} {formula.line} {formula.formula}" for formula in plan.own_formulas)


def _entry(entry: Entry) -> str:
    own = " ".join(f"{option}={_number(value)}" for option, value in sorted(entry.own.items()))
    ends = "" if entry.low is None or entry.high is None else f"{_number(entry.low)} {_number(entry.high)}"
    return f"{_number(entry.base)} {ends} {entry.distribution} {own}"


def _own_cost(cost: OwnCost) -> str:
    amounts = f"{_number(cost.amount)} {_number(cost.growth)}{'' if cost.every == 1 else f' every {cost.every}'}"
    return f"{cost.option} {cost.category} {cost.nature} {cost.first_month} {cost.last_month} {amounts}"


def _number(value: float) -> str:
    """A number with the digits that survive storage in a workbook."""
    return f"{value + 0.0:.12g}"
