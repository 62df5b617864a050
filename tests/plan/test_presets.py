"""What a plan has of the ready-made one that it came from, and what stands in place of what."""

from __future__ import annotations

from ftroi.plan import apply_changes, plan_from_preset
from ftroi.plan.presets import is_overridden, is_replaced, left_as_it_came
from tests.support.plans import fine_tuning


def test_answers_at_the_scale_of_another_are_told_until_they_are_given_too() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    assert list(left_as_it_came(plan)) == []
    anew = apply_changes(plan, ("people=40", "value_per_request=2"))
    told = list(left_as_it_came(anew))
    assert len(told) == 3
    assert "Cost of a wrong answer (cost_per_wrong_answer) is still that of the ready-made plan" in told[1]
    assert "value_per_request, people were answered anew" in told[1]
    of_option = apply_changes(anew, ("cost_per_wrong_answer=0.5", "rag.reviewed_share=1%"))
    assert ["cash_share" in one for one in left_as_it_came(of_option)] == [True]


def test_a_plan_in_another_currency_has_left_its_prices_as_they_came() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    assert list(left_as_it_came(apply_changes(plan, ("currency=EUR:0.9:2027-01-04",)))) == []


def test_people_stand_in_place_of_the_value_of_a_request() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    worth = plan.template.assumptions["value_per_request"]
    assert not is_replaced(plan, worth)
    assert is_replaced(apply_changes(plan, ("people=40",)), worth)
    assert not is_overridden(plan, "value_per_request")
