"""Evaluating the verdict: one sentence with its reasons, by the rule in the template's verdict.toml.

The first clause of the rule that holds is the verdict. This module computes the clauses; the sheet Gates has the same
rule as formulas. See docs/measures.md, section 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ftroi.analysis.checks import failures
from ftroi.analysis.gates import Judged, list_gates
from ftroi.analysis.rule_cells import OptionTable, PlanCells
from ftroi.engine import Results
from ftroi.language import ArithmeticFault, Node
from ftroi.language.rules import Value, holds
from ftroi.plan.plan import Plan
from ftroi.termsheet.rules import VerdictClause

_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict: a code for programs, a word and a sentence for people, reasons, and remaining conditions.

    ``option`` is the option that the verdict favours, "" for none; ``by_name`` holds the reasons by name, "" for one
    that does not apply. ``head`` says what is compared; ``conditions_told`` and ``gates_told`` are sentences on the
    conditions and on the gates.
    """

    code: str
    word: str
    sentence: str
    option: str
    by_name: Mapping[str, str]
    conditions: tuple[str, ...]
    conditions_told: str
    gates_told: str
    head: str

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons that apply, in order."""
        return tuple(reason for reason in self.by_name.values() if reason)


def give_verdict(plan: Plan, base: Results, gates: tuple[Judged, ...], failed: Sequence[str] | None = None) -> Verdict:
    """The verdict on a plan's candidate, for the results ``base``.

    ``failed`` are the sentences of the checks that failed (default: those of `failures`). Raises TemplateError if the
    template has no verdict.
    """
    return Decision(plan, base, gates, failed).verdict()


class Decision:
    """The evaluation of the verdict's rule for a plan."""

    def __init__(
        self, plan: Plan, base: Results, gates: tuple[Judged, ...], failed: Sequence[str] | None = None
    ) -> None:
        """Compute the cells that the clauses read."""
        template = plan.template
        self._rule = template.how_to_decide
        self._plan = plan
        self.options = OptionTable(plan, base)
        failed = failures(plan, base, self.options) if failed is None else failed
        self._lists = {one.name: () for one in template.how_gates_are_judged.lists} | list_gates(plan, gates)
        self._given: dict[str, Value] = {
            **template.how_gates_are_judged.words,
            **{name: _BETWEEN.join(told) for name, told in self._lists.items()},
            "failed_checks": float(len(failed)),
            "failure": failed[0] if failed else "",
        }
        columns = {name: [gate.cells[name] for gate in gates] for name in (gates[0].cells if gates else ())}
        self._base, self._columns = base, columns
        self._undecided = self._with()
        self._clause = next(clause for clause in self._rule.clauses if self.holds(clause))
        self._given |= {"word": self._clause.word, "code": self._clause.code}
        # A gate's word keeps its meaning beside a clause of the same code: both have not_decidable.
        self._given = {**{clause.code: clause.code for clause in self._rule.clauses}, **self._given}
        self.cells = self._with(self.against(self._clause))

    def _with(self, against: str = "", **more: Value) -> PlanCells:
        return PlanCells(self._plan, self._base, self.options, {**self._given, **more}, self._columns, against)

    def holds(self, clause: VerdictClause) -> bool:
        """Say whether a clause holds; as in a spreadsheet, one that cannot be computed does not."""
        return clause.when is None or self._holds(clause.when, self._undecided)

    def sentence(self, clause: VerdictClause) -> str:
        """The sentence of a clause."""
        return clause.sentence.filled(self.cells, {}, self._plan.settings.currency)

    def option(self, clause: VerdictClause) -> str:
        """The option that a clause favours, "" for none."""
        return str(self.cells.value(clause.option, "")) if clause.option else ""

    def against(self, clause: VerdictClause) -> str:
        """The option that a clause compares the candidate with."""
        return str(self._undecided.value(clause.against, "")) if clause.against else self._plan.settings.reference

    def reasons(self) -> dict[str, str]:
        """The reasons by name."""
        return {cell.name: str(self.cells.cell(cell)) for cell in self._rule.reasons}

    def verdict(self) -> Verdict:
        """The first clause that holds, with reasons and conditions."""
        clause, cells = self._clause, self.cells
        conditions = tuple(
            told
            for name, when in self._rule.conditions
            if when is None or self._holds(when, cells)
            for told in self._lists[name]
        )
        about = self._with(self.against(clause), conditions=_BETWEEN.join(conditions))
        currency = self._plan.settings.currency
        return Verdict(
            code=clause.code, word=clause.word, sentence=self.sentence(clause), option=self.option(clause),
            by_name=self.reasons(), conditions=conditions,
            conditions_told=self._rule.conditions_told.filled(about, {}, currency) if conditions else "",
            gates_told=str(self.cells.value(self._rule.gates_told, "")) if self._rule.gates_told else "",
            head=self._rule.head.filled(about, {}, currency),
        )  # fmt: skip

    @staticmethod
    def _holds(when: Node, cells: PlanCells) -> bool:
        try:
            return holds(when, cells)
        except ArithmeticFault:
            return False
