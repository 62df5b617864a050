"""Figures of a tape as sums of products: what varies by month alone, by scenario alone, and by both, kept apart.

A product of a by month, b by scenario and c by both takes one operation on months × scenarios, not two; and its
sum over the months is b times the sum of a * c, which many products share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ftroi.engine.recorded import side_by_side, summed_product, weighed
from ftroi.engine.tape import AnyArray, Figure, Node, Operand, Tape, as_number, is_row

_MOST_TERMS = 256
"""Sums that would come out longer are left as they are."""

_NOTHING_STAYS = (np.multiply, np.logical_and, np.logical_or, as_number)
"""Operations that give 0 where all of their operands are 0."""


@dataclass(frozen=True, slots=True)
class Term:
    """A product of a constant by month, of figures by scenario, and of rows, which vary by month and scenario."""

    constant: AnyArray
    draws: tuple[Node, ...] = ()
    rows: tuple[Node, ...] = ()


class Products:
    """Writes the figures of a tape as sums of products, and sums over the months from them."""

    def __init__(self, tape: Tape) -> None:
        """Work on a tape, to which products and their sums are added."""
        self._tape = tape
        self._known: dict[int, tuple[Term, ...]] = {}
        self._sizes: dict[int, int] = {}
        self._places: dict[int, int] = {}
        self._patterns: dict[int, list[AnyArray]] = {}
        self._rules: dict[object, Callable[..., tuple[Term, ...] | None]] = {
            np.add: self._sum,
            np.subtract: self._difference,
            np.multiply: self._product,
            np.divide: self._quotient,
        }

    # --- what is taken apart, and what not -------------------------------------------------------------------

    def terms(self, operand: Operand) -> tuple[Term, ...]:
        """Give the products that a figure or constant is the sum of."""
        if not isinstance(operand, Figure):
            return (Term(operand),) if operand.any() else ()
        node = operand.node
        if id(node) not in self._known:
            self._known[id(node)] = self._expanded(node)
        return self._known[id(node)]

    def whole(self, figure: Figure) -> Figure:
        """Compute a row as such, in the shorter way, and take it apart no more if it is a sum."""
        terms = self.terms(figure)
        if len(terms) < 2:  # noqa: PLR2004 - a sum has two terms
            return figure
        length = len(terms) - 1 + sum(len(one.rows) + (one.constant.size > 1) for one in terms)
        shorter = length < self._sizes.get(id(figure.node), 0)
        row: Figure = _added(self._computed(one) for one in terms) if shorter else figure
        self._known[id(row.node)] = (_alone(row.node),)
        return row

    def shared(self, figure: Figure, readers: int) -> Figure:
        """Prepare a row that many read; ``readers`` of them multiply it by another row.

        A product of rows is computed once; a sum is as well where too many products would be made of it.
        """
        terms = self.terms(figure)
        if len(terms) > 1 and len(terms) * readers > len(terms) + readers + 1:
            return self.whole(figure)
        if len(terms) == 1 and len(terms[0].rows) > 1:
            row = self.multiplied(terms[0].rows)
            self._known[id(figure.node)] = (Term(terms[0].constant, terms[0].draws, (row.node,)),)
        return figure

    def multiplied(self, nodes: Iterable[Node]) -> Figure:
        """Give the product of some figures."""
        result: Figure = reduce(np.multiply, self._figures(nodes))
        return result

    def _figures(self, nodes: Iterable[Node]) -> list[Operand]:
        return [Figure(self._tape, node) for node in nodes]

    def _computed(self, term: Term) -> Operand:
        factor = reduce(np.multiply, self._figures(term.draws), _scale(term.constant))
        return reduce(np.multiply, self._figures(term.rows), factor * _pattern(term.constant))

    # --- taking apart ----------------------------------------------------------------------------------------

    def _expanded(self, node: Node) -> tuple[Term, ...]:
        if node.blank or not is_row(node):
            return (_alone(node),)
        if node.source is not None:
            return self._of_one_option(node, node.source)
        rule = self._rules.get(node.function)
        operands = [Figure(self._tape, one) if isinstance(one, Node) else one for one in node.operands]
        found = None if rule is None else rule(*operands)
        if found is None or len(found) > _MOST_TERMS:
            return (_alone(node),)
        self._sizes[id(node)] = 1 + sum(self._sizes.get(id(one), 0) for one in node.operands)
        return found

    def _of_one_option(self, node: Node, source: Node) -> tuple[Term, ...]:
        """Take apart a part of a figure: every factor's part."""
        if node.function is not None or not is_row(source) or not isinstance(node.index, tuple):
            return (_alone(node),)

        def part(one: Node) -> Node:
            return one if one.sample.shape[1] == 1 else self._tape.view(Figure(self._tape, one), node.index).node

        return tuple(
            Term(
                one.constant if one.constant.shape[1] == 1 else one.constant[node.index],
                tuple(map(part, one.draws)),
                tuple(map(part, one.rows)),
            )
            for one in self.terms(Figure(self._tape, source))
        )

    def _sum(self, one: Operand, other: Operand) -> tuple[Term, ...]:
        return self._collected((*self.terms(one), *self.terms(other)))

    def _difference(self, one: Operand, other: Operand) -> tuple[Term, ...]:
        negative = (Term(-term.constant, term.draws, term.rows) for term in self.terms(other))
        return self._collected((*self.terms(one), *negative))

    def _product(self, one: Operand, other: Operand) -> tuple[Term, ...] | None:
        """Take apart a product, unless it is one of two sums."""
        left, right = self.terms(one), self.terms(other)
        if min(len(left), len(right)) > 1:
            return None
        terms = (
            Term(a.constant * b.constant, self._sorted(*a.draws, *b.draws), self._sorted(*a.rows, *b.rows))
            for a, b in product(left, right)
        )
        return tuple(one for one in terms if one.constant.any())

    def _quotient(self, one: Operand, other: Operand) -> tuple[Term, ...] | None:
        """Take apart what is divided by a figure that does not move with the months."""
        return self._product(one, 1.0 / other) if other.shape[0] == 1 else None

    def _sorted(self, *nodes: Node) -> tuple[Node, ...]:
        """Order factors alike, so that what several products share is computed once."""
        return tuple(sorted(nodes, key=lambda node: self._places.setdefault(id(node), len(self._places))))

    def _collected(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        """Put together what differs in its figures by scenario alone."""
        alike: dict[Any, list[Term]] = {}
        for term in terms:
            pattern = _pattern(term.constant)
            alike.setdefault((pattern.shape, pattern.tobytes(), *map(id, term.rows)), []).append(term)
        together = (one[0] if len(one) == 1 else self._together(one) for one in alike.values())
        return tuple(one for one in together if one.constant.any())

    def _together(self, terms: list[Term]) -> Term:
        pattern = _pattern(terms[0].constant)
        factor = _added(reduce(np.multiply, self._figures(one.draws), _scale(one.constant)) for one in terms)
        if isinstance(factor, Figure):
            return Term(pattern, (factor.node,), terms[0].rows)
        return Term(pattern * factor, (), terms[0].rows)

    # --- sums over the months --------------------------------------------------------------------------------

    def total(self, figure: Figure) -> Operand:
        """Sum a row over its months."""
        months = figure.shape[0]
        return _added(
            reduce(np.multiply, self._figures(term.draws), self._over_months(term, months) * _scale(term.constant))
            for term in self.terms(figure)
        )

    def _over_months(self, term: Term, months: int) -> Operand:
        """Sum what moves with the months in a product, its pattern and its rows."""
        pattern = np.broadcast_to(_pattern(term.constant), (months, *term.constant.shape[1:]))
        if not term.rows:
            return pattern.sum(axis=0, keepdims=True)
        pattern = self._alike(pattern, term.rows)
        stretch = _stretch(pattern)
        first, *others = (row[stretch] for row in self._figures(term.rows))
        if first.shape[0] == 1:
            return reduce(np.multiply, others, first * pattern[stretch])
        if not others:
            return self._tape.outcome(weighed, (pattern[stretch][:, :, 0], first))
        *between, last = others
        return self._tape.outcome(summed_product, (reduce(np.multiply, between, first * pattern[stretch]), last))

    def _alike(self, pattern: AnyArray, rows: tuple[Node, ...]) -> AnyArray:
        """Give a pattern that the first row was weighed by before, if it differs where a row is nothing alone."""
        known = self._patterns.setdefault(id(rows[0]), [])
        nothing = ~np.logical_and.reduce([_something(row, len(pattern)) for row in rows]).reshape(-1, 1, 1)
        for one in known:
            if one.shape == pattern.shape and ((one == pattern) | nothing).all():
                return one
        known.append(pattern)
        return pattern


def _something(node: Node, months: int) -> NDArray[np.bool_]:
    """Say in which months a row may be something other than 0, whatever the scenario."""
    if node.function is side_by_side:
        return np.array([isinstance(one, Node) or one.any() for one in node.operands])
    if node.function not in _NOTHING_STAYS or not all(isinstance(one, Node) and is_row(one) for one in node.operands):
        return np.ones(months, np.bool_)
    parts = [_something(one, months) for one in node.operands if isinstance(one, Node)]
    join = np.logical_and if node.function is np.multiply else np.logical_or
    something: NDArray[np.bool_] = join.reduce(parts)
    return something


def _stretch(pattern: AnyArray) -> slice:
    """Give the months from the first to the last one in which any option has a weight."""
    (places,) = np.nonzero(pattern.any(axis=(1, 2)))
    return slice(int(places[0]), int(places[-1]) + 1)


def _alone(node: Node) -> Term:
    one = np.ones((1, 1, 1))
    return Term(one, (), (node,)) if is_row(node) else Term(one, (node,))


def _scale(constant: AnyArray) -> AnyArray:
    """Give each option's figure where its months are that figure or nothing; 1 of all others."""
    most, least = constant.max(axis=0, keepdims=True), constant.min(axis=0, keepdims=True)
    scale = np.where(most > 0, most, least)
    scale[scale == 0] = 1.0
    return scale if ((constant == 0) | (constant == scale)).all() else np.ones((1, 1, 1))


def _pattern(constant: AnyArray) -> AnyArray:
    """Give a constant without its scale, so that alike patterns are found equal."""
    pattern: AnyArray = constant / _scale(constant)
    return pattern


def _added(parts: Iterable[Operand]) -> Operand:
    return reduce(np.add, parts, np.zeros((1, 1, 1)))
