"""Quantiles of the distributions that an uncertain figure may have, at standard normal scores.

A score z stands for the probability Phi(z), so that correlated normal scores give correlated figures.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from ftroi.engine import FloatArray

PERT_WEIGHT = 4.0
"""How much the mode weighs against each end in the mean of a PERT distribution."""

SCORE_OF_95 = 1.6448536269514722
"""The standard normal score of the 95th percentile."""

_FURTHEST_SCORE = 8.0
_NODES = 1025
_STRETCH = 2 * _FURTHEST_SCORE / (_NODES - 1)
_FEW = 128


def quantiles(distribution: str, low: float, mode: float, high: float, scores: FloatArray) -> FloatArray:
    """A distribution's figures, in its unit, at standard normal scores.

    ``low`` and ``high`` are the ends, and of a lognormal its 5th and 95th percentiles; a fixed one, and one
    whose ends are equal, is its mode everywhere. A lognormal's ends must be
    above 0. Raises KeyError for a distribution that is not known.
    """
    figure = _FIGURES[distribution]
    return np.full_like(scores, mode) if low == high else figure(low, mode, high, scores)


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
    """Interpolate a table where there are many scores: each exact quantile is dear, and there are millions."""
    rise, fall = 1 + PERT_WEIGHT * (mode - low) / (high - low), 1 + PERT_WEIGHT * (high - mode) / (high - low)
    if scores.size <= _FEW:
        shares = _beta(rise, fall, scores)
    else:
        shares = np.clip(_looked_up(_beta_table(rise, fall), scores), 0.0, 1.0)
    return np.asarray(low + (high - low) * shares)


@lru_cache(maxsize=512)
def _beta_table(rise: float, fall: float) -> FloatArray:
    """A cubic spline through a beta distribution's quantiles at evenly spaced scores.

    Of each stretch between two nodes, counted as 1 wide: the factors of its cube, its square, itself, and 1.
    """
    from scipy.interpolate import CubicSpline

    nodes = np.linspace(-_FURTHEST_SCORE, _FURTHEST_SCORE, _NODES)
    factors: FloatArray = CubicSpline(nodes, _beta(rise, fall, nodes)).c
    return np.ascontiguousarray(factors * _STRETCH ** np.array([[3.0], [2.0], [1.0], [0.0]]))


def _looked_up(table: FloatArray, scores: FloatArray) -> FloatArray:
    """A spline at scores. Its nodes are evenly spaced, so that none need be searched for."""
    place = (np.clip(scores, -_FURTHEST_SCORE, _FURTHEST_SCORE) + _FURTHEST_SCORE) / _STRETCH
    stretch = np.minimum(place.astype(np.intp), _NODES - 2)
    beyond = place - stretch
    result: FloatArray = table[0].take(stretch)
    for factors in table[1:]:
        result *= beyond
        result += factors.take(stretch)
    return result


def _beta(rise: float, fall: float, scores: FloatArray) -> FloatArray:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(rise, fall, probabilities(scores)))


def probabilities(scores: FloatArray) -> FloatArray:
    """The probabilities that standard normal scores stand for."""
    from scipy.special import ndtr

    return np.asarray(ndtr(scores))


def scores(probabilities: FloatArray) -> FloatArray:
    """The standard normal scores that stand for probabilities; 0 and 1 give the furthest ones in use."""
    from scipy.special import ndtri

    return np.asarray(np.clip(ndtri(probabilities), -_FURTHEST_SCORE, _FURTHEST_SCORE))


_FIGURES: dict[str, Callable[[float, float, float, FloatArray], FloatArray]] = {
    "fixed": _fixed,
    "uniform": _uniform,
    "triangular": _triangular,
    "lognormal": _lognormal,
    "pert": _pert,
}
