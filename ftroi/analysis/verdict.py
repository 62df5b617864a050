"""The verdict: one sentence with its reasons, by a rule that takes the first clause that applies.

The rule is section 10 of docs/measures.md. Its figures come from the engine; its words are here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ftroi.analysis.gates import FAIL, NOT_DECIDABLE, WAIVED, Judged
from ftroi.analysis.turning_points import nearest_turning_point
from ftroi.engine import Measured, Results
from ftroi.plan.plan import Plan
from ftroi.termsheet import flat


@dataclass(frozen=True, slots=True)
class Verdict:
    """A code for programs, a sentence for people, its reasons, and the conditions that remain.

    ``option`` is the option that the verdict is in favour of, "" where it is none; ``by_name`` has
    the reasons: the driver, the gate and the break-even, "" for each that there is not.
    """

    code: str
    sentence: str
    option: str
    by_name: Mapping[str, str]
    conditions: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons that there are, in order."""
        return tuple(reason for reason in self.by_name.values() if reason)


def give_verdict(plan: Plan, base: Results, gates: tuple[Judged, ...], failed_checks: int | None = None) -> Verdict:
    """Give the verdict on a plan's candidate, in the case of ``base``; without ``failed_checks`` those of the plan."""
    return next(found for _, found in clauses(plan, base, gates, failed_checks) if found is not None)


def clauses(
    plan: Plan, base: Results, gates: tuple[Judged, ...], failed_checks: int | None = None
) -> tuple[tuple[str, Verdict | None], ...]:
    """Give what each clause of the rule says by its code, in order: its verdict, or None where it does not hold.

    The first verdict is the verdict; the last clause always has one.
    """
    failed = count_failed_checks(plan) if failed_checks is None else failed_checks
    return _Judge(plan, base, gates).clauses(failed)


def count_failed_checks(plan: Plan) -> int:
    """Count the checks of a workbook that fail in a sound plan: one, where reference or candidate come too late."""
    settings = plan.settings
    return 0 if all(can_be_started(plan, option) for option in (settings.reference, settings.candidate)) else 1


def can_be_started(plan: Plan, option: str) -> bool:
    """Say whether an option is still on offer on the plan's date of start."""
    until = plan.template.options[option].available_until
    return until is None or plan.settings.start <= until


def is_more(plan: Plan, amount: float, least: float) -> bool:
    """Say whether an amount of money is more than another, by more than what counts as zero."""
    return amount - least > plan.zero_tolerance


_DECIDING: tuple[Callable[[Judged], bool], ...] = (
    lambda gate: gate.status == FAIL and gate.table.mandatory and not gate.table.pilot,
    lambda gate: gate.status == NOT_DECIDABLE and gate.table.mandatory,
    lambda gate: gate.status == FAIL and gate.table.pilot,
    lambda gate: gate.status == FAIL,
    lambda gate: gate.status == NOT_DECIDABLE,
)
"""Which gates decide, in the order of the clauses."""


