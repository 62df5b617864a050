"""Evaluating the go/no-go gates, whose thresholds are set and dated before a result is known.

The rule stands in the template's gates.toml. This module provides the values that the rule mentions, and computes it;
the sheet Gates has the same rule as formulas. See docs/measures.md, section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ftroi.analysis.risk.freshness import fresh_figure, fresh_odds, state_of
from ftroi.analysis.rule_cells import OptionTable, PlanCells, blank_or
from ftroi.engine import Measured, Results
from ftroi.language.rules import RuleCells, Value, holds
from ftroi.plan.plan import GateEntry, Plan
from ftroi.plan.resolve import calculate
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE
from ftroi.termsheet import GateTable, serial
from ftroi.termsheet.simulated_names import SIMULATED

PASS, FAIL, WAIVED, NOT_DECIDABLE = "pass", "fail", "waived", "not_decidable"
"""The codes of a gate's status; their words are in gates.toml."""

PESSIMISTIC, ODDS = "pessimistic_npv", "probability_npv_positive"
"""Gate measures that no line holds: one needs the pessimistic case, the other a simulation."""

WORD_OF_STATE = {NOT_SIMULATED: "not_simulated", STALE: "stale", FRESH: "holds"}
"""The key in the rule's words for each state of simulated results."""

_GAPS = {
    "money": ("money_short", "money_short"), "percent": ("percent", "points_words"),
    "whole_percent": ("whole_percent", "whole_points_words"), "multiple": ("multiple", "multiple"),
    "months": ("months", "months"), "days": ("days", "days"), "decimal": ("decimal", "decimal"),
    "yes": ("whole", "whole"),
}  # fmt: skip


def formats_of(table: GateTable) -> dict[str, str]:
    """The formats in which sentences show a gate's value, and its difference from the threshold."""
    return dict(zip(("figure", "gap"), _GAPS[table.shown], strict=True))


@dataclass(frozen=True, slots=True)
class Judged:
    """An evaluated gate: the value (``figure``) and threshold that were compared, and the result.

    ``status`` is the code, ``word`` the word that people read; ``cells`` are all columns of the gate's row, by name.
    ``margin`` is the distance from the threshold in the gate's unit, positive on the passing side; None if value or
    threshold is missing.
    """

    id: str
    table: GateTable
    figure: Measured
    threshold: float | None
    status: str
    word: str
    reason: str
    margin: float | None
    cells: Mapping[str, Value] = field(default_factory=dict, repr=False, compare=False)


def judge_gates(plan: Plan, base: Results, pessimistic: Results, odds: float | None, today: date) -> tuple[Judged, ...]:
    """Evaluate all gates for the candidate.

    ``odds`` is the simulated probability that the NPV is positive, None without a current simulation. ``today`` is the
    day on which evidence is judged for expiry.
    """
    if not plan.template.gates:
        return ()
    known = {
        PESSIMISTIC: pessimistic.measure(plan.template.role("gain"), plan.settings.candidate)
        if any(gate.figure == PESSIMISTIC for gate in plan.template.gates.values()) else Measured(None),
        ODDS: Measured(odds),
    }  # fmt: skip
    options = OptionTable(plan, base) if plan.template.verdict else None
    return tuple(_judged(plan, name, _figure(plan, name, base, known, options), base, today)
                 for name in plan.template.gates)  # fmt: skip


def judge_plan(plan: Plan, base: Results) -> tuple[Judged, ...]:
    """Evaluate all gates on the plan's day, with its simulation if that is current; computes the pessimistic case."""
    return judge_gates(plan, base, calculate(plan, "pessimistic"), fresh_odds(plan), plan.day)


def list_gates(plan: Plan, gates: tuple[Judged, ...]) -> dict[str, tuple[str, ...]]:
    """The rule's lists by name: the texts of the gates in each."""
    if not gates:
        return {}
    rule, currency = plan.template.how_gates_are_judged, plan.settings.currency
    rows = [(_Row({**gate.cells, **rule.words}), formats_of(gate.table)) for gate in gates]
    return {
        one.name: tuple(one.text.filled(row, formats, currency) for row, formats in rows if holds(one.when, row))
        for one in rule.lists
    }


