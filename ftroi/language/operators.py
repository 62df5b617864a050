"""The operators of the language, one row each: how tightly they bind, and their body.

A body works on plain numbers and on numpy arrays alike.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

Figures: TypeAlias = Any
"""A number or a condition, or a numpy array of them: bodies take either, mixed."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Arguments without an answer: ``when(*arguments)`` is true of them, ``text`` says why."""

    text: str
    when: Callable[..., Figures]


@dataclass(frozen=True, slots=True)
class Operator:
    """One binary operator; all group from the left, and a larger ``binds`` binds tighter."""

    symbol: str
    binds: int
    body: Callable[[Figures, Figures], Figures]
    refusal: Refusal | None = None


def _divides_by_zero(_dividend: Figures, divisor: Figures) -> Figures:
    return divisor == 0


def _base_not_positive(base: Figures, _exponent: Figures) -> Figures:
    # 0^0 and powers of negative numbers differ between spreadsheets and numpy.
    return base <= 0


_ROWS = (
    Operator("=", 1, operator.eq),
    Operator("<>", 1, operator.ne),
    Operator("<", 1, operator.lt),
    Operator(">", 1, operator.gt),
    Operator("<=", 1, operator.le),
    Operator(">=", 1, operator.ge),
    Operator("+", 2, operator.add),
    Operator("-", 2, operator.sub),
    Operator("*", 3, operator.mul),
    Operator("/", 3, operator.truediv, Refusal("a division by zero", _divides_by_zero)),
    Operator("^", 4, operator.pow, Refusal("a power of a base that is not positive", _base_not_positive)),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({row.symbol: row for row in _ROWS})
"""Every operator by its symbol."""

COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
"""The operators that give a condition."""

EQUALITIES = frozenset({"=", "<>"})
"""The comparisons that only exact numbers may enter."""
