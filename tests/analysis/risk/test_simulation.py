"""Simulation of whole plans: closed forms, exact expectations, the same draws for every option, refusals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ftroi.analysis.risk.events import with_event
from ftroi.analysis.risk.simulation import Setup, simulate, uncertain
from ftroi.analysis.risk.statistics import odds, percentile, probability, summary, within_base
from ftroi.errors import PlanError
from ftroi.plan import Entry, Plan, calculate, plan_from_preset
from ftroi.risk import workers
from tests.support.plans import FT, PE, blank_plan, cost, fine_tuning, toy_plan

SMALL = Setup(1_024)
EVENT_NPV = with_event("npv", "abandonment")


def still(plan: Plan) -> Plan:
    """A plan with nothing uncertain: every figure's ends are drawn together."""
    entries = {
        name: entry if entry.low is None else replace(entry, low=entry.base, high=entry.base)
        for name, entry in plan.entries.items()
    }
    return replace(plan, entries=entries)


def linear_plan() -> Plan:
    """A plan whose cost is linear in the two figures that are uncertain."""
    plan = still(blank_plan())
    for name in ("audit_per_year", "insurance_per_year"):
        plan = plan.with_entry(name, Entry(20_000, 10_000, 60_000, "pert"))
    return plan


def test_abandonment_by_chance_is_the_closed_form() -> None:
    plan = still(toy_plan())
    assert uncertain(plan) == ()
    made = simulate(plan, [FT], ["npv"], Setup(65_536))
    assert made.draws("npv", FT) == pytest.approx(184_651.947197)
    assert made.base_value(EVENT_NPV, FT) == pytest.approx(calculate(plan).measure("expected_npv", FT).value)
    stopped = made.draws(EVENT_NPV, FT) < 0
    assert stopped.mean() == pytest.approx(0.4, abs=1e-3)
    assert made.draws(EVENT_NPV, FT).mean() == pytest.approx(made.base_value(EVENT_NPV, FT), rel=5e-3)


def test_the_mean_is_the_exact_expectation_where_the_plan_is_linear() -> None:
    plan = linear_plan()
    assert set(uncertain(plan)) == {"audit_per_year", "insurance_per_year"}
    mean = (10_000 + 4 * 20_000 + 60_000) / 6
    exact = calculate(plan.with_base("audit_per_year", mean).with_base("insurance_per_year", mean))
    found = summary(simulate(plan, [FT], ["tco"], Setup(32_768)), "tco", FT)
    assert exact.measure("tco", FT).value != pytest.approx(found["base"], rel=1e-2)
    assert found["mean"] == pytest.approx(exact.measure("tco", FT).value, rel=1e-5)
    assert abs(found["mean"] - (exact.measure("tco", FT).value or 0)) < 5 * found["standard_error"]
    assert found["at_or_below_base"] < 0.5


def test_figures_are_the_engine_s_in_each_draw_and_do_not_depend_on_the_other_options() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    every = simulate(plan, plan.settings.options, ["npv", "tco"], SMALL)
    alone = simulate(plan, [FT], ["npv", "tco"], SMALL)
    exact = 1e-12 * alone.draws("tco", FT).max()  # sums may be taken in another order
    assert every.draws("npv", FT) == pytest.approx(alone.draws("npv", FT), rel=1e-12, abs=exact)
    assert not every.draws("npv", PE).any()
    assert every.draws("tco", FT).std() > 0
    for option in plan.settings.options:
        assert every.base_value("tco", option) == calculate(plan, "base").measure("tco", option).value


def test_a_seed_gives_the_same_figures_and_another_gives_others() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    first, again, other = (simulate(plan, [FT], ["tco"], Setup(64, seed)) for seed in (5, 5, 6))
    assert np.array_equal(first.draws("tco", FT), again.draws("tco", FT))
    assert not np.array_equal(first.draws("tco", FT), other.draws("tco", FT))


@pytest.mark.parametrize(
    "method, mean, error, p80",
    [
        ("sobol", 145829.96300878876, 7.708290804615235, 183174.2053078079),
        ("lhs", 145837.86773566995, 30.691318311247244, 182559.9552220516),
        ("plain", 145862.04255639305, 897.270011922919, 183209.67983767777),
    ],
)
def test_figures_are_known_so_that_another_machine_or_python_that_gives_others_is_seen(
    method: str, mean: float, error: float, p80: float
) -> None:
    found = summary(simulate(linear_plan(), [FT], ["tco"], Setup(4_096, 7, method)), "tco", FT)
    assert found["mean"] == pytest.approx(mean, rel=1e-12)
    assert found["standard_error"] == pytest.approx(error, rel=1e-9)
    assert found["percentiles"]["p80"] == pytest.approx(p80, rel=1e-12)


