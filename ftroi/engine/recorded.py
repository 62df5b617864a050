"""What generated source calls while it is recorded: as in `numpy_backend.runtime`, on figures of a tape."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from ftroi.engine.by_option import ByOption, for_each
from ftroi.engine.numpy_backend import runtime as arrays
from ftroi.engine.rates import internal_rate
from ftroi.engine.tape import AnyArray, Figure, Operand, condition_of
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
    """Put months of options × scenarios together; flags as the conditions that they stand for."""
    conditions = [condition_of(row) for row in rows]
    if any(isinstance(one, Figure) for one in rows) and all(one is not None for one in conditions):
        return np.where(whole(side_by_side)(*conditions), 1.0, 0.0)
    return whole(side_by_side)(*rows)


def picked(row: Operand, option: int) -> Operand:
    """Give one option's part of a row or scalar."""
    return row.parts[option] if isinstance(row, ByOption) else arrays.picked(row, option)


def side_by_side(*rows: AnyArray) -> AnyArray:
    """Put months of options × scenarios together."""
    shape = np.broadcast_shapes(*{np.shape(row) for row in rows})
    result = np.empty((len(rows), *shape), np.result_type(*{np.asarray(row).dtype for row in rows}))
    for place, row in enumerate(rows):
        result[place] = row
    return result


def weighed(weights: AnyArray, row: AnyArray, out: AnyArray | None = None) -> AnyArray:
    """Sum a row over the months, each weighed: months × options."""
    sums: AnyArray = np.einsum("mo,mos->os", weights, row, out=None if out is None else out[0])
    return sums[np.newaxis]


def summed_product(one: AnyArray, other: AnyArray, out: AnyArray | None = None) -> AnyArray:
    """Sum the product of two rows over the months."""
    sums: AnyArray = np.einsum("mos,mos->os", one, other, out=None if out is None else out[0])
    return sums[np.newaxis]


def geometric(first: AnyArray, pace: AnyArray, months: AnyArray, out: AnyArray | None = None) -> AnyArray:
    """Give a row that starts at ``first`` and is multiplied by ``pace`` from month to month of ``months``."""
    shape = (months.size, *np.broadcast_shapes(first.shape[1:], pace.shape[1:]))
    row = np.empty(shape) if out is None else out
    row[:1] = first
    width = math.isqrt(months.size - 1) + 1
    for month in range(1, width):
        np.multiply(row[month - 1], pace[0], out=row[month])
    stride = reduce(np.multiply, [pace] * width)
    for month in range(width, months.size, width):
        before = row[month - width : months.size - width]
        np.multiply(before[:width], stride, out=row[month : month + width])
    return row


INTO_BUFFERS = frozenset({summed, weighed, summed_product, geometric})
"""Functions that write into a buffer that they are given."""

NAMES: dict[str, Any] = {
    "np": np,
    "irr": for_each(whole(internal_rate)),
    **{name: for_each(whole(getattr(arrays, name))) for name in ("to_date", "first", "shifted", "running")},
    **{one.__name__: for_each(one) for one in (power, total, whole_array, stacked)},
    "picked": picked,
    "by_month": arrays.by_month,
    **{f"body_{name}": row.body for name, row in FUNCTIONS.items() if row.body is not None and not row.on_rows},
    **{f"body_{name}": for_each(whole(FUNCTIONS[name].body)) for name in ("YEAR", "MONTH")},
}
"""The names of generated source, as they are while it is recorded."""
