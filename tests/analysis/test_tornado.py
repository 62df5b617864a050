"""How far each assumption alone moves a measure: all at once gives what one at a time gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ftroi.analysis.tornado import swings
from ftroi.plan import Plan, calculate, plan_from_preset
from tests.support.plans import fine_tuning


def alone(plan: Plan, name: str, end: float) -> float:
    """Compute the NPV of the option shown with one assumption at one end, by a plan of its own."""
    entry, option = plan.entries[name], plan.settings.option
    strength = replace(plan.entries["case_strength"], base=1.0)
    case = "optimistic" if (end == entry.low) == (plan.template.assumptions[name].table.favourable == "low") else None
    fixed = {
        other: replace(one, low=one.base, high=one.base)
        for other, one in plan.entries.items()
        if one.low is not None and other != name
    }
    moved = replace(plan, entries={**plan.entries, **fixed, "case_strength": strength})
    return calculate(moved, case or "pessimistic").number("npv", option)


@pytest.mark.parametrize("preset", ["support_assistant", "clinical_summaries"])
def test_the_largest_swings_are_those_of_one_plan_for_each_end(preset: str) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    found = swings(plan, "npv", 6)
    assert len(found) == 6
    assert [one.size for one in found] == sorted((one.size for one in found), reverse=True)
    for one in found:
        entry = plan.entries[one.name]
        assert entry.low is not None
        assert entry.high is not None
        assert one.at_low == pytest.approx(alone(plan, one.name, entry.low), rel=1e-9)
        assert one.at_high == pytest.approx(alone(plan, one.name, entry.high), rel=1e-9)


def test_an_options_own_value_travels_with_the_ends() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    first = next(one for one in swings(plan, "npv", 20) if plan.settings.option in plan.entries[one.name].own)
    same = plan.with_entry(first.name, replace(plan.entries[first.name], own={}))
    without = {one.name: one.at_low for one in swings(same, "npv", 99)}
    assert first.at_low != without[first.name]


def test_nothing_uncertain_moves_nothing() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    known = {
        name: one if one.low is None else replace(one, low=one.base, high=one.base)
        for name, one in plan.entries.items()
    }
    assert swings(replace(plan, entries=known), "npv", 5) == ()
