"""The toy plan of docs/measures.md: every figure of that page, typed in by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest

from ftroi.plan import OwnCost, Plan, calculate, require_sound
from tests.support.plans import DN, FT, PE, blank_plan, cost, flow_plan, toy_plan, with_figures

CENT = 0.5e-6
"""The page gives six decimals."""


def measured(plan: Plan, name: str, option: str = FT) -> float | None:
    """A measure's number."""
    return calculate(require_sound(plan)).measure(name, option).value


def status(plan: Plan, name: str, option: str = FT) -> tuple[str, str]:
    """The status and text of a measure that has no number."""
    found = calculate(require_sound(plan)).measure(name, option)
    assert found.value is None
    return found.status, found.text


@pytest.mark.parametrize(
    "name, option, expected",
    [
        ("tco", FT, 960_000),
        ("tco_pv", FT, 859_951.849231),
        ("visible", FT, 504_000),
        ("hidden", FT, 456_000),
        ("sprint_budget", FT, 240_000),
        ("build_cost", FT, 300_000),
        ("hidden_multiple", FT, 1.904762),
        ("lifetime_multiple", FT, 4),
        ("integration_to_ml", FT, 0.883333),
        ("unit_cost", FT, 331.069290),
        ("unit_cost_full", FT, 331.069290),
        ("value_share", PE, 0.802084),
        ("cost_share", PE, 0.175056),
        ("claim_hurdle", FT, 5.333333),
        ("benefit_to_cost", FT, 5.253071),
        ("claimed_break_even_value_share", PE, 0.847708),
        ("break_even_value_share", PE, 0.842960),
        ("npv", FT, 184_651.947197),
        ("npv_over_nothing", FT, 3_657_436.140751),
        ("npv_over_nothing", PE, 3_472_784.193554),
        ("roi", FT, 0.260289),
        ("irr", FT, 0.39406392),
        ("mirr", FT, 0.22677622),
        ("payback_months", FT, 23.916667),
        ("discounted_payback_months", FT, 26.117387),
        ("peak_funding", FT, -502_000),
        ("expected_npv", FT, 17_659.110580),
    ],
)
def test_every_headline_of_the_page(name: str, option: str, expected: float) -> None:
    assert measured(toy_plan(), name, option) == pytest.approx(expected, abs=CENT, rel=1e-12)


@pytest.mark.parametrize(
    "name, option, expected",
    [
        ("tco", FT, 972_000),
        ("tco_pv", FT, 871_762.983250),
        ("sprint_budget", FT, 240_000),
        ("build_cost", FT, 300_000),
        ("npv", FT, 382_329.848014),
        ("roi", FT, 0.511809),
        ("payback_months", FT, 15.5),
        ("discounted_payback_months", FT, 16.332551),
        ("peak_funding", FT, -300_000),
        ("npv_over_nothing", FT, 3_999_959.027311),
        ("npv_over_nothing", PE, 3_617_629.179297),
    ],
)
def test_every_headline_where_prompting_is_in_service(name: str, option: str, expected: float) -> None:
    assert measured(toy_plan(PE), name, option) == pytest.approx(expected, abs=CENT, rel=1e-12)


def test_until_go_live_the_incumbent_s_cost_is_borne_and_its_value_earned() -> None:
    results = calculate(toy_plan(PE))
    assert list(results.row("visible_incumbent", FT)[:4]) == [4_000, 4_000, 4_000, 0]
    assert list(results.row("costs", FT)[:4]) == [104_000, 104_000, 104_000, 20_000]
    assert list(results.row("benefits", FT)[:4]) == pytest.approx([120_000, 120_000, 120_000, 160_000])
    assert list(results.row("increment_net", FT)[:4]) == pytest.approx([-100_000, -100_000, -100_000, 24_000])


def test_the_incumbent_has_no_build_and_no_ramp_and_its_exit_is_paid_once_at_go_live() -> None:
    plan = with_figures(toy_plan(PE), build_fte_months=2, engineer_salary=120_000, exit_share=1, ramp_months=9)
    results = calculate(plan)
    salary = results.number("loaded_monthly_salary", PE)
    assert not results.row("build_labour", PE).any()
    assert list(results.row("benefits", PE)) == pytest.approx([120_000] * 36)
    assert results.row("hidden_exit", PE)[-1] == pytest.approx(2 * salary)
    exits = results.row("incumbent_exit", FT)
    assert exits[3] == pytest.approx(2 * salary)
    assert exits.sum() == exits[3]
    assert results.row("benefits", FT)[3] == pytest.approx(160_000)


