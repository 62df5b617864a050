"""Every internal rate of return of a row of flows, where a single one was not proved."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ftroi.engine.roots import positive_roots


def all_rates(flows: Iterable[float]) -> list[float]:
    """Every rate per month above -100% at which flows are worth nothing, lowest first.

    ``flows`` are the amounts of the months 1, 2, 3, …; a delay of all of them changes nothing. With v = 1/(1 + i)
    the rates are the positive roots v of a polynomial.
    """
    return sorted(math.expm1(-math.log(root)) for root in positive_roots(list(flows)))