class _Row(RuleCells):
    """The cells of one gate."""

    def __init__(self, cells: dict[str, Value]) -> None:
        self._cells = cells

    def value(self, name: str, via: str) -> Value:  # noqa: ARG002 - a gate has no other option's figures
        return self._cells[name]


def _judged(plan: Plan, name: str, figure: Measured, base: Results, today: date) -> Judged:
    table, rule = plan.template.gates[name], plan.template.how_gates_are_judged
    entry = plan.gates.get(name, GateEntry())
    cells: dict[str, Value] = {**_facts(plan, name, table, entry, today), **rule.words}
    cells |= {
        "figure": figure.text if figure.value is None else figure.value,
        "default_threshold": _default(plan, table, base),
    }
    row = _Row(cells)
    for column in rule.columns_of(name):
        cells[column.name] = column.value(row, plan.settings.currency, formats_of(table))
    code_of = {word: code for code, word in rule.words.items() if code in (PASS, FAIL, WAIVED, NOT_DECIDABLE)}
    return Judged(
        name, table, figure, _number(cells["threshold"]), code_of[str(cells["status"])], str(cells["status"]),
        str(cells["why"]), _number(cells["margin"]), {key: cells[key] for key in cells if key not in rule.words},
    )  # fmt: skip


def _number(value: Value) -> float | None:
    return None if isinstance(value, str) else value


def _facts(plan: Plan, name: str, table: GateTable, entry: GateEntry, today: date) -> dict[str, Value]:
    """The facts of a gate that the rule may mention (`GATE_FACTS`), except its value and threshold."""

    def day(one: date | None) -> Value:
        return "" if one is None else serial(one)

    return {
        "gate": name, "label": table.label, "brief": table.brief, "evidence": table.evidence,
        "direction": table.direction.replace("_", " "), "stamp": stamp_of(plan, table),
        "mandatory": float(table.mandatory), "pilot": float(table.pilot), "live": float(table.live),
        "brought": float(table.is_brought), "yes": float(table.shown == "yes"),
        "sign": 1.0 if table.direction == "at_least" else -1.0, "own_threshold": blank_or(entry.threshold),
        "evidence_figure": blank_or(entry.figure), "set_on": day(entry.set_on), "set_by": entry.set_by,
        "evidence_on": day(entry.evidence_on), "evidence_until": day(entry.evidence_until), "waiver": entry.waiver,
        "as_of": serial(today),
    }  # fmt: skip


def stamp_of(plan: Plan, table: GateTable) -> str:
    """The word that says whether a computed value is valid for the inputs; "" for a gate that needs no check."""
    words = plan.template.how_gates_are_judged.words
    if table.figure == PESSIMISTIC:
        return words["holds"]
    is_simulated = table.figure == ODDS or (table.figure or "").startswith(SIMULATED)
    return words[WORD_OF_STATE[state_of(plan)]] if is_simulated else ""


def _default(plan: Plan, table: GateTable, base: Results) -> Value:
    if not isinstance(table.threshold, str):
        return table.threshold
    measured = base.measure(table.threshold, plan.settings.candidate)
    return measured.text if measured.value is None else measured.value


def _figure(
    plan: Plan, name: str, base: Results, known: Mapping[str, Measured], options: OptionTable | None
) -> Measured:
    """The value that a gate compares, for the candidate."""
    candidate, figure = plan.settings.candidate, plan.template.gates[name].figure
    if figure is None:
        return Measured(plan.gates[name].figure if name in plan.gates else None)
    if figure in known:
        return known[figure]
    if figure.startswith(SIMULATED):
        return Measured(fresh_figure(plan, figure.removeprefix(SIMULATED)))
    if options is not None and any(cell.name == figure for cell in plan.template.how_to_decide.figures):
        value = PlanCells(plan, base, options, {}).value(figure, "")
        return Measured(None, "", value) if isinstance(value, str) else Measured(value)
    return base.measure(figure, candidate)
