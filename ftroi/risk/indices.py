"""Variance-based sensitivity: how much of a model's variance each of its figures explains (Sobol; Saltelli 2010).

The figures are drawn independently of each other: with correlated ones the shares have no such meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ftroi.engine import FloatArray

Model = Callable[[FloatArray], FloatArray]
"""Gives a figure for each point; points × names, each coordinate a probability between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Index:
    """The share of the variance that one figure explains alone, and with all of its interactions.

    Each comes with the half-width of its 95% confidence interval, from resampling.
    """

    name: str
    first: float
    first_error: float
    total: float
    total_error: float


def points_needed(names: int, base: int) -> int:
    """Give how many points a model is computed at: ``base`` times the names and two more."""
    return base * (names + 2)


def sobol_indices(names: Sequence[str], model: Model, base: int, seed: int) -> tuple[Index, ...]:
    """Give the indices of each figure of a model, in the order of the names.

    ``base`` is a power of two: the rows of each of Saltelli's two matrices. A model that does not vary has
    indices of 0.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    points = sampling.sample(problem, base, calc_second_order=False, seed=seed)
    figures = np.asarray(model(points), dtype=np.float64)
    if np.ptp(figures) == 0:
        return tuple(Index(name, 0.0, 0.0, 0.0, 0.0) for name in names)
    found = analysis.analyze(problem, figures, calc_second_order=False, seed=seed)
    columns = (found[key].tolist() for key in ("S1", "S1_conf", "ST", "ST_conf"))
    return tuple(Index(name, *shares) for name, *shares in zip(names, *columns, strict=True))
