"""What the engine computes from: assumptions and own costs of all options, for one scenario or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ftroi.language import FloatArray

BLOCK = 50_000
"""About how many numbers a row of months × options × scenarios has at a time, so that rows stay in the cache."""

FEWEST = 64
"""The fewest scenarios that are computed at a time, however many months and options there are."""

NOTHING = "do_nothing"
"""The option that every plan is also compared with."""


@dataclass(frozen=True)
class Inputs:
    """What the engine computes from.

    ``values`` holds every assumption as an array of 1 × options × scenarios (1 where it does not
    vary); ``own`` every own-cost line as months × options × 1. ``months`` is how many months are
    computed: the horizon, or more; lines of money are 0 beyond the horizon. ``parties`` is the option that each of the
    language's `PARTIES` looks at.
    """

    options: tuple[str, ...]
    parties: Mapping[str, str]
    months: int
    values: Mapping[str, FloatArray]
    own: Mapping[str, FloatArray]

    @property
    def scenarios(self) -> int:
        """The number of scenarios."""
        return max(int(value.shape[2]) for value in self.values.values())

    @property
    def block(self) -> int:
        """How many scenarios are computed at a time."""
        return max(FEWEST, BLOCK // (self.months * len(self.options)))

    @property
    def party_places(self) -> dict[str, int]:
        """The place of each party's option; out of reach where it is left out, as nobody asks for it."""
        return {via: (*self.options, one).index(one) for via, one in self.parties.items()}

    def places(self, options: Iterable[str]) -> tuple[int, ...]:
        """The places of some options."""
        return tuple(map(self.options.index, options))

    def parts(self, size: int) -> Iterator[Inputs]:
        """The inputs of one block of scenarios after another."""
        for start in range(0, self.scenarios, size):
            yield self.part(start, start + size)

    def part(self, start: int, stop: int) -> Inputs:
        """The inputs of some scenarios."""
        values = {
            name: value if value.shape[2] == 1 else value[:, :, start:stop] for name, value in self.values.items()
        }
        return replace(self, values=values)