def test_visible_and_hidden_by_build_and_run_add_to_the_lifetime_cost() -> None:
    results = calculate(toy_plan())
    build = results.row("build_flag", FT)
    parts = [
        float((results.row(row, FT) * share).sum())
        for row in ("visible_costs", "hidden_costs")
        for share in (build, 1 - build)
    ]
    assert parts == [240_000, 264_000, 60_000, 396_000]


def test_roi_against_doing_nothing_is_another_ratio() -> None:
    plan = toy_plan().with_settings(reference=DN)
    assert measured(plan, "roi") == pytest.approx(4.253071, abs=CENT)


def test_twelve_flows_of_100_under_three_conventions() -> None:
    plan = replace(blank_plan(12), own_costs=(cost(FT, "visible.licence", 1, 12, 100),))
    results = calculate(plan)
    found = [results.number(name, FT) for name in ("tco_pv", "tco_pv_year_end", "tco_pv_mid_year")]
    assert found == pytest.approx([1140.048783, 1090.909091, 1144.155107], abs=CENT)


def test_growth_counts_from_month_one() -> None:
    results = calculate(with_figures(blank_plan(), wage_growth=0.035))
    assert results.row("wage_index", FT)[24] == pytest.approx(1.071225, abs=CENT)


def test_real_flows_have_one_present_value_either_way() -> None:
    inflated = with_figures(blank_plan(), discount_rate=0.10)
    growth = replace(cost(FT, "visible.licence", 1, 36, 100 * 1.025 ** (1 / 12)), growth=0.025)
    nominal = measured(replace(inflated, own_costs=(growth,)), "tco_pv")
    real = with_figures(blank_plan(), discount_rate=1.10 / 1.025 - 1)
    flat = measured(replace(real, own_costs=(cost(FT, "visible.licence", 1, 36, 100),)), "tco_pv")
    assert (nominal, flat) == pytest.approx((3234.689751, 3234.689751), abs=CENT)


def test_value_in_the_sixth_month_of_a_ramp_of_nine() -> None:
    plan = with_figures(
        blank_plan(), requests_per_month=100_000, value_per_request=2, cash_share=0.3, realisation=0.5,
        ramp_months=9, quality_level=0.92, quality_ceiling=0.92,
    )  # fmt: skip
    assert calculate(plan).row("benefits", FT)[1 + 6 - 1] == pytest.approx(79_733.333333, abs=CENT)


def test_unit_cost_times_valid_answers_is_the_present_cost() -> None:
    results = calculate(toy_plan())
    unit_cost, valid = results.number("unit_cost", FT), results.number("valid_pv", FT)
    assert unit_cost / 1000 * valid == pytest.approx(results.number("tco_pv", FT))


def test_opportunity_cost_is_the_value_above_the_salary() -> None:
    plan = with_figures(
        blank_plan(), engineer_salary=169_000, hourly_compensation=1.35 * 50, hourly_wages=44, hourly_paid_leave=6,
        diverted_share=1, backfill_months=60, opportunity_multiple=1.5, build_fte_months=27,
    )  # fmt: skip
    assert calculate(plan).row("opportunity_costs", FT).sum() == pytest.approx(256_668.75)


class TestReturnsWithoutANumber:
    """The texts that stand where a number would mislead."""

    def test_an_option_against_itself(self) -> None:
        for name in ("roi", "irr", "mirr", "payback_months", "discounted_payback_months"):
            assert status(toy_plan(), name, PE) == ("no_difference", "no difference")

    def test_prompting_against_the_fine_tune_divides_no_two_negatives(self) -> None:
        plan = toy_plan().with_settings(reference=FT)
        assert status(plan, "roi", PE) == ("costs_less", "costs 709,412 less and loses 894,064 of value")

    def test_a_cheaper_option_that_gains(self) -> None:
        assert status(flow_plan([10, 20]), "roi") == ("costs_less", "costs 30 less and gains 0 of value")

    def test_nothing_served(self) -> None:
        assert status(toy_plan(), "unit_cost", DN) == ("no_valid_requests", "no valid requests")

    def test_no_visible_cost(self) -> None:
        assert status(toy_plan(), "hidden_multiple", DN) == ("no_visible_cost", "no visible cost")

    def test_a_candidate_without_value(self) -> None:
        plan = toy_plan().with_settings(candidate=DN)
        assert status(plan, "value_share", FT) == ("no_candidate_value", "no candidate value")

    def test_tax_that_is_off(self) -> None:
        assert status(toy_plan(), "npv_after_tax")[0] == "off"


