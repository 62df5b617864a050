"""The syntax tree of a formula: five kinds of node, and walks over them.

Nodes are equal if they say the same: ``at``, the offset in the source text, is left out of the comparison, as it only
places the caret of a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ftroi.language.functions import ROW_FUNCTIONS


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, never negative (a sign is a `Negative`); ``5%`` has value 0.05 and percent."""

    value: float
    percent: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an assumption or of a line."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """An operand with its sign reversed (unary minus)."""

    operand: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and one of ``+ - * / ^ = <> < > <= >=``; ``at`` is the offset of the operator."""

    operator: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the table, its name in upper case, and its arguments in order."""

    function: str
    arguments: tuple[Node, ...]
    at: int = field(default=0, compare=False)


Node: TypeAlias = Number | Name | Negative | Binary | Call


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of a name; ``via`` is the row function around it, or "" for a plain mention."""

    name: str
    via: str = ""
    at: int = field(default=0, compare=False)


def children(node: Node) -> tuple[Node, ...]:
    """A node's operands or arguments, in the order of the text."""
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Negative):
        return (node.operand,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all its descendants in pre-order, left to right."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def references(node: Node) -> Iterator[Reference]:
    """Every mention of a name, in the order of the text, repeated ones included."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        row = row_reference(current)
        if row is not None:
            yield row
        elif isinstance(current, Name):
            yield Reference(current.name, "", current.at)
        else:
            waiting.extend(reversed(children(current)))


def row_reference(node: Node) -> Reference | None:
    """The reference in a call of a row function; None for any other node."""
    if isinstance(node, Call) and node.function in ROW_FUNCTIONS:
        (argument,) = node.arguments
        if isinstance(argument, Name):
            return Reference(argument.name, node.function, argument.at)
    return None
