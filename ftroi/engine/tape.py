"""A tape: what a program does to the figures that vary by scenario, recorded once for many scenarios.

A program is run on a few scenarios with a `Figure` in place of every input that varies. Whatever does not vary
is computed then and there, by numpy, and is a constant from then on; every other operation is written down, once
(an operation on the same operands is the same figure), and left out where constants make it idle: a sum with
nothing, a product with a switch that is off, a choice that is settled. `ftroi.engine.replay` does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

SAMPLE = 2
"""How many scenarios are recorded with: the last axis of what varies has this length, of all else 1."""

_AXES = 3
"""Months, options, scenarios."""

AnyArray: TypeAlias = NDArray[Any]

Operand: TypeAlias = Any
"""A `Figure` or an array: whatever a program computes with while it is recorded, or an index of it."""


@dataclass(eq=False, slots=True)
class Node:
    """One figure of the tape: an input, a view (an index of ``source``), or the outcome of ``function``.

    A view that has a function is checked by it, which raises where the figure is refused.
    ``sample`` is its value for the recorded scenarios; ``blank`` says whether it may be nan.
    """

    sample: AnyArray
    function: Callable[..., Any] | None = None
    operands: tuple[Node | AnyArray, ...] = ()
    source: Node | None = None
    index: Any = None
    blank: bool = False

    @property
    def root(self) -> Node:
        """The figure whose memory this one lies in."""
        return self if self.source is None else self.source.root


class Figure(np.lib.mixins.NDArrayOperatorsMixin):
    """Stands for an array that varies by scenario while a program is recorded."""

    def __init__(self, tape: Tape, node: Node) -> None:
        self.tape = tape
        self.node = node
        self.shape: tuple[int, ...] = node.sample.shape
        self.ndim = node.sample.ndim

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Operand, **options: Operand) -> Operand:
        """Record an operation of numpy on arrays of numbers."""
        if method != "__call__" or options:
            return NotImplemented
        return self.tape.applied(ufunc, operands)

    def __array_function__(self, function: Operand, _types: Operand, operands: Operand, options: Operand) -> Operand:
        """Record a choice; other functions of numpy are recorded by whoever calls them."""
        if function is not np.where or options:
            return NotImplemented
        return self.tape.applied(np.where, operands)

    def __getitem__(self, index: Operand) -> Figure:
        """Give a part of the figure, in the same memory."""
        return self.tape.view(self, index)

    def __len__(self) -> int:
        """Give the length of the first axis."""
        return self.shape[0]

    def __iter__(self) -> Iterator[Figure]:
        """Give the parts along the first axis."""
        return (self[place] for place in range(len(self)))


@dataclass(slots=True)
class Tape:
    """The figures that vary, in the order of computation: ``inputs``, and ``nodes`` from then on.

    An input is known by its name and its option's place; by None in place of that where it is for all options.
    """

    inputs: dict[tuple[str, int | None], Node] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    _known: dict[Any, Figure] = field(default_factory=dict)

    def input(self, name: str, sample: AnyArray, option: int | None = None) -> Figure:
        """Give the figure of an input, or of an option's part of it, from its value for the recorded scenarios."""
        self.inputs[name, option] = Node(sample)
        return Figure(self, self.inputs[name, option])

    def view(self, figure: Figure, index: Operand) -> Figure:
        """Give a part of a figure."""
        node = figure.node
        part = Node(node.sample[index], source=node, index=index, blank=node.blank)
        return self._once(("view", id(node), repr(index)), part)

    def checked(self, figure: Figure, check: Callable[[AnyArray], None]) -> Figure:
        """Give a figure after a check that raises where it is refused."""
        check(figure.node.sample)
        node = Node(figure.node.sample, check, source=figure.node, index=..., blank=figure.node.blank)
        return self._once((check, id(figure.node)), node)

    def applied(self, function: Callable[..., Operand], operands: Sequence[Operand]) -> Operand:
        """Give what an operation that numpy meets makes of figures and constants."""
        return self.outcome(function, operands)

    def outcome(self, function: Callable[..., Operand], operands: Sequence[Operand]) -> Operand:
        """Give what a function makes of figures and constants; an array where it comes out as constant."""
        given = [one if isinstance(one, Figure) else np.asarray(one) for one in operands]
        if not any(isinstance(one, Figure) for one in given):
            return np.asarray(function(*given))
        simpler = simplified(function, given)
        if simpler is not None:
            return simpler
        parts = tuple(one.node if isinstance(one, Figure) else one for one in given)
        sample = function(*(part.sample if isinstance(part, Node) else part for part in parts))
        blank = any(part.blank if isinstance(part, Node) else _has_nan(part) for part in parts)
        key = (function, *(_identity(part) for part in parts))
        return self._once(key, Node(np.asarray(sample), function, parts, blank=blank))

    def _once(self, key: Operand, node: Node) -> Figure:
        if key not in self._known:
            self.nodes.append(node)
            self._known[key] = Figure(self, node)
        return self._known[key]


