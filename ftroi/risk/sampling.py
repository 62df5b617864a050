"""Draws of standard normal scores: Sobol points, Latin hypercube or plain, correlated, by seed.

Draws come in replicates that are independent of each other, so that their means tell the standard error;
within a replicate they come in blocks, so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError

METHODS = ("sobol", "lhs", "plain")
"""Scrambled Sobol points, Latin hypercube (stratified within each block), independent draws."""

BLOCK = 4_096
"""The most draws that are made at a time."""

_LEAST = 2_560
"""The least that are worth a computation of their own; 10,240 are four of these, two for each of two processors."""

_SMALLEST = 2.0**-53


@dataclass(frozen=True, slots=True)
class Correlation:
    """How closely two figures move together: the correlation of their normal scores, from -1 to 1."""

    first: str
    second: str
    value: float


@dataclass(frozen=True)
class Sampler:
    """Draws for named figures: ``draws`` in each of ``replicates``; Sobol wants powers of two.

    Samplers of one seed and different streams are independent of each other. That holds for Sobol points too, as
    a further stream's come in an order of its own: the same columns of two scrambled sets would be correlated.
    """

    names: tuple[str, ...]
    correlations: tuple[Correlation, ...] = ()
    method: str = "sobol"
    seed: int = 1
    stream: int = 0

    def blocks(self, draws: int, replicates: int) -> Iterator[FloatArray]:
        """Blocks of normal scores, draws × names, replicate after replicate; no block spans two.

        Raises PlanError where the correlations cannot all hold.
        """
        factor = factor_of(self.names, self.correlations)
        for seed in self._seeds(replicates):
            source = _source(self.method, len(self.names), np.random.default_rng(seed))
            source = _Shuffled(source.random(draws), seed) if self.stream else source
            for start in range(0, draws, BLOCK):
                yield self._correlated(source, min(BLOCK, draws - start), factor)

    def together(self, draws: int, replicates: int) -> Iterator[FloatArray]:
        """The same blocks, the smallest put together: work on few draws takes as long as on some more."""
        waiting: list[FloatArray] = []
        for block in self.blocks(draws, replicates):
            waiting.append(block)
            if sum(map(len, waiting)) >= _LEAST:
                yield np.concatenate(waiting) if len(waiting) > 1 else block
                waiting = []
        if waiting:
            yield np.concatenate(waiting)

    def _seeds(self, replicates: int) -> list[np.random.SeedSequence]:
        key = (self.stream,) if self.stream else ()
        return np.random.SeedSequence(self.seed, spawn_key=key).spawn(replicates)

    def _correlated(self, source: Any, count: int, factor: FloatArray | None) -> FloatArray:  # noqa: ANN401 - scipy's
        from scipy.special import ndtri

        points = np.asarray(source.random(count)).reshape(count, len(self.names))
        scores = np.asarray(ndtri(np.clip(points, _SMALLEST, 1 - _SMALLEST)))
        return scores if factor is None else _mixed(scores, factor)


def _mixed(scores: FloatArray, factor: FloatArray) -> FloatArray:
    """The scores of each figure mixed from independent ones, draws × names.

    Figure by figure, as few are correlated: a product of matrices would take all processors from those who compute.
    """
    mixed = scores.copy()
    for place in np.flatnonzero((factor != np.eye(len(factor))).any(axis=1)):
        mixed[:, place] = sum(factor[place, one] * scores[:, one] for one in np.flatnonzero(factor[place]))
    return mixed


def _source(method: str, names: int, generator: np.random.Generator) -> Any:  # noqa: ANN401 - scipy has no types
    from scipy.stats import qmc

    if method == "sobol":
        return qmc.Sobol(names, scramble=True, bits=53, rng=generator)
    if method == "lhs":
        return qmc.LatinHypercube(names, rng=generator)
    return _Plain(names, generator)


@dataclass(frozen=True)
class _Plain:
    names: int
    generator: np.random.Generator

    def random(self, count: int) -> FloatArray:
        return self.generator.random((count, self.names))


class _Shuffled:
    """The points of a replicate, handed out in an order that their own seed gives."""

    def __init__(self, points: FloatArray, seed: np.random.SeedSequence) -> None:
        self._points = np.random.default_rng(seed.spawn(1)[0]).permutation(points)
        self._at = 0

    def random(self, count: int) -> FloatArray:
        self._at += count
        return self._points[self._at - count : self._at]


def factor_of(names: Sequence[str], correlations: Sequence[Correlation]) -> FloatArray | None:
    """The lower Cholesky factor of the correlations, names × names; None where there are none.

    Correlations of figures that are not drawn are left out. Raises PlanError, naming a pair, where the
    matrix is not positive definite.
    """
    places = {name: place for place, name in enumerate(names)}
    kept = [one for one in correlations if one.first in places and one.second in places]
    if not kept:
        return None
    matrix = np.eye(len(names))
    for one in kept:
        first, second = places[one.first], places[one.second]
        matrix[first, second] = matrix[second, first] = one.value
    try:
        return np.asarray(np.linalg.cholesky(matrix))
    except np.linalg.LinAlgError:
        raise PlanError(_impossible(_worst(matrix, kept, places))) from None


def _worst(matrix: FloatArray, pairs: Sequence[Correlation], places: Mapping[str, int]) -> Correlation:
    """The pair that the nearest possible correlations, without negative eigenvalues, change most."""
    values, vectors = np.linalg.eigh(matrix)
    possible = (vectors * np.maximum(values, 0)) @ vectors.T
    scale = np.sqrt(np.diag(possible))
    change = np.abs(possible / np.outer(scale, scale) - matrix)
    return max(pairs, key=lambda one: change[places[one.first], places[one.second]])


def _impossible(pair: Correlation) -> Finding:
    what = f"a correlation of {pair.value:g} cannot hold together with the others"
    cure = "the matrix must be positive definite: bring it closer to 0, or correlate the figures between them too"
    return Finding(f"{pair.first} and {pair.second}", what, cure)
