"""What is paid on the day of the decision: it stands in month 1, is not discounted, and counts in every return."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ftroi.analysis.explain import explain
from ftroi.analysis.present_value import npv_by_category
from ftroi.plan import OwnCost, Plan, calculate, require_sound
from tests.support.plans import DN, FT, PE, blank_plan, cost, flow_plan, toy_plan, with_figures

INITIAL = "visible.initial"


def begun(plan: Plan, amount: float, option: str = FT) -> Plan:
    """The plan with a flow of ``amount`` at time 0; a payment is negative."""
    return require_sound(replace(plan, own_costs=(*plan.own_costs, cost(option, INITIAL, 0, 0, -amount))))


def test_an_outlay_is_not_discounted_and_stands_in_month_1() -> None:
    results = calculate(begun(flow_plan([0.0] * 11 + [110.0], 1.1 ** (1 / 12) - 1), -80))
    assert results.row("costs", FT).tolist() == [80, *[0] * 10, -110]
    assert results.number("tco", FT) == pytest.approx(-30)
    assert results.number("sprint_budget", FT) == pytest.approx(80)
    assert results.number("tco_pv", FT) == pytest.approx(80 - 100, rel=1e-12)
    for measure in ("npv", "npv_over_nothing"):
        assert results.number(measure, FT) == pytest.approx(100 - 80, rel=1e-12)


def test_nor_is_it_by_the_yearly_conventions() -> None:
    results = calculate(begun(flow_plan([0.0] * 11 + [110.0], 1.1 ** (1 / 12) - 1), -80))
    assert results.number("tco_pv_year_end", FT) == pytest.approx(80 - 110 / 1.1, rel=1e-12)
    assert results.number("tco_pv_mid_year", FT) == pytest.approx(80 - 110 / 1.1**0.5, rel=1e-12)


def test_rates_of_return_count_from_the_day_of_the_decision() -> None:
    results = calculate(begun(with_figures(flow_plan([0.0] * 23 + [144.0]), discount_rate=0.1), -100))
    assert results.measure("irr", FT).value == pytest.approx(0.2, rel=1e-9)
    assert results.measure("mirr", FT).value == pytest.approx(0.2, rel=1e-9)
    saved = calculate(begun(with_figures(flow_plan([0.0] * 11 + [-50.0] + [0.0] * 12), discount_rate=0.1), 100))
    assert saved.measure("irr", FT).status == "borrowing_pattern"
    # 121 by the end of two years, for 50 / 1.1 at the decision.
    assert saved.measure("mirr", FT).value == pytest.approx((121 / (50 / 1.1)) ** 0.5 - 1, rel=1e-9)


def test_several_rates_are_found_with_the_outlay_as_the_first_flow() -> None:
    plan = begun(flow_plan([0.0] * 11 + [230.0] + [0.0] * 11 + [-132.0]), -100)
    assert calculate(plan).measure("irr", FT).text == "several: 10.00%, 20.00%"


@pytest.mark.parametrize(
    "outlay, flows, months",
    [(-100, [200, 0], 0.5), (-100, [60, 60], 1 + 40 / 60), (-100, [60, 50, -20, 40], 3 + 10 / 40)],
)
def test_payback_counts_from_the_day_of_the_decision(outlay: float, flows: list[float], months: float) -> None:
    results = calculate(begun(flow_plan(flows), outlay))
    for measure in ("payback_months", "discounted_payback_months"):
        assert results.measure(measure, FT).value == pytest.approx(months)
    assert results.number("peak_funding", FT) == pytest.approx(-100)


def test_a_saving_at_the_decision_pays_back_at_once() -> None:
    results = calculate(begun(flow_plan([-20.0, 10.0]), 100))
    assert results.measure("payback_months", FT).status == "immediate"
    assert results.measure("discounted_payback_months", FT).status == "immediate"
    assert results.number("peak_funding", FT) == 0


def test_the_toy_plan_with_an_outlay_of_its_own() -> None:
    before, after = calculate(toy_plan()), calculate(begun(toy_plan(), -50_000))
    assert after.number("npv", FT) == pytest.approx(184_651.947197 - 50_000, abs=1e-4)
    assert after.number("tco_pv", FT) == pytest.approx(859_951.849231 + 50_000, abs=1e-4)
    assert after.number("npv_abandoned", FT) == pytest.approx(before.number("npv_abandoned", FT) - 50_000, abs=1e-6)
    assert after.number("npv", PE) == before.number("npv", PE)


def test_what_the_reference_pays_at_the_decision_is_paid_later_where_it_begins_later() -> None:
    before, after = calculate(toy_plan()), calculate(begun(toy_plan(), -50_000, PE))
    month = before.number("gate_month", FT)
    gain = 50_000 - 50_000 * 1.1 ** (-month / 12)
    assert after.number("npv", FT) == pytest.approx(before.number("npv", FT) + 50_000, abs=1e-6)
    assert after.number("npv_abandoned", FT) == pytest.approx(before.number("npv_abandoned", FT) + gain, abs=1e-6)


def test_the_category_at_present_value_is_not_discounted_either() -> None:
    plan = begun(toy_plan(), -50_000)
    results = calculate(plan)
    moves = npv_by_category(plan, results)
    assert moves[INITIAL] == pytest.approx(-50_000)
    assert sum(moves.values()) == pytest.approx(results.number("npv", FT))


def test_the_outlay_of_an_option_is_paid_at_the_decision_and_that_of_the_incumbent_is_sunk() -> None:
    plan = with_figures(blank_plan(24), initial_outlay=1_000)
    results = calculate(plan.with_settings(incumbent=PE, reference=DN))
    assert (results.number("npv", FT), results.number("npv", PE), results.number("npv", DN)) == (-1_000, 0, 0)
    later = calculate(plan.with_own("deferral_months", FT, 6).with_settings(reference=DN))
    assert later.row("initial_outlay_paid", FT).tolist() == [0] * 6 + [1_000] + [0] * 17
    assert later.number("npv", FT) == pytest.approx(-1_000 * 1.1 ** (-7 / 12))


def test_tax_is_saved_on_an_outlay_that_is_not_discounted() -> None:
    plan = with_figures(blank_plan(12), tax_on=1, tax_rate=0.25, after_tax_discount_rate=0.1).with_settings(
        reference=DN
    )
    results = calculate(begun(plan, -1_000))
    assert results.number("npv_after_tax", FT) == pytest.approx(-1_000 + 250 * 1.1 ** (-1 / 12))


@pytest.mark.parametrize(
    "cost_line, told",
    [
        (OwnCost("a", FT, "visible.licence", "cash", 0, 0, 5.0), "choose the category visible.initial, or month 1"),
        (OwnCost("a", FT, INITIAL, "cash", 1, 12, 5.0), "write month 0 twice, or choose another category"),
        (OwnCost("a", FT, INITIAL, "economic", 0, 0, 5.0), "write cash"),
    ],
)
def test_month_0_and_its_category_go_together(cost_line: OwnCost, told: str) -> None:
    with pytest.raises(Exception, match=told):
        require_sound(replace(toy_plan(), own_costs=(cost_line,)))


def test_an_explanation_says_when_it_is_paid() -> None:
    plan = begun(toy_plan(), -50_000).with_settings(option=FT)
    (told,) = explain(plan, calculate(plan), "own_visible_initial", 1).ingredients
    assert told.basis == "entered in the plan, on the day of the decision"
