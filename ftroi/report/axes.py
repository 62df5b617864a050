"""Scales of charts: from figures to millimetres, with round steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: figures from ``least`` to ``most`` on millimetres from ``start`` to ``end``."""

    least: float
    most: float
    start: float
    end: float
    step: float

    def __call__(self, figure: float) -> float:
        """The place of a figure."""
        return self.start + (figure - self.least) / (self.most - self.least) * (self.end - self.start)

    def marks(self) -> Iterator[float]:
        """The round figures of the scale."""
        count = round((self.most - self.least) / self.step)
        for place in range(count + 1):
            yield self.least + place * self.step


def scale_over(figures: Iterable[float], start: float, end: float, marks: int = 6, *, from_zero: bool = True) -> Scale:
    """A scale over all figures, and over 0 unless it is left out, with about as many round marks."""
    known = [*figures, *([0.0] if from_zero else [])]
    least, most = min(known), max(known)
    step = round_step((most - least or 1.0) / marks)
    first, last = floor(least / step + 1e-9) * step, ceil(most / step - 1e-9) * step
    return Scale(first, last if last > first else first + step, start, end, step)


def round_step(wanted: float) -> float:
    """The round number that is next above a wanted step: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(wanted))
    return next(step * power for step in _STEPS if step * power >= wanted * (1 - 1e-9))
