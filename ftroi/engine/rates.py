"""All internal rates of return of a row of flows, for rows that may have none or several."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ftroi.engine.roots import positive_roots


def all_rates(flows: Iterable[float]) -> list[float]:
    """All monthly rates above -100% at which the present value of flows is 0, in ascending order.

    ``flows`` are the amounts of consecutive months, inflows positive; a common delay does not change the rates.
    With the discount factor v = 1/(1 + i), the rates are given by the positive roots v of the polynomial sum F_t v^t.
    """
    return sorted(math.expm1(-math.log(root)) for root in positive_roots(list(flows)))
