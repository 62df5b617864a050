"""Shares add up, prefer no order, and are the worked figures of docs/measures.md."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.analysis.shapley import Value, shapley_shares

PLANNED = {"volume": 500_000.0, "usage": 1.2, "price": 0.002}
ACTUAL = {"volume": 560_000.0, "usage": 1.35, "price": 0.0018}


def product_of(before: dict[str, float], after: dict[str, float]) -> Value:
    def value(subsets: list[frozenset[str]]) -> np.ndarray:
        return np.array([[np.prod([(after if n in one else before)[n] for n in before])] for one in subsets])

    return value


def test_the_worked_waterfall() -> None:
    shares = shapley_shares({"all": list(PLANNED)}, product_of(PLANNED, ACTUAL))
    assert shares["volume"][0] == pytest.approx(145.2)
    assert shares["usage"][0] == pytest.approx(150.9)
    assert shares["price"][0] == pytest.approx(-135.3)
    assert sum(one[0] for one in shares.values()) == pytest.approx(160.8)


def test_shares_are_the_mean_over_every_order() -> None:
    before = {name: number + 1.0 for number, name in enumerate("abcd")}
    after = {name: 2 * number + 0.5 for number, name in enumerate("abcd")}
    value = product_of(before, after)
    shares = shapley_shares({"all": list(before)}, value)
    expected = dict.fromkeys(before, 0.0)
    orders = list(permutations(before))
    for order in orders:
        for place, name in enumerate(order):
            without, within = frozenset(order[:place]), frozenset(order[: place + 1])
            first, second = value([without, within])[:, 0]
            expected[name] += (second - first) / len(orders)
    assert {name: one[0] for name, one in shares.items()} == pytest.approx(expected)


@given(
    sizes=st.lists(st.integers(1, 20), min_size=1, max_size=16),
    seed=st.integers(0, 1_000),
)
@settings(max_examples=12, deadline=None)
def test_many_causes_add_up_as_well(sizes: list[int], seed: int) -> None:
    groups = {f"g{place}": [f"g{place}.{number}" for number in range(size)] for place, size in enumerate(sizes)}
    names = [name for members in groups.values() for name in members]
    draw = np.random.default_rng(seed)
    weights = draw.normal(size=(len(names), 2))

    def value(subsets: list[frozenset[str]]) -> np.ndarray:
        made = np.array([[name in one for name in names] for one in subsets], dtype=float)
        sums = made @ weights
        return np.column_stack([sums[:, 0], sums[:, 0] * np.tanh(sums[:, 1]) + sums[:, 1] ** 2])

    shares = shapley_shares(groups, value)
    assert set(shares) == set(names)
    none, everything = value([frozenset(), frozenset(names)])
    np.testing.assert_allclose(sum(shares.values()), everything - none, atol=1e-9)
    for name, weight in zip(names, weights[:, 0], strict=True):
        assert shares[name][0] == pytest.approx(weight, abs=1e-9), "a cause that only adds gets what it adds"


def test_nothing_changed_shares_nothing() -> None:
    assert shapley_shares({}, product_of({}, {})) == {}
