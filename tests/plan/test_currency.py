"""A plan in another currency is the same plan, with every amount of money times the rate."""

from __future__ import annotations

import pytest

from ftroi.plan import calculate, check_plan, plan_from_preset
from ftroi.plan.currency import in_currency, money_scale
from tests.support.plans import fine_tuning

RATE = 0.9137


@pytest.mark.parametrize("preset", ["support_assistant", "clinical_summaries"])
def test_money_is_multiplied_and_nothing_else_changes(preset: str) -> None:
    own, euros = fine_tuning(), in_currency(fine_tuning(), "EUR", RATE)
    dollars, converted = plan_from_preset(own, preset), plan_from_preset(euros, preset)
    assert list(check_plan(converted)) == []
    assert converted.settings.currency == "EUR"
    before, after = calculate(dollars), calculate(converted)
    for option in dollars.settings.options:
        for name, measured in before.measures(option).items():
            scale = RATE if own.lines[name].unit.startswith("money") else 1
            other = after.measure(name, option)
            assert other.status == measured.status
            if measured.value is not None:
                assert other.value == pytest.approx(measured.value * scale, rel=1e-7, abs=1e-3), name


def test_ends_of_ranges_stay_ends_of_ranges() -> None:
    """A base at the end of its range must not fall out of it by a rounding."""
    table = in_currency(fine_tuning(), "EUR", 0.1).assumptions["value_per_request"].table
    assert table.range is not None
    for figure in (table.base, *table.range):
        assert figure == float(f"{figure:.15g}")


def test_the_scale_follows_the_power_of_money() -> None:
    assert money_scale(fine_tuning().assumptions["value_per_request"], 2.0) == 2
    assert money_scale(fine_tuning().assumptions["rework_rate"], 2.0) == 1


def test_the_template_itself_is_left_as_it_is() -> None:
    before = fine_tuning().assumptions["value_per_request"].table.base
    in_currency(fine_tuning(), "JPY", 150)
    assert fine_tuning().assumptions["value_per_request"].table.base == before
