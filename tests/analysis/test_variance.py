"""Tracking: the worked figures of docs/measures.md, and effects that add up to the variance over random data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.analysis.variance import Drivers, Effects, explain_variance, reforecast
from ftroi.errors import PlanError

PLANNED, ACTUAL = Drivers(500_000, 1.2, 0.002), Drivers(560_000, 1.35, 0.0018)


def test_the_worked_variance() -> None:
    effects = explain_variance(PLANNED, ACTUAL)
    assert effects.volume == pytest.approx(144)
    assert effects.usage == pytest.approx(168)
    assert effects.price == pytest.approx(-151.2)
    assert effects.total == pytest.approx(160.8)


def test_a_rate_that_moved_stands_apart_from_the_price() -> None:
    effects = explain_variance(Drivers(100, 1, 2, 1.10), Drivers(100, 1, 2, 1.25))
    assert effects.currency == pytest.approx(30)
    assert effects.total == effects.currency


def test_a_late_start_is_phasing_alone() -> None:
    effects = explain_variance(120.0, 80.0, 80.0)
    assert effects == Effects(phasing=-40)
    effects = explain_variance(PLANNED, ACTUAL, Drivers(250_000, 1.2, 0.002))
    assert effects.phasing == pytest.approx(-600)
    assert effects.total == pytest.approx(ACTUAL.amount - PLANNED.amount)


def test_what_has_no_quantity_is_unexplained() -> None:
    assert explain_variance(100.0, ACTUAL) == Effects(unexplained=ACTUAL.amount - 100)
    assert explain_variance(PLANNED, 1_300.0).unexplained == pytest.approx(100)


positive = st.floats(0, 1e6)
drivers = st.builds(Drivers, positive, positive, positive, st.floats(0.01, 100))


@given(planned=st.one_of(drivers, positive), actual=st.one_of(drivers, positive), phased=st.none() | drivers | positive)
def test_effects_add_up_to_the_variance(
    planned: Drivers | float, actual: Drivers | float, phased: Drivers | float | None
) -> None:
    def amount(of: Drivers | float) -> float:
        return of.amount if isinstance(of, Drivers) else of

    effects = explain_variance(planned, actual, phased)
    largest = max(amount(one) for one in (planned, actual, phased or 0.0))
    scale = max([1.0, largest, *(abs(getattr(effects, name)) for name in Effects.__dataclass_fields__)])
    assert effects.total == pytest.approx(amount(actual) - amount(planned), abs=1e-9 * scale)


def test_the_worked_forecast() -> None:
    forecast = reforecast([44_000] * 12, [40_000] * 24)
    assert (forecast.to_date, forecast.to_come) == (528_000, 480_000)
    assert forecast.at_completion == 1_008_000
    assert forecast.variance == forecast.to_date - forecast.planned_to_date == 48_000


def test_a_forecast_takes_the_later_months_of_the_plan_as_it_stands_today() -> None:
    forecast = reforecast([110], [100, 100, 100], [999, 90, 80])
    assert forecast.at_completion == 280
    assert (forecast.to_date - forecast.planned_to_date, forecast.variance) == (10, -20)


def test_more_months_than_planned_are_refused() -> None:
    with pytest.raises(PlanError, match="3 months are billed, and the plan has 2"):
        reforecast([1, 1, 1], [1, 1])
