"""The numpy bodies of the language's functions, for numbers and for arrays that broadcast against each other.

Conditions are booleans. Results equal those of Excel and LibreOffice Calc (`tests/hosts` compares them with Calc).
A body does not check its arguments: where the table names a `Refusal`, the caller tests that first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np

from ftroi.language.scalar_bodies import (
    LARGEST_NUDGE,
    NO_FRACTION_ABOVE,
    SERIAL_OF_1970,
    SLACK,
    Figures,
    is_invalid_date,
)


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
    # 2.675 * 100 is 267.49999999999997 in binary: it counts as the half that it stands for, and is rounded up.
    nudged = np.floor(scaled + np.minimum(scaled * SLACK, LARGEST_NUDGE) + 0.5)
    return np.where(scaled < NO_FRACTION_ABOVE, np.copysign(nudged * down / up, number), number)


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
    meant = np.abs(scaled - nearest) <= scaled * SLACK
    return np.copysign(np.where(meant, nearest, direction(scaled)) * down / up, number)


def _powers_of_ten(places: Figures) -> tuple[Figures, Figures]:
    """A multiplier and a divisor, both whole: 10 to the power of -2 itself is inexact."""
    return np.power(10.0, np.maximum(places, 0)), np.power(10.0, np.maximum(-places, 0))


def year(date: Figures) -> Figures:
    """YEAR of a serial number in the 1900 system."""
    return _months_since_1970(date) // 12 + 1970.0


def month(date: Figures) -> Figures:
    """MONTH of a serial number in the 1900 system, 1 to 12."""
    return _months_since_1970(date) % 12 + 1.0


def _months_since_1970(date: Figures) -> Figures:
    if np.any(is_invalid_date(date)):
        raise FloatingPointError("no date")
    days = np.floor(np.asarray(date, dtype=float)).astype(np.int64) - SERIAL_OF_1970
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
