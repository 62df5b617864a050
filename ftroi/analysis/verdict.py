"""The verdict: one sentence with its reasons, by the rule of the template's verdict.toml.

The rule's clauses are taken in order, and the first that holds is the verdict. This computes them; the sheet Gates
prints the same rule. docs/measures.md, section 10, tells it in words.
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
    """A code for programs, a word and a sentence for people, its reasons, and the conditions that remain.

    ``option`` is the option that the verdict is in favour of, "" where it is none; ``by_name`` has the reasons, "" for
    each that there is not. ``head`` says what is compared; ``conditions_told`` is "" without conditions.
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
        """The reasons that there are, in order."""
        return tuple(reason for reason in self.by_name.values() if reason)


def give_verdict(plan: Plan, base: Results, gates: tuple[Judged, ...], failed: Sequence[str] | None = None) -> Verdict:
    """The verdict on a plan's candidate, in the case of ``base``.

    ``failed`` are the sentences of the checks that failed; without them those that fail by the plan itself. Raises
    TemplateError where the template has no verdict.
    """
    return Decision(plan, base, gates, failed).verdict()


class Decision:
    """A plan before the rule of its verdict."""

    def __init__(
        self, plan: Plan, base: Results, gates: tuple[Judged, ...], failed: Sequence[str] | None = None
    ) -> None:
        """Bring what the clauses look at."""
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
        columns = {name: [one.cells[name] for one in gates] for name in (gates[0].cells if gates else ())}
        self._base, self._columns = base, columns
        self.cells = self._with()

    def _with(self, **more: Value) -> PlanCells:
        return PlanCells(self._plan, self._base, self.options, {**self._given, **more}, self._columns)

    def holds(self, clause: VerdictClause) -> bool:
        """Say whether a clause holds; one that cannot be computed does not, as in a spreadsheet."""
        return clause.when is None or self._holds(clause.when, self.cells)

    def sentence(self, clause: VerdictClause) -> str:
        """What a clause says."""
        return clause.sentence.filled(self.cells, {}, self._plan.settings.currency)

    def option(self, clause: VerdictClause) -> str:
        """The option that a clause is in favour of, "" for none."""
        return str(self.cells.value(clause.option, "")) if clause.option else ""

    def reasons(self) -> dict[str, str]:
        """The reasons by name."""
        return {cell.name: str(self.cells.cell(cell)) for cell in self._rule.reasons}

    def verdict(self) -> Verdict:
        """The first clause that holds, with reasons and conditions."""
        clause = next(one for one in self._rule.clauses if self.holds(one))
        cells = self._with(word=clause.word, code=clause.code, **{one.code: one.code for one in self._rule.clauses})
        conditions = tuple(
            told
            for name, when in self._rule.conditions
            if when is None or self._holds(when, cells)
            for told in self._lists[name]
        )
        about = self._with(word=clause.word, conditions=_BETWEEN.join(conditions))
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
