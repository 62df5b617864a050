"""The values of a plan's uncertain assumptions for draws of their normal scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ftroi.engine import FloatArray, Inputs
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import drawn
from ftroi.risk import quantiles


def drawn_values(plan: Plan, names: Sequence[str], scores: FloatArray) -> dict[str, FloatArray]:
    """Uncertain assumptions as 1 × options (or 1) × draws, in their units.

    ``scores`` are standard normal scores, draws × names; further columns are ignored.
    """
    return {name: _drawn(plan, name, np.ascontiguousarray(scores[:, place])) for place, name in enumerate(names)}


def of_options(inputs: Inputs, options: Sequence[str]) -> Inputs:
    """The inputs restricted to some options, in that order."""
    places = [inputs.options.index(option) for option in options]

    def part(array: FloatArray) -> FloatArray:
        return array if array.shape[1] == 1 else array[:, places]

    values = {name: part(array) for name, array in inputs.values.items()}
    own = {name: part(array) for name, array in inputs.own.items()}
    return replace(inputs, options=tuple(options), values=values, own=own)


def _drawn(plan: Plan, name: str, scores: FloatArray) -> FloatArray:
    entry = plan.entries[name]
    low, high = entry.ends or (0.0, 0.0)
    return drawn(plan, name, quantiles(entry.distribution, low, entry.base, high, scores))
