"""The numpy bodies of the row functions, on arrays of months × options × scenarios; an axis may have length 1.

A row with a single month has the same value in all months. The internal rate of return is the rate i per month at which
flows F_t at the ends of months t = 1..n have the present value sum F_t v^t = 0, with v = 1/(1 + i). It is found by
bisection, so that the result depends on no starting guess.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]

LARGEST_LOG_RATE = 40.0
"""The rate is sought for log(1 + i) between plus and minus this, more than flows of half a cent and of 10^15 imply."""

BISECTIONS = 75
"""Steps of the search for a rate, after which the interval is as narrow as floats allow."""


def full(row: FloatArray, months: int) -> FloatArray:
    """A row broadcast to all months, without copying."""
    return row if row.shape[0] == months else np.broadcast_to(row, (months, *row.shape[1:]))


def month_before(row: FloatArray, months: int, opening: FloatArray) -> FloatArray:
    """PREV: in each month the value of the month before; in month 1 the opening value."""
    return with_opening(row, months, opening)[:-1]


def with_opening(row: FloatArray, months: int, opening: FloatArray) -> FloatArray:
    """A row with its opening value before month 1, (months + 1) × options × scenarios."""
    shape = (1, *np.broadcast_shapes(row.shape[1:], opening.shape[1:]))
    rows = np.broadcast_to(full(row, months), (months, *shape[1:]))
    return np.concatenate([np.broadcast_to(opening, shape), rows], axis=0)


def to_date(row: FloatArray, months: int) -> FloatArray:
    """TO_DATE: the sum of a row up to each month."""
    return np.cumsum(full(row, months), axis=0)


def total(row: FloatArray, months: int) -> FloatArray:
    """TOTAL: the sum of a row over its months."""
    return row.sum(axis=0, keepdims=True) if row.shape[0] == months else row * months


def first_month(flags: FloatArray, months: int) -> FloatArray:
    """FIRST: the first month (1 is the first) whose flag is 1, or 0 if none is."""
    holds = full(flags, months) == 1
    return np.where(holds.any(axis=0), holds.argmax(axis=0) + 1.0, 0.0)[np.newaxis]


def internal_rate(row: FloatArray, months: int, opening: FloatArray | None = None) -> FloatArray:
    """IRR: the rate per month at which a row's present value is 0; an opening value is the flow at time 0.

    The root is sought among rates of 0 and more where the flows sum to zero or more, and below 0 elsewhere. The result
    is nan where that interval has no root; an end of the interval is never returned. For a row with several roots
    the result is one of them: the caller must detect that case and not show it.
    """
    flows = full(row, months) if opening is None else with_opening(row, months, opening)
    gains = flows.sum(axis=0) >= 0
    anchor = np.where(gains, *_ends(flows))
    low = np.where(gains, 0.0, -LARGEST_LOG_RATE)
    high = np.where(gains, LARGEST_LOG_RATE, 0.0)
    at_low, at_high = (_sign_of_present_value(flows, log_rate, anchor) for log_rate in (low, high))
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        above = (_sign_of_present_value(flows, middle, anchor) > 0) == (at_high > at_low)
        high = np.where(above, middle, high)
        low = np.where(above, low, middle)
    found = ((at_low > 0) != (at_high > 0)) | (at_low == 0)
    return np.where(found, np.expm1(0.5 * (low + high)), np.nan)[np.newaxis]


def _ends(flows: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The indices of the first and of the last flow that is not 0."""
    flowing = flows != 0
    last = flows.shape[0] - 1 - flowing[::-1].argmax(axis=0)
    return flowing.argmax(axis=0).astype(float), last.astype(float)


def _sign_of_present_value(flows: FloatArray, log_rate: FloatArray, anchor: FloatArray) -> FloatArray:
    """A number with the sign of the present value at the log rate log(1 + i).

    Flows are discounted to ``anchor``, the end of the row with the largest weights, so that no factor exceeds 1;
    there are no flows beyond it, where the exponent is cut at 0 to avoid an overflow.
    """
    times = np.arange(float(flows.shape[0]))[:, np.newaxis, np.newaxis]
    result: FloatArray = (flows * np.exp(np.minimum((anchor - times) * log_rate, 0.0))).sum(axis=0)
    return result


def of_option(row: FloatArray, option: int) -> FloatArray:
    """REFERENCE, CANDIDATE, NOTHING, INCUMBENT: the row or scalar of the option at an index."""
    return row if row.shape[1] == 1 else row[:, option : option + 1, :]
