"""What each function computes, on numbers and on numpy arrays that broadcast against each other.

Conditions are booleans. A body over a row takes one array whose axis 0 is the months 1, 2, 3, ...;
the other axes (options, scenarios) are left as they are.

Bodies give what Excel and LibreOffice Calc give (`tests/hosts` compares them with Calc). Where the
table names a `Refusal`, its test says for which arguments there is no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np

from ftroi.language.operators import Figures

_SLACK = 2.0**-50
"""Relative width within which a scaled number counts as the decimal that was meant."""

_LARGEST_NUDGE = 2.0**-11
"""Calc gives up guessing what was meant where a number has no more digits to spare."""

_NO_FRACTION_ABOVE = 2.0**52
"""From here on every number is whole, and adding a half would only disturb it."""

_SERIAL_OF_1970 = 25569
_SERIAL_OF_MARCH_1900 = 61
_SERIAL_OF_YEAR_10000 = 2958466


def largest(*numbers: Figures) -> Figures:
    """MAX."""
    return reduce(np.maximum, numbers)


def smallest(*numbers: Figures) -> Figures:
    """MIN."""
    return reduce(np.minimum, numbers)


def all_of(*conditions: Figures) -> Figures:
    """AND."""
    return reduce(np.logical_and, conditions)


def any_of(*conditions: Figures) -> Figures:
    """OR."""
    return reduce(np.logical_or, conditions)


def rounded(number: Figures, places: Figures) -> Figures:
    """ROUND: to the nearest, halves away from zero."""
    up, down = _powers_of_ten(places)
    scaled = np.abs(number) * up / down
    # 2.675 * 100 is 267.49999999999997 in binary: the half that was meant is rounded up.
    nudged = np.floor(scaled + np.minimum(scaled * _SLACK, _LARGEST_NUDGE) + 0.5)
    return np.where(scaled < _NO_FRACTION_ABOVE, np.copysign(nudged * down / up, number), number)


def rounded_up(number: Figures, places: Figures) -> Figures:
    """ROUNDUP: away from zero."""
    return _round_towards(np.ceil, number, places)


def rounded_down(number: Figures, places: Figures) -> Figures:
    """ROUNDDOWN: towards zero."""
    return _round_towards(np.floor, number, places)


def _round_towards(direction: Callable[[Figures], Figures], number: Figures, places: Figures) -> Figures:
    up, down = _powers_of_ten(places)
    scaled = np.abs(number) * up / down
    nearest = np.rint(scaled)
    # 1.1 * 10 is 11.000000000000002 in binary: it is 11, and not to be rounded up to 12.
    meant = np.abs(scaled - nearest) <= scaled * _SLACK
    return np.copysign(np.where(meant, nearest, direction(scaled)) * down / up, number)


def _powers_of_ten(places: Figures) -> tuple[Figures, Figures]:
    """Give a multiplier and a divisor, both whole: 10 to the power of -2 itself is inexact."""
    return np.power(10.0, np.maximum(places, 0)), np.power(10.0, np.maximum(-places, 0))


def year(date: Figures) -> Figures:
    """YEAR of a serial number in the 1900 system."""
    return _months_since_1970(date) // 12 + 1970.0


def month(date: Figures) -> Figures:
    """MONTH of a serial number in the 1900 system, 1 to 12."""
    return _months_since_1970(date) % 12 + 1.0


def _months_since_1970(date: Figures) -> Figures:
    days = np.floor(np.asarray(date, dtype=float)).astype(np.int64) - _SERIAL_OF_1970
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def to_date(row: Figures) -> Figures:
    """TO_DATE: for each month the sum of the row up to it."""
    return np.cumsum(row, axis=0)


def total(row: Figures) -> Figures:
    """TOTAL: the sum of the row over all months."""
    return np.sum(row, axis=0)


def first_month(flags: Figures) -> Figures:
    """FIRST: the first month (1 is the first) whose flag is 1, or 0 if none is."""
    holds = np.asarray(flags) == 1
    return np.where(holds.any(axis=0), holds.argmax(axis=0) + 1.0, 0.0)


def is_zero_divisor(_number: Figures, divisor: Figures) -> Figures:
    """Say where MOD has no answer."""
    return divisor == 0


def is_not_positive(number: Figures) -> Figures:
    """Say where LN has no answer."""
    return number <= 0


def is_negative(number: Figures) -> Figures:
    """Say where SQRT has no answer."""
    return number < 0


def is_no_date(date: Figures) -> Figures:
    """Say where serial numbers mean different days, or none, in Excel and in Calc."""
    return np.logical_or(date < _SERIAL_OF_MARCH_1900, date >= _SERIAL_OF_YEAR_10000)
