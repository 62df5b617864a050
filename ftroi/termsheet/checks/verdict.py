"""The review of a template's verdict as a whole: clauses that cannot be computed, and gates that no clause reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ftroi.errors import Finding
from ftroi.language import ArithmeticFault, Node
from ftroi.language.rules import RuleCells, Value, holds
from ftroi.termsheet.decision_rules import CATEGORY_FACTS, GATES_FILE, VERDICT_FILE
from ftroi.termsheet.model import Template
from ftroi.termsheet.rule_schema import GateTable
from ftroi.termsheet.rules import Cell, GateRule, VerdictRule, is_constant, mentions

_STATUSES = ("pass", "fail", "waived", "not_decidable")


def check_verdict(template: Template) -> Iterator[Finding]:
    """Find clauses that can never hold or look at their own outcome, and gates that nothing reads."""
    if template.verdict is None or template.gate_rule is None:
        return
    yield from _out_of_reach(template.verdict)
    asked = set(_mentioned(template.verdict))
    moves = {*CATEGORY_FACTS, "against", *(cell.name for cell in template.verdict.categories)} & asked
    for name in sorted(moves):
        what = f"a clause looks at '{name}', which depends on the clause that holds"
        yield Finding(f"{VERDICT_FILE}: [clauses]", what, "mention it in [reasons] or in a sentence only")
    for name, gate in template.gates.items():
        if not gate.live and not _matters(name, gate, template.gate_rule, asked):
            what = "no clause of the verdict looks at this gate: whether it fails makes no difference"
            cure = f"let a list of [rule.lists] that {VERDICT_FILE} mentions take it in, or make it live"
            yield Finding(f"{GATES_FILE}: [{name}]", what, cure)


def _out_of_reach(rule: VerdictRule) -> Iterator[Finding]:
    before = ""
    for clause in rule.clauses:
        where = f"{VERDICT_FILE}: [clauses.{clause.code}]"
        if before:
            cure = f"move it before [clauses.{before}], or remove it"
            yield Finding(where, f"the clause can never hold: [clauses.{before}] before it always does", cure)
        elif clause.when is not None and is_constant(clause.when):
            if holds(clause.when, _Cells({})):
                before = clause.code
            else:
                yield Finding(where, "the clause can never hold: its condition never does", "correct it, or remove it")
        if clause.when is None:
            before = before or clause.code


def _mentioned(rule: VerdictRule) -> Iterator[str]:
    """All names in the clauses' conditions, directly or through [figures], and the lists of conditions."""
    figures = {cell.name: cell for cell in rule.figures}
    waiting: list[Node] = [clause.when for clause in rule.clauses if clause.when is not None]
    seen: set[str] = set()
    while waiting:
        for name, _ in mentions((waiting.pop(),)):
            if name not in seen:
                seen.add(name)
                waiting.extend(figures[name].trees() if name in figures else ())
    yield from seen
    yield from (name for name, _ in rule.conditions)


def _matters(name: str, gate: GateTable, rule: GateRule, asked: set[str]) -> bool:
    return any(_includes(name, _Cells({**_flags(gate), **rule.words, "status": rule.words[status]}), rule, asked)
               for status in _STATUSES)  # fmt: skip


def _includes(name: str, cells: _Cells, rule: GateRule, asked: set[str]) -> bool:
    lists = (one for one in rule.lists if one.name in asked)
    columns = (one for one in rule.columns_of(name) if one.name in asked)
    return any(_holds(one.when, cells) for one in lists) or any(_is_filled(column, cells) for column in columns)


def _flags(gate: GateTable) -> Mapping[str, Value]:
    """The facts of a gate that are known without a plan."""
    return {
        "mandatory": float(gate.mandatory), "pilot": float(gate.pilot), "live": float(gate.live),
        "brought": float(gate.is_brought), "yes": float(gate.shown == "yes"),
        "sign": 1.0 if gate.direction == "at_least" else -1.0,
    }  # fmt: skip


class _Cells(RuleCells):
    """The known facts of a gate; all other cells are empty."""

    def __init__(self, known: Mapping[str, Value]) -> None:
        self._known = known

    def value(self, name: str, via: str) -> Value:  # noqa: ARG002 - a gate has no other option's figures
        return self._known.get(name, "")


def _holds(when: Node, cells: _Cells) -> bool:
    try:
        return holds(when, cells)
    except ArithmeticFault:
        return True  # it depends on values of the plan, and so may hold


def _is_filled(cell: Cell, cells: _Cells) -> bool:
    try:
        return cell.value(cells, "") != ""
    except ArithmeticFault:
        return True
