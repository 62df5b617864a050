"""Variance-based sensitivity: the share of a model's variance that each input explains (Sobol; Saltelli 2010).

Inputs are drawn independently; for correlated inputs the shares would have no such meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ftroi.engine import FloatArray
from ftroi.risk.sobol import BITS

_RESAMPLES = 100
_SCORE_OF_97_5 = 1.959963984540054
"""The standard normal score of the 97.5th percentile."""

Model = Callable[[FloatArray], FloatArray]
"""Maps points × names, each coordinate a probability between 0 and 1, to one output for each point."""


@dataclass(frozen=True, slots=True)
class Index:
    """The first-order and total Sobol index of one input: its share of the variance alone, and with all interactions.

    The errors are half-widths of 95% confidence intervals, by bootstrap.
    """

    name: str
    first: float
    first_error: float
    total: float
    total_error: float


def points_needed(names: int, base: int) -> int:
    """The number of points at which a model is evaluated: ``base`` × (names + 2)."""
    return base * (names + 2)


def sobol_indices(names: Sequence[str], model: Model, base: int, seed: int) -> tuple[Index, ...]:
    """The Sobol indices of each input of a model, in the order of ``names``.

    ``base`` is the number of rows of each of Saltelli's two matrices, a power of two. A model that does not vary has
    indices of 0.
    """
    from scipy.stats import qmc
    from scipy.stats import sobol_indices as indices_of

    generator, count = np.random.default_rng(seed), len(names)
    first, second = np.split(qmc.Sobol(2 * count, bits=BITS, rng=generator).random(base), 2, axis=1)
    mixed = np.repeat(first[np.newaxis], count, axis=0)
    for place in range(count):
        mixed[place, :, place] = second[:, place]
    figures = np.asarray(model(np.concatenate([first, second, *mixed])), dtype=np.float64)
    if np.ptp(figures) == 0:
        return tuple(Index(name, 0.0, 0.0, 0.0, 0.0) for name in names)
    of_first, of_second, *of_mixed = np.split(figures, count + 2)
    known = {"f_A": of_first[np.newaxis], "f_B": of_second[np.newaxis], "f_AB": np.array(of_mixed)[:, np.newaxis]}
    found = indices_of(func=known, n=base, rng=generator)
    picks = generator.integers(base, size=(_RESAMPLES, base))
    again = [indices_of(func={key: one[..., pick] for key, one in known.items()}, n=base) for pick in picks]
    first_error, total_error = (
        _SCORE_OF_97_5 * np.std([getattr(one, kind) for one in again], axis=0)
        for kind in ("first_order", "total_order")
    )
    columns = (found.first_order, first_error, found.total_order, total_error)
    rows = zip(names, *(np.ravel(column).tolist() for column in columns), strict=True)
    return tuple(Index(name, *shares) for name, *shares in rows)
