"""The results of a simulation as a workbook stores them: by name and option, with a stamp of their inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FRESH, STALE, NOT_SIMULATED = "fresh", "stale", "not simulated yet"
"""Whether stored results belong to the plan's present inputs."""

Figure = float | str | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """How results were computed: draws, seed, method, version of ftroi, template, time (``made``), and inputs.

    ``digest`` is the digest of the inputs, ``budget`` the approved budget in cash that was used. ``fingerprint`` is the
    workbook's checksum of the inputs at the time; None for results that were never in a workbook.
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
    """A simulation's results by name (`ftroi.termsheet.simulated_names`) and option, in the units of their measures."""

    stamp: Stamp
    figures: Mapping[str, Mapping[str, Figure]] = field(repr=False)

    def number(self, name: str, option: str) -> float | None:
        """A result of an option; None if it is a text, or was not simulated."""
        value = self.figures.get(name, {}).get(option)
        return value if isinstance(value, float) else None
