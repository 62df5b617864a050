"""How often to retrain: the interval at which retraining and drift together cost least.

A planned retraining and a move to a new base model in one month are one event, and count once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ftroi.analysis.report import Report, head_of, parties_of
from ftroi.analysis.sweep import Target, of_parties, results_of, target_named
from ftroi.engine import FloatArray, Results
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import in_force
from ftroi.termsheet.views import VIEWS_FILE, CadenceTable

NEVER = "never"
"""What stands for an interval longer than the plan: no planned retraining at all."""

_SAME = 1e-9
"""Sums that differ by a smaller share are equal: the longer interval is then the better one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What one interval costs over the horizon, at present value; ``months`` is None for never.

    ``retraining`` holds the moves to new base models too, ``drift`` the value that is lost.
    """

    months: int | None
    retraining: float
    drift: float

    @property
    def total(self) -> float:
        """The sum that is to be low."""
        return self.retraining + self.drift


@dataclass(frozen=True)
class Cadence:
    """Every interval, the shortest first and never last, the best of them, and the one of the plan."""

    intervals: tuple[Interval, ...]
    best: Interval
    today: Interval


def cadence(plan: Plan) -> Cadence:
    """Try every whole interval of the plan's option, in the plan's case.

    Raises PlanError where the option is not retrained, or the template knows no retraining.
    """
    named = _required(plan)
    target, option = target_named(plan, named.interval), plan.settings.option
    months, today = _months(plan, target), int(in_force(plan, named.interval, option, plan.settings.case))
    fewer = of_parties(plan)
    plans = [target.placed(fewer, float(one)) for one in (*months, today)]
    results = results_of(plans, (named.cost, named.loss, plan.template.role("present_factor")), (named.interval,))
    sums = [_present(results, line, option, len(plans)) for line in (named.cost, named.loss)]
    found = [
        Interval(None if one >= plan.horizon else one, float(retraining), float(drift))
        for one, retraining, drift in zip((*months, today), *sums, strict=True)
    ]
    return Cadence(tuple(found[:-1]), _best(found[:-1]), found[-1])


def cadence_report(plan: Plan, found: Cadence) -> Report:
    """The intervals for JSON; ``months`` is None for never."""
    return {
        **head_of(plan),
        "option": plan.settings.option,
        **parties_of(plan),
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
    """What the template says of the interval. Raises PlanError where it says nothing, or the option has none."""
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
    """The intervals to try, within the allowed range; the last one is longer than the plan."""
    least, most = plan.template.assumptions[target.name].table.range or (1, plan.horizon)
    shorter = [one for one in range(1, plan.horizon) if least <= one <= most]
    return [*shorter, plan.horizon]


def _present(results: Results, line: str, option: str, count: int) -> FloatArray:
    """A line's sum over the months at present value, by scenario."""
    place = results.options.index(option)
    flows, discount = (_by_month(results, name, place) for name in (line, results.template.role("present_factor")))
    whole = np.broadcast_to(flows * discount, (results.months, count))
    return np.asarray(whole.sum(axis=0))


def _by_month(results: Results, name: str, place: int) -> FloatArray:
    """A line as months × scenarios; either may be 1."""
    array = results.arrays[name]
    return array[:, min(place, array.shape[1] - 1)]


def _best(found: list[Interval]) -> Interval:
    lowest = min(one.total for one in found)
    return [one for one in found if one.total <= lowest + _SAME * abs(lowest)][-1]
