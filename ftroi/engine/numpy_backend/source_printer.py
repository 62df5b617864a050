"""Printing formula trees as straight-line numpy source.

A value is an array of months × options × scenarios, each axis of length 1 where it does not vary
along it, so that nothing is computed more often than it differs. Inside a loop over the months a
value is one month's options × scenarios.

A division, power, logarithm or root is only ever computed where its branch is chosen: outside it
the divisor (or base) is replaced by 1. What numpy then reports as an error is a true one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce

from ftroi.language import FUNCTIONS, OPERATORS, Binary, Call, Name, Negative, Node, Number, walk
from ftroi.language.nodes import row_reference

RowText = Callable[[str, str], str]
"""The source text of a mention: (name, row function or "")."""

Varies = Callable[[Node], bool]
"""Says whether a part of a formula differs from month to month."""


def may_refuse(node: Node) -> bool:
    """Say whether a tree holds an operation that has no answer for some numbers."""
    return any(
        (isinstance(part, Binary) and OPERATORS[part.operator].refusal is not None)
        or (isinstance(part, Call) and FUNCTIONS[part.function].refusal is not None)
        for part in walk(node)
    )


class SourcePrinter:
    """Prints trees; conditions that guard refusable operations become statements of their own."""

    def __init__(self, row_text: RowText, fresh: Callable[[], str], varies: Varies = lambda _: True) -> None:
        """Print mentions with ``row_text``; ``fresh`` gives a new variable's name.

        ``varies`` says whether a part differs from month to month.
        """
        self._row_text = row_text
        self._fresh = fresh
        self._varies = varies
        self.statements: list[str] = []

    def text(self, node: Node, path: str = "") -> str:
        """The source of a tree; ``path`` names the condition under which it is wanted."""
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
        """A variable that holds the tree's value, by a statement of its own."""
        text = self.text(node, path)
        name = self._fresh()
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
        name = self._fresh()
        self.statements.append(f"{name} = np.logical_not({condition})")
        return name

    def both(self, path: str, condition: str) -> str:
        """A variable that holds where both conditions do."""
        if not path:
            return condition
        name = self._fresh()
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
    """Reorder a product so that what is one number for all months is multiplied once.

    What moves with the months is multiplied by itself: many lines share a switch and an index.
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
