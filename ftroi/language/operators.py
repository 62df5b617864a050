"""The table of the language's operators: precedence, body, and symbol in Python.

A body works on plain numbers and on numpy arrays alike.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ftroi.language import scalar_bodies as scalars
from ftroi.language.scalar_bodies import Figures


@dataclass(frozen=True, slots=True)
class Refusal:
    """The arguments outside a function's domain: ``when(*arguments)`` is true for them, ``text`` says why.

    ``neutral`` replaces the refused argument in branches that are not chosen, so that the body can run on whole arrays.
    """

    text: str
    when: Callable[..., Figures]
    neutral: float = 1.0


@dataclass(frozen=True, slots=True)
class Operator:
    """One binary operator; all are left-associative, and ``binds`` is the precedence (a larger one binds tighter).

    ``python`` is its symbol in generated source; a power is printed as a call there.
    """

    symbol: str
    binds: int
    body: Callable[[Figures, Figures], Figures]
    python: str
    refusal: Refusal | None = None


_ROWS = (
    Operator("=", 1, operator.eq, "=="),
    Operator("<>", 1, operator.ne, "!="),
    Operator("<", 1, operator.lt, "<"),
    Operator(">", 1, operator.gt, ">"),
    Operator("<=", 1, operator.le, "<="),
    Operator(">=", 1, operator.ge, ">="),
    Operator("+", 2, operator.add, "+"),
    Operator("-", 2, operator.sub, "-"),
    Operator("*", 3, operator.mul, "*"),
    Operator("/", 3, operator.truediv, "/", Refusal("a division by zero", scalars.is_zero_divisor)),
    Operator("^", 4, operator.pow, "**", Refusal("a power of a base that is not positive", scalars.is_invalid_base)),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({row.symbol: row for row in _ROWS})
"""Every operator by its symbol."""

COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
"""The operators that give a condition."""

EQUALITIES = frozenset({"=", "<>"})
"""The comparisons that accept exact numbers only (see `exactness`)."""
