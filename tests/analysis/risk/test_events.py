"""Events by chance: the month that is drawn, exact expectations by month, each alone and all of them, plain figures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pytest

from ftroi.analysis.risk.events import gains_with_events, months_of, with_event
from ftroi.analysis.risk.simulation import Setup, Simulation, simulate, uncertain
from ftroi.analysis.risk.statistics import odds, odds_errors, simulated_names
from ftroi.analysis.sweep import OptionMeasure, Target, evaluate_points
from ftroi.engine import FloatArray
from ftroi.plan import Plan, plan_from_preset
from ftroi.risk import METHODS, Sampler, scores
from tests.support.plans import FT, PE, fine_tuning

MANY = Setup(32_768)
EVENTS = ("abandonment", "withdrawal", "leap")
NAMES = ("npv", *gains_with_events(fine_tuning()))
WITHDRAWAL, LEAP = Target("withdrawal_event_month", FT), Target("leap_month")


def still_plan(withdrawal: float = 0.3, leap: float = 0.25) -> Plan:
    """A plan in which nothing is uncertain but its events; the vendor of the reference stays."""
    plan = plan_from_preset(fine_tuning(), "support_assistant", [FT])
    entries = {
        name: entry if entry.low is None else replace(entry, low=entry.base, high=entry.base)
        for name, entry in plan.entries.items()
    }
    plan = replace(plan, entries=entries).with_base("leap_chance", leap)
    return plan.with_own("withdrawal_chance", FT, withdrawal).with_own("withdrawal_chance", PE, 0)


def by_month(plan: Plan, measure: str, *targets: Target) -> FloatArray:
    """A measure at every month of each target, from 0 for never to the horizon."""
    shape = (plan.horizon + 1,) * len(targets)
    points = np.array(list(product(range(plan.horizon + 1), repeat=len(targets))), dtype=np.float64)
    found = evaluate_points(plan, [OptionMeasure(measure, FT)], targets, points)[0]
    return np.asarray(found.reshape(shape))


def odds_by_month(chance: float, horizon: int) -> FloatArray:
    """The probability of never, and of each month: what the chance in a year leaves over."""
    left: FloatArray = (1 - chance) ** (np.arange(horizon + 1) / 12)
    return np.concatenate([left[-1:], left[:-1] - left[1:]])


def mean_is(made: Simulation, name: str, exact: float) -> None:
    draws = made.draws(name, FT)
    error = float(np.std([part.mean() for part in np.split(draws, made.setup.replicates)], ddof=1)) / 8**0.5
    assert abs(draws.mean() - exact) < 5 * error
    assert error < 0.01 * abs(exact)


@pytest.mark.parametrize("chance", [0.02, 0.15, 0.9])
def test_no_event_in_n_months_has_the_probability_of_the_closed_form(chance: float) -> None:
    count, horizon = 100_000, 60
    evenly = scores((np.arange(count) + 0.5) / count)
    months = months_of(np.full((1, 1, 1), chance), evenly, horizon)[0, 0]
    for n in (0, 1, 7, 12, 36, 59):
        has_not = (months > n) | (months == 0)
        assert has_not.mean() == pytest.approx((1 - chance) ** (n / 12) if n else 1.0, abs=2 / count)
    assert (months == 0).mean() == pytest.approx((1 - chance) ** (horizon / 12), abs=2 / count)


def test_what_has_no_chance_never_happens() -> None:
    assert not months_of(np.zeros((1, 2, 1)), np.linspace(-8, 8, 99), 60).any()


def test_the_mean_with_an_event_alone_is_the_exact_expectation_over_its_months() -> None:
    plan = still_plan()
    made = simulate(plan, [FT], NAMES, MANY)
    for event, target, chance in (("withdrawal", WITHDRAWAL, 0.3), ("leap", LEAP, 0.25)):
        exact = float(by_month(plan, "npv", target) @ odds_by_month(chance, plan.horizon))
        assert abs(exact / made.base_value("npv", FT) - 1) > 0.01
        mean_is(made, with_event("npv", event), exact)


def test_the_mean_with_every_event_is_the_exact_expectation_over_all_pairs_of_months() -> None:
    """Abandonment on top of both, by its closed form (docs/measures.md, section 7), at each pair."""
    plan = still_plan()
    table = by_month(plan, "expected_npv", LEAP, WITHDRAWAL)
    exact = odds_by_month(0.25, plan.horizon) @ table @ odds_by_month(0.3, plan.horizon)
    mean_is(simulate(plan, [FT], NAMES, MANY), with_event("npv", "events"), float(exact))


def test_every_life_with_an_event_is_the_engine_s_at_some_month_as_often_as_it_should_be() -> None:
    plan = still_plan()
    draws = simulate(plan, [FT], NAMES, MANY).draws(with_event("npv", "withdrawal"), FT)
    table = by_month(plan, "npv", WITHDRAWAL)
    at = np.abs(draws[:, None] - table[None, :]).argmin(axis=1)
    assert draws == pytest.approx(table[at], rel=1e-12)
    expected = odds_by_month(0.3, plan.horizon)
    for figure in np.unique(table):
        alike = table == figure
        assert np.isin(at, np.flatnonzero(alike)).mean() == pytest.approx(expected[alike].sum(), abs=2e-3)


def tell(told: list[tuple[int, int]], done: int, total: int) -> None:
    told.append((done, total))


def test_progress_counts_each_draw_once_with_and_without_events() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    for names in (NAMES, ("npv",)):
        told: list[tuple[int, int]] = []
        simulate(plan, [FT], names, Setup(8_192), partial(tell, told))
        assert (told[0], told[-1]) == ((3_072, 8_192), (8_192, 8_192))


def test_events_change_no_other_figure() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    plain = simulate(plan, [FT], simulated_names(plan, events=False), Setup(1_024))
    made = simulate(plan, [FT], simulated_names(plan), Setup(1_024))
    for name, draws in plain.kept.items():
        assert np.array_equal(made.kept[name], draws, equal_nan=True), name
    assert not {"withdrawal_chance", "leap_chance", "leap_share"} & set(uncertain(plan))


def test_the_reference_against_itself_is_exactly_0_whatever_happens() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    made = simulate(plan, [FT, PE], NAMES, Setup(1_024))
    for event in ("withdrawal", "leap"):
        assert not made.draws(with_event("npv", event), PE).any()
        assert (made.draws(with_event("npv", event), FT) != made.draws("npv", FT)).any()


def test_a_leap_lifts_what_rides_upgrades_and_no_pinned_model() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    plan = plan.with_own("base_lifetime", FT, 120).with_own("rebase_months", FT, 1200)
    never, early = (plan.with_base("leap_month", month) for month in (0, 6))
    figures = [OptionMeasure("npv_over_nothing", option) for option in (PE, FT)]
    before, after = (
        evaluate_points(one, figures, [Target("leap_month")], np.array([[float(m)]]))[:, 0]
        for one, m in ((never, 0), (early, 6))
    )
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_a_month_that_the_plan_states_is_not_drawn() -> None:
    plan = still_plan().with_own("withdrawal_event_month", FT, 10)
    made = simulate(plan, [FT], NAMES, Setup(1_024))
    assert np.array_equal(made.draws(with_event("npv", "withdrawal"), FT), made.draws("npv", FT))
    stated = plan_from_preset(fine_tuning(), "support_assistant").with_base("leap_month", 9)
    assert "leap_share" in uncertain(stated)


def test_the_size_of_a_leap_is_drawn_with_it() -> None:
    plan = still_plan(0, 0.5)
    entry = replace(plan.entries["leap_share"], low=0.25, high=0.75)
    made = simulate(plan.with_entry("leap_share", entry), [FT], NAMES, Setup(4_096))
    assert len(np.unique(made.draws(with_event("npv", "leap"), FT))) > 2 * plan.horizon
    assert (
        len(np.unique(simulate(plan, [FT], NAMES, Setup(4_096)).draws(with_event("npv", "leap"), FT).round(4)))
        <= plan.horizon + 1
    )


def test_odds_are_told_for_each_event_and_for_all() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(option="rag")
    made = simulate(plan, ["rag"], simulated_names(plan), Setup(2_048))
    found, errors = odds(made, "rag", None), odds_errors(made, "rag", None)
    for event in (*EVENTS, "events"):
        assert found[f"npv_mean_with_{event}"] == pytest.approx(made.draws(with_event("npv", event), "rag").mean())
        assert (found[f"npv_below_zero_with_{event}"] or 0) == (made.draws(with_event("npv", event), "rag") < 0).mean()
        assert (errors[f"npv_mean_with_{event}"] or 0) > 0
    assert errors["within_budget"] is None


@pytest.mark.parametrize("method", METHODS)
def test_a_stream_of_its_own_is_independent_of_the_first(method: str) -> None:
    """The same columns of two scrambled Sobol sets, point by point, would be correlated, here by 0.3."""
    names = ("a", "b", "c")
    first, other = (np.concatenate(list(Sampler(names, (), method, 3, one).blocks(8_192, 4))) for one in (0, 1))
    between = np.corrcoef(first.T, other.T)[:3, 3:]
    assert np.abs(between).max() < 0.03
    assert other.mean(axis=0) == pytest.approx(0, abs=0.02)
    assert other.std(axis=0) == pytest.approx(1, abs=0.02)
