"""Rates of return beside Sturm's theorem, which counts the roots of a polynomial by itself, on flows with noise."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.engine.rates import all_rates
from ftroi.language import FUNCTIONS
from ftroi.language.row_bodies import internal_rate
from ftroi.plan import calculate, plan_from_preset
from tests.support.plans import fine_tuning
from tests.support.random_plans import random_plan

Polynomial = list[Fraction]
"""Coefficients, the constant first."""

FLOWS = st.lists(
    st.one_of(st.just(0.0), st.floats(-1e6, 1e6).map(lambda one: round(one, 2)), st.floats(-1e-9, 1e-9)),
    min_size=2,
    max_size=9,
)


def number_of_rates(flows: list[float]) -> int:
    """Count the rates above -100% at which flows are worth nothing: the different positive roots of sum F_t v^t."""
    first = _trimmed([Fraction(one) for one in flows])
    while first and first[0] == 0:
        first = first[1:]
    if len(first) < 2:
        return 0
    chain = [first, _trimmed([power * one for power, one in enumerate(first)][1:])]
    while rest := _remainder(chain[-2], chain[-1]):
        chain.append([-one for one in rest])
    at_zero = [one[0] for one in chain]
    at_infinity = [one[-1] for one in chain]
    return _changes(at_zero) - _changes(at_infinity)


def _trimmed(polynomial: Polynomial) -> Polynomial:
    while polynomial and polynomial[-1] == 0:
        polynomial = polynomial[:-1]
    return polynomial


def _remainder(of: Polynomial, by: Polynomial) -> Polynomial:
    rest = of
    while len(rest) >= len(by):
        share, shift = rest[-1] / by[-1], len(rest) - len(by)
        taken = [Fraction(0)] * shift + [share * one for one in by]
        rest = _trimmed([one - other for one, other in zip(rest, taken, strict=True)][:-1])
    return rest


def _changes(values: Polynomial) -> int:
    signs = [one > 0 for one in values if one != 0]
    return sum(one != other for one, other in pairwise(signs))


def counted(flows: list[float]) -> list[float]:
    """The flows that count: half a cent and less is nothing."""
    return [one if abs(one) > 0.005 else 0.0 for one in flows]


def the_rate(flows: list[float]) -> float:
    """The rate by the body of the language, without an opening value and with the first flow as one."""
    found = FUNCTIONS["IRR"].value_in_month(flows, 1)
    rows = np.reshape(flows[1:], (-1, 1, 1))
    opened = internal_rate(rows, len(rows), np.reshape(flows[:1], (1, 1, 1)))
    assert float(opened[0, 0, 0]) == pytest.approx(found, rel=1e-12, nan_ok=True)
    return found


@given(FLOWS)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_every_rate_is_found_and_none_besides(flows: list[float]) -> None:
    assert len(all_rates(counted(flows))) == number_of_rates(counted(flows))


@given(FLOWS)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_a_single_rate_is_the_one_that_is_found_and_where_there_is_none_nothing_is(flows: list[float]) -> None:
    kept, rates = counted(flows), all_rates(counted(flows))
    if number_of_rates(kept) == 1 and abs(math.fsum(kept)) > 1e-3 and _turns_to_gain(kept):
        assert the_rate(kept) == pytest.approx(rates[0], rel=1e-6, abs=1e-9)
    if number_of_rates(kept) == 0 and any(kept):
        assert math.isnan(the_rate(kept))


def _turns_to_gain(flows: list[float]) -> bool:
    """Say whether flows begin with a loss and end with a gain: then their worth changes its sign at a single root."""
    signs = [one > 0 for one in flows if one]
    return signs[0] < signs[-1]


@pytest.mark.parametrize("months", [1, 18, 58])
def test_waiting_changes_no_rate(months: int) -> None:
    assert the_rate([0.0] * months + [-100.0, 150.0]) == pytest.approx(0.5)
    waits_within = [-100.0, *[0.0] * months, -1.0, 50.0]
    assert the_rate(waits_within) == pytest.approx(all_rates(waits_within)[0])


def test_an_end_of_the_search_is_no_rate() -> None:
    for flows in ([1e-300, 5.0], [-1e-25, 1e25], [5.0, 5.0]):
        assert math.isnan(the_rate(flows))
    assert the_rate([-0.01, 1e9]) == pytest.approx(1e11)


@pytest.mark.parametrize("months", [12, 18])
def test_an_option_that_waits_has_no_rate_of_what_is_left_of_rounding(months: int) -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_own("deferral_months", "lora_hosted", months)
    results = calculate(plan)
    flows = results.row("increment_net", "lora_hosted").tolist()
    measured = results.measure("irr", "lora_hosted")
    assert measured.value is None or (number_of_rates(counted(flows)) == 1 and abs(measured.value) < 10)


@pytest.mark.parametrize("seed", range(3))
def test_every_rate_that_a_plan_shows_is_its_only_one(seed: int) -> None:
    plan = random_plan(seed).with_base("horizon_months", 16)
    results = calculate(plan)
    for option in results.options:
        at_decision = -results.number("initial_difference", option)
        flows = counted([at_decision, *results.row("month_end_flow", option).tolist()])
        measured = results.measure("irr", option)
        shown = measured.value
        if shown is not None:
            # Flows that recover once for all have one rate from 0 up; there may be another one below.
            others = [one for one in all_rates(flows) if (1 + one) ** 12 - 1 != pytest.approx(shown, rel=1e-6)]
            assert len(others) == number_of_rates(flows) - 1
            assert all(one < 0 < shown for one in others)
        elif measured.status == "none":
            assert number_of_rates(flows) == 0
