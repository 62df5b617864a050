"""Break-even: the answer put back in, closed forms, and none, one or several crossings told apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ftroi.analysis.break_even import BreakEven, BreakEvenQuery, break_even, break_even_report
from ftroi.analysis.sweep import OptionMeasure, Target, evaluate_points, target_named
from ftroi.errors import PlanError
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.termsheet import load_template
from tests.support.depth import seeds
from tests.support.plans import FT, PE, fine_tuning, flow_plan, toy_plan, with_figures
from tests.support.random_plans import random_plan
from tests.support.small_template import small_template


def measured(plan: Plan, name: str, option: str) -> float:
    """A measure that has a number."""
    value = calculate(plan).measure(name, option).value
    assert value is not None
    return value


def found_in(plan: Plan, name: str, measure: str = "npv", threshold: float | str | None = None) -> BreakEven:
    return break_even(plan, BreakEvenQuery(target_named(plan, name), measure, threshold))


def test_abandonment_breaks_even_at_the_probability_of_the_closed_form() -> None:
    """By hand, from docs/measures.md, given up at g = 3: p* = npv / (npv - npv_abandoned)."""
    found = found_in(toy_plan(abandonment_month=3), "abandonment_rate", "expected_npv")
    assert [one.value for one in found.crossings] == [pytest.approx(0.220239, abs=5e-7)]
    assert not found.crossings[0].rises


def test_prompting_stops_winning_at_the_share_of_value_of_the_closed_form() -> None:
    """By hand, from docs/measures.md: s* = 1 - (1 - c)C/B is 0.847708 at the claimed cost, 0.842960 as modelled."""
    plan = toy_plan()
    claimed = found_in(plan, "claimed_value_share", "claim_hurdle", "benefit_to_cost")
    assert [one.value for one in claimed.crossings] == [pytest.approx(0.847708, abs=5e-7)]
    modelled = found_in(plan, f"{PE}.quality_level")
    (crossing,) = modelled.crossings
    assert not crossing.rises
    at = modelled.asked.target.applied(plan, crossing.value)
    assert measured(at, "value_share", PE) == pytest.approx(0.842960, abs=5e-7)


NAMES = ("requests_per_month", "value_per_request", "engineer_salary", "{option}.quality_level", "discount_rate")


@pytest.mark.parametrize("measure", ["npv", "npv_over_nothing", "roi", "expected_npv"])
@pytest.mark.parametrize("name", NAMES)
def test_put_back_in_the_measure_is_at_its_threshold(name: str, measure: str) -> None:
    for preset in fine_tuning().presets:
        plan = plan_from_preset(fine_tuning(), preset)
        option = plan.settings.option
        found = found_in(plan, name.format(option=option), measure)
        scale = max(1.0, abs(measured(plan, "tco_pv", option))) if measure != "roi" else 1.0
        for one in found.crossings:
            assert not one.is_jump
            at = calculate(found.asked.target.applied(plan, one.value))
            assert at.measure(measure, option).value == pytest.approx(0.0, abs=1e-9 * scale)


@pytest.mark.parametrize("seed", seeds(4, 12))
def test_every_crossing_of_a_random_plan_has_both_signs_beside_it(seed: int) -> None:
    plan = random_plan(seed, "support_assistant")
    for name in ("value_per_request", "drift_rate", "retrain_months", "ramp_months"):
        found = found_in(plan, name, "npv_over_nothing")
        for one in found.crossings:
            step = 1.0 if fine_tuning().assumptions[name].table.whole else 1e-6 * max(1.0, abs(one.value))
            ends = np.clip([one.value - step, one.value + (0.0 if one.is_jump else step)], *found.searched)
            below, above = evaluate_points(
                plan,
                [OptionMeasure("npv_over_nothing", plan.settings.option)],
                [found.asked.target],
                ends.reshape(-1, 1),
            )[0]
            assert (below < 0 <= above) if one.rises else (below > 0 >= above)


@pytest.mark.parametrize("rates", [(0.10, 0.20), (0.1234, 0.1236), (0.02, 4.9)])
def test_several_crossings_are_all_found_however_near_they_are(rates: tuple[float, float]) -> None:
    """Flows of -1, (2 + i + j), -(1 + i)(1 + j) a year have an NPV of 0 at i and at j."""
    flows, (first, second) = [0.0] * 36, rates
    flows[11], flows[23], flows[35] = -1e6, 1e6 * (2 + first + second), -1e6 * (1 + first) * (1 + second)
    found = found_in(flow_plan(flows), "discount_rate")
    assert [one.value for one in found.crossings] == [pytest.approx(first), pytest.approx(second)]
    assert [one.rises for one in found.crossings] == [True, False]
    assert found.status == "several"
    assert break_even_report(flow_plan(flows), found)["value"] is None


def test_none_says_on_which_side_the_measure_stays() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(option="lora_self_hosted")
    assert (found_in(plan, "price_per_label").status, found_in(plan, "price_per_label").side) == ("none", "below")
    assert found_in(plan, "price_per_label", "npv", -1e12).side == "above"
    assert found_in(plan, "termination_cost").side == "no_difference"
    assert found_in(plan.with_settings(option=PE), "requests_per_month").side == "no_difference"
    assert found_in(plan.with_settings(option=PE), "requests_per_month", "payback_months").side == "no_number"


def test_whole_numbers_and_events_jump() -> None:
    plan = toy_plan()
    found = found_in(plan, "horizon_months")
    (crossing,) = found.crossings
    assert (crossing.is_jump, crossing.rises, crossing.value) == (True, True, round(crossing.value))
    at, before = (measured(with_figures(plan, horizon_months=crossing.value - back), "npv", FT) for back in (0, 1))
    assert before < 0 < at


def test_a_cost_breaks_even_where_the_reference_s_own_is_met() -> None:
    """By hand: FT costs 100,000 x 3 + 20,000 x 33 = 960,000, PE 30,000 + 4,000 x 35 = 170,000 and its own archive."""
    found = break_even(toy_plan(), BreakEvenQuery(Target("archive_cost", PE), "tco"))
    assert [one.value for one in found.crossings] == [pytest.approx(790_000)]
    assert not found.crossings[0].rises


def test_the_plan_s_case_is_the_one_that_breaks_even() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(case="pessimistic")
    found = found_in(plan, "value_per_request", "npv_over_nothing")
    base = found_in(plan.with_settings(case="base"), "value_per_request", "npv_over_nothing")
    assert found.crossings[0].value > base.crossings[0].value
    at = found.asked.target.applied(plan, found.crossings[0].value)
    assert measured(at, "npv_over_nothing", plan.settings.option) == pytest.approx(0, abs=1e-3)


def test_the_stretch_may_be_named() -> None:
    plan = toy_plan(abandonment_month=3)
    target = Target("abandonment_rate")
    assert break_even(plan, BreakEvenQuery(target, "expected_npv", None, 0.3, 0.9)).side == "below"
    assert break_even(plan, BreakEvenQuery(target, "expected_npv", None, 0.0, 0.1)).side == "above"


def test_a_value_that_cannot_be_computed_has_no_number(tmp_path: Path) -> None:
    template = load_template(small_template(tmp_path))
    plan = plan_from_preset(template, "plain")
    found = break_even(plan, BreakEvenQuery(Target("divisor"), "tco", 0.0))
    assert found.crossings
    assert found.status == "several"


def test_what_cannot_be_asked_is_told_with_its_cure() -> None:
    plan = toy_plan()
    for text, words in (
        ("discount_rat", "did you mean 'discount_rate'"), ("months_per_year", "true by definition"),
        ("rags.quality_level", "no option 'rags'"), (f"{PE}.discount_rate", "one value for the whole plan"),
    ):  # fmt: skip
        with pytest.raises(PlanError, match=words):
            target_named(plan, text)
    with pytest.raises(PlanError) as caught:
        break_even(plan, BreakEvenQuery(Target("discount_rate"), "nvp", "tcoo", -3.0, -5.0))
    assert len(caught.value.findings) == 4


def test_a_crossing_beside_a_region_of_never_is_found() -> None:
    """A longer payback than the horizon is none at all: the last months before it lie in a narrow stretch."""
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(option="rag")
    found = found_in(plan, "value_per_request", "payback_months", 35.5)
    (crossing,) = found.crossings
    assert measured(found.asked.target.applied(plan, crossing.value), "payback_months", "rag") == pytest.approx(35.5)
    assert (
        calculate(found.asked.target.applied(plan, crossing.value * 0.99)).measure("payback_months", "rag").value
        is None
    )


@pytest.mark.parametrize("requests", [0.7, 30.0, 300.0])
def test_a_crossing_far_below_the_scale_of_what_is_searched_is_found(requests: float) -> None:
    """At no requests at all there is no cost of one: the first number lies between the first two even steps."""
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    target = target_named(plan, "requests_per_month")
    threshold = measured(target.applied(plan, requests), "unit_cost", plan.settings.option)
    found = break_even(plan, BreakEvenQuery(target, "unit_cost", threshold, 0.0, 50_000.0))
    assert [one.value for one in found.crossings] == [pytest.approx(requests, rel=1e-6)]
    assert found.tried > 100
    assert break_even_report(plan, found)["searched"] == {"from": 0.0, "to": 50_000.0, "values": found.tried}


GRID = 601


@pytest.mark.parametrize(
    "name,measure,threshold",
    [
        ("value_per_request", "payback_months", 34.5),
        ("value_per_request", "npv", None),
        ("requests_per_month", "npv", None),
        ("quality_level", "npv", None),
        ("ramp_months", "payback_months", 21.0),
    ],
)
def test_every_change_of_sign_on_a_fine_grid_is_found_and_no_other(
    name: str, measure: str, threshold: float | None
) -> None:
    """By brute force, from the least that is allowed to three times today's figure."""
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(option="rag")
    found = found_in(plan, name, measure, threshold)
    low, high = found.searched
    points = np.linspace(low, min(high, 3 * found.today), GRID)
    (figures,) = evaluate_points(plan, [OptionMeasure(measure, "rag")], [found.asked.target], points.reshape(-1, 1))
    gaps = figures - (threshold or 0.0)
    changes = [(points[at], points[at + 1]) for at in range(GRID - 1) if gaps[at] * gaps[at + 1] < 0]
    beside = [one.value for one in found.crossings if one.value <= points[-1]]
    assert len(beside) == len(changes) == 1
    assert all(start <= value <= end for value, (start, end) in zip(beside, changes, strict=True))
