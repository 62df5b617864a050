"""Alternatives to going on as planned: waiting, stopping or switching after the pilot, changing the vendor.

Every choice has its NPV over the reference as planned, at the decision date, in money. The value of the options to stop
and to wait (real options) is computed with perfect information at that time, so that it is an upper bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from ftroi.analysis.report import Report, head_of, settings_of
from ftroi.analysis.risk.simulation import Setup, simulate
from ftroi.analysis.sweep import OptionMeasure, Target, evaluate_points, with_role_options
from ftroi.dates import month_after
from ftroi.engine import FloatArray, evaluate
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import in_force, inputs_of
from ftroi.termsheet import serial
from ftroi.termsheet.views import VIEWS_FILE, AlternativesTable

Amount = TypeVar("Amount", float, FloatArray)

DEFERRAL = 12
"""The default number of months by which a project is deferred."""

LABELS = {
    "go_on": "Go on as planned",
    "stop": "Stop at the proof of concept, month {gate}",
    "switch": "Switch to the baseline in operation, after month {review}",
    "switch_vendor": "Change the vendor in operation, after month {review}",
    "defer": "Begin {months} months later, with the incumbent meanwhile",
}


@dataclass(frozen=True)
class Choices:
    """The NPV of every choice, in money, by its name.

    ``at_review`` holds the measures of going on, stopping and switching at the review. ``gate`` is the month of the
    proof of concept, at which a project can be stopped, ``review`` the last month before the review in operation.
    ``late`` says that the option can no longer be started after the deferral.
    """

    npv: Mapping[str, float]
    at_review: Mapping[str, float]
    gate: int
    review: int
    deferral: int
    late: bool


@dataclass(frozen=True)
class Rights:
    """The value of flexibility over simulated draws: the mean NPV, and the values of the options to stop and to wait.

    Stopping means stopping at the proof of concept or switching to the reference in operation, whichever is better.
    ``stop_share`` is the share of draws in which that beats going on, ``wait_share`` the share in which the deferred
    project has a positive NPV.
    """

    draws: int
    mean: float
    stop: float
    wait: float
    stop_share: float
    wait_share: float


def choices(plan: Plan, deferral: int = DEFERRAL) -> Choices:
    """The choices for the plan's option, in the plan's case.

    Raises PlanError if the template has no [alternatives], if the option is the reference, and for a deferral that is
    out of range.
    """
    named = _required(plan, deferral)
    option, fewer, lines = plan.settings.option, with_role_options(plan), _lines(named)
    results = evaluate(plan.template, inputs_of(fewer), lines)
    found = {name: results.number(name, option) for name in lines}
    gate, review, waiting = int(found[named.gate]), int(found[named.review]), _waiting(plan, named)
    npv = {"go_on": found[named.npv], "stop": found[named.stopped], "switch": _switched(named, found)}
    npv["switch_vendor"] = _at(plan, named.withdrawal, serial(month_after(plan.settings.start, review)))
    npv["defer"] = _at(plan, named.deferral, float(waiting + deferral))
    until = plan.last_start(option)
    late = until is not None and until < month_after(plan.settings.start, waiting + deferral)
    return Choices(npv, {name: found[name] for name in _at_review(named)}, gate, review, deferral, late)


def rights(plan: Plan, setup: Setup, deferral: int = DEFERRAL) -> Rights:
    """Simulate the plan as it is and deferred, with the same draws. Raises PlanError as `choices` and `simulate` do."""
    named = _required(plan, deferral)
    option, lines = plan.settings.option, _lines(named)
    going = simulate(plan, [option], lines, setup)
    later = Target(named.deferral, option).applied(plan, float(_waiting(plan, named) + deferral))
    found = {name: going.draws(name, option) for name in lines}
    on, stopped = found[named.npv], np.maximum(found[named.stopped], _switched(named, found))
    waited = simulate(later, [option], [named.npv], setup).draws(named.npv, option)
    mean = float(on.mean())
    return Rights(
        draws=going.count, mean=mean, stop=float(np.maximum(on, stopped).mean()) - mean,
        wait=float(np.maximum(waited, 0).mean()) - max(mean, 0.0), stop_share=float((stopped > on).mean()),
        wait_share=float((waited > 0).mean()),
    )  # fmt: skip


def choices_report(plan: Plan, found: Choices, worth: Rights) -> Report:
    """Choices and rights as a dictionary for JSON; money is not rounded."""
    return {
        **head_of(plan),
        "option": plan.settings.option,
        **settings_of(plan),
        "gate_month": found.gate,
        "review_month": found.review,
        "deferral_months": found.deferral,
        "too_late": found.late,
        "choices": {name: {"label": label_of(name, found), "npv": npv} for name, npv in found.npv.items()},
        "at_review": dict(found.at_review),
        "rights": {
            "draws": worth.draws, "npv_mean": worth.mean, "to_stop": worth.stop, "to_wait": worth.wait,
            "stopping_is_better": worth.stop_share, "waiting_pays": worth.wait_share,
        },
    }  # fmt: skip


def label_of(name: str, found: Choices) -> str:
    """The label of a choice, with its months."""
    return LABELS[name].format(months=found.deferral, gate=found.gate, review=found.review)


def _at_review(named: AlternativesTable) -> tuple[str, str, str]:
    return named.going_on, named.stopping, named.switching


def _lines(named: AlternativesTable) -> tuple[str, ...]:
    return named.npv, named.stopped, named.gate, named.review, named.compounding, *_at_review(named)


def _required(plan: Plan, deferral: int) -> AlternativesTable:
    """The template's table [alternatives]; raises PlanError if it is missing, and for an invalid request."""
    template, settings, named = plan.template, plan.settings, plan.template.views.alternatives
    findings = []
    if named is None:
        what = f"the template {template.id} has no [alternatives]: it knows no waiting, stopping or switching"
        raise PlanError(Finding(VIEWS_FILE, what, "use a template that has them"))
    if settings.option == settings.reference:
        findings.append(Finding(settings.option, "is the baseline, and has no choices", "name another option"))
    if deferral < 1:
        findings.append(Finding("--defer", f"{deferral} months are no waiting", "write 1 or more"))
    if findings:
        raise PlanError(*findings)
    _require_in_range(plan, named, deferral)
    return named


def _require_in_range(plan: Plan, named: AlternativesTable, deferral: int) -> None:
    _, most = plan.template.assumptions[named.deferral].table.range or (0, plan.horizon)
    waiting = _waiting(plan, named)
    if waiting + deferral > most:
        raise PlanError(Finding("--defer", f"{deferral} months are too long", f"write at most {most - waiting:g}"))


def _waiting(plan: Plan, named: AlternativesTable) -> int:
    """The months by which the option is already deferred in the plan."""
    return int(in_force(plan, named.deferral, plan.settings.option, plan.settings.case))


def _switched(named: AlternativesTable, found: Mapping[str, Amount]) -> Amount:
    """The NPV with a switch to the baseline after the review, in place of going on."""
    gain = found[named.switching] - found[named.going_on]
    return found[named.npv] + gain / found[named.compounding]


def _at(plan: Plan, name: str, value: float) -> float:
    """The NPV with another value of an assumption for the option."""
    option = plan.settings.option
    return float(
        evaluate_points(
            plan, [OptionMeasure(plan.template.role("gain"), option)], [Target(name, option)], np.array([[value]])
        )[0, 0]
    )