class TestInternalRate:
    """One rate where one is proved; otherwise every root, or why there is none."""

    def test_two_rates_are_both_told(self) -> None:
        yearly = [0.0] * 25
        yearly[0], yearly[12], yearly[24] = -100_000, 230_000, -132_000
        assert status(flow_plan(yearly), "irr") == ("several", "several: 10.00%, 20.00%")

    def test_no_rate(self) -> None:
        assert status(flow_plan([-100, 150, -100]), "irr")[0] == "none"

    def test_flows_that_never_turn(self) -> None:
        assert status(flow_plan([-100, -50]), "irr")[0] == "none"

    def test_income_first_is_a_borrowing_pattern(self) -> None:
        assert status(flow_plan([100, -50, -60]), "irr")[0] == "borrowing_pattern"

    def test_a_negative_rate_is_shown(self) -> None:
        rate = measured(flow_plan([-70_000, 12_000, 15_000]), "irr")
        assert rate == pytest.approx((1 - 0.4435069413) ** 12 - 1, abs=1e-9)

    def test_one_turn_of_the_cumulative_flow_proves_the_positive_rate(self) -> None:
        rate = measured(flow_plan([-100, 30, -10, 200]), "irr")
        assert rate is not None
        monthly = (1 + rate) ** (1 / 12) - 1
        assert sum(f / (1 + monthly) ** t for t, f in enumerate([-100, 30, -10, 200])) == pytest.approx(0, abs=1e-9)


class TestPayback:
    """The last crossing counts, and its fraction of a month."""

    def test_a_later_deficit_takes_the_first_crossing_back(self) -> None:
        found = calculate(flow_plan([-100, 60, 60, -50, 20, 40])).measure("payback_months", FT)
        assert found.value == pytest.approx(5.25)
        assert (found.status, found.text) == (
            "earlier_crossing",
            "first crossing after 2.7 months, then a deficit again",
        )

    def test_never(self) -> None:
        assert status(flow_plan([-100, 50]), "payback_months") == ("never", "never within 2 months")

    def test_immediate(self) -> None:
        assert status(flow_plan([100, -50]), "payback_months") == ("immediate", "immediate")

    def test_a_sum_of_zero_still_pays_back(self) -> None:
        assert measured(flow_plan([-100, 40, 60]), "payback_months") == pytest.approx(3)

    def test_flows_that_cancel_are_no_absence_of_flows(self) -> None:
        plan = replace(flow_plan([-100.0]), own_costs=())
        assert status(plan, "payback_months")[0] == "no_difference"


class TestAbandonment:
    """Given up at the proof of concept: its own cost is lost, the incumbent serves on."""

    @pytest.mark.parametrize(
        "incumbent, gate, abandoned, expected, break_even",
        [
            (PE, 3, -314_652.936606, 103_536.734166, 0.548550),
            (PE, 0, -118_893.703779, 181_840.427297, 0.762793),
            (DN, 3, -653_765.316122, -150_714.958131, 0.220239),
            (DN, 0, -232_830.144345, 17_659.110580, None),
        ],
    )
    def test_given_up_after_three_months_or_at_the_default_of_one(
        self, incumbent: str, gate: int, abandoned: float, expected: float, break_even: float | None
    ) -> None:
        plan = toy_plan(incumbent, abandonment_month=gate)
        assert calculate(plan).number("npv_abandoned", FT) == pytest.approx(abandoned, abs=CENT)
        assert measured(plan, "expected_npv") == pytest.approx(expected, abs=CENT)
        if break_even is not None:
            assert measured(plan, "abandonment_break_even") == pytest.approx(break_even, abs=CENT)

    @pytest.mark.parametrize("incumbent", [DN, PE])
    def test_nothing_the_incumbent_and_the_reference_are_no_projects(self, incumbent: str) -> None:
        plan = toy_plan(incumbent)
        for option in (DN, PE):
            assert measured(plan, "expected_npv", option) == pytest.approx(measured(plan, "npv", option), rel=1e-12)
            assert measured(plan, "abandonment_break_even", option) is None

    def test_a_proof_of_concept_after_go_live_counts_at_go_live_and_is_told(self) -> None:
        found = calculate(toy_plan(PE, abandonment_month=9)).measure("expected_npv", FT)
        assert found.value == pytest.approx(103_536.734166, abs=CENT)
        assert found.text == "assumed: the proof of concept is set after go-live, and counts at go-live"


