"""Shares of variance against the Ishigami function, whose indices are known exactly."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ftroi.engine import FloatArray
from ftroi.risk.indices import points_needed, sobol_indices

PUBLISHED = Path(__file__).parents[1] / "cases" / "published" / "ishigami_sobol.json"
NAMES = ("x1", "x2", "x3")


def ishigami(points: FloatArray) -> FloatArray:
    """Sin(x1) + 7 sin(x2)^2 + 0.1 x3^4 sin(x1), each x uniform from -pi to pi."""
    first, second, third = (np.pi * (2 * points - 1)).T
    return np.asarray(np.sin(first) + 7 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first))


def test_indices_are_those_of_the_closed_form() -> None:
    case = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    tolerance = case["tolerance"]["abs"]
    found = sobol_indices(NAMES, ishigami, 4_096, 1)
    assert [one.first for one in found] == pytest.approx(case["expected"]["S1"], abs=tolerance)
    assert [one.total for one in found] == pytest.approx(case["expected"]["ST"], abs=tolerance)
    assert found[2].total > 0.2, "x3 matters only by its interaction, which a tornado does not show"
    assert all(one.name == name for one, name in zip(found, NAMES, strict=True))


def test_errors_tell_how_far_off_few_points_are() -> None:
    case = json.loads(PUBLISHED.read_text(encoding="utf-8"))["expected"]
    few = sobol_indices(NAMES, ishigami, 128, 3)
    many = sobol_indices(NAMES, ishigami, 2_048, 3)
    for one, first, total in zip(few, case["S1"], case["ST"], strict=True):
        assert abs(one.first - first) < 2 * one.first_error
        assert abs(one.total - total) < 2 * one.total_error
    assert max(one.first_error for one in many) < min(one.first_error for one in few if one.first > 0.1)


def test_a_seed_gives_the_same_indices_and_another_gives_others() -> None:
    first, again, other = (sobol_indices(NAMES, ishigami, 64, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_points_are_counted_before_they_are_computed() -> None:
    seen: list[int] = []

    def model(points: FloatArray) -> FloatArray:
        seen.append(len(points))
        return np.ones(len(points))

    found = sobol_indices(NAMES, model, 32, 1)
    assert seen == [points_needed(3, 32)]
    assert {(one.first, one.total) for one in found} == {(0.0, 0.0)}
