"""How often to retrain: the toy by hand, the square-root rule, and each interval by a plan of its own."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path

import pytest

from ftroi.analysis.cadence import Cadence, cadence, cadence_report
from ftroi.errors import PlanError
from ftroi.plan import Plan, calculate, plan_from_preset
from tests.support.plans import FT, blank_plan, fine_tuning, with_figures

PUBLISHED = Path(__file__).parents[1] / "cases" / "published" / "retrain_cadence_closed_form.json"


def drifting_plan(retraining: float, drift: float, horizon: int = 36, build: int = 3) -> Plan:
    """A plan, undiscounted, where a retraining costs so much and drift takes so much more every month."""
    return with_figures(
        blank_plan(horizon), build_months=build, requests_per_month=1, value_per_request=200 * drift, drift_rate=0.005,
        retrains=1, evaluation_cost=retraining, evaluations_per_release=1, discount_rate=0,
    )  # fmt: skip


def totals(found: Cadence) -> dict[int | None, float]:
    return {one.months: one.total for one in found.intervals}


def test_the_toy_of_the_measures_is_retrained_every_eleven_months() -> None:
    """By hand, from docs/measures.md: the rule says 10.6 months, and the grid 11 at 222,000."""
    found = cadence(drifting_plan(45_000, 800))
    assert sqrt(2 * 45_000 / 800) == pytest.approx(10.606602)
    assert found.best.months == 11
    assert found.best.total == pytest.approx(222_000)
    assert found.best.drift == pytest.approx(132_000)
    assert totals(found)[10] == pytest.approx(245_400)
    assert totals(found)[12] == pytest.approx(224_400)
    assert found.intervals[-1].months is None
    assert found.intervals[-1].total == pytest.approx(422_400)


def test_over_whole_cycles_the_best_interval_is_beside_the_square_root_rule() -> None:
    """The rule has no horizon: of the intervals whose cycles end with the plan, the best has to be its neighbour."""
    case = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    decay, wanted = case["inputs"]["linear_decay"], case["expected"]["linear_decay"]
    drift = decay["value_per_year"] / 12 * decay["decay_points_per_month"]
    assert drift == pytest.approx(wanted["k_usd_per_month2"])

    def a_month(interval: int) -> float:
        cycles = 55 // interval
        found = cadence(drifting_plan(decay["retrain_cost"], drift, cycles * interval + 1, 1))
        kept = totals(found)[interval if cycles > 1 else None]
        # The last cycle ends with the plan, and not with a retraining.
        return (kept + float(decay["retrain_cost"])) / (cycles * interval)

    sums = {interval: a_month(interval) for interval in range(5, 20)}
    best = min(sums, key=lambda interval: sums[interval])
    assert best in (int(wanted["T_months"]), int(wanted["T_months"]) + 1)
    assert sums[best] == pytest.approx(wanted["cost_per_month"], rel=0.06)


@pytest.mark.parametrize("case", ["base", "pessimistic"])
def test_every_interval_is_the_engine_s_of_a_plan_of_its_own(case: str) -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(case=case)
    found = cadence(plan)
    assert [one.months for one in found.intervals] == [*range(1, plan.horizon), None]
    for one in found.intervals[::7]:
        results = calculate(plan.with_base("retrain_months", float(one.months or 600)))
        discount = results.row("discount_factor", FT)
        assert one.retraining == pytest.approx(float((results.row("hidden_retraining", FT) * discount).sum()))
        assert one.drift == pytest.approx(float((results.row("drift_value_loss", FT) * discount).sum()))
    assert found.best.total == min(one.total for one in found.intervals)
    assert found.today == next(one for one in found.intervals if one.months == 6)


def test_never_is_the_answer_where_nothing_drifts_and_on_a_tie() -> None:
    assert cadence(drifting_plan(45_000, 0)).best.months is None
    free = cadence(drifting_plan(0, 0))
    assert free.best.months is None
    assert cadence_report(drifting_plan(45_000, 0), free)["best"]["months"] is None


def test_an_options_own_interval_is_the_one_that_is_tried() -> None:
    plan = drifting_plan(45_000, 800).with_own("retrain_months", FT, 7)
    found = cadence(plan)
    assert found.today.months == 7
    assert found.best.months == 11


def test_an_option_that_is_not_retrained_is_told_so() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_settings(option="rag")
    with pytest.raises(PlanError, match="rag: has no such interval: Months between planned retrainings"):
        cadence(plan)
