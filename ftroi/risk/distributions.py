"""Quantiles of the distributions of uncertain assumptions, at standard normal scores.

A score z stands for the probability Phi(z), so that correlated normal scores give correlated values (Gaussian copula).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from ftroi.engine import FloatArray

PERT_WEIGHT = 4.0
"""The weight of the mode against each end in the mean of a PERT distribution, (low + 4 mode + high) / 6."""

SCORE_OF_95 = 1.6448536269514722
"""The standard normal score of the 95th percentile."""

_FURTHEST_SCORE = 8.0
_NODES = 1025
_STEP = 2 * _FURTHEST_SCORE / (_NODES - 1)
_FEW_SCORES = 128


def quantiles(distribution: str, low: float, mode: float, high: float, scores: FloatArray) -> FloatArray:
    """The quantiles of a distribution at standard normal scores, in the unit of its ends and of the scores' shape.

    ``low`` and ``high`` are the ends; for a lognormal, its 5th and 95th percentiles, which must be above 0. A fixed
    distribution, and one whose ends are equal, is ``mode`` everywhere. Raises KeyError for an unknown distribution.
    """
    quantile = _QUANTILES[distribution]
    return np.full_like(scores, mode) if low == high else quantile(low, mode, high, scores)


def _fixed(_low: float, mode: float, _high: float, scores: FloatArray) -> FloatArray:
    return np.full_like(scores, mode)


def _uniform(low: float, _mode: float, high: float, scores: FloatArray) -> FloatArray:
    return low + (high - low) * probabilities(scores)


def _triangular(low: float, mode: float, high: float, scores: FloatArray) -> FloatArray:
    below, width = probabilities(scores), high - low
    rising = low + np.sqrt(below * width * (mode - low))
    falling = high - np.sqrt(probabilities(-scores) * width * (high - mode))
    return np.where(below * width < mode - low, rising, falling)


def _lognormal(low: float, _mode: float, high: float, scores: FloatArray) -> FloatArray:
    middle, spread = (np.log(high) + np.log(low)) / 2, (np.log(high) - np.log(low)) / (2 * SCORE_OF_95)
    return np.asarray(np.exp(middle + spread * scores))


def _pert(low: float, mode: float, high: float, scores: FloatArray) -> FloatArray:
    """PERT quantiles; for many scores from an interpolated table, as exact beta quantiles are slow."""
    rise, fall = 1 + PERT_WEIGHT * (mode - low) / (high - low), 1 + PERT_WEIGHT * (high - mode) / (high - low)
    if scores.size <= _FEW_SCORES:
        shares = _beta(rise, fall, scores)
    else:
        shares = np.clip(_interpolated(_beta_table(rise, fall), scores), 0.0, 1.0)
    return np.asarray(low + (high - low) * shares)


@lru_cache(maxsize=512)
def _beta_table(rise: float, fall: float) -> FloatArray:
    """The coefficients of a cubic spline through a beta distribution's quantiles at evenly spaced scores.

    The shape is 4 × intervals, for the cube, the square, the linear term and the constant; each interval has width 1.
    The spline is the "not-a-knot" one: its third derivative is steady at the second node and at the last but one. Its
    slopes at the nodes solve a tridiagonal system, given here because scipy.interpolate takes long to import.
    """
    from scipy.linalg import solve_banded

    values = _beta(rise, fall, np.linspace(-_FURTHEST_SCORE, _FURTHEST_SCORE, _NODES))
    rises = np.diff(values)
    bands = np.array([[1.0], [4.0], [1.0]]) * np.ones(_NODES)
    bands[:, [0, -1]], bands[0, 1], bands[2, -2] = 1.0, 2.0, 2.0
    first, last = (5 * rises[0] + rises[1]) / 2, (rises[-2] + 5 * rises[-1]) / 2
    slopes = solve_banded((1, 1), bands, np.concatenate([[first], 3 * (rises[:-1] + rises[1:]), [last]]))
    cubes = slopes[:-1] + slopes[1:] - 2 * rises
    return np.array([cubes, rises - slopes[:-1] - cubes, slopes[:-1], values[:-1]])


def _interpolated(table: FloatArray, scores: FloatArray) -> FloatArray:
    """The spline at scores. Its nodes are evenly spaced, so that the interval is computed rather than searched for."""
    place = (np.clip(scores, -_FURTHEST_SCORE, _FURTHEST_SCORE) + _FURTHEST_SCORE) / _STEP
    interval = np.minimum(place.astype(np.intp), _NODES - 2)
    beyond = place - interval
    result: FloatArray = table[0].take(interval)
    for factors in table[1:]:
        result *= beyond
        result += factors.take(interval)
    return result


def _beta(rise: float, fall: float, scores: FloatArray) -> FloatArray:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(rise, fall, probabilities(scores)))


def probabilities(scores: FloatArray) -> FloatArray:
    """The probabilities Phi(z) of standard normal scores z."""
    from scipy.special import ndtr

    return np.asarray(ndtr(scores))


def scores(probabilities: FloatArray) -> FloatArray:
    """The standard normal scores of probabilities, clipped to ±8, so that 0 and 1 have finite scores."""
    from scipy.special import ndtri

    return np.asarray(np.clip(ndtri(probabilities), -_FURTHEST_SCORE, _FURTHEST_SCORE))


_QUANTILES: dict[str, Callable[[float, float, float, FloatArray], FloatArray]] = {
    "fixed": _fixed,
    "uniform": _uniform,
    "triangular": _triangular,
    "lognormal": _lognormal,
    "pert": _pert,
}
