"""Scenarios give what the plan gives when it is computed so."""

from __future__ import annotations

from ftroi.analysis.scenarios import compare_scenarios
from ftroi.plan import NamedScenario, calculate
from tests.support.edited import small_plan


def test_cases_and_named_changes_are_what_the_plan_gives() -> None:
    plan = small_plan()
    slow = plan.with_base("requests_per_month", 100_000)
    own = NamedScenario("Slow", "requests_per_month=100k")
    found = {one.name: one for one in compare_scenarios(plan.with_settings(case="optimistic"), [own])}
    assert list(found) == ["optimistic", "base", "pessimistic", "Slow"]
    option = plan.settings.candidate
    for case in ("optimistic", "base", "pessimistic"):
        assert found[case].results.number("tco", option) == calculate(plan, case).number("tco", option)
    assert found["Slow"].results.number("npv", option) == calculate(slow).number("npv", option)
    assert found["optimistic"].results.number("npv", option) > found["pessimistic"].results.number("npv", option)


def test_the_best_option_has_the_highest_net_present_value() -> None:
    plan = small_plan()
    for one in compare_scenarios(plan):
        npv = {option: one.results.number("npv", option) for option in plan.settings.options}
        assert one.best == max(npv, key=lambda option: npv[option])
