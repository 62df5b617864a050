"""The go/no-go gates: thresholds set and dated before a result is looked at, then judged.

Rules (docs/measures.md, section 9): equality passes; "never" fails and "immediate" passes; other
texts, an empty threshold, a threshold set on or after the day of its evidence, evidence that has
expired and a missing simulation are not decidable; a waiver passes, and is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ftroi.analysis.risk.freshness import fresh_figure, fresh_odds, state_of
from ftroi.engine import NOTHING, Measured, Results
from ftroi.plan.plan import GateEntry, Plan
from ftroi.plan.resolve import calculate
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE
from ftroi.termsheet import GateTable
from ftroi.termsheet.simulated_names import SIMULATED

PASS, FAIL, WAIVED, NOT_DECIDABLE = "pass", "fail", "waived", "not decidable"

SIMULATION = {
    NOT_SIMULATED: "no simulation: 'ftroi simulate FILE --write'",
    STALE: "the inputs have changed since: 'ftroi simulate FILE --write'",
    FRESH: "holds",
}
"""What is said of simulated figures by their state: without a fresh one, why a gate is not decidable."""

_PASSING_TEXTS = {"immediate"}
_FAILING_TEXTS = {"never"}


@dataclass(frozen=True, slots=True)
class Judged:
    """One gate with the figure and threshold that were compared, and what came of it.

    ``before_waiver`` is the status that a waiver may have lifted, ``undated`` why the evidence cannot
    count. ``margin`` is how far the figure is on the good side of the threshold; None without both.
    """

    id: str
    table: GateTable
    figure: Measured
    threshold: float | None
    status: str
    reason: str = ""
    before_waiver: str = ""
    undated: str = ""

    @property
    def margin(self) -> float | None:
        """How far on the good side, in the gate's unit; negative is the bad side."""
        if self.figure.value is None or self.threshold is None:
            return None
        difference = self.figure.value - self.threshold
        return difference if self.table.direction == "at_least" else -difference


def judge_gates(plan: Plan, base: Results, pessimistic: Results, odds: float | None, today: date) -> tuple[Judged, ...]:
    """Judge every gate of the candidate.

    ``odds`` is the simulated probability that the NPV is positive, None without a fresh
    simulation. ``today`` decides whether evidence has expired.
    """
    return tuple(
        _judged(plan, name, _figure(plan, name, base, pessimistic, odds), base, today) for name in plan.template.gates
    )


def judge_plan(plan: Plan, base: Results) -> tuple[Judged, ...]:
    """Judge every gate on the plan's own day, by its simulation where that is fresh; computes the pessimistic case."""
    return judge_gates(plan, base, calculate(plan, "pessimistic"), fresh_odds(plan), plan.day)


def _judged(plan: Plan, name: str, figure: Measured, base: Results, today: date) -> Judged:
    table = plan.template.gates[name]
    entry = plan.gates.get(name, GateEntry())
    threshold = _threshold(plan, table, entry, base)
    status, reason = _status(table, entry, figure, threshold, today, SIMULATION[state_of(plan)])
    undated = _undated(entry, today) if is_brought(table) else ""
    if entry.waiver and status != PASS:
        return Judged(name, table, figure, threshold, WAIVED, entry.waiver, status, undated)
    return Judged(name, table, figure, threshold, status, reason, status, undated)


def _threshold(plan: Plan, table: GateTable, entry: GateEntry, base: Results) -> float | None:
    if entry.threshold is not None:
        return entry.threshold
    if isinstance(table.threshold, str):
        return base.measure(table.threshold, plan.settings.candidate).value
    return table.threshold


def _figure(plan: Plan, name: str, base: Results, pessimistic: Results, odds: float | None) -> Measured:
    """Give what a gate compares, for the candidate."""
    candidate, figure = plan.settings.candidate, plan.template.gates[name].figure
    if figure is None:
        return Measured(plan.gates[name].figure if name in plan.gates else None)
    if figure == "npv_over_untuned":
        return Measured(npv_over_untuned(plan, base))
    if figure == "pessimistic_npv":
        return pessimistic.measure("npv", candidate)
    if figure == "probability_npv_positive":
        return Measured(odds)
    if figure.startswith(SIMULATED):
        return Measured(fresh_figure(plan, figure.removeprefix(SIMULATED)))
    return base.measure(figure, candidate)


def npv_over_untuned(plan: Plan, results: Results) -> float | None:
    """Give the candidate's NPV over the best option that is not tuned; None where there is no other."""
    candidate = plan.settings.candidate
    others = [
        results.number("npv_over_nothing", option)
        for option in plan.settings.options
        if not plan.template.options[option].tuned and option not in (candidate, NOTHING)
    ]
    return results.number("npv_over_nothing", candidate) - max(others) if others else None


def _status(
    table: GateTable, entry: GateEntry, figure: Measured, threshold: float | None, today: date, simulation: str
) -> tuple[str, str]:
    if is_brought(table) and (reason := _undated(entry, today)):
        return NOT_DECIDABLE, reason
    if figure.value is None:
        return _by_text(table, figure, simulation)
    if threshold is None:
        return NOT_DECIDABLE, "no threshold"
    good = figure.value >= threshold if table.direction == "at_least" else figure.value <= threshold
    return (PASS, "") if good else (FAIL, "")


def is_brought(table: GateTable) -> bool:
    """Say whether people bring a gate's evidence, rather than the model or a simulation."""
    return table.evidence not in ("model", "simulation")


def _by_text(table: GateTable, figure: Measured, simulation: str) -> tuple[str, str]:
    if figure.status in _PASSING_TEXTS:
        return PASS, figure.text
    if figure.status in _FAILING_TEXTS:
        return FAIL, figure.text
    missing = simulation if table.evidence == "simulation" else f"no evidence: {table.evidence}"
    return NOT_DECIDABLE, figure.text or ("no figure" if table.evidence == "model" else missing)


def _undated(entry: GateEntry, today: date) -> str:
    """Say why evidence cannot count yet, or any more; "" where it can."""
    if entry.figure is None:
        return "no evidence yet"
    if entry.set_on is None or entry.evidence_on is None:
        return "the threshold or its evidence bears no date"
    if entry.set_on >= entry.evidence_on:
        return "the threshold was set after its evidence"
    if entry.evidence_until is not None and entry.evidence_until < today:
        return "the evidence has expired"
    return ""
