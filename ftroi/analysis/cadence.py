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

NEVER = "never"
"""What stands for an interval longer than the plan: no planned retraining at all."""

_INTERVAL, _SWITCH = "retrain_months", "retrains"
_RETRAINING, _DRIFT, _DISCOUNT = "hidden_retraining", "drift_value_loss", "discount_factor"
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
    _require(plan)
    target, option = target_named(plan, _INTERVAL), plan.settings.option
    months, today = _months(plan, target), int(in_force(plan, _INTERVAL, option, plan.settings.case))
    fewer = of_parties(plan)
    plans = [target.placed(fewer, float(one)) for one in (*months, today)]
    results = results_of(plans, (_RETRAINING, _DRIFT, _DISCOUNT), (_INTERVAL,))
    sums = [_present(results, line, option, len(plans)) for line in (_RETRAINING, _DRIFT)]
    found = [
        Interval(None if one >= plan.horizon else one, float(retraining), float(drift))
        for one, retraining, drift in zip((*months, today), *sums, strict=True)
    ]
    return Cadence(tuple(found[:-1]), _best(found[:-1]), found[-1])


def cadence_report(plan: Plan, found: Cadence) -> Report:
    """Give the intervals for JSON; ``months`` is None for never."""
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


def _require(plan: Plan) -> None:
    template, option = plan.template, plan.settings.option
    missing = [name for name in (_INTERVAL, _SWITCH) if name not in template.assumptions]
    missing += [name for name in (_RETRAINING, _DRIFT, _DISCOUNT) if name not in template.lines]
    if missing:
        cure = "the cadence needs a template that has them"
        raise PlanError(Finding(template.id, f"knows no {', '.join(missing)}", cure))
    if in_force(plan, _SWITCH, option, plan.settings.case) != 1:
        raise PlanError(Finding(option, "is not retrained", "name an option that is, such as a fine-tune"))


def _months(plan: Plan, target: Target) -> list[int]:
    """Give the intervals to try, within the allowed range; the last one is longer than the plan."""
    least, most = plan.template.assumptions[target.name].table.range or (1, plan.horizon)
    shorter = [one for one in range(1, plan.horizon) if least <= one <= most]
    return [*shorter, plan.horizon]


def _present(results: Results, line: str, option: str, count: int) -> FloatArray:
    """Give a line's sum over the months at present value, by scenario."""
    place = results.options.index(option)
    flows, discount = (_by_month(results, name, place) for name in (line, _DISCOUNT))
    whole = np.broadcast_to(flows * discount, (results.months, count))
    return np.asarray(whole.sum(axis=0))


def _by_month(results: Results, name: str, place: int) -> FloatArray:
    """Give a line as months × scenarios; either may be 1."""
    array = results.arrays[name]
    return array[:, min(place, array.shape[1] - 1)]


def _best(found: list[Interval]) -> Interval:
    lowest = min(one.total for one in found)
    return [one for one in found if one.total <= lowest + _SAME * abs(lowest)][-1]
