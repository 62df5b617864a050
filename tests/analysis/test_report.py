"""Reports: totals that add up, texts in place of numbers, and warnings."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ftroi.analysis.report import Report, calc_report, compare_report, number, warnings_of
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.termsheet import serial
from tests.support.plans import DN, FT, PE, fine_tuning, toy_plan


def calc(plan: Plan) -> Report:
    return calc_report(plan, calculate(plan))


def sample(**settings: str) -> Plan:
    return plan_from_preset(fine_tuning(), "support_assistant").with_settings(**settings)


def test_the_toy_plans_figures_are_those_of_the_measures_page() -> None:
    report = calc(toy_plan())
    assert report["measures"]["tco"] == pytest.approx(960_000)
    assert report["measures"]["npv"] == pytest.approx(184_651.947197)
    assert report["by_category"]["hidden.integration"] == pytest.approx(159_000)
    assert report["by_year"]["1"]["tco"] == pytest.approx(480_000)
    assert report["by_year"]["3"] == pytest.approx(
        {"tco": 240_000, "visible": 96_000, "hidden": 144_000, "value": 1_920_000}
    )


@pytest.mark.parametrize("option", [DN, PE, FT, "lora_self_hosted"])
def test_lines_categories_and_years_add_up_to_cost_and_value(option: str) -> None:
    report = calc(sample(option=option))
    measures, categories, years = report["measures"], report["by_category"], report["by_year"].values()
    cost = sum(amount for name, amount in categories.items() if not name.startswith("value."))
    assert cost == pytest.approx(measures["tco"])
    assert sum(categories.values()) - cost == pytest.approx(measures["value"])
    assert sum(report["by_line"].values()) == pytest.approx(sum(categories.values()))
    for key in ("tco", "visible", "hidden", "value"):
        assert sum(year[key] for year in years) == pytest.approx(measures[key])


def test_a_horizon_that_ends_within_a_year_ends_the_years_there() -> None:
    report = calc(sample().with_base("horizon_months", 30))
    assert list(report["by_year"]) == ["1", "2", "3"]
    assert report["horizon_months"] == 30
    assert sum(year["tco"] for year in report["by_year"].values()) == pytest.approx(report["measures"]["tco"])


def test_own_costs_are_among_the_lines() -> None:
    plan = toy_plan()
    report = calc(plan)
    assert report["by_line"]["own_hidden_integration"] == pytest.approx(159_000)


def test_a_measure_without_a_number_is_null_and_has_a_note() -> None:
    report = calc(sample(option=PE))
    assert report["measures"]["roi"] is None
    assert report["notes"]["roi"] == {"status": "no_difference", "text": "no difference"}
    assert set(report["notes"]) >= {name for name, value in report["measures"].items() if value is None}


def test_nan_never_appears() -> None:
    assert number(float("nan")) is None
    assert number(float("-inf")) is None
    assert number(0.0) == 0
    plan = sample()
    json.dumps([calc(plan), compare_report(plan, calculate(plan))], allow_nan=False)


def test_an_untuned_option_that_beats_the_reference_is_named() -> None:
    plan = sample()
    results = calculate(plan)
    better = {
        option
        for option in plan.settings.options
        if not plan.template.options[option].tuned and (results.measure("npv", option).value or 0) > 0
    }
    warnings = [warning for warning in warnings_of(plan, results) if "is not tuned and beats the baseline" in warning]
    assert better
    assert len(warnings) == len(better)
    for option in better:
        assert any(f"({option})" in warning for warning in warnings)


def test_no_warning_where_no_untuned_option_is_better() -> None:
    assert warnings_of(toy_plan(), calculate(toy_plan())) == []


def test_an_option_that_can_no_longer_be_started_is_named() -> None:
    plan = toy_plan()
    late = plan.with_own("available_until", FT, serial(date(2026, 12, 31)))
    (warning,) = [one for one in warnings_of(late, calculate(plan)) if "cannot be started" in one]
    assert warning.endswith("cannot be started after 2026-12-31")


def test_a_comparison_has_every_option_with_its_notes() -> None:
    plan = sample()
    report = compare_report(plan, calculate(plan))
    assert tuple(report["options"]) == plan.settings.options == tuple(report["notes"])
    assert report["options"][FT] == calc(plan)["measures"]
    assert report["notes"][FT] == calc(plan)["notes"]
