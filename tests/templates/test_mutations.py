"""Worked examples are sharp: whatever single wrong is done to a formula, one of its examples notices."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from ftroi.language import ArithmeticFault, Binary, Name, Negative, Node, Number, formula_text
from ftroi.language.nodes import children, row_reference
from ftroi.termsheet.examples import agrees, outcome
from ftroi.termsheet.model import Clause, Line
from ftroi.termsheet.schema import ExampleTable
from tests.templates.mutants import Mutant, mutants

Bounds = Callable[[str], tuple[float, float] | None]

_FLAG = (0.0, 1.0)
_COUNT = (0.0, math.inf)
_SIGN = (-1.0, 1.0)

LINE_BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "operate_flag": _FLAG,
        "rebase_flag": _FLAG,
        "refresh_flag": _FLAG,
        "withdrawal_flag": _FLAG,
        "is_reference": _FLAG,
        "deficit_flag": _FLAG,
        "recovered_flag": _FLAG,
        "discounted_deficit_flag": _FLAG,
        "year_end_flag": _FLAG,
        "irr_proved": _FLAG,
        "first_crossing_so_far": _COUNT,
        "discounted_crossing_month": _COUNT,
        "sign_changes": _COUNT,
        "first_deficit": _COUNT,
        "first_discounted_deficit": _COUNT,
        "first_sign": _SIGN,
    }
)
"""Between what the lines lie that formulas compare with an end of their range."""

EQUIVALENT: Mapping[tuple[str, str], str] = MappingProxyType({})
"""Wrongs that change no figure, by line and change, each with the reason."""

_ONE_BY_DEFINITION = frozenset({"one_month", "one_year"})


def wrong_lines(line: Line) -> Iterator[tuple[Mutant | str, Line]]:
    """Give a line with one wrong in it, for every wrong: formula, opening, conditions, their order."""
    assert line.tree is not None
    for mutant in mutants(line.tree):
        yield mutant, replace(line, tree=mutant.tree)
    for mutant in mutants(line.opening) if line.opening else ():
        yield mutant, replace(line, opening=mutant.tree)
    for what, clauses in _wrong_clauses(line.unless):
        yield what, replace(line, unless=clauses)
    for what, clauses in _wrong_clauses(line.remark):
        yield what, replace(line, remark=clauses)


def _wrong_clauses(clauses: tuple[Clause, ...]) -> Iterator[tuple[Mutant | str, tuple[Clause, ...]]]:
    for place, clause in enumerate(clauses):
        before, after = clauses[:place], clauses[place + 1 :]
        for mutant in mutants(clause.when):
            yield mutant, (*before, replace(clause, when=mutant.tree), *after)
        yield f"without clause {place + 1}", (*before, *after)
        if after:
            yield f"clause {place + 1} after the next", (*before, after[0], clause, *after[1:])


def change(what: Mutant | str) -> str:
    return what if isinstance(what, str) else what.change


def still_agrees(line: Line, example: ExampleTable) -> bool:
    try:
        return agrees(outcome(line, example), example)
    except ArithmeticFault:
        return False


def is_equivalent(line: str, what: Mutant | str, bounds: Bounds) -> bool:
    if (line, change(what)) in EQUIVALENT:
        return True
    return isinstance(what, Mutant) and (_compares_with_an_end(what, bounds) or _leaves_out_a_one(what))


def _compares_with_an_end(mutant: Mutant, bounds: Bounds) -> bool:
    """Nothing lies beyond the end of a range: a flag that is >= 1 is 1."""
    before, after = mutant.before, mutant.after
    if not (isinstance(before, Binary) and isinstance(after, Binary)):
        return False
    range_ = bounds(_name(before.left))
    end = _literal(before.right)
    if range_ is None or end not in range_ or (before.left, before.right) != (after.left, after.right):
        return False
    same = {"=": "<=", ">": "<>"} if end == range_[0] else {"=": ">=", "<": "<>"}
    return same.get(before.operator) == after.operator


def _name(node: Node) -> str:
    reference = row_reference(node)
    if reference is not None:
        return reference.name
    return node.name if isinstance(node, Name) else ""


def _literal(node: Node) -> float | None:
    if isinstance(node, Negative):
        operand = _literal(node.operand)
        return None if operand is None else -operand
    return node.value if isinstance(node, Number) else None


def _leaves_out_a_one(mutant: Mutant) -> bool:
    """Month and year that only carry a unit are 1 by definition: x * 1 = x / 1 = x.

    The check of units refuses what they would let through.
    """
    before, after = mutant.before, mutant.after
    if before in map(Name, _ONE_BY_DEFINITION):
        return after == Number(1.0)
    if not (isinstance(before, Binary) and before.operator in "*/" and _name(before.right) in _ONE_BY_DEFINITION):
        return False
    return after in (before.left, replace(before, operator="*"), replace(before, operator="/"))
