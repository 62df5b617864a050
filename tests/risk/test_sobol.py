"""Scrambled Sobol points, beside scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import qmc

from ftroi.risk import Sampler
from ftroi.risk.sobol import BITS, MOST_COLUMNS, SobolPoints, directions


@pytest.mark.parametrize("columns", [1, 2, 3, 57, 512])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_points_are_scipy_s_bit_by_bit(columns: int, seed: int) -> None:
    ours = SobolPoints(columns, np.random.default_rng(seed))
    theirs = qmc.Sobol(columns, bits=53, rng=np.random.default_rng(seed))
    for count in (256, 256, 512, 1):
        assert (ours.random(count) == theirs.random(count)).all()


def test_every_half_quarter_and_eighth_of_a_column_holds_as_many_points() -> None:
    points = SobolPoints(20, np.random.default_rng(3)).random(64)
    for parts in (2, 4, 8):
        for column in points.T:
            assert np.bincount((column * parts).astype(int)).tolist() == [64 // parts] * parts


def test_all_columns_that_are_said_to_be_known_are() -> None:
    assert directions(MOST_COLUMNS).shape == (BITS, MOST_COLUMNS)


def test_more_columns_than_are_known_are_scipy_s() -> None:
    """A large template is no reason to refuse: every eighth of each column holds as many points."""
    names = tuple(f"figure_{number}" for number in range(MOST_COLUMNS + 1))
    (scores,) = Sampler(names).blocks(64, 1)
    assert scores.shape == (64, MOST_COLUMNS + 1)
    points = ndtr(scores)
    assert all(np.bincount((column * 8).astype(int)).tolist() == [8] * 8 for column in points.T)
