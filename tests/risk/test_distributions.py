"""Distributions against their closed forms, and correlated draws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.interpolate import CubicSpline
from scipy.special import ndtri

from ftroi.engine import FloatArray
from ftroi.errors import PlanError
from ftroi.risk import METHODS, Correlation, Sampler, quantiles

PUBLISHED = Path(__file__).parents[1] / "cases" / "published"
MANY = 65_536


def case(name: str) -> Any:
    """A case whose figures follow from closed forms."""
    return json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8"))


QUANTILES, SUM = case("distribution_quantiles"), case("sum_of_costs_moments")
LOW, MODE, HIGH = QUANTILES["inputs"]["triangular"]
TRIANGLE: tuple[float, float, float] = (LOW, MODE, HIGH)
FORMS = {"triangular": "tri", "pert": "pert"}


def at(kind: str, *shares: float) -> FloatArray:
    """Percentiles of the test's distribution."""
    return quantiles(kind, *TRIANGLE, ndtri(np.array(shares)))


def evenly(kind: str, low: float, mode: float, high: float) -> FloatArray:
    """Figures at evenly spread probabilities: enough of them for the table of quantiles to be used."""
    return quantiles(kind, low, mode, high, ndtri((np.arange(MANY) + 0.5) / MANY))


def test_quantiles_of_closed_forms() -> None:
    for kind, form in FORMS.items():
        expected = [QUANTILES["expected"][form][one] for one in ("p10", "p50", "p90")]
        assert at(kind, 0.1, 0.5, 0.9) == pytest.approx(expected, rel=1e-12)
    low, high = QUANTILES["inputs"]["lognormal_p5_p95"]
    expected = [QUANTILES["expected"]["lognormal"][one] for one in ("p5", "median", "p95")]
    assert quantiles("lognormal", low, 150, high, ndtri(np.array([0.05, 0.5, 0.95]))) == pytest.approx(expected)
    assert at("uniform", 0.25) == pytest.approx([140])
    assert at("fixed", 0.01, 0.99).tolist() == [150, 150]


@pytest.mark.parametrize("kind", FORMS)
def test_moments_of_closed_forms(kind: str) -> None:
    figures, expected = evenly(kind, *TRIANGLE), QUANTILES["expected"][FORMS[kind]]
    assert figures.mean() == pytest.approx(expected["mean"], rel=1e-6)
    assert figures.var() == pytest.approx(expected["var"], rel=1e-4)


def test_the_lognormal_has_its_mean() -> None:
    low, high = QUANTILES["inputs"]["lognormal_p5_p95"]
    expected = QUANTILES["expected"]["lognormal"]["mean"]
    assert evenly("lognormal", low, 150, high).mean() == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("mode", [0.0, 0.02, 0.5, 0.999, 1.0])
def test_the_table_of_a_pert_is_as_good_as_its_exact_quantiles(mode: float) -> None:
    scores = np.linspace(-5, 5, 2_000)
    exact = np.concatenate([quantiles("pert", 0, mode, 1, part) for part in np.split(scores, 20)])
    tabled = quantiles("pert", 0, mode, 1, scores)
    assert tabled == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize("mode", [0.0, 0.02, 0.5, 1.0])
def test_the_table_of_a_pert_is_scipy_s_spline(mode: float) -> None:
    nodes, scores = np.linspace(-8, 8, 1025), np.linspace(-7.9, 7.9, 2_000)
    exact = np.concatenate([quantiles("pert", 0, mode, 1, part) for part in np.array_split(nodes, 20)])
    expected = np.clip(CubicSpline(nodes, exact)(scores), 0, 1)
    assert quantiles("pert", 0, mode, 1, scores) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("method", METHODS)
def test_a_sum_of_costs_has_the_sum_of_the_means(method: str) -> None:
    costs: list[tuple[float, float, float]] = SUM["inputs"]["costs"]
    expected, tolerance = SUM["expected"], SUM["tolerance"]["mc_rel"]
    assert sum(mode for _, mode, _ in costs) == expected["sum_of_modes"] < expected["mean"]
    sampler = Sampler(("a", "b", "c", "d"), method=method, seed=3)
    scores = np.concatenate(list(sampler.blocks(16_384, 2)))
    total = np.sum([quantiles("triangular", *cost, scores[:, place]) for place, cost in enumerate(costs)], axis=0)
    assert total.mean() == pytest.approx(expected["mean"], rel=tolerance)
    assert total.std() == pytest.approx(expected["sd"], rel=tolerance if method != "plain" else 4 * tolerance)
    nineties = [quantiles("triangular", *cost, ndtri(np.array([0.9])))[0] for cost in costs]
    assert sum(nineties) > np.quantile(total, 0.9) * 1.02


@pytest.mark.parametrize("method", METHODS)
def test_the_correlation_is_recovered(method: str) -> None:
    pairs = (Correlation("a", "b", 0.7), Correlation("b", "c", -0.3))
    scores = np.concatenate(list(Sampler(("a", "b", "c"), pairs, method).blocks(8_192, 4)))
    found = np.corrcoef(scores.T)
    assert found[0, 1] == pytest.approx(0.7, abs=0.012)
    assert found[1, 2] == pytest.approx(-0.3, abs=0.02)
    assert found[0, 2] == pytest.approx(0, abs=0.02)


def test_correlations_that_cannot_all_hold_are_refused_by_pair() -> None:
    pairs = (Correlation("a", "b", 0.9), Correlation("b", "c", 0.9), Correlation("a", "c", -0.95))
    with pytest.raises(PlanError, match=r"a and c: a correlation of -0\.95"):
        next(Sampler(("a", "b", "c"), pairs).blocks(8, 1))


@pytest.mark.parametrize("method", METHODS)
def test_a_seed_gives_the_same_draws_again(method: str) -> None:
    first, again, other = (np.concatenate(list(Sampler(("a", "b"), (), method, s).blocks(64, 2))) for s in (1, 1, 2))
    assert (first == again).all()
    assert not (first == other).any()
    assert not (first[:64] == first[64:]).any()


def test_sobol_draws_are_known() -> None:
    """The very figures, so that another machine or version that draws others is seen."""
    first, second = next(Sampler(("a", "b"), seed=1).blocks(2, 1))
    assert first == pytest.approx([1.2536762989196968, 0.27111775746630484], rel=1e-12)
    assert second == pytest.approx([-0.9656985097451718, -0.32057309340393453], rel=1e-12)
