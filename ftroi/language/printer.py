"""Printing a syntax tree as an Excel formula, with no redundant parentheses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from ftroi.language.nodes import Binary, Call, Name, Negative, Node, Number, row_reference
from ftroi.language.operators import OPERATORS

NameText: TypeAlias = Callable[[str], str]
RowText: TypeAlias = Callable[[str, str], str]

OPERAND_BINDING = max(operator.binds for operator in OPERATORS.values()) + 1
"""A precedence above that of every operator: text printed with it is an operand by itself."""

_PLAIN_DIGITS = 16


def to_excel(node: Node, name: NameText, row: RowText) -> str:
    """The formula's text without a leading ``=``.

    ``name(n)`` returns the text of a plain reference, and ``row(function, n)`` that of a row function's call; each must
    be an operand: a name, an address, a call, or an expression in parentheses.
    """
    return Printer(name, row).text(node, 0)


def formula_text(node: Node) -> str:
    """The formula in the language itself; parsed again it gives an equal tree."""
    return to_excel(node, str, "{}({})".format)


class Printer:
    """Prints nodes with the two callbacks of `to_excel`."""

    def __init__(self, name: NameText, row: RowText) -> None:
        """Print names with ``name``, and calls of row functions with ``row``."""
        self._name = name
        self._row = row

    def text(self, node: Node, floor: int) -> str:
        """Print a node, in parentheses if it binds less tightly than ``floor``."""
        if isinstance(node, Name):
            return self._name(node.name)
        if isinstance(node, Binary):
            return self._binary(node, floor)
        if isinstance(node, Call):
            return self._call(node)
        if isinstance(node, Negative):
            return f"-{self.text(node.operand, OPERAND_BINDING)}"
        return _number_text(node)

    def _binary(self, node: Binary, floor: int) -> str:
        binds = OPERATORS[node.operator].binds
        text = f"{self._left(node, binds)}{node.operator}{self.text(node.right, binds + 1)}"
        return f"({text})" if binds < floor else text

    def _left(self, node: Binary, binds: int) -> str:
        """Print the left operand; before ``^`` the language requires parentheses, as Excel reads -2^2 as 4."""
        if node.operator != "^":
            return self.text(node.left, binds)
        text = self.text(node.left, OPERAND_BINDING)
        return f"({text})" if isinstance(node.left, Negative) else text

    def _call(self, node: Call) -> str:
        reference = row_reference(node)
        if reference is not None:
            return self._row(reference.via, reference.name)
        arguments = ",".join(self.text(argument, 0) for argument in node.arguments)
        return f"{node.function}({arguments})"


def _number_text(number: Number) -> str:
    """The shortest text that parses to the same number."""
    if not number.percent:
        return repr(number.value).removesuffix(".0")
    hundredfold = Decimal(repr(number.value)).scaleb(2).normalize()
    is_plain = abs(hundredfold.adjusted()) < _PLAIN_DIGITS
    return f"{hundredfold:f}%" if is_plain else f"{hundredfold}%"
