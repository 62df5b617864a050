"""What must hold for every plan, whatever its figures: hypotheses tried on random plans."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.engine import FloatArray, Results
from ftroi.plan import Plan, calculate, inputs_of, plan_from_preset, require_sound
from ftroi.plan.resolve import values_in_force
from ftroi.termsheet import Role, flat
from tests.support.depth import at_depth
from tests.support.plans import DN, fine_tuning
from tests.support.random_plans import random_plan

SEEDS = st.integers(0, 10**9)
TRIED = settings(max_examples=at_depth(8, 40))


def money_rows(plan: Plan) -> list[str]:
    """Name the rows of money by month."""
    kinds = (Role.COST, Role.VALUE, Role.OWN, Role.CATEGORY, Role.TOTAL)
    return [name for name, line in plan.template.lines.items() if line.role in kinds]


def close(left: FloatArray, right: FloatArray) -> bool:
    """Compare within rounding of the largest amount."""
    scale = max(1.0, float(np.max(np.abs(left), initial=0)), float(np.max(np.abs(right), initial=0)))
    return bool(np.all(np.abs(left - right) <= 1e-9 * scale))


def each(results: Results, name: str) -> list[FloatArray]:
    """A row of every option."""
    return [results.row(name, option) for option in results.options]


def with_all(plan: Plan, name: str, factor: float = 1.0, value: float | None = None) -> Plan:
    """A plan with one assumption changed for every option: multiplied, or set."""
    entry = plan.entries[name]

    def changed(figure: float) -> float:
        return figure * factor if value is None else value

    own = {option: changed(figure) for option, figure in entry.own.items()}
    entry = replace(entry, base=changed(entry.base), own=own)
    if entry.low is not None and entry.high is not None:
        entry = replace(entry, low=changed(entry.low), high=changed(entry.high))
    return plan.with_entry(name, entry)


def unserved(plan: Plan) -> Plan:
    """A plan in which nothing serves in place of an option until its go-live."""
    return with_all(plan.with_settings(incumbent=DN), "deferral_months", value=0)


@TRIED
@given(SEEDS)
def test_random_plans_are_sound(seed: int) -> None:
    require_sound(random_plan(seed))


@TRIED
@given(SEEDS)
def test_categories_add_up_to_the_total_in_every_month(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan, months=60)
    names = [flat(category) for category in plan.template.cost_categories]
    for option in results.options:
        parts = np.sum([results.row(name, option) for name in names], axis=0)
        costs = results.row("costs", option)
        assert close(parts, costs)
        assert close(results.row("visible_costs", option) + results.row("hidden_costs", option), costs)
        assert close(results.row("cash_costs", option) + results.row("economic_costs", option), costs)
        value = np.sum([results.row(f"value_{kind}", option) for kind in ("cash", "capacity", "review")], axis=0)
        assert close(value, results.row("benefits", option))


@TRIED
@given(SEEDS)
def test_what_review_costs_is_no_cost_of_the_ai(seed: int) -> None:
    plan = random_plan(seed)
    results, reviewed = calculate(plan), calculate(with_all(plan, "reviewed_share", value=1))
    for option in plan.settings.options:
        assert reviewed.number("tco", option) == pytest.approx(results.number("tco", option), rel=1e-12)
        gross, review, errors = (reviewed.number(name, option) for name in ("value_gross", "review_cost", "error_cost"))
        assert reviewed.number("value", option) == pytest.approx(gross - review - errors, rel=1e-9, abs=1e-6)


@TRIED
@given(SEEDS)
def test_every_money_row_is_zero_beyond_the_horizon(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan, months=60)
    for name in money_rows(plan):
        for row in each(results, name):
            assert not row[plan.horizon :].any(), name


@TRIED
@given(SEEDS)
def test_measures_do_not_depend_on_how_many_months_are_computed(seed: int) -> None:
    plan = random_plan(seed)
    short, long = calculate(plan), calculate(plan, months=60)
    for option in plan.settings.options:
        for name in plan.template.measures:
            left, right = short.measure(name, option), long.measure(name, option)
            assert left.status == right.status, name
            assert (left.value is None) == (right.value is None), name
            if right.value is not None:
                assert left.value == pytest.approx(right.value, rel=1e-9, abs=1e-6), name


@TRIED
@given(SEEDS, st.sampled_from([0.5, 2.0, 10.0]))
def test_all_prices_times_k_give_all_money_times_k(seed: int, k: float) -> None:
    plan = random_plan(seed)
    scaled = plan
    prices = [
        name
        for name, assumption in plan.template.assumptions.items()
        if assumption.table.unit.startswith("money") and assumption.table.kind != "constant"
    ]
    for name in prices:
        scaled = with_all(scaled, name, factor=k)
    # The load of a salary is a ratio of money: leave its three parts alone, they cancel.
    scaled = replace(scaled, own_costs=tuple(replace(one, amount=one.amount * k) for one in plan.own_costs))
    case = plan.settings.case
    if not all(close(values_in_force(plan, name, case) * k, values_in_force(scaled, name, case)) for name in prices):
        # A case moves no price beyond the ends of its range, so that not all prices are k times as high.
        plan, scaled = (one.with_settings(case="base") for one in (plan, scaled))
    before, after = calculate(plan), calculate(scaled)
    for name in money_rows(plan):
        for left, right in zip(each(before, name), each(after, name), strict=True):
            assert close(left * k, right), name


@TRIED
@given(SEEDS)
def test_a_longer_horizon_never_lowers_the_lifetime_cost(seed: int) -> None:
    plan = random_plan(seed)
    plan = replace(plan, own_costs=tuple(replace(one, amount=abs(one.amount)) for one in plan.own_costs))
    if plan.horizon == 60:
        return
    longer = calculate(plan.with_base("horizon_months", plan.horizon + 1))
    results = calculate(plan)
    for option in plan.settings.options:
        assert longer.number("tco", option) >= results.number("tco", option) - 1e-6


def test_a_rebase_in_the_last_month_is_paid() -> None:
    """Left out, a horizon one month longer would be cheaper: the plan whose step at 21 months once fell."""
    plan = plan_from_preset(fine_tuning(), "support_assistant", ["lora_hosted"]).with_base("cost_per_wrong_answer", 5)
    plan = with_all(with_all(plan, "retrain_months", value=600), "drift_rate", value=0.03)
    longer = (calculate(plan.with_base("horizon_months", months)) for months in range(13, 37))
    costs = [results.number("tco", "lora_hosted") for results in longer]
    assert costs == sorted(costs)


@TRIED
@given(SEEDS, st.sampled_from([1.5, 4.0]))
def test_more_drift_never_raises_value(seed: int, factor: float) -> None:
    plan = random_plan(seed)
    # Nothing in service: an option is also given the incumbent's value.
    plan = unserved(plan)
    drifting = with_all(plan, "drift_rate", factor=factor)
    before, after = calculate(plan), calculate(drifting)
    for option in plan.settings.options:
        value = before.number("value", option)
        assert after.number("value", option) <= value + abs(value) * 1e-12 + 1e-6


@TRIED
@given(SEEDS)
def test_a_cadence_beyond_the_horizon_means_no_planned_retraining(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(with_all(plan, "retrain_months", value=61))
    assert not any(row.any() for row in each(results, "refresh_flag"))


@TRIED
@given(SEEDS)
def test_no_retraining_beside_a_planned_move_and_none_outside_operation(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan, months=60)
    for option in plan.settings.options:
        operated = results.row("operate_flag", option)
        assert (results.row("refresh_flag", option) + results.row("planned_rebase", option) <= operated).all()
        assert (results.row("rebase_flag", option) <= operated).all()


@TRIED
@given(SEEDS)
def test_doing_nothing_costs_nothing_and_keeps_today_s_value(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(replace(plan, own_costs=()))
    assert not results.row("costs", DN).any()
    today = (
        results.row("value_of_requests", DN) * results.number("realised_share", DN) * results.row("today_quality", DN)
    )
    assert close(results.row("benefits", DN), today)


@TRIED
@given(SEEDS)
def test_present_value_is_at_most_the_nominal_one(seed: int) -> None:
    plan = random_plan(seed)
    plan = replace(plan, own_costs=())
    discounted, flat_rate = calculate(plan), calculate(plan.with_base("discount_rate", 0))
    for option in plan.settings.options:
        assert discounted.number("tco_pv", option) <= discounted.number("tco", option) + 1e-6
        assert flat_rate.number("tco_pv", option) == pytest.approx(flat_rate.number("tco", option), abs=1e-6)


@TRIED
@given(SEEDS)
def test_an_option_compared_with_itself_has_no_increments(seed: int) -> None:
    plan = random_plan(seed)
    reference = plan.settings.reference
    results = calculate(plan)
    for name in ("increment_value", "increment_cost", "increment_net", "taxable"):
        assert not results.row(name, reference).any()
    assert results.measure("npv", reference).value == 0
    assert results.measure("roi", reference).status == "no_difference"


@TRIED
@given(SEEDS)
def test_npv_is_the_difference_of_the_npvs_over_nothing(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan)
    reference = results.number("npv_over_nothing", plan.settings.reference)
    for option in plan.settings.options:
        expected = results.number("npv_over_nothing", option) - reference
        scale = abs(reference) + abs(expected) + 1
        assert results.number("npv", option) == pytest.approx(expected, abs=1e-9 * scale)


@TRIED
@given(SEEDS)
def test_value_and_the_stagnation_memo_are_the_undrifted_value(seed: int) -> None:
    plan = random_plan(seed)
    plan = unserved(plan)
    still = with_all(plan, "drift_rate", value=0)
    before, after = calculate(plan), calculate(still)
    for option in plan.settings.options:
        both = before.number("value", option) + before.number("stagnation_memo", option)
        assert both == pytest.approx(after.number("value", option), rel=1e-9, abs=1e-6)


@TRIED
@given(SEEDS)
def test_payback_exists_exactly_when_the_flows_add_up(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan)
    for option in plan.settings.options:
        payback = results.measure("payback_months", option)
        never = payback.status == "never"
        if payback.status != "no_difference":
            assert never == (results.row("increment_net", option).sum() < -0.005)


@TRIED
@given(SEEDS)
def test_the_shown_internal_rate_makes_the_flows_worth_nothing(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan)
    for option in plan.settings.options:
        rate = results.measure("irr", option).value
        if rate is None or rate < -0.9:
            continue  # so near to -100% a year the rate itself no longer holds the digits
        at_decision = -results.number("initial_difference", option)
        flows = np.array([at_decision, *results.row("month_end_flow", option)])
        months = np.arange(len(flows))
        present = flows * np.exp(-months * np.log1p(rate) / 12)
        assert abs(present.sum()) <= 1e-9 * np.abs(present).sum()


@TRIED
@given(SEEDS)
def test_capitalising_changes_no_cost_and_no_npv(seed: int) -> None:
    plan = random_plan(seed)
    off = calculate(plan.with_base("capitalise", 0).with_base("tax_on", 0))
    on = calculate(plan.with_base("capitalise", 1).with_base("tax_on", 1))
    for option in plan.settings.options:
        for name in ("tco", "tco_cash", "npv", "peak_funding"):
            assert on.number(name, option) == off.number(name, option)
        assert on.number("profit_charge", option) == pytest.approx(on.number("tco", option), rel=1e-9, abs=1e-6)


@TRIED
@given(SEEDS)
def test_owner_hours_used_are_paid_once(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan)
    for option in plan.settings.options:
        needed, funded = results.row("owner_hours_needed", option), results.row("owner_hours_funded", option)
        extra = needed * results.row("excess_hours_share", option)
        assert close(extra, np.maximum(0, needed - funded))


@pytest.mark.parametrize("preset", ["support_assistant", "clinical_summaries"])
def test_cases_are_in_order_against_doing_nothing(preset: str) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    found = {case: calculate(plan, case) for case in ("optimistic", "base", "pessimistic")}
    for option in plan.settings.options:
        best, middle, worst = (results.number("npv_over_nothing", option) for results in found.values())
        assert best >= middle >= worst


def test_scenarios_in_chunks_equal_scenarios_by_themselves() -> None:
    from ftroi.engine import evaluate

    plan = random_plan(7)
    inputs = inputs_of(plan)
    draws = np.linspace(0.5, 2.0, 4_100).reshape(1, 1, -1)
    price = inputs.values["requests_per_month"]
    many = evaluate(plan.template, replace(inputs, values={**inputs.values, "requests_per_month": price * draws}))
    for place in (0, 1_999, 2_000, 4_099):
        one = {**inputs.values, "requests_per_month": price * draws[:, :, place : place + 1]}
        single = evaluate(plan.template, replace(inputs, values=one))
        for option in plan.settings.options:
            for name in ("tco", "npv", "payback_so_far"):
                left, right = many.number(name, option, place), single.number(name, option)
                assert left == pytest.approx(right, rel=1e-12, abs=1e-6)


@TRIED
@given(SEEDS)
def test_an_option_that_waits_beyond_the_horizon_is_the_incumbent(seed: int) -> None:
    plan = random_plan(seed)
    plan = replace(plan, own_costs=()).with_base("in_use", 1)
    plan = replace(plan, entries={**plan.entries, "in_use": replace(plan.entries["in_use"], own={DN: 0.0})})
    plan = with_all(with_all(plan, "deferral_months", value=0), "residual_value", value=0)
    for option in plan.settings.options:
        if option != DN:
            plan = plan.with_own("deferral_months", option, plan.horizon)
    results, incumbent = calculate(plan), plan.settings.incumbent
    for option in plan.settings.options:
        if option != DN:
            scale = max(1.0, abs(results.number("tco", incumbent)), abs(results.number("value", incumbent)))
            gain = results.number("npv", option) - results.number("npv", incumbent)
            assert gain == pytest.approx(0, abs=1e-9 * scale)
