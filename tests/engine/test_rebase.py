"""Moves to a newer base model: planned ones bring its progress, forced ones restore the service and cost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.plan import Plan, calculate, plan_from_preset
from tests.support.depth import at_depth
from tests.support.plans import FT, blank_plan, fine_tuning, with_figures
from tests.support.random_plans import random_plan

PRESETS = sorted(fine_tuning().presets)
GROWTH = ("wage_growth", "inflation", "gpu_price_trend", "token_price_trend")
LONGER = st.tuples(st.integers(4, 40), st.integers(1, 40))
"""A lifetime in months, and how much longer another one is."""


def moving(**figures: float) -> Plan:
    """Built in month 1, moved every twelve months; a base of 0.6 that may reach 0.8, half of the gap in a year."""
    level = {"quality_level": 0.6, "quality_ceiling": 0.8, "upgrade_half_life": 12, "rebase_lift_share": 0.5}
    return with_figures(blank_plan(36), **level, **{"rebase_months": 12, "rides_upgrades": 0, **figures})


@pytest.mark.parametrize("rides, share", [(1, 1.0), (0, 0.5)])
def test_progress_arrives_with_a_planned_move(rides: int, share: float) -> None:
    level = calculate(moving(rides_upgrades=rides)).row("level", FT)
    # Month 14 is the first of the second year of operation, month 26 that of the third.
    first, second = (0.6 + 0.2 * share * (1 - 0.5 ** (month / 12)) for month in (14, 26))
    assert level == pytest.approx([0.6] * 13 + [first] * 12 + [second] * 11)
    assert first == pytest.approx(0.710910 if rides else 0.655455, abs=1e-6)


def test_a_retirement_in_between_forces_a_move_that_brings_no_progress_and_cures_no_drift() -> None:
    planned, forced = (calculate(moving(base_lifetime=life, drift_rate=0.002)) for life in (600, 8))
    assert [month for month, one in enumerate(planned.row("rebase_flag", FT), 1) if one] == [14, 26]
    assert [month for month, one in enumerate(forced.row("rebase_flag", FT), 1) if one] == [8, 14, 22, 26, 34]
    for line in ("level", "valid_share"):
        assert (planned.row(line, FT) == forced.row(line, FT)).all()


def with_life(plan: Plan, months: float) -> Plan:
    for option in plan.settings.options:
        plan = plan.with_own("base_lifetime", option, months)
    return plan


@settings(max_examples=at_depth(6, 40), deadline=None)
@given(st.sampled_from(PRESETS), LONGER)
def test_a_longer_life_of_the_base_never_lowers_what_an_option_is_worth(preset: str, months: tuple[int, int]) -> None:
    never_worse(plan_from_preset(fine_tuning(), preset), *months)


@settings(max_examples=at_depth(6, 40), deadline=None)
@given(st.integers(0, 10**9), LONGER)
def test_nor_in_a_random_plan_whose_prices_grow_less_than_money_costs(seed: int, months: tuple[int, int]) -> None:
    plan = with_figures(random_plan(seed), **dict.fromkeys(GROWTH, 0.0))
    never_worse(plan, *months)


def never_worse(plan: Plan, life: int, more: int) -> None:
    before, after = (calculate(with_life(plan, months)) for months in (life, life + more))
    for option in plan.settings.options:
        lost = before.number("npv_over_nothing", option) - after.number("npv_over_nothing", option)
        assert lost <= 1e-9 * abs(before.number("npv_over_nothing", option)) + 1e-6, option
