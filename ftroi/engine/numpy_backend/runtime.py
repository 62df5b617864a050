"""The functions that generated source calls: operations on arrays of months × options × scenarios."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ftroi.language import FloatArray


def power(base: FloatArray, exponent: FloatArray) -> FloatArray:
    """Raise to a power; raises FloatingPointError for a base that is not positive."""
    require_positive(base)
    result: FloatArray
    if has_one_base_per_scenario(np.shape(base), np.shape(exponent)):
        # One logarithm for each scenario, reused for all months, is several times as fast as powers.
        result = np.exp(np.log(base) * exponent)
    else:
        result = np.power(base, exponent)
    return result


def has_one_base_per_scenario(base: tuple[int, ...], exponent: tuple[int, ...]) -> bool:
    """Say, by the shapes, whether a power's base varies, but not by month, and its exponent varies too."""
    return math.prod(base) > 1 and base[0] == 1 and math.prod(exponent) > 1


def require_positive(base: FloatArray) -> None:
    """Raise FloatingPointError for a base that is not positive."""
    if np.min(base) <= 0:
        raise FloatingPointError("a base that is not positive")


def running(change: FloatArray, opening: FloatArray, months: int) -> FloatArray:
    """The opening value plus the cumulative sum of monthly changes; the result has no month 0."""
    opening = np.asarray(opening)
    shape = np.broadcast_shapes(np.shape(change)[-2:], opening.shape[-2:])
    steps = np.empty((months + 1, *_two(shape)))
    steps[0] = opening.reshape(opening.shape[-2:])
    steps[1:] = change
    return np.cumsum(steps, axis=0)[1:]


def _two(shape: tuple[int, ...]) -> tuple[int, int]:
    padded = (1, 1, *shape)[-2:]
    return padded[0], padded[1]


def by_month(row: FloatArray, months: int) -> list[FloatArray]:
    """The row as a list of ``months`` arrays of options × scenarios."""
    return [row[0]] * months if row.shape[0] == 1 else list(row)


def stacked(rows: Sequence[FloatArray]) -> FloatArray:
    """Stack one array of options × scenarios for each month into months × options × scenarios."""
    shape = np.broadcast_shapes(*{np.shape(row) for row in rows})
    result = np.empty((len(rows), *_two(shape)))
    for place, row in enumerate(rows):
        result[place] = row
    return result


def whole_array(value: FloatArray | float) -> FloatArray:
    """A value as an array with three axes: months, options, scenarios."""
    array = np.asarray(value, dtype=np.float64)
    return array if array.ndim == 3 else array.reshape((1, *_two(array.shape)))  # noqa: PLR2004 - months, options, scenarios
