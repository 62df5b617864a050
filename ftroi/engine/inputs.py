"""The inputs of an evaluation: assumptions and own costs of all options, for one scenario or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ftroi.language import FloatArray

BLOCK = 50_000
"""The approximate size of a row of months × options × scenarios in numbers, chosen so that rows fit the cache."""

SMALLEST_BLOCK = 64
"""The smallest number of scenarios in a block, however many months and options there are."""

NOTHING = "do_nothing"
"""The id of the option of doing nothing, which is part of every plan."""


@dataclass(frozen=True)
class Inputs:
    """The inputs of an evaluation.

    ``values`` holds every assumption as an array of 1 × options × scenarios (an axis has length 1 where the assumption
    does not vary), in the assumption's unit; ``own`` every line of own costs as months × options × 1, in money per
    month. ``months`` is the number of months to compute, at least the horizon; lines of money are 0 beyond it.
    ``parties`` maps each of the language's `PARTIES` (REFERENCE, CANDIDATE, ...) to the id of the option that it reads.
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
        """The number of scenarios to compute at a time."""
        return max(SMALLEST_BLOCK, BLOCK // (self.months * len(self.options)))

    @property
    def party_indices(self) -> dict[str, int]:
        """The index of the option that each party reads; past the end for one that is left out, as it is unused."""
        return {via: (*self.options, option).index(option) for via, option in self.parties.items()}

    def places(self, options: Iterable[str]) -> tuple[int, ...]:
        """The indices of some options."""
        return tuple(map(self.options.index, options))

    def parts(self, size: int) -> Iterator[Inputs]:
        """The inputs in consecutive blocks of ``size`` scenarios."""
        for start in range(0, self.scenarios, size):
            yield self.part(start, start + size)

    def part(self, start: int, stop: int) -> Inputs:
        """The inputs of the scenarios ``start`` to ``stop`` (exclusive)."""
        values = {
            name: value if value.shape[2] == 1 else value[:, :, start:stop] for name, value in self.values.items()
        }
        return replace(self, values=values)
