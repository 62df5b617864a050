"""Scrambled Sobol points, beside scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from ftroi.errors import PlanError
from ftroi.risk import Sampler
from ftroi.risk.sobol import SobolPoints


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


def test_more_columns_than_are_known_are_refused() -> None:
    names = tuple(f"figure_{number}" for number in range(513))
    with pytest.raises(PlanError, match="513 figures, where at most 512 are known; draw by --method lhs"):
        next(Sampler(names).blocks(64, 1))
    assert next(Sampler(names, method="lhs").blocks(64, 1)).shape == (64, 513)
