"""The optimal retraining interval: the one with the lowest sum of retraining cost and value lost to drift.

A planned retraining and a move to a new base model in the same month count as one event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ftroi.analysis.report import Report, head_of, settings_of
from ftroi.analysis.sweep import Target, results_of, target_named, with_role_options
from ftroi.engine import FloatArray, Results
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import in_force
from ftroi.termsheet.views import VIEWS_FILE, CadenceTable

NEVER = "never"
"""The text for an interval longer than the plan: no planned retraining."""

_SAME = 1e-9
"""The relative difference below which two sums are equal; the longer interval is then preferred."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The costs of one interval over the horizon, at present value, in money; ``months`` is None for never.

    ``retraining`` includes moves to new base models; ``drift`` is the value lost. Both are positive.
    """

    months: int | None
    retraining: float
    drift: float

    @property
    def total(self) -> float:
        """The sum to be minimised."""
        return self.retraining + self.drift


@dataclass(frozen=True)
class Cadence:
    """All intervals, from the shortest to never, the best one, and that of the plan."""

    intervals: tuple[Interval, ...]
    best: Interval
    today: Interval


def cadence(plan: Plan) -> Cadence:
    """Evaluate every interval in whole months for the plan's option, in the plan's case.

    Raises PlanError if the option is not retrained, or the template has no [cadence].
    """
    named = _required(plan)
    target, option = target_named(plan, named.interval), plan.settings.option
    months, today = _months(plan, target), int(in_force(plan, named.interval, option, plan.settings.case))
    fewer = with_role_options(plan)
    plans = [target.applied(fewer, float(one)) for one in (*months, today)]
    results = results_of(plans, (named.cost, named.loss, plan.template.role("present_factor")), (named.interval,))
    sums = [_present(results, line, option, len(plans)) for line in (named.cost, named.loss)]
    found = [
        Interval(None if one >= plan.horizon else one, float(retraining), float(drift))
        for one, retraining, drift in zip((*months, today), *sums, strict=True)
    ]
    return Cadence(tuple(found[:-1]), _best(found[:-1]), found[-1])


def cadence_report(plan: Plan, found: Cadence) -> Report:
    """The intervals as a dictionary for JSON; ``months`` is None for never."""
    return {
        **head_of(plan),
        "option": plan.settings.option,
        **settings_of(plan),
        "best": _entry(found.best),
        "today": _entry(found.today),
        "intervals": [_entry(one) for one in found.intervals],
    }


def _entry(interval: Interval) -> Report:
    return {
        "months": interval.months, "retraining_pv": interval.retraining, "drift_pv": interval.drift,
        "total_pv": interval.total,
    }  # fmt: skip


def _required(plan: Plan) -> CadenceTable:
    """The template's table [cadence]; raises PlanError if it is missing, or the option has no interval."""
    named, option = plan.template.views.cadence, plan.settings.option
    if named is None:
        what = f"the template {plan.template.id} has no [cadence]: nothing in it is done again at an interval"
        raise PlanError(Finding(VIEWS_FILE, what, "use a template that has one"))
    if in_force(plan, named.switch, option, plan.settings.case) != 1:
        label = plan.template.assumptions[named.interval].table.label
        raise PlanError(
            Finding(option, f"has no such interval: {label}", "name an option that has, such as a fine-tune")
        )
    return named


def _months(plan: Plan, target: Target) -> list[int]:
    """The intervals to evaluate, within the allowed range; the last one is the horizon, which means never."""
    least, most = plan.template.assumptions[target.name].table.range or (1, plan.horizon)
    shorter = [one for one in range(1, plan.horizon) if least <= one <= most]
    return [*shorter, plan.horizon]


def _present(results: Results, line: str, option: str, count: int) -> FloatArray:
    """The present value of a line, by scenario, in money."""
    place = results.options.index(option)
    flows, discount = (_by_month(results, name, place) for name in (line, results.template.role("present_factor")))
    whole = np.broadcast_to(flows * discount, (results.months, count))
    return np.asarray(whole.sum(axis=0))


def _by_month(results: Results, name: str, place: int) -> FloatArray:
    """A line as months × scenarios; either axis may have length 1."""
    array = results.arrays[name]
    return array[:, min(place, array.shape[1] - 1)]


def _best(found: list[Interval]) -> Interval:
    lowest = min(one.total for one in found)
    return [one for one in found if one.total <= lowest + _SAME * abs(lowest)][-1]
