"""The uncertain assumptions of a plan at draws of their scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ftroi.engine import FloatArray
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import drawn
from ftroi.risk import quantiles


def drawn_values(plan: Plan, names: Sequence[str], scores: FloatArray) -> dict[str, FloatArray]:
    """Give uncertain assumptions by option and draw, in their units, from normal scores of draws × names or more."""
    return {name: _drawn(plan, name, np.ascontiguousarray(scores[:, place])) for place, name in enumerate(names)}


def _drawn(plan: Plan, name: str, scores: FloatArray) -> FloatArray:
    entry = plan.entries[name]
    low, high = float(entry.low or 0), float(entry.high or 0)
    return drawn(plan, name, quantiles(entry.distribution, low, entry.base, high, scores))
