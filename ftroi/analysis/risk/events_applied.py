"""Applying dated events to a simulation: each event alone, and all of them together.

Only the draws in which an event happens are computed again, all in one evaluation, with the months drawn for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ftroi.analysis.risk.draws import of_options
from ftroi.analysis.risk.events import decided, drawn_events, months_named, outcomes, with_event
from ftroi.engine import FloatArray, Inputs, Results
from ftroi.plan.plan import Plan
from ftroi.termsheet import ALL_EVENTS

Places = NDArray[np.intp]
Changed = dict[str, tuple[Places, FloatArray]]
"""By result name: the indices in their block of the draws that change, and their NPV as options × draws."""


@dataclass(frozen=True)
class _Part:
    """Draws that are computed with some events; ``whole`` says of each whether no other event happens in it."""

    events: tuple[str, ...]
    places: Places
    whole: NDArray[np.bool_]


@dataclass(frozen=True)
class Eventful:
    """Computes a simulation's draws with dated events, for some options.

    ``inputs`` are those of the base case for all options; ``parties`` are the options that must be computed;
    ``evaluated`` returns the NPV and the outcomes of ``options`` for inputs of the parties.
    """

    plan: Plan
    inputs: Inputs
    options: tuple[str, ...]
    parties: tuple[str, ...]
    evaluated: Callable[[Inputs], Results]

    def changed(self, drawn: Mapping[str, FloatArray], decisions: FloatArray, event_scores: FloatArray) -> Changed:
        """The draws of a block that change.

        ``drawn`` are the drawn assumptions, ``decisions`` the scores of the events that are decided once,
        ``event_scores`` those of `event_sampler`.
        """
        figures, dated = drawn_events(self.plan, self.inputs.values, event_scores)
        months = self._of_parties(dated).values
        parts = tuple(self._parts(months))
        if not parts:
            return {}
        places = np.concatenate([part.places for part in parts])
        again = {
            name: array if array.shape[2] == 1 else array[:, :, places] for name, array in {**drawn, **figures}.items()
        }
        known = self._of_parties({**self.inputs.values, **again})
        inputs = replace(known, values={**known.values, **self._months(months, parts)})
        return self._cut(self.evaluated(inputs), inputs, decisions[places], parts)

    @property
    def _gain(self) -> str:
        """The net measure, which events change."""
        return self.plan.template.role("gain")

    def _of_parties(self, values: Mapping[str, FloatArray]) -> Inputs:
        return of_options(replace(self.inputs, values=values), self.parties)

    def _parts(self, months: Mapping[str, FloatArray]) -> Iterator[_Part]:
        """The draws of each event alone, and those in which several happen."""
        happens = {event: self._happens(event, month) for event, month in months.items()}
        together = np.sum(list(happens.values()), axis=0)
        for event, one in happens.items():
            if one.any():
                yield _Part((event,), np.flatnonzero(one), together[one] == 1)
        several = np.flatnonzero(together > 1)
        if several.size:
            yield _Part(tuple(happens), several, np.ones(several.size, dtype=bool))

    def _happens(self, event: str, month: FloatArray) -> NDArray[np.bool_]:
        """Say in which draws an event happens to an option in another month than the plan states."""
        return np.asarray((month != self._stated(event)).any(axis=(0, 1)))

    def _stated(self, event: str) -> FloatArray:
        """The month that the plan states, by option; 0 for never."""
        name = months_named(self.plan.template)[event]
        return self._of_parties({name: self.inputs.values[name]}).values[name]

    def _months(self, months: Mapping[str, FloatArray], parts: tuple[_Part, ...]) -> dict[str, FloatArray]:
        """Each event's month in all parts; in the parts of other events it is the month that the plan states."""
        named, found = months_named(self.plan.template), {}
        for event, month in months.items():
            stated = np.broadcast_to(self._stated(event), (*month.shape[:2], 1))
            every = [
                month[:, :, part.places] if event in part.events else np.repeat(stated, part.places.size, axis=2)
                for part in parts
            ]
            found[named[event]] = np.concatenate(every, axis=2)
        return found

    def _cut(self, results: Results, inputs: Inputs, decisions: FloatArray, parts: tuple[_Part, ...]) -> Changed:
        """Split the results of all parts, in their order, by event."""
        ends = np.cumsum([part.places.size for part in parts]).tolist()
        going, final = self._by_draw(results, self._gain, ends[-1]), self._decided(results, inputs, decisions)
        found: Changed = {}
        every: list[tuple[Places, FloatArray]] = []
        for start, end, part in zip([0, *ends], ends, parts, strict=False):
            if len(part.events) == 1:
                found[with_event(self._gain, part.events[0])] = part.places, going[:, start:end]
            every.append((part.places[part.whole], final[:, start:end][:, part.whole]))
        places = np.concatenate([one for one, _ in every])
        return found | {with_event(self._gain, ALL_EVENTS): (places, np.hstack([one for _, one in every]))}

    def _decided(self, results: Results, inputs: Inputs, decisions: FloatArray) -> FloatArray:
        """The NPV after the events with an outcome are decided, too."""
        npv = self._by_draw(results, self._gain, len(decisions))
        for place, (event, line) in enumerate(outcomes(self.plan.template).items()):
            chance = chance_of(self.plan, inputs, self.options, event)
            npv = decided(npv, self._by_draw(results, line, len(decisions)), chance, decisions[:, place])
        return npv

    def _by_draw(self, results: Results, line: str, count: int) -> FloatArray:
        return np.asarray(np.broadcast_to(results.arrays[line][0], (len(self.options), count)))


def chance_of(plan: Plan, inputs: Inputs, options: tuple[str, ...], event: str) -> FloatArray:
    """An event's probability as options × draws; an axis along which it does not vary has length 1."""
    chance = inputs.values[plan.template.events[event].chance][0]
    rows = [inputs.options.index(option) for option in options]
    return chance if chance.shape[0] == 1 else np.asarray(chance[rows])
