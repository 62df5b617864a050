"""An explanation's numbers, computed by hand, give its result."""

from __future__ import annotations

import math

import pytest

from ftroi.analysis.explain import Explanation, explain
from ftroi.errors import PlanError
from ftroi.language import evaluate, parse
from ftroi.plan import Plan, calculate, plan_from_preset
from tests.support.plans import FT, PE, cost, fine_tuning, toy_plan

MONTHS = (None, 1, 2, 7, 36)


def told(plan: Plan, name: str, month: int | None = None) -> Explanation:
    return explain(plan, calculate(plan), name, month)


def sample(**settings: str) -> Plan:
    return plan_from_preset(fine_tuning(), "clinical_summaries").with_settings(**settings)


@pytest.mark.parametrize("month", MONTHS)
def test_the_numbers_in_place_give_the_result_for_every_line_and_measure(month: int | None) -> None:
    plan = sample()
    results = calculate(plan)
    for name in fine_tuning().lines:
        one = explain(plan, results, name, month)
        if one.value is None or one.kind == "own":
            continue
        by_hand = evaluate(parse(one.numbers), lambda _name, _via: math.nan)
        assert by_hand == pytest.approx(one.value, rel=1e-6, abs=1e-6), (name, one.numbers)


@pytest.mark.parametrize("case", ["optimistic", "base", "pessimistic"])
def test_the_numbers_in_place_give_the_value_in_force_of_every_assumption(case: str) -> None:
    plan = sample(case=case, option="rag")
    results = calculate(plan)
    for name in fine_tuning().assumptions:
        one = explain(plan, results, name)
        by_hand = evaluate(parse(one.numbers), lambda _name, _via: math.nan)
        assert by_hand == pytest.approx(one.value, rel=1e-9, abs=1e-12), (name, one.numbers)


def test_a_lines_formula_stands_as_its_author_wrote_it() -> None:
    one = told(sample(), "month", 5)
    assert (one.formula, one.numbers, one.value) == ("PREV(month) + 1", "4 + 1", 5)


def test_the_first_month_with_an_amount_is_shown_unless_one_is_asked_for() -> None:
    plan = toy_plan()
    assert told(plan, "own_visible_serving").month == 4
    assert told(plan, "own_visible_serving", 2).value == 0
    assert told(plan, "tco").month is None


def test_a_measure_without_a_number_shows_the_condition_that_held() -> None:
    one = told(toy_plan().with_settings(option=PE), "roi")
    assert (one.value, one.status, one.text) == (None, "no_difference", "no difference")
    assert one.formula == "total_difference < zero_tolerance"
    assert one.numbers == "0 < 0.005"


def test_a_category_is_explained_by_its_name_with_a_dot() -> None:
    one = told(toy_plan(), "hidden.integration")
    assert one.name == "hidden_integration"
    assert one.total == pytest.approx(159_000)


def test_own_costs_are_listed() -> None:
    one = told(toy_plan(), "own_hidden_integration", 2)
    assert one.value == 20_000
    assert [ingredient.value for ingredient in one.ingredients] == [20_000, 0]
    assert one.ingredients[0].label == cost(FT, "hidden.integration", 1, 3, 20_000).label


def test_a_total_has_the_unit_of_money() -> None:
    ingredient, *_ = told(toy_plan(), "tco").ingredients
    assert (ingredient.via, ingredient.name, ingredient.unit) == ("TOTAL", "costs", "money")


def test_assumptions_say_where_they_come_from() -> None:
    name = "rework_rate"
    line = next(line.name for line in fine_tuning().lines.values() if (name, "") in line.needs)

    def basis(plan: Plan) -> str:
        return next(one.basis for one in told(plan, line).ingredients if one.name == name)

    assert fine_tuning().sources[fine_tuning().assumptions[name].table.source].title in basis(sample())
    assert basis(sample().with_base(name, 0.123)) == "entered in this plan"


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(PlanError, match="did you mean 'data_labelling'"):
        told(sample(), "data_labeling")


@pytest.mark.parametrize("month", [0, -1, 49])
def test_a_month_outside_the_horizon_is_refused(month: int) -> None:
    with pytest.raises(PlanError, match="choose from 1 to 48"):
        told(sample(), "costs", month)


def test_a_total_is_told_with_its_categories_over_the_life() -> None:
    plan = sample()
    of_life = told(plan, "tco")
    parts = [one for one in of_life.ingredients if one.name != "costs"]
    assert len(parts) > 5
    assert {one.via for one in parts} == {"TOTAL"}
    assert sum(one.value or 0 for one in parts) == pytest.approx(of_life.value)


def test_a_label_names_what_it_labels() -> None:
    plan = sample()
    assert told(plan, "total cost of ownership (TCO)").name == "tco"
    assert told(plan, "Data labelling").name == "data_labelling"
    assert told(plan, "Requests in a month, at the start").name == "requests_per_month"
    with pytest.raises(PlanError, match="no line, measure or assumption has this name"):
        told(plan, "Data labeling of something")
