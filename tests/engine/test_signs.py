"""What moves a net present value, and in which direction: hypotheses tried on every preset and on random plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ftroi.plan import CASES, Plan, calculate, plan_from_preset
from tests.support.depth import at_depth
from tests.support.plans import DN, fine_tuning
from tests.support.random_plans import random_plan

SEEDS = st.integers(0, 10**9)
PRESETS = sorted(fine_tuning().presets)
TRIED = settings(max_examples=at_depth(8, 60))
RAISED = ("requests_per_month", "value_per_request", "realisation", "ramp_months")
"""What brings more value; a longer ramp is less adoption, so it is shortened."""

AMOUNTS = (
    "examples", "preference_pairs", "rollouts_per_run", "grader_tokens_per_rollout", "reinforcement_hours",
    "build_fte_months", "run_fte", "build_evaluations", "development_mtokens", "stored_gb", "egress_gb",
    "input_tokens", "output_tokens", "reasoning_tokens", "cache_write_share", "escalated_share", "guarded_share",
    "judged_share", "minimum_gpus", "gpus_per_replica", "owned_gpus", "hosted_deployments", "registry_seats",
    "red_team_days", "red_team_days_per_rebase", "change_people",
)  # fmt: skip
"""What an option uses, beside the prices that it pays."""

COSTS = sorted(
    name
    for name, one in fine_tuning().assumptions.items()
    if one.table.scope == "option" and one.table.unit.startswith("money") and name != "residual_value"
) + list(AMOUNTS)


def moved(plan: Plan, name: str, factor: float) -> Plan:
    """The plan with an assumption multiplied for every option, inside its range."""
    entry, ends = plan.entries[name], plan.template.assumptions[name].table.range or (-np.inf, np.inf)
    plan = plan.with_base(name, float(np.clip(entry.base * factor, *ends)))
    for option, own in entry.own.items():
        plan = plan.with_own(name, option, float(np.clip(own * factor, *ends)))
    return plan


def dearer(plan: Plan, name: str, option: str, factor: float) -> Plan:
    """The plan with a cost of one option alone raised, by its factor or by what a plan's ranges hold."""
    least, most = plan.template.assumptions[name].table.range or (0.0, np.inf)
    value = plan.entries[name].value(option)
    return plan.with_own(name, option, float(np.clip(value * factor if value else 1.0, least, most)))


@TRIED
@given(st.sampled_from(PRESETS), st.sampled_from(RAISED), st.floats(1, 3))
def test_more_use_and_more_value_never_lower_what_an_option_is_worth(preset: str, name: str, factor: float) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    before = calculate(plan)
    after = calculate(moved(plan, name, 1 / factor if name == "ramp_months" else factor))
    for option in plan.settings.options:
        assert after.number("npv_over_nothing", option) >= before.number("npv_over_nothing", option) - 1e-6, option


@TRIED
@given(SEEDS, st.sampled_from(("value_per_request", "realisation")), st.floats(1, 3))
def test_more_value_never_lowers_what_an_option_is_worth_that_answers_better_than_today(
    seed: int, name: str, factor: float
) -> None:
    plan = random_plan(seed)
    before, after = calculate(plan), calculate(moved(plan, name, factor))
    for option in plan.settings.options:
        parts = [option, plan.settings.incumbent]
        if all((before.row("quality_share", one) >= before.row("today_quality", one)).all() for one in parts):
            lost = before.number("npv_over_nothing", option) - after.number("npv_over_nothing", option)
            assert lost <= 1e-9 * abs(after.number("npv_over_nothing", option)) + 1e-6, option


@TRIED
@given(st.sampled_from(PRESETS), st.floats(1, 3))
def test_more_value_never_lowers_what_is_expected_of_a_better_option_than_the_incumbent(
    preset: str, factor: float
) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    plan = plan.with_settings(reference=plan.settings.incumbent)
    before, after = calculate(plan), calculate(moved(plan, "value_per_request", factor))
    for option in plan.settings.options:
        ahead = before.row("quality_share", option) - before.row("quality_share", plan.settings.incumbent)
        operated = before.row("operate_flag", option) > 0
        if operated.any() and (ahead[operated] >= 0).all():
            assert after.number("expected_npv", option) >= before.number("expected_npv", option) - 1e-6, option


@TRIED
@given(SEEDS, st.sampled_from(COSTS), st.floats(1, 5), st.integers(0, 20))
def test_a_dearer_option_is_never_worth_more(seed: int, name: str, factor: float, place: int) -> None:
    plan = random_plan(seed)
    option = plan.settings.options[place % len(plan.settings.options)]
    assume(option not in (plan.settings.reference, plan.settings.incumbent, DN))
    before, after = calculate(plan), calculate(dearer(plan, name, option, factor))
    scale = abs(before.number("tco_pv", option)) + abs(before.number("npv", option))
    for measure in ("npv", "npv_over_nothing", "expected_npv"):
        assert after.number(measure, option) <= before.number(measure, option) + 1e-9 * scale + 1e-6, (name, option)


@TRIED
@given(SEEDS)
def test_what_is_no_project_expects_what_it_is_worth(seed: int) -> None:
    plan = random_plan(seed)
    results = calculate(plan)
    for option in {DN, plan.settings.incumbent, plan.settings.reference}:
        assert results.number("expected_npv", option) == pytest.approx(results.number("npv", option), rel=1e-12)


@pytest.mark.parametrize("preset", PRESETS)
def test_cases_are_in_order_in_every_preset_against_doing_nothing(preset: str) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    found = [calculate(plan, case) for case in CASES]
    for option in plan.settings.options:
        best, middle, worst = (results.number("npv_over_nothing", option) for results in found)
        assert best >= middle >= worst, option
