"""The winner map names the option that the plan itself finds best at each pair of values."""

from __future__ import annotations

from ftroi.analysis.scenarios import scenario_of
from ftroi.analysis.sensitivity import parse_axes
from ftroi.analysis.winners import find_winners, usual_axes, winners_report
from ftroi.plan import calculate
from tests.support.edited import small_plan


def test_each_field_is_the_best_option_of_the_plan_with_those_values() -> None:
    plan = small_plan()
    axes = parse_axes(plan, "requests_per_month=50000,500000,2000000", "discount_rate=5%,10%")
    found = find_winners(plan, axes)
    assert len(found.options) == 3
    assert {one for row in found.options for one in row} > {found.options[0][0]}  # more requests, another winner
    for requests, row in zip(found.rows.values, found.options, strict=True):
        for rate, best in zip(found.columns.values, row, strict=True):
            tried = plan.with_base("requests_per_month", requests).with_base("discount_rate", rate)
            assert best == scenario_of("", tried, calculate(tried)).best


def test_without_a_choice_the_axes_are_the_two_that_matter_most() -> None:
    axes = usual_axes(small_plan())
    assert axes is not None
    assert len({axis.target.name for axis in axes}) == 2
    report = winners_report(small_plan(), axes)
    assert [len(row) for row in report["winners"]] == [len(axes[1].values)] * len(axes[0].values)


def test_nothing_uncertain_has_no_usual_axes() -> None:
    plan = small_plan()
    for name, entry in plan.entries.items():
        if entry.low is not None:
            plan = plan.with_entry(name, type(entry)(entry.base, own=entry.own))
    assert usual_axes(plan) is None
