"""Printing formula trees as straight-line numpy source.

A value is an array of months × options × scenarios. An axis along which it does not vary has length 1, so that numpy
computes nothing twice. Inside a loop over the months a value is one month's options × scenarios.

IF is computed on both branches with ``np.where``. So that a division, power, logarithm or root in the branch that is
not chosen raises no false error, its divisor (or base, or argument) is replaced by a neutral value there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce

from ftroi.language import FUNCTIONS, OPERATORS, Binary, Call, Name, Negative, Node, Number, walk
from ftroi.language.nodes import row_reference

RowText = Callable[[str, str], str]
"""Returns the source text of a mention, from (name, row function or "")."""

Varies = Callable[[Node], bool]
"""Says whether a part of a formula varies by month."""


def may_refuse(node: Node) -> bool:
    """Say whether a tree has an operation without a result for some arguments."""
    return any(
        (isinstance(part, Binary) and OPERATORS[part.operator].refusal is not None)
        or (isinstance(part, Call) and FUNCTIONS[part.function].refusal is not None)
        for part in walk(node)
    )


class SourcePrinter:
    """Prints trees as expressions; ``statements`` collects the conditions that guard operations without a result."""

    def __init__(self, row_text: RowText, new_name: Callable[[], str], varies: Varies = lambda _: True) -> None:
        """Print mentions with ``row_text``; ``new_name`` returns an unused variable name.

        ``varies`` says whether a part varies by month.
        """
        self._row_text = row_text
        self._new_name = new_name
        self._varies = varies
        self.statements: list[str] = []

    def text(self, node: Node, path: str = "") -> str:
        """The expression for a tree; ``path`` is the variable of the condition under which its value is used."""
        row = row_reference(node)
        if row is not None:
            return self._row_text(row.name, row.via)
        if isinstance(node, Name):
            return self._row_text(node.name, "")
        if isinstance(node, Number):
            return repr(node.value)
        if isinstance(node, Negative):
            return f"(-{self.text(node.operand, path)})"
        if isinstance(node, Binary):
            return self._binary(node, path)
        return self._call(node, path)

    def named(self, node: Node, path: str = "") -> str:
        """Assign a tree's value to a new variable, and return the variable's name."""
        text = self.text(node, path)
        name = self._new_name()
        self.statements.append(f"{name} = {text}")
        return name

    def _binary(self, node: Binary, path: str) -> str:
        if node.operator in ("*", "/"):
            node = product_of_steady_and_moving(node, self._varies)
        return self._operation(node, path)

    def _operation(self, node: Binary, path: str) -> str:
        if isinstance(node.left, Binary) and {node.operator, node.left.operator} <= {"*", "/"}:
            left = self._operation(node.left, path)
        else:
            left = self.text(node.left, path)
        right = self.text(node.right, path)
        if node.operator == "/":
            return f"({left} / {_guarded(right, path)})"
        if node.operator == "^":
            return f"power({_guarded(left, path)}, {right})"
        return f"({left} {OPERATORS[node.operator].python} {right})"

    def _call(self, node: Call, path: str) -> str:
        if node.function == "IF":
            return self._if(node, path)
        arguments = [self.text(argument, path) for argument in node.arguments]
        refusal = FUNCTIONS[node.function].refusal
        if refusal is not None:
            arguments[-1] = _guarded(arguments[-1], path, repr(refusal.neutral))
        return f"body_{node.function}({', '.join(arguments)})"

    def _if(self, node: Call, path: str) -> str:
        condition, yes, no = node.arguments
        if not (may_refuse(yes) or may_refuse(no)):
            return f"np.where({self.text(condition, path)}, {self.text(yes, path)}, {self.text(no, path)})"
        chosen = self.named(condition, path)
        refused = self.opposite(chosen)
        taken = self.text(yes, self.both(path, chosen))
        other = self.text(no, self.both(path, refused))
        return f"np.where({chosen}, {taken}, {other})"

    def opposite(self, condition: str) -> str:
        """A variable that holds where a condition does not."""
        name = self._new_name()
        self.statements.append(f"{name} = np.logical_not({condition})")
        return name

    def both(self, path: str, condition: str) -> str:
        """A variable that holds where both conditions do."""
        if not path:
            return condition
        name = self._new_name()
        self.statements.append(f"{name} = np.logical_and({path}, {condition})")
        return name


def _factors(node: Node) -> Iterator[tuple[str, Node]]:
    """The factors of a product or quotient, each with the operator that applies it."""
    if isinstance(node, Binary) and node.operator in ("*", "/"):
        yield from _factors(node.left)
        yield node.operator, node.right
    else:
        yield "*", node


def product_of_steady_and_moving(node: Binary, moves: Varies) -> Binary:
    """Reorder a product so that the factors that do not vary by month are multiplied first, and only once.

    The factors that vary by month form a product of their own, which many lines have in common (a switch, an index).
    """
    factors = sorted(_factors(node), key=lambda one: one[0] != "*")
    steady = [one for one in factors if not moves(one[1])]
    moving = [one for one in factors if moves(one[1])]
    if not moving or not steady or steady[0][0] != "*":
        return node
    *rest, (operator, last) = moving if moving[0][0] != "*" else (("*", _product(moving)),)
    return Binary(operator, _product((*steady, *rest)), last)


def _product(factors: Sequence[tuple[str, Node]]) -> Node:
    (_, first), *others = factors
    return reduce(lambda product, other: Binary(other[0], product, other[1]), others, first)


def _guarded(text: str, path: str, neutral: str = "1.0") -> str:
    return f"np.where({path}, {text}, {neutral})" if path else text
