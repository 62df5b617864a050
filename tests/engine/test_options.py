"""What an option may pay for besides: each by hand, in a plan of 36 months that pays for nothing else.

The build takes month 1, operation months 2 to 36: 35 months of 1,000 requests each. Wages of 160,000 over 1,600 hours
without a load make 100 an hour; prices do not move.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.plan import calculate, plan_from_preset
from ftroi.termsheet import flat, serial
from tests.support.depth import at_depth
from tests.support.plans import FT, blank_plan, fine_tuning, with_figures

HOUR = {
    "hourly_compensation": 40, "hourly_wages": 40, "hourly_paid_leave": 0, "productive_hours": 1600,
    "expert_salary": 160_000, "people_salary": 80_000,
}  # fmt: skip
TUNED = {
    "examples": 1000, "price_per_label": 1, "rework_rate": 0.2, "tokens_per_example": 1000, "epochs": 2,
    "experiment_runs": 4,
}  # fmt: skip
GRADED = {"tuning_kind": 2, "rollouts_per_run": 1000, "grader_tokens_per_rollout": 2000, "judge_token_price": 5}
RENTED = {"uses_gpu_serving": 1, "gpu_price": 2, "hours_per_month": 730, "gpu_throughput": 1e9, "input_tokens": 1}
HOSTED = {"hosted_deployments": 1, "hosting_price": 3, "hours_per_month": 730}
CASES: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "half of the requests are guarded at a cent": (
        {"guarded_share": 0.5, "guardrail_price": 0.01}, {"visible.serving": 35 * 500 * 0.01},
    ),
    "a judge reads 2% of the answers, 1,500 tokens each at 4 a million": (
        {"judged_share": 0.02, "judge_tokens_per_answer": 1500, "judge_token_price": 4},
        {"hidden.technical_debt": 35 * 20 * 1500 * 4 / 1e6},
    ),
    "ten days of red-teaming, and three at each of two moves": (
        {**HOUR, "red_team_days": 10, "red_team_days_per_rebase": 3, "rebase_months": 12},
        {"hidden.compliance": (10 + 2 * 3) * 8 * 100},
    ),
    "duties of 12,000 a year from December 2027, in a plan from January 2027": (
        {"obligation_date": serial(date(2027, 12, 2)), "obligation_per_year": 12_000},
        {"hidden.compliance": (36 - 11) * 1000},
    ),
    "40 people learn for a day at 50 an hour, and a programme of 60,000": (
        {**HOUR, "change_people": 40, "change_hours_per_person": 8, "change_budget": 60_000},
        {"hidden.change": 40 * 8 * 50 + 60_000},
    ),
    "70% of 1,000 examples are written by a model at 0.05": (
        {**TUNED, "synthetic_share": 0.7, "price_per_synthetic": 0.05},
        {"visible.training_data": 300 * 1.2 + 700 * 0.05},
    ),
    "500 pairs on top of 1,000 examples, four runs at 10 a million tokens": (
        {**TUNED, "tuning_kind": 1, "preference_pairs": 500, "price_per_pair": 2, "uses_api_training": 1,
         "training_token_price": 10},
        {"visible.training_data": 1200 + 500 * 2 * 1.2, "visible.compute": 4 * 2000 * 1000 * 2 * 10 / 1e6},
    ),
    "reinforcement at a vendor: four runs of six hours at 100, and the tokens of a grading model": (
        {**GRADED, "experiment_runs": 4, "uses_api_training": 1, "reinforcement_hours": 6,
         "reinforcement_hour_price": 100},
        {"visible.compute": 4 * (6 * 100 + 1000 * 2000 * 5 / 1e6)},
    ),
    "reinforcement on GPUs: 1.5 million tokens written at a million an hour, and graded": (
        {**GRADED, "experiment_runs": 4, "uses_gpu_training": 1, "gpu_price": 2, "tokens_per_rollout": 1500,
         "gpu_throughput": 1e6, "parameters": 0},
        {"visible.compute": 4 * (1.5 * 2 + 10)},
    ),
    "half of the input read from a cache at a tenth, a fifth written at a quarter more": (
        {"uses_token_api": 1, "input_tokens": 1000, "input_token_price": 2, "cached_share": 0.5,
         "cached_price_share": 0.1, "cache_write_share": 0.2, "cache_write_price_share": 1.25},
        {"visible.serving": 35 * 1000 * (300 * 2 + 500 * 0.2 + 200 * 2.5) / 1e6},
    ),
    "three of four GPUs reserved at 60%, the fourth off half of the time": (
        {**RENTED, "minimum_gpus": 4, "reserved_gpus": 3, "reserved_price_share": 0.6, "scaled_to_zero_share": 0.5},
        {"visible.serving": 35 * 730 * 2 * (3 * 0.6 + 0.5)},
    ),
    "a model on four GPUs takes four, where two would do": (
        {**RENTED, "minimum_gpus": 2, "gpus_per_replica": 4}, {"visible.serving": 35 * 730 * 2 * 4},
    ),
    "three adapters share three GPUs": (
        {**RENTED, "minimum_gpus": 3, "adapters_sharing": 3}, {"visible.serving": 35 * 730 * 2},
    ),
    "three adapters share a deployment that is off half of the time": (
        {**HOSTED, "adapters_sharing": 3, "scaled_to_zero_share": 0.5}, {"visible.serving": 35 * 730 * 3 / 2 / 3},
    ),
}  # fmt: skip
"""By what is done: the figures, and the cost by category."""

COUNTED = {
    "synthetic_share": ("price_per_synthetic",),
    "tuning_kind": (
        "preference_pairs", "price_per_pair", "rollouts_per_run", "tokens_per_rollout", "grader_tokens_per_rollout",
        "reinforcement_hours", "reinforcement_hour_price",
    ),
    "judged_share": ("judge_tokens_per_answer", "judge_token_price"),
    "cache_write_share": ("cache_write_price_share",),
    "guarded_share": ("guardrail_price",),
    "reserved_gpus": ("reserved_price_share",),
    "obligation_per_year": ("obligation_date",),
    "change_people": ("change_hours_per_person",),
}  # fmt: skip
"""Prices and amounts that count only where an option uses them, by what says that it does."""


@pytest.mark.parametrize("figures, by_category", CASES.values(), ids=list(CASES))
def test_by_hand(figures: dict[str, float], by_category: dict[str, float]) -> None:
    plan = with_figures(blank_plan(), requests_per_month=1000, **figures).with_settings(start=date(2027, 1, 1))
    results = calculate(plan)
    found = {name: results.row(flat(name), FT).sum() for name in plan.template.cost_categories}
    assert {name: amount for name, amount in found.items() if amount} == pytest.approx(by_category)


def test_the_time_of_people_who_learn_is_no_cash() -> None:
    figures, _ = CASES["40 people learn for a day at 50 an hour, and a programme of 60,000"]
    results = calculate(with_figures(blank_plan(), **figures))
    assert results.number("tco_cash", FT) == pytest.approx(60_000)


@settings(max_examples=at_depth(8, 60), deadline=None)
@given(st.sampled_from(sorted(fine_tuning().presets)), st.sampled_from(sorted(COUNTED)), st.floats(0, 3))
def test_what_an_option_does_not_use_costs_it_nothing(preset: str, use: str, factor: float) -> None:
    plan = changed = plan_from_preset(fine_tuning(), preset)
    for name in COUNTED[use]:
        least, most = plan.template.assumptions[name].table.range or (0.0, 1e9)
        changed = changed.with_base(name, min(max(plan.entries[name].base * factor, least), most))
    before, after = calculate(plan), calculate(changed)
    for option in plan.settings.options:
        if not plan.entries[use].value(option):
            assert after.number("tco", option) == before.number("tco", option), option
