"""What a simulation found, as a workbook keeps it: figures by name and option, under a stamp of their inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FRESH, STALE, NOT_SIMULATED = "fresh", "stale", "not simulated yet"
"""Whether kept figures are about the inputs as they stand."""

Figure = float | str | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """How figures came about: draws, seed, method, version of ftroi, when, and from which inputs.

    ``digest`` tells the inputs, ``budget`` is the approved one in cash that they were drawn with. ``fingerprint``
    is what the workbook's cells made of the inputs then; None where no workbook has had the figures.
    """

    draws: int
    seed: int
    method: str
    version: str
    template: str
    made: str
    digest: str
    budget: float | None = None
    fingerprint: float | None = None


@dataclass(frozen=True)
class Simulated:
    """A simulation's figures by name and option, in the units of their measures, with their stamp."""

    stamp: Stamp
    figures: Mapping[str, Mapping[str, Figure]] = field(repr=False)

    def number(self, name: str, option: str) -> float | None:
        """A figure of an option; None where it is no number, or was not simulated."""
        found = self.figures.get(name, {}).get(option)
        return found if isinstance(found, float) else None
