"""Comparing scenarios: the optimistic, base and pessimistic case, and named variants of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ftroi.engine import Results
from ftroi.errors import Finding, PlanError
from ftroi.plan import CASES, NamedScenario, Plan, apply_scenario, calculate


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: its name, case and results, and the option with the best net measure (None if none has a value)."""

    name: str
    case: str
    results: Results
    best: str | None


def compare_scenarios(plan: Plan, named: Iterable[NamedScenario] = ()) -> tuple[Scenario, ...]:
    """Evaluate a plan in its three cases, and each named scenario in the base case.

    Raises PlanError with every finding about the scenarios, and EvaluationError where a formula has no result.
    """
    plans, findings = {}, list[Finding]()
    for one in named:
        try:
            plans[one.name] = apply_scenario(plan, one)
        except PlanError as error:
            findings.extend(error.findings)
    if findings:
        raise PlanError(*findings)
    cases = [scenario_of(case, plan, calculate(plan, case), case) for case in CASES]
    return (*cases, *(scenario_of(name, other, calculate(other)) for name, other in plans.items()))


def sound_scenarios(plan: Plan) -> list[NamedScenario]:
    """The plan's own scenarios that can be computed; what is wrong with another, `compare_scenarios` says."""
    return [scenario for scenario in plan.scenarios if _is_sound(plan, scenario)]


def _is_sound(plan: Plan, scenario: NamedScenario) -> bool:
    try:
        apply_scenario(plan, scenario)
    except PlanError:
        return False
    return True


def scenario_of(name: str, plan: Plan, results: Results, case: str = "base") -> Scenario:
    """A scenario from its results, with the option that is best in them."""
    gain = plan.template.role("gain")
    gains = {option: results.measure(gain, option).value for option in plan.settings.options}
    known = {option: value for option, value in gains.items() if value is not None}
    return Scenario(name, case, results, max(known, key=lambda option: known[option]) if known else None)
