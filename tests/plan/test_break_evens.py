"""The nearest break-even, a reason of the verdict, on the toy plan of docs/measures.md."""

from __future__ import annotations

import pytest

from ftroi.plan import Plan, calculate
from ftroi.plan.break_evens import BREAK_EVENS, distance, known_break_evens, nearest_break_even
from tests.plans import DN, FT, PE, fine_tuning, toy_plan


def nearest(plan: Plan) -> str:
    return nearest_break_even(plan, calculate(plan, "base"))


def test_of_the_toy_it_is_the_value_of_prompting() -> None:
    """Told with both figures."""
    results = calculate(toy_plan(), "base")
    today, then = (results.number(name, PE) for name in ("value_share", "break_even_value_share"))
    assert nearest(toy_plan()) == f"Nearest break-even: reference's value share at {then:.1%}, today {today:.1%}."


def test_abandonment_is_named_where_it_is_nearest() -> None:
    told = nearest(toy_plan(abandonment_rate=0.22))
    assert told == "Nearest break-even: probability of abandonment at 22.0%, today 22.0%."


def test_an_option_against_itself_has_none() -> None:
    assert nearest(toy_plan().with_settings(candidate=FT, reference=FT)) == ""


def test_beside_doing_nothing_figures_that_move_nothing_are_passed_over() -> None:
    told = nearest(toy_plan().with_settings(reference=DN))
    assert "today 0.0%" not in told


@pytest.mark.parametrize(
    "today, then, far",
    [
        (0.4, 0.2, 1 / 3),
        (-0.1, 0.1, 1.0),
        (0.0, 0.3, 1.0),
        (0.3, 0.3, None),
        ("no figure", 0.2, None),
        (0.2, "none", None),
    ],
)
def test_the_distance_is_a_share_of_both_figures(today: float | str, then: float | str, far: float | None) -> None:
    assert distance(today, then) == pytest.approx(far)


def test_the_template_has_all_figures() -> None:
    assert known_break_evens(fine_tuning()) == list(BREAK_EVENS)
