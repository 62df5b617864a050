"""Tornado analysis: the change of a measure as each uncertain assumption alone moves from low to high.

All other assumptions stay at their base. All ends are evaluated at once, as one scenario for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ftroi.engine import FloatArray, evaluate
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import at_end, inputs_of


@dataclass(frozen=True, slots=True)
class Swing:
    """A measure, in its unit, with one assumption at its low and at its high end."""

    name: str
    at_low: float
    at_high: float

    @property
    def size(self) -> float:
        """The absolute difference of both values."""
        return abs(self.at_high - self.at_low)


def swings(plan: Plan, measure: str, most: int) -> tuple[Swing, ...]:
    """The ``most`` assumptions that change a measure of the plan's option most, in descending order.

    Assumptions that change nothing, or at an end of which the measure has no value, are left out. Raises
    EvaluationError if an end cannot be computed.
    """
    names = [name for name, entry in plan.entries.items() if entry.ends is not None]
    found = [one for one in _swings(plan, measure, names) if one.size > 0]
    return tuple(sorted(found, key=lambda one: -one.size)[:most])


def _swings(plan: Plan, measure: str, names: Sequence[str]) -> Iterator[Swing]:
    inputs = inputs_of(plan, "base")
    moved = {name: _scenarios(plan, name, inputs.values[name], place, len(names)) for place, name in enumerate(names)}
    results = evaluate(plan.template, replace(inputs, values={**inputs.values, **moved}), [measure])
    for place, name in enumerate(names):
        ends = [results.measure(measure, plan.settings.option, 2 * place + end).value for end in (0, 1)]
        if ends[0] is not None and ends[1] is not None:
            yield Swing(name, ends[0], ends[1])


def _scenarios(plan: Plan, name: str, base: FloatArray, place: int, count: int) -> FloatArray:
    """The values of one assumption in all scenarios: two for each assumption, of which its own are at low and high."""
    entry = plan.entries[name]
    by_option = np.broadcast_to(base, (1, len(plan.settings.options), 2 * count)).copy()
    for scenario, end in enumerate(entry.ends or (0.0, 0.0)):
        by_option[0, :, 2 * place + scenario] = at_end(plan, name, end)
    is_same = bool((by_option == by_option[:, :1]).all())
    return by_option[:, :1] if is_same else by_option
