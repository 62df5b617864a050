"""The nearest break-even, a reason of the verdict, on the toy plan of docs/measures.md."""

from __future__ import annotations

import pytest

from ftroi.analysis.turning_points import TURNING_POINTS, distance, known_turning_points, nearest_turning_point
from ftroi.plan import Plan, calculate
from tests.support.plans import FT, PE, fine_tuning, toy_plan


def nearest(plan: Plan) -> str:
    return nearest_turning_point(plan, calculate(plan, "base"))


def test_of_the_toy_it_is_the_lead_in_quality() -> None:
    """Beside shares of value of 80.2% and 84.3%, a lead of 23.0%, of which 19.2% would do."""
    results = calculate(toy_plan(), "base")
    lead, least = (results.number(name, FT) for name in ("quality_lead", "break_even_lead"))
    assert lead - least < results.number("break_even_value_share", PE) - results.number("value_share", PE)
    assert nearest(toy_plan()) == "Nearest break-even: quality lead over the reference at 19.2%, today 23.0%."


def test_abandonment_is_named_where_it_is_nearest() -> None:
    told = nearest(toy_plan(abandonment_rate=0.22))
    assert told == "Nearest break-even: probability of abandonment at 22.0%, today 22.0%."


def test_an_option_against_itself_has_none() -> None:
    assert nearest(toy_plan().with_settings(candidate=FT, reference=FT)) == ""


def test_a_figure_that_moves_nothing_is_passed_over() -> None:
    """Where a valid answer is worth nothing, no lead in quality pays, and the formula gives today's."""
    plan = toy_plan(value_per_request=0)
    results = calculate(plan, "base")
    assert results.number("quality_lead", FT) == results.number("break_even_lead", FT)
    assert "quality lead" not in nearest(plan)


@pytest.mark.parametrize(
    "today, then, far",
    [
        (0.4, 0.2, 0.2),
        (-0.1, 0.1, 0.2),
        (0.0, 0.3, 0.3),
        (0.3, 0.3, None),
        ("no figure", 0.2, None),
        (0.2, "none", None),
    ],
)
def test_the_distance_is_in_points(today: float | str, then: float | str, far: float | None) -> None:
    assert distance(today, then) == pytest.approx(far)


def test_the_template_has_all_figures() -> None:
    assert known_turning_points(fine_tuning()) == list(TURNING_POINTS)
