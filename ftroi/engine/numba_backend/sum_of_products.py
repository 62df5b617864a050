"""Formulas as sums of products: what many lines multiply alike in a month is multiplied once, for all of them.

A term is a product of what moves with the months, its factors, times a coefficient that does not. Terms with the same
factors are put together: their coefficients are added up once a bundle, and not month by month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial, reduce
from typing import TypeAlias

from ftroi.language import Binary, Name, Negative, Node, Number, formula_text, walk

Factors: TypeAlias = tuple[Node, ...]
Terms: TypeAlias = dict[Factors, tuple[Node, ...]]
"""Coefficients by factors; those of one entry are to be added up."""

ONE = Number(1.0)


class Expansion:
    """Takes formulas apart; ``moves`` says what moves with the months, ``of_line`` gives a line's own terms.

    ``of_line`` gives None for a line that is a factor as it stands.
    """

    def __init__(self, moves: Callable[[Node], bool], of_line: Callable[[str], Terms | None]) -> None:
        self._moves = moves
        self._of_line = of_line

    def terms(self, node: Node) -> Terms:
        """Give the terms of a formula; one that is neither sum nor product is its own only factor."""
        if not self._moves(node):
            return {(): (node,)}
        if isinstance(node, Negative):
            return scaled(self.terms(node.operand), Number(-1.0))
        if isinstance(node, Binary) and node.operator in ("+", "-"):
            right = self.terms(node.right)
            return added(self.terms(node.left), right if node.operator == "+" else scaled(right, Number(-1.0)))
        if isinstance(node, Binary) and node.operator == "*":
            return self._product(node)
        if isinstance(node, Binary) and node.operator == "/" and not self._moves(node.right):
            return scaled(self.terms(node.left), Binary("/", ONE, node.right))
        found = self._of_line(node.name) if isinstance(node, Name) else None
        return {(node,): (ONE,)} if found is None else found

    def _product(self, node: Binary) -> Terms:
        """Multiply; a sum is taken apart only where it is multiplied by what does not move."""
        left, right = self._few(node.left, node.right), self._few(node.right, node.left)
        if not (left and right):
            return {(node,): (ONE,)}
        (factors, coefficients), *others = left.items()
        if others:
            left, right = right, left
            ((factors, coefficients),) = left.items()
        return {
            tuple(sorted((*factors, *more), key=formula_text)): tuple(_times(a, b) for a in coefficients for b in ones)
            for more, ones in right.items()
        }

    def _few(self, node: Node, other: Node) -> Terms:
        """Give the terms of one side of a product; if the other side moves as well, one factor is left of it."""
        terms = self.terms(node)
        return terms if is_simple(terms) or not self._moves(other) else {(node,): (ONE,)}


def is_simple(terms: Terms) -> bool:
    """Say whether terms are one term with one factor, or none."""
    return len(terms) == 1 and all(len(factors) <= 1 for factors in terms)


def multiplied(tree: Node, moves: Callable[[Node], bool]) -> Iterator[str]:
    """Name what is multiplied by something that moves with the months as well."""
    for node in walk(tree):
        if isinstance(node, Binary) and node.operator == "*" and moves(node.left) and moves(node.right):
            yield from (one.name for one in _factors(node) if isinstance(one, Name))


def _factors(node: Node) -> Iterator[Node]:
    if isinstance(node, Binary) and node.operator in ("*", "/"):
        yield from _factors(node.left)
        yield from _factors(node.right)
    else:
        yield node


def added(*parts: Mapping[Factors, tuple[Node, ...]]) -> Terms:
    """Add up terms; what cancels goes."""
    found: Terms = {}
    for part in parts:
        for factors, coefficients in part.items():
            found[factors] = _summed((*found.get(factors, ()), *coefficients))
    return {factors: coefficients for factors, coefficients in found.items() if coefficients}


def without(terms: Terms, part: Terms) -> Terms | None:
    """Give what is left of terms without a part of them; None where it is no part of them."""
    left = dict(terms)
    for factors, ones in part.items():
        rest = Counter(terms.get(factors, ()))
        rest.subtract(ones)
        if min(rest.values()) < 0:
            return None
        left[factors] = tuple(rest.elements())
    return {factors: ones for factors, ones in left.items() if ones}


def scaled(terms: Terms, by: Node) -> Terms:
    """Multiply terms by what does not move."""
    return {factors: tuple(_times(one, by) for one in ones) for factors, ones in terms.items()}


def coefficient(ones: tuple[Node, ...]) -> Node:
    """Give the sum of coefficients."""
    return reduce(partial(Binary, "+"), ones)


def total(names: Iterable[str]) -> Node:
    """Give the sum of lines."""
    return coefficient(tuple(map(Name, names)))


def _summed(ones: tuple[Node, ...]) -> tuple[Node, ...]:
    number = sum(one.value for one in ones if isinstance(one, Number))
    rest = tuple(one for one in ones if not isinstance(one, Number))
    ordered = sorted(rest if number == 0.0 else (*rest, Number(number)), key=formula_text)
    return tuple(ordered)


def _times(one: Node, other: Node) -> Node:
    if isinstance(one, Number) and isinstance(other, Number):
        return Number(one.value * other.value)
    if one == ONE:
        return other
    return one if other == ONE else Binary("*", one, other)
