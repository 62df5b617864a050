"""A plain tree-walking interpreter for one formula and one set of numbers.

It serves worked examples and explanations, and it locates the formula behind an error of an array evaluation. It uses
the same function bodies as the engine.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from ftroi.language.functions import FUNCTIONS
from ftroi.language.nodes import Binary, Call, Name, Negative, Node, row_reference
from ftroi.language.operators import OPERATORS, Refusal
from ftroi.language.scalar_bodies import Figures
from ftroi.language.signature import Body

Value: TypeAlias = Callable[[str, str], float]


class ArithmeticFault(ArithmeticError):  # noqa: N818 - callers turn it into an error of ours, or into a value
    """A formula has no result for these numbers: ``kind`` says why, ``node`` is the part of the formula."""

    def __init__(self, kind: str, node: Node) -> None:
        """Store the kind, such as "a division by zero", and the node that failed."""
        super().__init__(kind)
        self.kind = kind
        self.node = node


def evaluate(node: Node, value: Value) -> float:
    """The value of a checked formula; ``value(name, via)`` looks up the value of a name.

    ``via`` is "" for a plain mention, else the row function around the name. IF evaluates the chosen branch only; AND
    and OR evaluate all their conditions, as spreadsheets do. A condition gives 1 or 0.
    Raises ArithmeticFault for a division by zero, a root or logarithm outside its domain, a power of a base that is
    not positive, and an overflow.
    """
    with np.errstate(all="ignore"):
        return float(Interpreter(value).value(node))


class Interpreter:
    """Evaluates nodes with the values of the names."""

    def __init__(self, value_of: Value) -> None:
        """Look up names with ``value_of(name, via)``."""
        self._value_of = value_of

    def value(self, node: Node) -> Figures:
        """The value of a node."""
        if isinstance(node, Name):
            return self._value_of(node.name, "")
        if isinstance(node, Binary):
            operator = OPERATORS[node.operator]
            arguments = (self.value(node.left), self.value(node.right))
            return _answer(node, operator.body, operator.refusal, arguments)
        if isinstance(node, Call):
            return self._call(node)
        if isinstance(node, Negative):
            return -self.value(node.operand)
        return node.value

    def _call(self, node: Call) -> Figures:
        reference = row_reference(node)
        if reference is not None:
            return self._value_of(reference.name, reference.via)
        if node.function == "IF":
            condition, then, otherwise = node.arguments
            return self.value(then if self.value(condition) else otherwise)
        function = FUNCTIONS[node.function]
        arguments = tuple(self.value(argument) for argument in node.arguments)
        return _answer(node, function.body, function.refusal, arguments)


def _answer(node: Node, body: Body, refusal: Refusal | None, arguments: tuple[Figures, ...]) -> Figures:
    """Apply a body; raises ArithmeticFault for arguments that it refuses, and for a result that is not finite."""
    if refusal is not None and refusal.when(*arguments):
        raise ArithmeticFault(refusal.text, node)
    try:
        answer = body(*arguments)
    except OverflowError:
        answer = math.inf
    if not math.isfinite(answer):
        raise ArithmeticFault("a number too large for a spreadsheet", node)
    return answer