def _identity(part: Node | AnyArray) -> Operand:
    return id(part) if isinstance(part, Node) else (part.shape, part.dtype.char, part.tobytes())


def _has_nan(constant: AnyArray) -> bool:
    return constant.dtype.kind == "f" and bool(np.isnan(constant).any())


def as_number(condition: AnyArray) -> AnyArray:
    """Give 1 where a condition holds and 0 where not."""
    return np.asarray(condition, dtype=np.float64)


def simplified(function: Callable[..., Operand], operands: Sequence[Operand]) -> Operand:
    """Give the outcome of an operation that constants make idle, or a cheaper form of it; None of all others."""
    if function in _MIRRORED and not isinstance(operands[0], Figure):
        operands = operands[::-1]
    rule = _RULES.get(function)
    return None if rule is None else rule(*operands)


def _all(constant: Operand, value: float) -> bool:
    return not isinstance(constant, Figure) and bool((constant == value).all())


def _kept(figure: Operand, other: Operand) -> Operand:
    """Give the figure that an idle operation leaves as it is, unless the other operand widens it."""
    fits = isinstance(figure, Figure) and np.broadcast_shapes(figure.shape, other.shape) == figure.shape
    return figure if fits else None


def _nothing(figure: Figure, value: float | bool) -> AnyArray:  # noqa: FBT001 - a constant's value
    return np.full((1,) * figure.ndim, value)


def _product(figure: Operand, other: Operand) -> Operand:
    if _all(other, 0.0) and not figure.node.blank:
        return _nothing(figure, 0.0)
    return _kept(figure, other) if _all(other, 1.0) else None


def _sum(figure: Operand, other: Operand) -> Operand:
    return _kept(figure, other) if _all(other, 0.0) else None


def _quotient(figure: Operand, other: Operand) -> Operand:
    return _kept(figure, other) if _all(other, 1.0) else None


def _both(figure: Operand, other: Operand) -> Operand:
    if _all(other, value=False):
        return _nothing(figure, value=False)
    return _kept(figure, other) if _all(other, value=True) else None


def _either(figure: Operand, other: Operand) -> Operand:
    if _all(other, value=True):
        return _nothing(figure, value=True)
    return _kept(figure, other) if _all(other, value=False) else None


def _choice(condition: Operand, yes: Operand, no: Operand) -> Operand:
    if _all(condition, value=True):
        return yes
    if _all(condition, value=False):
        return no
    if isinstance(condition, Figure) and _all(yes, 1.0) and _all(no, 0.0):
        return condition.tape.outcome(as_number, (condition,))
    return None


def _equal(figure: Operand, other: Operand) -> Operand:
    if not _is_flag(figure):
        return None
    condition = Figure(figure.tape, figure.node.operands[0])
    return condition if _all(other, 1.0) else np.logical_not(condition) if _all(other, 0.0) else None


def _greater(figure: Operand, other: Operand) -> Operand:
    return Figure(figure.tape, figure.node.operands[0]) if _is_flag(figure) and _all(other, 0.0) else None


def condition_of(flag: Operand) -> Operand:
    """Give the condition that a flag stands for; None of all other figures and constants."""
    if isinstance(flag, Figure):
        condition = flag.node.operands[0] if _is_flag(flag) else None
        return Figure(flag.tape, condition) if isinstance(condition, Node) else None
    constant = np.asarray(flag)
    return constant == 1.0 if np.isin(constant, (0.0, 1.0)).all() else None


def _is_flag(figure: Operand) -> bool:
    return isinstance(figure, Figure) and figure.node.function is as_number


_MIRRORED = frozenset({np.multiply, np.add, np.logical_and, np.logical_or, np.equal})
_RULES: Mapping[Callable[..., Any], Callable[..., Any]] = {
    np.multiply: _product,
    np.add: _sum,
    np.subtract: _sum,
    np.divide: _quotient,
    np.logical_and: _both,
    np.logical_or: _either,
    np.where: _choice,
    np.equal: _equal,
    np.greater: _greater,
}


def is_row(node: Node) -> bool:
    """Say whether a figure moves with the months, and is not one month's."""
    return node.sample.ndim == _AXES and node.sample.shape[0] > 1


def parts_of(node: Node) -> list[Node]:
    """Give the figures that one is made of."""
    parts = [one for one in node.operands if isinstance(one, Node)]
    return parts if node.source is None else [*parts, node.source]


def needed(tape: Tape, wanted: Iterable[Node]) -> list[Node]:
    """Give the nodes that the wanted ones are computed from, in order."""
    found: set[int] = set()
    waiting = list(wanted)
    while waiting:
        node = waiting.pop()
        if id(node) not in found:
            found.add(id(node))
            waiting.extend(parts_of(node))
    return [node for node in tape.nodes if id(node) in found]
