"""What generated source calls: operations on arrays of months × options × scenarios."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]


def power(base: FloatArray, exponent: FloatArray) -> FloatArray:
    """Raise to a power; raises FloatingPointError for a base that is not positive."""
    require_positive(base)
    result: FloatArray
    if is_one_base_a_scenario(np.shape(base), np.shape(exponent)):
        # Exp and log are several times as fast.
        result = np.exp(np.log(base) * exponent)
    else:
        result = np.power(base, exponent)
    return result


def is_one_base_a_scenario(base: tuple[int, ...], exponent: tuple[int, ...]) -> bool:
    """Say, by their shapes, whether a power has one base a scenario and one exponent a month."""
    return math.prod(base) > 1 and base[0] == 1 and math.prod(exponent) > 1


def require_positive(base: FloatArray) -> None:
    """Raise FloatingPointError for a base that is not positive."""
    if np.min(base) <= 0:
        raise FloatingPointError("a base that is not positive")


def full(row: FloatArray, months: int) -> FloatArray:
    """Give a row with all its months, without copying."""
    return row if row.shape[0] == months else np.broadcast_to(row, (months, *row.shape[1:]))


def total(row: FloatArray, months: int) -> FloatArray:
    """Sum a row over its months."""
    return row.sum(axis=0, keepdims=True) if row.shape[0] == months else row * months


def to_date(row: FloatArray, months: int) -> FloatArray:
    """Sum a row up to each month."""
    return np.cumsum(full(row, months), axis=0)


def first(flags: FloatArray, months: int) -> FloatArray:
    """Give the first month whose flag is 1, or 0."""
    holds = full(flags, months) == 1
    return np.where(holds.any(axis=0), holds.argmax(axis=0) + 1.0, 0.0)[np.newaxis]


def shifted(row: FloatArray, opening: FloatArray, months: int) -> FloatArray:
    """Give each month the value of the month before, and month 1 the opening."""
    shape = (1, *np.broadcast_shapes(row.shape[1:], np.shape(opening)[-2:]))
    before = full(row, months)[:-1]
    rows = np.broadcast_to(before, (months - 1, *shape[1:]))
    return np.concatenate([np.broadcast_to(opening, shape), rows], axis=0)


def running(change: FloatArray, opening: FloatArray, months: int) -> FloatArray:
    """Add up changes month by month, starting from the opening."""
    opening = np.asarray(opening)
    shape = np.broadcast_shapes(np.shape(change)[-2:], opening.shape[-2:])
    steps = np.empty((months + 1, *_two(shape)))
    steps[0] = opening.reshape(opening.shape[-2:])
    steps[1:] = change
    return np.cumsum(steps, axis=0)[1:]


def _two(shape: tuple[int, ...]) -> tuple[int, int]:
    padded = (1, 1, *shape)[-2:]
    return padded[0], padded[1]


def picked(row: FloatArray, option: int) -> FloatArray:
    """Give one option's part of a row or scalar."""
    return row if row.shape[1] == 1 else row[:, option : option + 1, :]


def by_month(row: FloatArray, months: int) -> list[FloatArray]:
    """Give a row's months as a list of options × scenarios."""
    return [row[0]] * months if row.shape[0] == 1 else list(row)


def stacked(rows: Sequence[FloatArray]) -> FloatArray:
    """Put months of options × scenarios together."""
    shape = np.broadcast_shapes(*{np.shape(row) for row in rows})
    result = np.empty((len(rows), *_two(shape)))
    for place, row in enumerate(rows):
        result[place] = row
    return result


def whole_array(value: FloatArray | float) -> FloatArray:
    """Give a value its three axes."""
    array = np.asarray(value, dtype=np.float64)
    return array if array.ndim == 3 else array.reshape((1, *_two(array.shape)))  # noqa: PLR2004 - months, options, scenarios
