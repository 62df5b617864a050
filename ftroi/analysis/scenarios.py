"""Comparing scenarios: the optimistic, base and pessimistic case, and named variants of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ftroi.engine import Results
from ftroi.plan import CASES, Plan, calculate


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: its name, case and results, and the option with the best net measure (None if none has a value)."""

    name: str
    case: str
    results: Results
    best: str | None


def compare_scenarios(plan: Plan, named: Mapping[str, Plan] | None = None) -> tuple[Scenario, ...]:
    """Evaluate a plan in its three cases, and each named variant in its own case.

    Raises EvaluationError where a formula has no result.
    """
    cases = [_scenario(case, plan, case) for case in CASES]
    return (*cases, *(_scenario(name, other, other.settings.case) for name, other in (named or {}).items()))


def _scenario(name: str, plan: Plan, case: str) -> Scenario:
    results = calculate(plan, case)
    gain = plan.template.role("gain")
    gains = {option: results.measure(gain, option).value for option in plan.settings.options}
    known = {option: value for option, value in gains.items() if value is not None}
    return Scenario(name, case, results, max(known, key=lambda option: known[option]) if known else None)
