"""Regrouping a tape of which sums over the months are wanted: the same figures, but for their last digits.

What is added up over the months is taken apart into products (`ftroi.engine.products`); growth is multiplied month by
month; a choice between something and nothing is a product with 1 or 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from ftroi.engine.products import Products
from ftroi.engine.recorded import geometric, summed
from ftroi.engine.tape import AnyArray, Figure, Node, Operand, Tape, as_number, is_row, needed, parts_of

Name = TypeVar("Name", bound=Hashable)

_EVENLY = 1e-12
"""How far exponents may be from growing by as much each month, of the largest one."""


def regrouped(tape: Tape, outcomes: Mapping[Name, Operand]) -> tuple[Tape, dict[Name, Operand]]:
    """Give a tape that computes the same outcomes with fewer operations on months × scenarios."""
    writer = _Writer(tape)
    writer.copy([one.node for one in outcomes.values() if isinstance(one, Figure)])
    return writer.tape, {
        name: writer.copied(one.node) if isinstance(one, Figure) else one for name, one in outcomes.items()
    }


class _Writer:
    """Copies a tape operation by operation, some of them in another form."""

    def __init__(self, tape: Tape) -> None:
        self._old = tape
        self.tape = Tape()
        self._products = Products(self.tape)
        self._copies: dict[int, Operand] = {
            id(node): self.tape.input(name, node.sample, option) for (name, option), node in tape.inputs.items()
        }
        self._rules: dict[object, Callable[..., Operand]] = {
            summed: self._total,
            np.exp: self._growth,
            np.power: self._power,
            np.where: self._choice,
        }

    def copied(self, part: Node | AnyArray) -> Operand:
        """Give what stands for a figure in the copy."""
        return self._copies[id(part)] if isinstance(part, Node) else part

    def copy(self, wanted: Sequence[Node]) -> None:
        """Copy what is wanted, and all that it needs."""
        nodes = needed(self._old, wanted)
        whole = _whole(nodes, wanted)
        readers = Counter(id(part) for node in nodes for part in parts_of(node))
        multiplied = Counter(id(part) for node in nodes if _is_product_of_rows(node) for part in parts_of(node))
        for node in nodes:
            copy = _as_wide(self._copy(node), node.sample)
            if isinstance(copy, Figure) and is_row(copy.node):
                if id(node) in whole:
                    copy = self._products.whole(copy)
                elif readers[id(node)] > 1:
                    copy = self._products.shared(copy, multiplied[id(node)])
            self._copies[id(node)] = copy

    def _copy(self, node: Node) -> Operand:
        if node.source is not None:
            source = self.copied(node.source)
            return self.tape.checked(source, node.function) if node.function else source[node.index]
        operands = [self.copied(one) for one in node.operands]
        varies = any(isinstance(one, Figure) for one in operands)
        rule = self._rules.get(node.function) if varies else None
        found = None if rule is None else rule(*operands)
        return self._again(node, operands) if found is None else found

    def _again(self, node: Node, operands: Sequence[Operand]) -> Operand:
        return None if node.function is None else self.tape.outcome(node.function, operands)

    def _total(self, row: Figure) -> Operand:
        return None if row.node.blank or not is_row(row.node) else self._products.total(row)

    def _growth(self, exponent: Figure) -> Operand:
        """Multiply month by month, where the exponent is a figure by scenario times the months."""
        terms = self._products.terms(exponent) if is_row(exponent.node) else ()
        if len(terms) != 1 or terms[0].rows or not _grows_evenly(terms[0].constant):
            return None
        first, second = terms[0].constant[:1], terms[0].constant[1:2]
        pace = self._products.multiplied(terms[0].draws)
        months = np.empty(exponent.shape[0])
        return self.tape.outcome(geometric, (np.exp(pace * first), np.exp(pace * (second - first)), months))

    def _power(self, base: Operand, exponent: Operand) -> Operand:
        if isinstance(base, Figure) or base.size > 1 or not is_row(exponent.node):
            return None
        return self._growth(np.log(base) * exponent)

    def _choice(self, condition: Operand, yes: Operand, no: Operand) -> Operand:
        """Multiply by a flag: where one side is nothing, and of rows where one side does not vary."""
        if _is_zero(yes) and not _is_zero(no):
            return self._choice(np.logical_not(condition), no, yes)
        if isinstance(no, Figure) or _may_be_blank(yes) or not np.isfinite(no).all():
            return None
        flag = self._flag(condition)
        if _is_zero(no):
            return flag * yes
        return flag * yes + (1.0 - flag) * no if isinstance(yes, Figure) and is_row(yes.node) else None

    def _flag(self, condition: Operand) -> Operand:
        if isinstance(condition, Figure):
            return self.tape.outcome(as_number, (condition,))
        return as_number(condition)


def _as_wide(copy: Operand, sample: AnyArray) -> Operand:
    """Give a copy the axes of what it stands for, where less varies in it."""
    axes = (*sample.shape[:-1], 1)
    if not isinstance(copy, Figure):
        return np.broadcast_to(copy, axes)
    if copy.shape[:-1] == sample.shape[:-1]:
        return copy
    widen: Operand = np.logical_or if sample.dtype == np.bool_ else np.add
    return widen(copy, np.zeros(axes, sample.dtype))


def _is_zero(operand: Operand) -> bool:
    return not isinstance(operand, Figure) and not operand.any()


def _may_be_blank(operand: Operand) -> bool:
    return operand.node.blank if isinstance(operand, Figure) else not np.isfinite(operand).all()


def _grows_evenly(exponents: AnyArray) -> bool:
    """Say whether exponents by month grow by as much each month."""
    if exponents.shape[0] == 1:
        return False
    even = exponents[:1] + (exponents[1:2] - exponents[:1]) * np.arange(len(exponents)).reshape(-1, 1, 1)
    return bool((np.abs(even - exponents) <= _EVENLY * np.abs(exponents).max()).all())


def _is_product_of_rows(node: Node) -> bool:
    return node.function is np.multiply and all(isinstance(one, Node) and is_row(one) for one in node.operands)


def _whole(nodes: Sequence[Node], wanted: Iterable[Node]) -> set[int]:
    """Name the rows that are computed month by month whatever is regrouped: wanted, or read by other operations."""
    found = {id(one) for one in wanted if is_row(one)}
    for node in reversed(nodes):
        if id(node) in found or not _adds_up(node):
            found.update(id(part) for part in parts_of(node))
    return found


def _adds_up(node: Node) -> bool:
    """Say whether an operation is taken apart into products."""
    if node.source is not None:
        return node.function is None and is_row(node)
    if node.function is np.divide:
        return not (isinstance(node.operands[1], Node) and is_row(node.operands[1]))
    if node.function is np.where:
        return any(map(_is_constant_zero, node.operands[1:]))
    return node.function in (np.add, np.subtract, np.multiply, summed)


def _is_constant_zero(part: Node | AnyArray) -> bool:
    return not isinstance(part, Node) and not part.any()
