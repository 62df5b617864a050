"""What generated source calls while it is recorded: as in `ftroi.engine.arrays`, on figures of a tape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ftroi.engine import arrays
from ftroi.engine.rates import internal_rate
from ftroi.engine.tape import AnyArray, Figure, Operand
from ftroi.language import FUNCTIONS

_LAST_AXES = 2


def whole(function: Callable[..., Any] | None) -> Callable[..., Any]:
    """Record a function as one step, where it meets a figure."""
    if function is None:
        raise LookupError("a function without a body cannot be recorded")

    def recorded(*operands: Operand) -> Operand:
        tapes = [one.tape for one in operands if isinstance(one, Figure)]
        return tapes[0].outcome(function, operands) if tapes else function(*operands)

    return recorded


def power(base: Operand, exponent: Operand) -> Operand:
    """Raise to a power, by the same operations as `arrays.power`."""
    if not (isinstance(base, Figure) or isinstance(exponent, Figure)):
        return arrays.power(base, exponent)
    safe = _checked(base)
    if arrays.is_one_base_a_scenario(_shape(base), _shape(exponent)):
        return np.exp(np.log(safe) * exponent)
    return np.power(safe, exponent)


def _shape(one: Operand) -> tuple[int, ...]:
    return one.shape if isinstance(one, Figure) else np.shape(one)


def _checked(base: Operand) -> Operand:
    if isinstance(base, Figure):
        return base.tape.checked(base, arrays.require_positive)
    arrays.require_positive(base)
    return base


def total(row: Operand, months: int) -> Operand:
    """Sum a row over its months."""
    if not isinstance(row, Figure):
        return arrays.total(row, months)
    return row.tape.outcome(summed, (row,)) if row.shape[0] == months else row * months


def summed(row: AnyArray, out: AnyArray | None = None) -> AnyArray:
    """Sum along the first axis, which is kept."""
    return np.add.reduce(row, axis=0, keepdims=True, out=out)


def whole_array(value: Operand) -> Operand:
    """Give a value its three axes."""
    if not isinstance(value, Figure):
        return arrays.whole_array(value)
    return value[np.newaxis] if value.ndim == _LAST_AXES else value


def stacked(rows: Sequence[Operand]) -> Operand:
    """Put months of options × scenarios together."""
    return whole(_side_by_side)(*rows)


def _side_by_side(*rows: AnyArray) -> AnyArray:
    return arrays.stacked(rows)


NAMES: dict[str, Any] = {
    "np": np,
    "irr": whole(internal_rate),
    **{name: whole(getattr(arrays, name)) for name in ("to_date", "first", "shifted", "running")},
    "power": power,
    "total": total,
    "whole_array": whole_array,
    "stacked": stacked,
    "picked": arrays.picked,
    "by_month": arrays.by_month,
    **{f"body_{name}": row.body for name, row in FUNCTIONS.items() if row.body is not None and not row.on_rows},
    **{f"body_{name}": whole(FUNCTIONS[name].body) for name in ("YEAR", "MONTH")},
}
"""The names of generated source, as they are while it is recorded."""
