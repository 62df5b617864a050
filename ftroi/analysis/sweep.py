"""Parameter sweeps: evaluating a plan at many values of some of its assumptions, all in one evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ftroi.engine import NOTHING, FloatArray, Results, evaluate
from ftroi.errors import EvaluationError, Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import inputs_of, values_in_force


@dataclass(frozen=True, slots=True)
class Target:
    """A parameter that is varied: an assumption's base, or one option's own value of it."""

    name: str
    option: str = ""

    def __str__(self) -> str:
        """The name as in ``--set``."""
        return f"{self.option}.{self.name}" if self.option else self.name

    def value(self, plan: Plan) -> float:
        """The value in a plan, in the assumption's unit, before any case moves it."""
        entry = plan.entries[self.name]
        return entry.value(self.option) if self.option else entry.base

    def applied(self, plan: Plan, value: float) -> Plan:
        """The plan with another value of the parameter."""
        return plan.with_own(self.name, self.option, value) if self.option else plan.with_base(self.name, value)


@dataclass(frozen=True, slots=True)
class OptionMeasure:
    """A measure of an option."""

    measure: str
    option: str


def target_named(plan: Plan, text: str) -> Target:
    """The parameter named by "name" or "option.name".

    A name alone is the own value of the plan's option if it has one, else the base. Raises PlanError for an unknown
    name, an unknown option, and a constant.
    """
    owner, _, name = text.strip().rpartition(".")
    _require_known(plan, text, owner, name)
    shown = plan.settings.option
    return Target(name, owner or (shown if shown in plan.entries[name].own else ""))


def _require_known(plan: Plan, text: str, owner: str, name: str) -> None:
    assumptions, options = plan.template.assumptions, plan.settings.options
    if name not in assumptions:
        cure = did_you_mean(name, assumptions) or "see the Assumptions sheet for the names"
        raise PlanError(Finding(text, f"no assumption named '{name}'", cure))
    if assumptions[name].table.kind == "constant":
        raise PlanError(Finding(text, f"{name} is true by definition", "name a decision or an uncertain assumption"))
    if owner and owner not in options:
        raise PlanError(Finding(text, f"no option '{owner}'", did_you_mean(owner, options)))
    if owner and assumptions[name].table.scope != "option":
        raise PlanError(Finding(text, f"{name} has one value for the whole plan", f"write {name}"))


def require_measure(plan: Plan, name: str) -> None:
    """Raise PlanError if the plan's template has no such measure."""
    if name not in plan.template.measures:
        cure = did_you_mean(name, plan.template.measures) or "docs/measures.md has them all"
        raise PlanError(Finding(name, f"no measure '{name}'", cure))


def with_role_options(plan: Plan, *options: str) -> Plan:
    """The plan restricted to the given options and those in a role, which are all that measures depend on."""
    settings = plan.settings
    kept = {*options, settings.option, settings.reference, settings.candidate, settings.incumbent, NOTHING}
    return plan.with_settings(options=tuple(option for option in settings.options if option in kept))


def evaluate_points(
    plan: Plan, wanted: Sequence[OptionMeasure], targets: Sequence[Target], points: FloatArray
) -> FloatArray:
    """Measures at many points, in their units, as wanted × points, in the plan's case.

    ``points`` is points × targets. The result is nan where a measure has no value, or a point cannot be computed.
    """
    fewer = with_role_options(plan, *(one.option for one in wanted))
    plans = [_applied_all(fewer, targets, point) for point in points]
    roles = plan.template.views.roles
    if any(target.name in (roles.horizon, roles.case_strength) for target in targets):
        # These change more of the engine's inputs than their own values: each point is a plan of its own.
        return np.column_stack([_figures([one], wanted, ()) for one in plans])
    return _figures(plans, wanted, tuple(dict.fromkeys(target.name for target in targets)))


def _applied_all(plan: Plan, targets: Sequence[Target], point: FloatArray) -> Plan:
    for target, value in zip(targets, point, strict=True):
        plan = target.applied(plan, float(value))
    return plan


def _figures(plans: Sequence[Plan], wanted: Sequence[OptionMeasure], varied: Sequence[str]) -> FloatArray:
    try:
        return _evaluated(plans, wanted, varied)
    except EvaluationError:
        if len(plans) == 1:
            return np.full((len(wanted), 1), np.nan)
    middle = len(plans) // 2
    return np.hstack([_figures(part, wanted, varied) for part in (plans[:middle], plans[middle:])])


def _evaluated(plans: Sequence[Plan], wanted: Sequence[OptionMeasure], varied: Sequence[str]) -> FloatArray:
    results = results_of(plans, [one.measure for one in wanted], varied)
    found = [[results.measure(one.measure, one.option, at).value for at in range(len(plans))] for one in wanted]
    return np.array(found, dtype=np.float64)


def results_of(plans: Sequence[Plan], lines: Iterable[str], varied: Sequence[str]) -> Results:
    """Evaluate plans that differ only in the assumptions ``varied``, as one scenario for each plan, in their case.

    Raises EvaluationError if one of them cannot be computed.
    """
    first, case = plans[0], plans[0].settings.case
    inputs = inputs_of(first)
    values = {name: _concatenated([values_in_force(plan, name, case) for plan in plans]) for name in varied}
    return evaluate(first.template, replace(inputs, values={**inputs.values, **values}), lines)


def _concatenated(arrays: Sequence[FloatArray]) -> FloatArray:
    """Arrays of 1 × options × 1, concatenated along the scenarios."""
    options = max(array.shape[1] for array in arrays)
    return np.concatenate([np.broadcast_to(array, (1, options, 1)) for array in arrays], axis=2)
