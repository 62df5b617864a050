"""Low and high travel with the base: by share or by distance, within what is allowed, and exactly back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.plan import Entry, plan_from_preset
from ftroi.plan.ranges import travelled_end
from ftroi.plan.resolve import toward
from ftroi.termsheet import value_of
from tests.support.plans import fine_tuning


def ends(name: str, base: float) -> tuple[float, float]:
    """Low and high of one of the template's assumptions for another base."""
    table = fine_tuning().assumptions[name].table
    at, low, high = stated(name)
    return travelled_end(table, "low", base, at, low), travelled_end(table, "high", base, at, high)


def stated(name: str) -> tuple[float, float, float]:
    """Base, low and high of one of the template's assumptions."""
    table = fine_tuning().assumptions[name].table
    assert table.low is not None
    assert table.high is not None
    return value_of(table.base), value_of(table.low), value_of(table.high)


def test_by_share_four_times_the_base_has_four_times_the_ends() -> None:
    base, low, high = stated("requests_per_month")
    assert ends("requests_per_month", 4 * base) == pytest.approx((4 * low, 4 * high), rel=1e-12)


def test_by_distance_the_ends_move_as_far_as_the_base() -> None:
    # wages grow by 3.5% a year, 2.5% to 5%
    assert ends("wage_growth", 0.055) == pytest.approx((0.045, 0.07))


def test_ends_stay_within_what_is_allowed_and_around_the_base() -> None:
    least, most = fine_tuning().assumptions["wage_growth"].table.range or (0.0, 0.0)
    assert ends("wage_growth", most) == pytest.approx((most - 0.01, most))
    assert ends("wage_growth", least)[0] == least


@given(base=st.floats(min_value=0, max_value=1))
def test_every_base_lies_within_its_travelled_ends(base: float) -> None:
    low, high = ends("wage_growth", base)
    assert low <= base <= high


def test_a_case_does_not_move_a_base_beyond_its_typed_end_the_wrong_way() -> None:
    entry = Entry(2_000_000, low=200_000, high=800_000, distribution="pert")
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_entry("requests_per_month", entry)
    assert entry.ends == pytest.approx((200_000, 2_000_000))
    assert {toward(plan, "requests_per_month", case) for case in ("optimistic", "pessimistic")} == {200_000, 2_000_000}
