"""What else could be done: to wait, to stop or switch after the pilot, to change the vendor, each beside going on.

Every choice has its NPV against the reference as planned, at the decision date. What the rights to stop and to
wait are worth is told as if the outcome were known by then, so that it is the most that they can be worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from ftroi.analysis.report import Report, head_of, parties_of
from ftroi.analysis.risk.simulation import Setup, simulate
from ftroi.analysis.sweep import Figure, Target, of_parties, tried
from ftroi.engine import FloatArray, evaluate
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import in_force, inputs_of
from ftroi.termsheet import serial
from ftroi.termsheet.views import VIEWS_FILE, AlternativesTable

Amount = TypeVar("Amount", float, FloatArray)

DEFERRAL = 12
"""By how many months a project is put off where no number is given."""

_MONTHS = 12

LABELS = {
    "go_on": "Go on as planned",
    "stop": "Stop at the proof of concept, month {gate}",
    "switch": "Switch to the baseline in operation, after month {review}",
    "switch_vendor": "Change the vendor in operation, after month {review}",
    "defer": "Begin {months} months later, with the incumbent meanwhile",
}


@dataclass(frozen=True)
class Choices:
    """The NPV of every choice, in money, by its name; what is worth what at the review; and until when to wait.

    ``gate`` is the month of the proof of concept, at which a project is stopped, ``review`` the last month before the
    review in operation; ``late`` says that the option can no longer be started then.
    """

    npv: Mapping[str, float]
    at_review: Mapping[str, float]
    gate: int
    review: int
    deferral: int
    late: bool


@dataclass(frozen=True)
class Rights:
    """Over the draws: the mean NPV of going on, and what it is worth to be free to stop or to wait, in money.

    To stop is to stop at the proof of concept, or to switch to the reference in operation, whichever is better.
    ``stop_share`` and ``wait_share`` are the shares of draws in which that beats going on, and in which the project
    pays once it has waited.
    """

    draws: int
    mean: float
    stop: float
    wait: float
    stop_share: float
    wait_share: float


def choices(plan: Plan, deferral: int = DEFERRAL) -> Choices:
    """Compare the choices of the plan's option, in the plan's case.

    Raises PlanError where the template does not know them, and where the option is the reference.
    """
    named = _required(plan, deferral)
    option, fewer, lines = plan.settings.option, of_parties(plan), _lines(named)
    results = evaluate(plan.template, inputs_of(fewer), lines)
    found = {name: results.number(name, option) for name in lines}
    gate, review, waiting = int(found[named.gate]), int(found[named.review]), _waiting(plan, named)
    npv = {"go_on": found[named.npv], "stop": found[named.stopped], "switch": _switched(named, found)}
    npv["switch_vendor"] = _at(plan, named.withdrawal, serial(_day(plan, review)))
    npv["defer"] = _at(plan, named.deferral, float(waiting + deferral))
    until = plan.last_start(option)
    late = until is not None and until < _day(plan, waiting + deferral)
    return Choices(npv, {name: found[name] for name in _at_review(named)}, gate, review, deferral, late)


def rights(plan: Plan, setup: Setup, deferral: int = DEFERRAL) -> Rights:
    """Draw the plan as it is and put off, by the same draws. Raises PlanError as `choices` and `simulate` do."""
    named = _required(plan, deferral)
    option, lines = plan.settings.option, _lines(named)
    going = simulate(plan, [option], lines, setup)
    later = Target(named.deferral, option).placed(plan, float(_waiting(plan, named) + deferral))
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
    """Choices and rights for JSON; money is not rounded."""
    return {
        **head_of(plan),
        "option": plan.settings.option,
        **parties_of(plan),
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
    """A choice in words."""
    return LABELS[name].format(months=found.deferral, gate=found.gate, review=found.review)


def _at_review(named: AlternativesTable) -> tuple[str, str, str]:
    return named.going_on, named.stopping, named.switching


def _lines(named: AlternativesTable) -> tuple[str, ...]:
    return named.npv, named.stopped, named.gate, named.review, named.compounding, *_at_review(named)


def _required(plan: Plan, deferral: int) -> AlternativesTable:
    """What the template says of choices. Raises PlanError where it says nothing, and for what cannot be asked."""
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
    """How long the option waits in the plan as it is, in months."""
    return int(in_force(plan, named.deferral, plan.settings.option, plan.settings.case))


def _switched(named: AlternativesTable, found: Mapping[str, Amount]) -> Amount:
    """Put the baseline's flows after a switch in the place of those of going on."""
    gain = found[named.switching] - found[named.going_on]
    return found[named.npv] + gain / found[named.compounding]


def _at(plan: Plan, name: str, value: float) -> float:
    """The NPV with another value of the option's own."""
    option = plan.settings.option
    return float(
        tried(plan, [Figure(plan.template.role("gain"), option)], [Target(name, option)], np.array([[value]]))[0, 0]
    )


def _day(plan: Plan, months: int) -> date:
    """The first day of the month after so many months."""
    count = plan.settings.start.year * _MONTHS + plan.settings.start.month - 1 + months
    return date(count // _MONTHS, count % _MONTHS + 1, 1)
