"""Reproducible draws of correlated standard normal scores: Sobol points, Latin hypercube or plain Monte Carlo.

Draws are made in replicates that are independent of each other, so that the spread of their means gives the standard
error; and within a replicate in blocks, so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError
from ftroi.risk.sobol import BITS, MOST_COLUMNS, SobolPoints

METHODS = ("sobol", "lhs", "plain")
"""Scrambled Sobol points, Latin hypercube (stratified within each block), independent draws."""

BLOCK = 4_096
"""The largest number of draws in a block."""

_SMALLEST_WORK = 2_560
"""The smallest number of draws worth a task of its own; the usual 10,240 draws are four tasks."""

_SMALLEST = 2.0**-53


@dataclass(frozen=True, slots=True)
class Correlation:
    """The correlation of two assumptions' normal scores, from -1 to 1."""

    first: str
    second: str
    value: float


@dataclass(frozen=True)
class Sampler:
    """Draws for named assumptions; ``method`` is one of `METHODS`.

    Samplers with the same seed and different streams are independent of each other. For Sobol points this needs a
    shuffle of the points of all streams but the first, as equal columns of two scrambled sets are correlated.
    """

    names: tuple[str, ...]
    correlations: tuple[Correlation, ...] = ()
    method: str = "sobol"
    seed: int = 1
    stream: int = 0

    def blocks(self, draws: int, replicates: int) -> Iterator[FloatArray]:
        """Blocks of normal scores, draws × names, with ``draws`` in each replicate; no block spans two replicates.

        For Sobol points ``draws`` should be a power of two. Raises PlanError if the correlations are contradictory.
        """
        factor = factor_of(self.names, self.correlations)
        for seed in self._seeds(replicates):
            source = _source(self.method, len(self.names), np.random.default_rng(seed))
            source = _Shuffled(source.random(draws), seed) if self.stream else source
            for start in range(0, draws, BLOCK):
                yield self._correlated(source, min(BLOCK, draws - start), factor)

    def together(self, draws: int, replicates: int) -> Iterator[FloatArray]:
        """The same blocks with small ones concatenated, as a task on few draws takes as long as one on some more."""
        waiting: list[FloatArray] = []
        for block in self.blocks(draws, replicates):
            waiting.append(block)
            if sum(map(len, waiting)) >= _SMALLEST_WORK:
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
    """Correlated scores, draws × names: independent scores times the Cholesky factor.

    Computed column by column, as few are correlated; a matrix product would occupy the processors of other threads.
    """
    mixed = scores.copy()
    for row in np.flatnonzero((factor != np.eye(len(factor))).any(axis=1)):
        mixed[:, row] = sum(factor[row, column] * scores[:, column] for column in np.flatnonzero(factor[row]))
    return mixed


def _source(method: str, names: int, generator: np.random.Generator) -> Any:  # noqa: ANN401 - scipy has no types
    if method == "sobol" and names <= MOST_COLUMNS:
        return SobolPoints(names, generator)
    if method == "plain":
        return _Plain(names, generator)
    from scipy.stats import qmc

    return qmc.Sobol(names, bits=BITS, rng=generator) if method == "sobol" else qmc.LatinHypercube(names, rng=generator)


@dataclass(frozen=True)
class _Plain:
    names: int
    generator: np.random.Generator

    def random(self, count: int) -> FloatArray:
        return self.generator.random((count, self.names))


class _Shuffled:
    """The points of a replicate in a random order."""

    def __init__(self, points: FloatArray, seed: np.random.SeedSequence) -> None:
        self._points = np.random.default_rng(seed.spawn(1)[0]).permutation(points)
        self._at = 0

    def random(self, count: int) -> FloatArray:
        self._at += count
        return self._points[self._at - count : self._at]


def factor_of(names: Sequence[str], correlations: Sequence[Correlation]) -> FloatArray | None:
    """The lower Cholesky factor of the correlation matrix, names × names; None if nothing is correlated.

    Correlations of names that are not drawn are ignored. Raises PlanError, naming a pair, if the matrix is not positive
    definite.
    """
    places = {name: place for place, name in enumerate(names)}
    pairs = [pair for pair in correlations if pair.first in places and pair.second in places]
    if not pairs:
        return None
    matrix = np.eye(len(names))
    for pair in pairs:
        first, second = places[pair.first], places[pair.second]
        matrix[first, second] = matrix[second, first] = pair.value
    try:
        return np.asarray(np.linalg.cholesky(matrix))
    except np.linalg.LinAlgError:
        raise PlanError(_impossible_finding(_worst_pair(matrix, pairs, places))) from None


def _worst_pair(matrix: FloatArray, pairs: Sequence[Correlation], places: Mapping[str, int]) -> Correlation:
    """The pair that changes most if negative eigenvalues are set to 0: the likeliest cause of the contradiction."""
    values, vectors = np.linalg.eigh(matrix)
    possible = (vectors * np.maximum(values, 0)) @ vectors.T
    scale = np.sqrt(np.diag(possible))
    change = np.abs(possible / np.outer(scale, scale) - matrix)
    return max(pairs, key=lambda one: change[places[one.first], places[one.second]])


def _impossible_finding(pair: Correlation) -> Finding:
    what = f"a correlation of {pair.value:g} cannot hold together with the others"
    cure = "the matrix must be positive definite: bring it closer to 0, or correlate the figures between them too"
    return Finding(f"{pair.first} and {pair.second}", what, cure)