def test_errors_of_percentiles_and_odds_tell_how_far_another_seed_is_off() -> None:
    """Of 24 seeds, most lie within two of their errors of the mean of all; plain draws have the binomial error."""
    plan, made = linear_plan(), []
    for seed in range(24):
        simulation = simulate(plan, [FT], ["tco"], Setup(512, seed, "plain"))
        told = summary(simulation, "tco", FT)
        share, error = within_base(simulation, FT)
        made.append((told["percentiles"]["p50"], told["percentile_errors"]["p50"], share, error))
    p50, of_p50, shares, of_shares = (np.array(one, dtype=float) for one in zip(*made, strict=True))
    assert np.median(of_p50) == pytest.approx(p50.std(ddof=1), rel=0.4)
    assert (np.abs(p50 - p50.mean()) < 2 * of_p50).mean() > 0.75
    binomial = float(np.sqrt(shares.mean() * (1 - shares.mean()) / 512))
    assert np.median(of_shares) == pytest.approx(binomial, rel=0.25)


def test_an_option_against_itself_is_exactly_0_in_every_draw() -> None:
    """The same draws for every option: whichever is the reference has no increment at all."""
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    for option in plan.settings.options:
        made = simulate(plan.with_settings(reference=option), [option], ["npv"], Setup(64))
        assert not made.draws("npv", option).any()


def test_rows_add_up_to_the_measures() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    made = simulate(plan, [FT], ["tco", "visible_costs", "hidden_costs"], Setup(64))
    both = made.draws("visible_costs", FT) + made.draws("hidden_costs", FT)
    assert both == pytest.approx(made.draws("tco", FT))


def test_odds_and_percentiles_fit_together() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    made = simulate(plan, [FT], ["npv_over_nothing", "npv", "tco_cash"], SMALL)
    middle = percentile(made, "tco_cash", 0.5, FT) or 0.0
    assert odds(made, FT, middle)["within_budget"] == pytest.approx(0.5, abs=1e-3)
    assert probability(made, "tco_cash", middle, FT) == pytest.approx(0.5, abs=1e-3)
    found = odds(made, FT, None)
    assert found["within_budget"] is None
    assert (found["npv_below_zero"] or 0) + (found["beats_reference"] or 0) == 1
    assert (found["npv_expected_shortfall"] or 0) < (percentile(made, "npv", 0.05, FT) or 0)
    with pytest.raises(PlanError, match="no percentile at 5"):
        percentile(made, "npv", 5, FT)


def test_draws_without_a_number_are_told_and_left_out() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    made = simulate(plan, ["lora_self_hosted", PE], ["discounted_payback_months"], SMALL)
    assert summary(made, "discounted_payback_months", PE)["without_number"] == 1
    assert summary(made, "discounted_payback_months", PE)["mean"] is None
    assert 0.5 < summary(made, "discounted_payback_months", "lora_self_hosted")["without_number"] <= 1


def test_what_stands_against_simulating_is_all_told_at_once() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_base("contingency_rate", 0.2)
    entry = replace(plan.entries["gpu_price_trend"], distribution="lognormal")
    with pytest.raises(PlanError) as caught:
        simulate(plan.with_entry("gpu_price_trend", entry), [FT], ["npv"], Setup(4, -1, "dice"))
    assert [one.where for one in caught.value.findings] == [
        "--draws", "--seed", "--method", "gpu_price_trend", "hidden.contingency",
    ]  # fmt: skip
    own = replace(toy_plan(), own_costs=(cost(FT, "hidden.contingency", 1, 3, 5),))
    with pytest.raises(PlanError, match=f"in the cost of {FT}:"):
        simulate(own, [FT], ["npv"], SMALL)


@pytest.mark.parametrize(
    "asked, of_each, replicates",
    [(8, 1, 8), (9, 1, 9), (16, 2, 8), (1_000, 128, 8), (8_192, 1_024, 8), (100_000, 8_192, 13), (10**6, 131_072, 8)],
)
def test_replicates_are_powers_of_two_with_little_to_spare(asked: int, of_each: int, replicates: int) -> None:
    setup = Setup(asked)
    assert (setup.of_each, setup.replicates) == (of_each, replicates)
    assert asked <= setup.count <= asked * 9 / 8


def test_processors_change_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    made = []
    for number in (1, 3):
        monkeypatch.setattr(workers, "processors", lambda number=number: number)
        made.append(simulate(plan, [FT], ["npv", "tco"], Setup(20_000)))
    for name in made[0].kept:
        assert np.array_equal(made[0].kept[name], made[1].kept[name])


def test_draws_are_rounded_up_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    made = simulate(toy_plan(), [FT], ["npv"], Setup(10_000), lambda done, total: told.append((done, total)))
    assert made.count == 10_240
    assert told == [(done, 10_240) for done in (3_072, 6_144, 9_216, 10_240)]
