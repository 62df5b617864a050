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

Amount = TypeVar("Amount", float, FloatArray)

DEFERRAL = 12
"""By how many months a project is put off where no number is given."""

_DEFERRAL, _WITHDRAWAL = "deferral_months", "withdrawal_date"
_AT_REVIEW = ("value_of_going_on", "value_of_stopping", "value_of_switching")
_LINES = ("increment_npv", "npv_abandoned", "gate_month", "review_at", "review_compounding", *_AT_REVIEW)
_MONTHS = 12

LABELS = {
    "go_on": "Go on as planned",
    "stop": "Stop at the proof of concept, month {gate}",
    "switch": "Switch to the reference in operation, after month {review}",
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
    _require(plan, deferral)
    option, fewer = plan.settings.option, of_parties(plan)
    results = evaluate(plan.template, inputs_of(fewer), _LINES)
    found = {name: results.number(name, option) for name in _LINES}
    npv = {"go_on": found["increment_npv"], "stop": found["npv_abandoned"], "switch": _switched(found)}
    npv["switch_vendor"] = _at(plan, _WITHDRAWAL, serial(_day(plan, int(found["review_at"]))))
    npv["defer"] = _at(plan, _DEFERRAL, float(_waiting(plan) + deferral))
    until = plan.template.options[option].available_until
    late = until is not None and until < _day(plan, _waiting(plan) + deferral)
    at_review = {name: found[name] for name in _AT_REVIEW}
    return Choices(npv, at_review, int(found["gate_month"]), int(found["review_at"]), deferral, late)


def rights(plan: Plan, setup: Setup, deferral: int = DEFERRAL) -> Rights:
    """Draw the plan as it is and put off, by the same draws. Raises PlanError as `choices` and `simulate` do."""
    _require(plan, deferral)
    option = plan.settings.option
    going = simulate(plan, [option], _LINES, setup)
    later = Target(_DEFERRAL, option).placed(plan, float(_waiting(plan) + deferral))
    found = {name: going.draws(name, option) for name in _LINES}
    on, stopped = found["increment_npv"], np.maximum(found["npv_abandoned"], _switched(found))
    waited = simulate(later, [option], ["increment_npv"], setup).draws("increment_npv", option)
    mean = float(on.mean())
    return Rights(
        draws=going.count, mean=mean, stop=float(np.maximum(on, stopped).mean()) - mean,
        wait=float(np.maximum(waited, 0).mean()) - max(mean, 0.0), stop_share=float((stopped > on).mean()),
        wait_share=float((waited > 0).mean()),
    )  # fmt: skip


def choices_report(plan: Plan, found: Choices, worth: Rights) -> Report:
    """Give choices and rights for JSON; money is not rounded."""
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
    """Give a choice in words."""
    return LABELS[name].format(months=found.deferral, gate=found.gate, review=found.review)


def _require(plan: Plan, deferral: int) -> None:
    template, settings = plan.template, plan.settings
    missing = [name for name in (_DEFERRAL, _WITHDRAWAL) if name not in template.assumptions]
    missing += [name for name in _LINES if name not in template.lines]
    findings = []
    if missing:
        findings.append(Finding(template.id, f"knows no {', '.join(missing)}", "use a template that has them"))
    if settings.option == settings.reference:
        findings.append(Finding(settings.option, "is the reference, and has no choices", "name another option"))
    if deferral < 1:
        findings.append(Finding("--defer", f"{deferral} months are no waiting", "write 1 or more"))
    if findings:
        raise PlanError(*findings)
    _require_in_range(plan, deferral)


def _require_in_range(plan: Plan, deferral: int) -> None:
    _, most = plan.template.assumptions[_DEFERRAL].table.range or (0, plan.horizon)
    if _waiting(plan) + deferral > most:
        raise PlanError(
            Finding("--defer", f"{deferral} months are too long", f"write at most {most - _waiting(plan):g}")
        )


def _waiting(plan: Plan) -> int:
    """Give how long the option waits in the plan as it is, in months."""
    return int(in_force(plan, _DEFERRAL, plan.settings.option, plan.settings.case))


def _switched(found: Mapping[str, Amount]) -> Amount:
    """Put the reference's flows after a switch in the place of those of going on."""
    gain = found["value_of_switching"] - found["value_of_going_on"]
    return found["increment_npv"] + gain / found["review_compounding"]


def _at(plan: Plan, name: str, value: float) -> float:
    """Give the NPV with another value of the option's own."""
    option = plan.settings.option
    return float(tried(plan, [Figure("npv", option)], [Target(name, option)], np.array([[value]]))[0, 0])


def _day(plan: Plan, months: int) -> date:
    """Give the first day of the month after so many months."""
    count = plan.settings.start.year * _MONTHS + plan.settings.start.month - 1 + months
    return date(count // _MONTHS, count % _MONTHS + 1, 1)
