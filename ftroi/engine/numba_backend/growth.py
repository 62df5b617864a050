"""Powers that change by a constant factor each month, as running products: one multiplication instead of a power.

An example is ``(1 + inflation) ^ ((month - 1) / months_per_year)``: an index, a trend or a discount factor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ftroi.language import Binary, Name, Negative, Node, Number


@dataclass(frozen=True, slots=True)
class Growth:
    """The value of a power in the first month, and the factor from each month to the next."""

    start: Node
    pace: Node


class Growing:
    """Finds the growth of powers; ``moves`` says whether a tree varies by month, ``is_month`` if a line counts them."""

    def __init__(self, moves: Callable[[Node], bool], is_month: Callable[[str], bool]) -> None:
        self._moves = moves
        self._is_month = is_month

    def of(self, power: Binary) -> Growth | None:
        """The growth of a power; None where its exponent is not linear in the month."""
        if not self._evenly(power.right):
            return None
        origin, first, second = (self._at(power.right, month) for month in (0.0, 1.0, 2.0))
        pace = Binary("^", power.left, first if _is_zero(origin) else Binary("-", second, first))
        return Growth(Number(1.0) if _is_zero(first) else Binary("^", power.left, first), pace)

    def _evenly(self, tree: Node) -> bool:
        if not self._moves(tree):
            return True
        if isinstance(tree, Name):
            return self._is_month(tree.name)
        if isinstance(tree, Negative):
            return self._evenly(tree.operand)
        if not isinstance(tree, Binary) or tree.operator not in ("+", "-", "*", "/"):
            return False
        left, right = self._evenly(tree.left), self._evenly(tree.right)
        if tree.operator in ("+", "-"):
            return left and right
        steady = not self._moves(tree.right) or (tree.operator == "*" and not self._moves(tree.left))
        return left and right and steady

    def _at(self, tree: Node, month: float) -> Node:
        if isinstance(tree, Name):
            return Number(month) if self._is_month(tree.name) else tree
        if isinstance(tree, Negative):
            return Negative(self._at(tree.operand, month))
        if isinstance(tree, Binary):
            return Binary(tree.operator, self._at(tree.left, month), self._at(tree.right, month))
        return tree


def _is_zero(tree: Node) -> bool:
    """Say whether a tree is 0 for all values of its names; its divisors recur in the pace, which refuses those of 0."""
    if isinstance(tree, Negative):
        return _is_zero(tree.operand)
    if not isinstance(tree, Binary):
        return tree == Number(0.0)
    if tree.operator in ("*", "/"):
        return _is_zero(tree.left)
    return tree.operator == "-" and isinstance(tree.left, Number) and tree.left == tree.right
