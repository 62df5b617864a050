"""What a measure depends on: shares of the variance by closed forms, tornado, grids by plans of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ftroi.analysis.sensitivity import grid_report, indices_report, parse_axes, tornado_report
from ftroi.analysis.tornado import swings
from ftroi.errors import PlanError
from ftroi.plan import Entry, Plan, calculate, plan_from_preset
from tests.support.plans import FT, blank_plan, fine_tuning


def still(plan: Plan) -> Plan:
    """A plan with nothing uncertain."""
    entries = {
        name: entry if entry.low is None else replace(entry, low=entry.base, high=entry.base)
        for name, entry in plan.entries.items()
    }
    return replace(plan, entries=entries)


def test_shares_of_a_linear_plan_are_those_of_its_variances() -> None:
    """A sum of independent figures: each explains its own variance, width squared over 12, and nothing is shared."""
    plan = still(blank_plan())
    for name, width in (("audit_per_year", 30_000), ("insurance_per_year", 10_000)):
        plan = plan.with_entry(name, Entry(50_000, 50_000 - width / 2, 50_000 + width / 2, "uniform"))
    report = indices_report(plan, "tco", 1_024, 1)
    assert [one["name"] for one in report["indices"]] == ["audit_per_year", "insurance_per_year"]
    assert [one["first"] for one in report["indices"]] == pytest.approx([0.9, 0.1], abs=0.01)
    assert [one["total"] for one in report["indices"]] == pytest.approx([0.9, 0.1], abs=0.01)
    assert report["explained_alone"] == pytest.approx(1, abs=0.01)
    assert report["points"] == 1_024 * 4


def test_the_indices_of_a_preset_agree_with_its_tornado_on_what_matters() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    by_variance = [one["name"] for one in indices_report(plan, "tco", 64, 1)["indices"][:4]]
    by_swing = [one["assumption"] for one in tornado_report(plan, "tco", 8)["tornado"]]
    assert set(by_variance) <= set(by_swing)


def test_a_tornado_bears_the_ends_the_base_and_the_swings() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(case="pessimistic")
    report = tornado_report(plan, "npv", 5)
    assert report["base"] == calculate(plan, "base").number("npv", plan.settings.option)
    for bar, swing in zip(report["tornado"], swings(plan, "npv", 5), strict=True):
        entry = plan.entries[swing.name]
        assert (bar["assumption"], bar["at_low"], bar["at_high"]) == (swing.name, swing.at_low, swing.at_high)
        assert (bar["low"], bar["base"], bar["high"]) == (entry.low, entry.base, entry.high)
        assert bar["swing"] == swing.size > 0


@pytest.mark.parametrize("case", ["base", "pessimistic"])
def test_every_cell_of_a_grid_is_a_plan_of_its_own(case: str) -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(case=case)
    axes = parse_axes(plan, "horizon_months=24,36", "rag.quality_level=60%,70%,80%")
    report = grid_report(plan.with_settings(option="rag"), "npv", axes)
    assert report["columns"] == {"assumption": "rag.quality_level", "values": [0.6, 0.7, 0.8]}
    for months, row in zip(report["rows"]["values"], report["figures"], strict=True):
        for level, figure in zip(report["columns"]["values"], row, strict=True):
            changed = plan.with_base("horizon_months", months).with_own("quality_level", "rag", level)
            assert figure == pytest.approx(calculate(changed).number("npv", "rag"), rel=1e-12)


def test_a_measure_without_a_number_is_none_in_a_grid() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    report = grid_report(plan, "payback_months", parse_axes(plan, "value_per_request=0.1,30", "ramp_months"))
    assert set(report["figures"][0]) == {None}
    assert None not in report["figures"][1]


def test_without_values_an_axis_goes_from_end_to_end() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    rows, columns = parse_axes(plan, "requests_per_month", "retrain_months")
    entry = plan.entries["requests_per_month"]
    assert [rows.values[0], rows.values[2], rows.values[-1]] == [entry.low, entry.base, entry.high]
    assert list(columns.values) == [3, 4, 6, 8, 9]
    own, _ = parse_axes(plan, f"{FT}.quality_level", "discount_rate")
    assert own.values[2] == plan.entries["quality_level"].own[FT]


def test_what_cannot_be_asked_is_told_at_once() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    with pytest.raises(PlanError) as caught:
        parse_axes(plan, "discount_rate=1,2,9", "quality_level=a")
    assert [one.what for one in caught.value.findings] == [
        "9 is outside the allowed range", "'a' is no list of numbers",
    ]  # fmt: skip
    with pytest.raises(PlanError, match="choose a power of two"):
        indices_report(plan, "npv", 100, 1)
    entry = replace(plan.entries["gpu_price_trend"], distribution="lognormal")
    with pytest.raises(PlanError, match="a lognormal's ends must be above 0"):
        indices_report(plan.with_entry("gpu_price_trend", entry), "npv", 64, 1)
    with pytest.raises(PlanError, match="nothing is uncertain"):
        indices_report(still(plan), "npv", 64, 1)
    with pytest.raises(PlanError, match=r"has no number in \d"):
        indices_report(plan, "discounted_payback_months", 16, 1)
