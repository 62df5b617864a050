"""Semantic checks on a parsed formula: names, conditions, units, literals, exactness.

All findings of a formula are collected in one walk. A faulty part gets the kind ``OPEN``, which fits everything, so
that one fault is reported once and does not cause follow-up findings in the expressions around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import TypeAlias

from ftroi.errors import Finding
from ftroi.language.exactness import Names, is_exact, is_whole
from ftroi.language.faults import Faults
from ftroi.language.functions import FUNCTIONS
from ftroi.language.nodes import Binary, Call, Name, Negative, Node, Number
from ftroi.language.operators import COMPARISONS, EQUALITIES
from ftroi.language.parser import parse
from ftroi.language.printer import formula_text
from ftroi.language.signature import Exact, Function, Takes
from ftroi.language.units import DIMENSIONLESS, Unit, divide, multiply, parse_unit, unit_text

__all__ = ["Names", "check_formula", "is_whole"]


class Kind(Enum):
    """The type of a part of a formula that is not a number with a known unit."""

    CONDITION = auto()
    ANY = auto()  # 0 or 1: fits any unit
    OPEN = auto()  # faulty, and already reported


Meaning: TypeAlias = Unit | Kind
_REQUIRED_UNITS: Mapping[Takes, Unit] = {
    Takes.UNITLESS: DIMENSIONLESS,
    Takes.PLACES: DIMENSIONLESS,
    Takes.DATE: parse_unit("date"),
}
_ROUND_BOTH = "write ROUND(x, places), or compare with < and >="


def check_formula(
    node: Node, names: Names, where: str = "formula", text: str = ""
) -> tuple[Unit | None, list[Finding]]:
    """The unit of a formula, and all findings on it.

    The unit is None for a formula that fits any unit, such as ``0``, and where a finding leaves the unit open. Carets
    point into ``text``, the source that the node was parsed from; if it is empty, into the printed formula.
    """
    faults = Faults(where, text)
    meaning = Checker(names, faults).number(node)
    if faults and not text:
        printed = formula_text(node)
        return check_formula(parse(printed, where), names, where, printed)
    return (None if isinstance(meaning, Kind) else meaning), faults.findings


class Checker:
    """One walk over a formula; the methods return the unit or `Kind` of a node."""

    def __init__(self, names: Names, faults: Faults) -> None:
        """Check against these names, and add findings to ``faults``."""
        self._names = names
        self._faults = faults

    def number(self, node: Node) -> Meaning:
        """The unit of a part that must be a number."""
        meaning = self._meaning(node)
        if meaning is not Kind.CONDITION:
            return meaning
        self._faults.add(node.at, "a condition where a number must stand", "write IF(condition, 1, 0)")
        return Kind.OPEN

    def condition(self, node: Node) -> None:
        """Require a part to be a condition."""
        if self._meaning(node) is Kind.CONDITION:
            return
        self._faults.add(node.at, "a number where a condition must stand", "compare it, as in flag = 1")

    def _meaning(self, node: Node) -> Meaning:
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Binary):
            return self._binary(node)
        if isinstance(node, Call):
            return self._call(node)
        if isinstance(node, Negative):
            return self.number(node.operand)
        return self._literal(node)

    def _name(self, node: Name) -> Meaning:
        if self._names.known(node.name):
            return self._names.unit(node.name)
        what = f"no assumption or line named '{node.name}'"
        self._faults.add(node.at, what, self._names.suggestion(node.name))
        return Kind.OPEN

    def _literal(self, node: Number) -> Meaning:
        if node.value not in (0, 1):
            what = f"the number {formula_text(node)} has no name"
            cure = "make it an assumption, of kind constant if it never changes; only 0 and 1 stand in a formula"
            self._faults.add(node.at, what, cure)
            return Kind.OPEN
        return Kind.ANY

    def _binary(self, node: Binary) -> Meaning:
        left, right = self.number(node.left), self.number(node.right)
        symbol = node.operator
        if symbol in EQUALITIES:
            self._require_exact(node.left, Exact.ROUNDED, f"'{symbol}'", _ROUND_BOTH)
            self._require_exact(node.right, Exact.ROUNDED, f"'{symbol}'", _ROUND_BOTH)
        if symbol in COMPARISONS:
            self.same(left, right, node.at, f"'{symbol}'")
            return Kind.CONDITION
        if symbol in ("+", "-"):
            return self.same(left, right, node.at, f"'{symbol}'")
        if Kind.OPEN in (left, right):
            return Kind.OPEN
        return self._power(node, left, right) if symbol == "^" else _product(symbol, left, right)

    def same(self, left: Meaning, right: Meaning, at: int, of: str) -> Meaning:
        """Require two parts to have the same unit, and return it; ``of`` names the operation in the message."""
        if Kind.OPEN in (left, right):
            return Kind.OPEN
        if left is Kind.ANY or right is Kind.ANY or left == right:
            return right if left is Kind.ANY else left
        what = f"{of} of {unit_text(_unit(left))} and {unit_text(_unit(right))}"
        self._faults.add(at, what, "both must have the same unit")
        return Kind.OPEN

    def _power(self, node: Binary, left: Meaning, right: Meaning) -> Meaning:
        base, exponent = _unit(left), _unit(right)
        if multiply(base, exponent) == DIMENSIONLESS:
            return DIMENSIONLESS
        what = f"'^' of {unit_text(base)} and {unit_text(exponent)}"
        self._faults.add(node.at, what, "both must be without a unit, or their units must cancel")
        return Kind.OPEN

    def _call(self, node: Call) -> Meaning:
        function = FUNCTIONS[node.function]
        shared: Meaning = Kind.ANY
        for position, argument in enumerate(node.arguments):
            takes = function.takes_at(position)
            if takes is Takes.CONDITION:
                self.condition(argument)
            elif takes in _REQUIRED_UNITS:
                self._fixed(argument, takes, function)
            else:
                self._require_exact(argument, function.exact, function.name, _remedy(function))
                shared = self.same(shared, self.number(argument), argument.at, function.name)
        return _unit_of_call(function, shared)

    def _fixed(self, node: Node, takes: Takes, function: Function) -> None:
        """Require an argument to have the fixed unit that the function takes in that position."""
        given = self.number(node)
        if not isinstance(given, Kind) and given != _REQUIRED_UNITS[takes]:
            what = f"{function.name} takes {takes.value}, not {unit_text(given)}"
            self._faults.add(node.at, what, f"its unit must be {unit_text(_REQUIRED_UNITS[takes])}")
        if takes is Takes.PLACES and not is_whole(node, self._names):
            what = f"{function.name} to a number of places that may not be whole"
            self._faults.add(node.at, what, "write 0 or 1, or the name of a whole number")

    def _require_exact(self, node: Node, exact: Exact, of: str, cure: str) -> None:
        """Require a number that every spreadsheet evaluates to the same value."""
        if not is_exact(node, self._names, exact):
            self._faults.add(node.at, f"{of} of a number that may not be whole", cure)


def _remedy(function: Function) -> str:
    """The advice for a number that is not exact enough for a function."""
    if function.on_rows:
        return "give that line whole numbers, such as IF(condition, 1, 0)"
    return "write ROUND(x, 0)" if function.exact is Exact.WHOLE else "write ROUND(x, places)"


def _unit_of_call(function: Function, shared: Meaning) -> Meaning:
    """The unit or kind of a call, from the unit that its NUMBER or ROW arguments share."""
    if function.gives is None:
        return Kind.CONDITION
    if shared is Kind.OPEN:
        return Kind.OPEN
    unit = function.gives(None if isinstance(shared, Kind) else shared)
    return Kind.ANY if unit is None else unit


def _product(symbol: str, left: Meaning, right: Meaning) -> Meaning:
    if left is Kind.ANY and right is Kind.ANY:
        return Kind.ANY
    combine = multiply if symbol == "*" else divide
    return combine(_unit(left), _unit(right))


def _unit(meaning: Meaning) -> Unit:
    """The unit of a factor; the literals 0 and 1 count as dimensionless."""
    return DIMENSIONLESS if isinstance(meaning, Kind) else meaning
