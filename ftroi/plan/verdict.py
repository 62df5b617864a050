"""The verdict: one sentence with its reasons, by a rule that takes the first clause that applies.

The rule is section 9 of docs/measures.md. Its figures come from the engine; its words are here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ftroi.engine import Measured, Results
from ftroi.plan.gates import FAIL, NOT_DECIDABLE, WAIVED, Judged
from ftroi.plan.plan import Plan
from ftroi.termsheet import flat


@dataclass(frozen=True, slots=True)
class Verdict:
    """A code for programs, a sentence for people, its reasons, and the conditions that remain.

    ``option`` is the option that the verdict is in favour of, "" where it is none.
    """

    code: str
    sentence: str
    option: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...] = ()


def give_verdict(plan: Plan, base: Results, gates: tuple[Judged, ...], failed_checks: int = 0) -> Verdict:
    """Give the verdict on a plan's candidate, in the base case."""
    return _Judge(plan, base, gates).verdict(failed_checks)


class _Judge:
    """One plan before the rule; every clause returns a verdict, or None to pass on."""

    def __init__(self, plan: Plan, base: Results, gates: tuple[Judged, ...]) -> None:
        self._plan = plan
        self._base = base
        self._gates = [gate for gate in gates if not gate.table.live]
        self._candidate = plan.settings.candidate
        self._materiality = base.number("materiality", self._candidate)

    def verdict(self, failed_checks: int) -> Verdict:
        if failed_checks:
            return self._say("no_verdict", f"No verdict: {_count(failed_checks, 'check')} failed.")
        npv = self._base.measure("npv_over_nothing", self._candidate)
        if npv.value is None:
            return self._say("not_decidable", f"Not decidable: {npv.text}.")
        if npv.value < self._materiality:
            return self._say("stop", f"Stop: {_money(npv.value)} against doing nothing.")
        return self._other_option() or self._blocked() or self._pilot() or self._commit()

    def _other_option(self) -> Verdict | None:
        """Clauses 4 and 5: another option that is better, or as good and cheaper."""
        own = self._over_nothing(self._candidate)
        others = [option for option in self._available() if option != self._candidate]
        better = [option for option in others if self._over_nothing(option) - own > self._materiality]
        if better:
            best = max(better, key=self._over_nothing)
            gain = self._over_nothing(best) - own
            return self._say("choose_other", f"Choose {self._label(best)}: worth {_money(gain)} more.", best)
        close = [option for option in others if abs(self._over_nothing(option) - own) <= self._materiality]
        if not close:
            return None
        first = min([self._candidate, *close], key=self._cost_then_reference)
        text = f"A tie within {_money(self._materiality)}: {self._label(first)} costs least."
        return self._say("tie", text, first)

    def _available(self) -> list[str]:
        start = self._plan.settings.start
        limits = {option: self._plan.template.options[option].available_until for option in self._plan.settings.options}
        return [option for option, until in limits.items() if until is None or start <= until]

    def _over_nothing(self, option: str) -> float:
        return self._base.number("npv_over_nothing", option)

    def _cost_then_reference(self, option: str) -> tuple[float, bool]:
        return self._base.number("tco_pv", option), option != self._plan.settings.reference

    def _blocked(self) -> Verdict | None:
        """Clauses 6 and 7: a mandatory gate that failed, or cannot be decided."""
        failed = [gate for gate in self._gates if gate.table.mandatory and gate.status == FAIL and not gate.table.pilot]
        if failed:
            return self._say("do_not_commit", f"Do not commit: {_names(failed)} failed.")
        open_ = [gate for gate in self._gates if gate.table.mandatory and gate.status == NOT_DECIDABLE]
        if open_:
            return self._say("not_yet", f"Not yet: {_names(open_)} cannot be decided.")
        return None

    def _pilot(self) -> Verdict | None:
        """Clause 8: worth it if it works, and not worth the odds."""
        if not any(gate.table.pilot and gate.status == FAIL for gate in self._gates):
            return None
        npv = self._base.number("npv", self._candidate)
        expected = self._base.measure("expected_npv", self._candidate)
        text = f"Pilot only: {_money(npv)} if it works, {_shown(expected)} expected"
        bearable = self._base.measure("abandonment_break_even", self._candidate)
        if bearable.value is not None:
            text += f"; abandonment must stay below {bearable.value:.1%}"
        return self._say("pilot", text + ".", self._candidate)

    def _commit(self) -> Verdict:
        npv = self._base.number("npv", self._candidate)
        text = f"Commit: {self._label(self._candidate)} is worth {_money(npv)} more than the reference."
        return self._say("commit", text, self._candidate)

    def _say(self, code: str, sentence: str, option: str = "") -> Verdict:
        conditions = [gate.table.label for gate in self._gates if gate.status == FAIL and not gate.table.mandatory]
        waived = [f"waived: {gate.table.label} ({gate.reason})" for gate in self._gates if gate.status == WAIVED]
        return Verdict(code, sentence, option, self._reasons(), (*conditions, *waived))

    def _reasons(self) -> tuple[str, ...]:
        """Give the largest driver of the NPV, the gate with the least margin, and the nearest break-even."""
        return tuple(reason for reason in (self._driver(), self._deciding_gate(), self._break_even()) if reason)

    def _driver(self) -> str:
        """Name the category that moves the NPV against the reference most."""
        base, reference = self._base, self._plan.settings.reference
        moves = {}
        for category, table in self._plan.template.categories.items():
            row = flat(category)
            difference = base.row(row, self._candidate) - base.row(row, reference)
            sign = 1 if category.startswith("value.") else -1
            moves[table.label] = sign * float((difference * base.row("discount_factor", self._candidate)).sum())
        label, move = max(moves.items(), key=lambda one: abs(one[1]))
        return f"{label} moves the net present value by {_money(move)}." if move else ""

    def _deciding_gate(self) -> str:
        order = {FAIL: 0, NOT_DECIDABLE: 1}
        found = sorted((gate for gate in self._gates if gate.status in order), key=lambda gate: order[gate.status])
        if not found:
            return ""
        gate = found[0]
        if gate.margin is None:
            return f"{gate.table.label}: {gate.status} ({gate.reason})."
        return f"{gate.table.label}: {gate.status}, by {_amount(abs(gate.margin), gate.table.unit)}."

    def _break_even(self) -> str:
        bearable = self._base.measure("abandonment_break_even", self._candidate)
        if bearable.value is None:
            return ""
        return f"It can bear a probability of abandonment of {bearable.value:.1%}."

    def _label(self, option: str) -> str:
        return self._plan.template.options[option].label


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _names(gates: list[Judged]) -> str:
    return ", ".join(gate.table.label for gate in gates)


def _money(amount: float) -> str:
    return f"{amount:,.0f}".replace("-", "−")


def _shown(measured: Measured) -> str:
    return measured.text if measured.value is None else _money(measured.value)


def _amount(amount: float, unit: str) -> str:
    if unit == "money":
        return _money(amount)
    return f"{amount:.1f} months" if unit == "month" else f"{amount:.2f}"
