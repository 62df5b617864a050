"""The nearest break-even, a reason of the verdict, on the toy plan of docs/measures.md."""

from __future__ import annotations

from dataclasses import replace

from ftroi.analysis import give_verdict
from ftroi.analysis.turning_points import known_turning_points
from ftroi.plan import Plan, calculate
from tests.support.plans import FT, PE, fine_tuning, toy_plan


def nearest(plan: Plan) -> str:
    return give_verdict(plan, calculate(plan, "base"), (), ()).by_name["break_even"]


def test_of_the_toy_it_is_the_lead_in_quality() -> None:
    """Beside shares of value of 80.2% and 84.3%, a lead of 23.0%, of which 19.2% would do."""
    results = calculate(toy_plan(), "base")
    lead, least = (results.number(name, FT) for name in ("quality_lead", "break_even_lead"))
    assert lead - least < results.number("break_even_value_share", PE) - results.number("value_share", PE)
    assert nearest(toy_plan()) == "Pays only if 19.2 points better than prompt engineering; the plan says 23.0."


def test_abandonment_is_named_where_it_is_nearest() -> None:
    told = nearest(toy_plan(abandonment_rate=0.22, poc_share=1))
    assert told == "Pays only while the chance of abandonment is below 22.0%; the plan says 22.0%."


def test_an_option_against_itself_has_none() -> None:
    assert nearest(toy_plan().with_settings(candidate=FT, reference=FT)) == ""


def test_a_figure_that_moves_nothing_is_passed_over() -> None:
    """Where a valid answer is worth nothing, no lead in quality pays, and the formula gives today's."""
    plan = toy_plan(value_per_request=0)
    results = calculate(plan, "base")
    assert results.number("quality_lead", FT) == results.number("break_even_lead", FT)
    assert "points better" not in nearest(plan)


def test_a_template_without_a_verdict_has_none() -> None:
    assert known_turning_points(replace(fine_tuning(), verdict=None)) == []
