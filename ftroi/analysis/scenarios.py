"""Scenarios side by side: the optimistic, base and pessimistic case, and changes of the plan that have a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.engine import Results
from ftroi.plan import CASES, Plan, calculate


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: its name, the case that it is computed in, its results, and the option with the best net measure.

    ``best`` is None where no option has a number.
    """

    name: str
    case: str
    results: Results
    best: str | None


def compare_scenarios(plan: Plan, named: Mapping[str, Plan] | None = None) -> tuple[Scenario, ...]:
    """Compute a plan in its three cases, and each further plan, by its name, in the plan's own case.

    Raises EvaluationError where a figure cannot be computed.
    """
    cases = [_scenario(case, plan, case) for case in CASES]
    return (*cases, *(_scenario(name, other, other.settings.case) for name, other in (named or {}).items()))


def _scenario(name: str, plan: Plan, case: str) -> Scenario:
    results = calculate(plan, case)
    gain = plan.template.role("gain")
    gains = {option: results.measure(gain, option).value for option in plan.settings.options}
    known = {option: value for option, value in gains.items() if value is not None}
    return Scenario(name, case, results, max(known, key=lambda option: known[option]) if known else None)
