"""A plain interpreter for one formula and one set of numbers.

It serves worked examples, explanations, and naming the fault that an array evaluation met; it
uses the same bodies as the engine.
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


class ArithmeticFault(ArithmeticError):  # noqa: N818 - what a formula meets is no error of ours yet
    """A formula met numbers without an answer: ``kind`` says which, ``node`` is the place."""

    def __init__(self, kind: str, node: Node) -> None:
        """Keep the kind, such as "a division by zero", and the node that met it."""
        super().__init__(kind)
        self.kind = kind
        self.node = node


def evaluate(node: Node, value: Value) -> float:
    """The number of a checked formula; ``value(name, via)`` gives that of a name.

    ``via`` is "" for a plain mention and else the row function. IF looks at the chosen branch
    only; AND and OR look at all their conditions, as spreadsheets do. A condition gives 1 or 0.
    Raises ArithmeticFault for a division by zero, a root or a logarithm without an answer, a
    power of a base that is not positive, and an overflow.
    """
    with np.errstate(all="ignore"):
        return float(Interpreter(value).value(node))


class Interpreter:
    """Evaluates nodes with the values of the names."""

    def __init__(self, value_of: Value) -> None:
        """Ask ``value_of(name, via)`` for the value of a name."""
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
    """Apply a body, and refuse what has no answer."""
    if refusal is not None and refusal.when(*arguments):
        raise ArithmeticFault(refusal.text, node)
    try:
        answer = body(*arguments)
    except OverflowError:
        answer = math.inf
    if not math.isfinite(answer):
        raise ArithmeticFault("a number too large for a spreadsheet", node)
    return answer