class TestDecidingAgain:
    """Going on or switching after a year, for 75,000 and a month that is lost."""

    again: ClassVar = {"review_month": 12, "switching_cost": 75_000, "switching_months": 1}

    def test_going_on_counts_later_flows_alone(self) -> None:
        assert measured(toy_plan(**self.again), "value_of_going_on") == pytest.approx(3_047_039.474385, abs=CENT)

    def test_switching_loses_a_month_and_pays_for_exit_and_set_up(self) -> None:
        assert measured(toy_plan(**self.again), "value_of_switching") == pytest.approx(2_335_200.862006, abs=CENT)

    def test_stopping_costs_what_stopping_costs(self) -> None:
        by_hand = -20_000 / 1.1 ** (1 / 12)
        assert measured(toy_plan(**self.again), "value_of_stopping") == pytest.approx(by_hand)


class TestStagnationAndCadence:
    """Drift of half a point a month on 160,000 of value."""

    drifting: ClassVar = {"quality_level": 1, "quality_ceiling": 1, "value_per_request": 1.6, "drift_rate": 0.005}

    def test_never_retrained(self) -> None:
        assert measured(toy_plan(**self.drifting), "stagnation_memo") == pytest.approx(422_400)

    def test_retrained_every_eleven_months(self) -> None:
        plan = toy_plan(**self.drifting, retrains=1, retrain_months=11)
        assert measured(plan, "stagnation_memo") == pytest.approx(132_000)
        assert calculate(plan).row("refresh_flag", FT).sum() == 2

    def test_the_sum_of_retraining_and_drift_is_lowest_at_eleven(self) -> None:
        def lost(months: int) -> float:
            results = calculate(toy_plan(**self.drifting, retrains=1, retrain_months=months))
            return 45_000 * float(results.row("refresh_flag", FT).sum()) + results.number("stagnation_memo", FT)

        sums = {months: lost(months) for months in range(6, 34)}
        assert (sums[10], sums[11], sums[12]) == pytest.approx((245_400, 222_000, 224_400))
        assert min(sums, key=lambda months: sums[months]) == 11


class TestTax:
    """Capitalising changes when, never how much."""

    on: ClassVar = {"tax_on": 1, "tax_rate": 0.25, "after_tax_discount_rate": 0.10}

    def test_expensed(self) -> None:
        assert measured(toy_plan(**self.on), "npv_after_tax") == pytest.approx(138_488.960397, abs=CENT)

    def test_amortised(self) -> None:
        plan = toy_plan(**self.on, capitalise=1, capitalisable_share=1, tax_life_months=36, book_life_months=36)
        results = calculate(plan)
        assert results.number("npv_after_tax", FT) == pytest.approx(132_306.732000, abs=CENT)
        assert results.row("book_amortisation", FT).sum() == pytest.approx(165_000)
        assert results.row("book_written_off", FT).sum() == pytest.approx(15_000)
        assert results.number("profit_charge", FT) == pytest.approx(960_000)

    def test_the_switch_leaves_cost_and_npv_alone(self) -> None:
        plain, switched = calculate(toy_plan()), calculate(toy_plan(**self.on, capitalise=1))
        for name in ("tco", "npv", "payback_months", "tco_cash"):
            assert switched.number(name, FT) == plain.number(name, FT)

    @pytest.mark.parametrize("carried, expected", [(0, [-50_000, 37_500, 75_000]), (1, [0, 0, 62_500])])
    def test_losses_absorbed_or_carried(self, carried: int, expected: list[float]) -> None:
        flows = [-200_000 / 12] * 12 + [150_000 / 12] * 12 + [300_000 / 12] * 12
        plan = with_figures(flow_plan(flows), **self.on, losses_carried=carried)
        taxes = calculate(plan).row("tax", FT).reshape(3, 12).sum(axis=1)
        assert list(taxes) == pytest.approx(expected, abs=1e-6)


def test_an_own_cost_grows_by_the_year_from_its_first_month() -> None:
    line = OwnCost("legal opinion", FT, "hidden.compliance", "cash", 3, 15, 1_000, 0.12)
    row = calculate(replace(blank_plan(), own_costs=(line,))).row("hidden_compliance", FT)
    assert (row[1], row[2], row[14], row[15]) == pytest.approx((0, 1_000, 1_120, 0))
