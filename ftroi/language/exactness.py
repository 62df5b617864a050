"""Which formulas are whole numbers (integers) for all inputs: the rule that makes ``=`` safe to use.

Spreadsheets and numpy differ in the last bits of a computed decimal, so that an equality, a remainder or a rounding
could come out differently in each. Whole numbers are exact in all of them; hence such operations accept only numbers
that are whole, rounded, or a quotient of whole numbers.
"""

from __future__ import annotations

from typing import Protocol

from ftroi.language.functions import FUNCTIONS
from ftroi.language.nodes import Binary, Call, Name, Negative, Node, Number
from ftroi.language.signature import Exact, Takes, Whole
from ftroi.language.units import Unit

_KEEP_WHOLES = frozenset({"+", "-", "*"})
_ROUNDINGS = frozenset({"ROUND", "ROUNDUP", "ROUNDDOWN", "INT"})


class Names(Protocol):
    """The names that a formula may mention, as the term sheet declares them."""

    def known(self, name: str) -> bool:
        """Say whether there is an assumption or a line of this name."""

    def unit(self, name: str) -> Unit:
        """The unit of a known name."""

    def whole(self, name: str) -> bool:
        """Say whether a known name is always a whole number."""

    def suggestion(self, name: str) -> str:
        """The words "did you mean 'x'?" for an unknown name, or ""."""


def is_whole(node: Node, names: Names) -> bool:
    """Say whether a formula gives a whole number for all inputs.

    An unknown name counts as whole: it is a finding of its own.
    """
    if isinstance(node, Number):
        return node.value.is_integer()
    if isinstance(node, Name):
        return not names.known(node.name) or names.whole(node.name)
    if isinstance(node, Negative):
        return is_whole(node.operand, names)
    if isinstance(node, Binary):
        return node.operator in _KEEP_WHOLES and _both_whole(node, names)
    return _call_is_whole(node, names)


def _call_is_whole(call: Call, names: Names) -> bool:
    function = FUNCTIONS.get(call.function)
    if function is None:  # one of the rules' own functions, which no formula of a line has
        return False
    if function.whole is Whole.TO_UNITS:
        return call.arguments[1] == Number(0.0)
    if function.whole is Whole.OF_WHOLES:
        return all(
            is_whole(argument, names)
            for position, argument in enumerate(call.arguments)
            if function.takes_at(position) is not Takes.CONDITION
        )
    return function.whole is Whole.ALWAYS


def is_exact(node: Node, names: Names, exact: Exact) -> bool:
    """Say whether a formula is as exact as a function, or ``=``, requires of its numbers."""
    if exact is Exact.ANY or is_whole(node, names):
        return True
    if exact is Exact.WHOLE:
        return False
    if isinstance(node, Call):
        return node.function in _ROUNDINGS
    # A quotient of whole numbers is rounded only once, so that every program gets the same bits.
    return isinstance(node, Binary) and node.operator == "/" and _both_whole(node, names)


def _both_whole(node: Binary, names: Names) -> bool:
    return is_whole(node.left, names) and is_whole(node.right, names)
