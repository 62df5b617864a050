"""The internal rate of return: one where one is proved, all of them where not.

A flow F in months t = 1..n has the present value sum F_t v^t with v = 1/(1 + i). Rates above
-100% are the positive roots v of that polynomial. Nothing here trusts a starting guess.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from ftroi.engine.numpy_backend.runtime import FloatArray, full
from ftroi.engine.roots import positive_roots

_WIDEST = 20.0
"""log(1 + i) is sought within plus and minus this: from -99.9999998% to 48 million percent a month."""
_HALVINGS = 70


def internal_rate(row: FloatArray, months: int) -> FloatArray:
    """Give the rate per month at which a row is worth nothing, for rows that have exactly one.

    Works on months × options × scenarios and gives 1 × options × scenarios. Where the flows add
    to zero or more the root is sought among rates from 0 up, elsewhere below 0; a row without a
    root there gives a figure without meaning, which the caller's rule must not show.
    """
    flows = full(row, months)
    gains = flows.sum(axis=0) >= 0
    low = np.where(gains, 0.0, -_WIDEST)
    high = np.where(gains, _WIDEST, 0.0)
    rising = _sign_of_worth(flows, high) > _sign_of_worth(flows, low)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        above = (_sign_of_worth(flows, middle) > 0) == rising
        high = np.where(above, middle, high)
        low = np.where(above, low, middle)
    return np.expm1(0.5 * (low + high))[np.newaxis]


def _sign_of_worth(flows: FloatArray, log_rate: FloatArray) -> FloatArray:
    """Give a number with the sign of the present value at log(1 + i), scaled against overflow."""
    times = np.arange(float(flows.shape[0]))[:, np.newaxis, np.newaxis]
    exponent = -times * log_rate
    result: FloatArray = (flows * np.exp(exponent - exponent.max(axis=0))).sum(axis=0)
    return result


def all_rates(flows: Iterable[float]) -> list[float]:
    """Give every rate per month above -100% at which flows are worth nothing, lowest first.

    ``flows`` are the amounts of the months 1, 2, 3, …; a delay of all of them changes nothing.
    """
    return sorted(math.expm1(-math.log(root)) for root in positive_roots(list(flows)))