class _Judge:
    """One plan before the rule; every clause returns a verdict, or None to pass on."""

    def __init__(self, plan: Plan, base: Results, gates: tuple[Judged, ...]) -> None:
        self._plan = plan
        self._base = base
        self._gates = [gate for gate in gates if not gate.table.live]
        self._candidate = plan.settings.candidate
        self._materiality = base.number("materiality", self._candidate)

    def clauses(self, failed_checks: int) -> tuple[tuple[str, Verdict | None], ...]:
        return (
            ("no_verdict", self._unchecked(failed_checks)),
            ("not_decidable", self._without_figure()),
            ("stop", self._stop()),
            ("choose_other", self._other_option()),
            ("tie", self._tie()),
            ("do_not_commit", self._failed()),
            ("not_yet", self._open()),
            ("pilot", self._pilot()),
            ("commit", self._commit()),
        )

    def _unchecked(self, failed: int) -> Verdict | None:
        return self._say("no_verdict", f"No verdict: {_count(failed, 'check')} failed.") if failed else None

    def _without_figure(self) -> Verdict | None:
        npv = self._base.measure("npv_over_nothing", self._candidate)
        return self._say("not_decidable", f"Not decidable: {npv.text}.") if npv.value is None else None

    def _stop(self) -> Verdict | None:
        npv = self._over_nothing(self._candidate)
        is_too_little = is_more(self._plan, self._materiality, npv)
        return self._say("stop", f"Stop: {_money(npv)} against doing nothing.") if is_too_little else None

    def _other_option(self) -> Verdict | None:
        """Clause 4: another option that is better."""
        own = self._over_nothing(self._candidate)
        better = [
            option
            for option in self._others()
            if is_more(self._plan, self._over_nothing(option) - own, self._materiality)
        ]
        if not better:
            return None
        best = max(better, key=self._over_nothing)
        gain = self._over_nothing(best) - own
        return self._say("choose_other", f"Choose {self._label(best)}: worth {_money(gain)} more.", best)

    def _tie(self) -> Verdict | None:
        """Clause 5: another option that is as good; then the cheapest, and among equals the reference."""
        own = self._over_nothing(self._candidate)
        close = [
            option
            for option in self._others()
            if not is_more(self._plan, abs(self._over_nothing(option) - own), self._materiality)
        ]
        if not close:
            return None
        first = min([self._candidate, *close], key=self._cost_then_reference)
        text = f"A tie within {_money(self._materiality)}: {self._label(first)} costs least."
        return self._say("tie", text, first)

    def _others(self) -> list[str]:
        return [option for option in self._available() if option != self._candidate]

    def _available(self) -> list[str]:
        return [option for option in self._plan.settings.options if can_be_started(self._plan, option)]

    def _over_nothing(self, option: str) -> float:
        return self._base.number("npv_over_nothing", option)

    def _cost_then_reference(self, option: str) -> tuple[float, bool]:
        return self._base.number("tco_pv", option), option != self._plan.settings.reference

    def _failed(self) -> Verdict | None:
        """Clause 6: a mandatory gate failed that is more than a reason for a pilot."""
        failed = [gate for gate in self._gates if gate.table.mandatory and gate.status == FAIL and not gate.table.pilot]
        return self._say("do_not_commit", f"Do not commit; failed: {_names(failed)}.") if failed else None

    def _open(self) -> Verdict | None:
        """Clause 7: a mandatory gate that cannot be decided."""
        gates = [gate for gate in self._gates if gate.table.mandatory and gate.status == NOT_DECIDABLE]
        return self._say("not_yet", f"Not yet; undecided: {_names(gates)}.") if gates else None

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
        failed = [gate.table.brief for gate in self._gates if gate.status == FAIL and not gate.table.mandatory]
        conditions = failed if code == "commit" else []
        waived = [f"waived: {gate.table.brief} ({gate.reason})" for gate in self._gates if gate.status == WAIVED]
        return Verdict(code, sentence, option, self._reasons(), (*conditions, *waived))

    def _reasons(self) -> dict[str, str]:
        """Give the largest driver of the NPV, the gate that decides, and the nearest break-even."""
        break_even = nearest_turning_point(self._plan, self._base)
        return {"driver": self._driver(), "gate": self._deciding_gate(), "break_even": break_even}

    def _driver(self) -> str:
        """Name the category that moves the NPV against the reference most."""
        moves = npv_by_category(self._plan, self._base)
        category, move = max(moves.items(), key=lambda one: abs(one[1]))
        label = self._plan.template.categories[category].label
        return f"Largest driver of the net present value: {label}, {_money(move)}." if move else ""

    def _deciding_gate(self) -> str:
        """Tell the first gate of the first clause that gates decide: 6, 7, 8, and the conditions of 9."""
        for belongs in _DECIDING:
            found = [gate for gate in self._gates if belongs(gate)]
            if found:
                return told(found[0])
        return ""

    def _label(self, option: str) -> str:
        return self._plan.template.options[option].label


def npv_by_category(plan: Plan, base: Results) -> dict[str, float]:
    """Give what each category adds to the candidate's NPV against the reference, in money of the plan."""
    candidate, reference = plan.settings.candidate, plan.settings.reference
    moves = {}
    for category in plan.template.categories:
        difference = present_total(base, category, candidate) - present_total(base, category, reference)
        moves[category] = difference if category.startswith("value.") else -difference
    return moves


def present_total(base: Results, category: str, option: str) -> float:
    """Give the present value of a category over the horizon, in money of the plan; costs are positive."""
    return float((base.row(flat(category), option) * base.row("discount_factor", option)).sum())


def told(gate: Judged) -> str:
    """Say how a gate stands: by how much it failed, or why it cannot be decided."""
    if gate.margin is None or gate.status != FAIL:
        return f"{gate.table.brief}: {gate.status} ({gate.reason})."
    return f"{gate.table.brief}: {gate.status}, by {_amount(abs(gate.margin), gate.table.unit)}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _names(gates: list[Judged]) -> str:
    return "; ".join(gate.table.brief for gate in gates)


def _money(amount: float) -> str:
    return f"{round(amount):,}".replace("-", "−")


def _shown(measured: Measured) -> str:
    return measured.text if measured.value is None else _money(measured.value)


def _amount(amount: float, unit: str) -> str:
    if unit == "money":
        return _money(amount)
    return f"{amount:.1f} months" if unit == "month" else f"{amount:.2f}"
