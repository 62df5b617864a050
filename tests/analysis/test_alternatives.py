"""Waiting, stopping and switching: the toy by hand, each choice by a plan of its own, and the worth of a right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.analysis.alternatives import choices, choices_report, rights
from ftroi.analysis.risk.simulation import Setup, simulate
from ftroi.errors import PlanError
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.termsheet import serial
from tests.support.depth import at_depth
from tests.support.plans import DN, FT, PE, fine_tuning, toy_plan

FEW = Setup(512)


def support() -> Plan:
    return plan_from_preset(fine_tuning(), "support_assistant")


def npv(plan: Plan, option: str) -> float:
    return calculate(plan).number("npv", option)


def test_the_toy_after_a_year() -> None:
    """By hand: the switch gives up 3,047,039 for 2,335,201 a year from now, at 10%."""
    plan = toy_plan(review_month=12, switching_cost=75_000, switching_months=1)
    found = choices(plan)
    assert (found.gate, found.review) == (1, 12)
    assert found.npv["go_on"] == pytest.approx(184_651.947197)
    assert found.npv["switch"] == pytest.approx(184_651.947197 - (3_047_039.474385 - 2_335_200.862006) / 1.1)
    assert found.at_review["value_of_going_on"] == pytest.approx(3_047_039.474385)
    assert choices(toy_plan(abandonment_month=3)).npv["stop"] == pytest.approx(-653_765.316122)


@pytest.mark.parametrize("option", ["lora_hosted", "rag"])
def test_every_choice_is_the_engine_s_of_a_plan_of_its_own(option: str) -> None:
    plan = support().with_settings(option=option)
    found = choices(plan, 6)
    base = calculate(plan)
    assert found.npv["go_on"] == base.number("npv", option)
    assert found.npv["stop"] == base.number("npv_abandoned", option)
    assert found.npv["defer"] == pytest.approx(npv(plan.with_own("deferral_months", option, 6), option))
    month = found.review + 1
    day = serial(date(2027 + (month - 1) // 12, (month - 1) % 12 + 1, 1))
    changed = plan.with_own("withdrawal_date", option, day)
    assert calculate(changed).row("withdrawal_flag", option).argmax() == found.review
    assert found.npv["switch_vendor"] == pytest.approx(npv(changed, option))
    assert found.npv["switch_vendor"] < found.npv["go_on"]


@settings(max_examples=at_depth(6, 60), deadline=None)
@given(st.sampled_from(sorted(fine_tuning().presets)), st.integers(0, 20))
def test_one_act_has_one_figure_in_every_preset(preset: str, place: int) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    projects = [
        one for one in plan.settings.options if one not in {DN, plan.settings.incumbent, plan.settings.reference}
    ]
    option = projects[place % len(projects)]
    plan = plan.with_settings(option=option)
    found, base = choices(plan), calculate(plan)
    assert found.npv["go_on"] == base.number("npv", option)
    assert found.npv["stop"] == base.number("npv_abandoned", option)
    assert found.npv["defer"] == pytest.approx(npv(plan.with_own("deferral_months", option, found.deferral), option))


def test_a_project_that_waits_beyond_the_horizon_is_the_incumbent() -> None:
    plan = support()
    stays = npv(plan, plan.settings.incumbent)
    assert choices(plan, 60).npv["defer"] == pytest.approx(stays, abs=1e-3)


@pytest.mark.parametrize("option", ["rag", "lora_self_hosted"])
def test_a_right_is_worth_what_is_gained_where_it_is_used(option: str) -> None:
    plan = support().with_settings(option=option)
    worth = rights(plan, FEW, 6)
    on = simulate(plan, [option], ["increment_npv"], FEW).draws("increment_npv", option)
    later = plan.with_own("deferral_months", option, 6)
    waited = simulate(later, [option], ["increment_npv"], FEW).draws("increment_npv", option)
    assert worth.mean == pytest.approx(on.mean())
    assert (worth.mean > 0) == (option == "rag")
    assert worth.wait == pytest.approx(np.maximum(waited, 0).mean() - max(on.mean(), 0))
    assert worth.wait_share == (waited > 0).mean()


def test_rights_are_worth_something_where_the_outcome_is_open_and_nothing_where_it_is_not() -> None:
    plan = support().with_settings(option="rag")
    assert rights(plan, FEW).stop >= 0
    open_ended = plan.with_base("value_per_request", 0.3)
    entry = replace(open_ended.entries["value_per_request"], low=0.0, high=3.0)
    assert rights(open_ended.with_entry("value_per_request", entry), FEW).stop > 0
    known = {name: one if one.low is None else replace(one, low=one.base, high=one.base)
             for name, one in plan.entries.items()}  # fmt: skip
    certain = rights(replace(plan, entries=known), Setup(8))
    assert (certain.stop, certain.stop_share) == (0, 0)


def test_an_option_that_will_be_withdrawn_from_sale_cannot_wait() -> None:
    plan = support()
    assert not choices(plan).late
    assert choices(plan.with_own("available_until", plan.settings.option, serial(date(2027, 6, 1)))).late


def test_the_report_names_every_choice() -> None:
    plan = support()
    report = choices_report(plan, choices(plan), rights(plan, Setup(8)))
    assert set(report["choices"]) == {"go_on", "stop", "switch", "switch_vendor", "defer"}
    assert report["choices"]["defer"]["label"] == "Begin 12 months later, with the incumbent meanwhile"


def test_what_cannot_be_asked_is_told_with_its_cure() -> None:
    with pytest.raises(PlanError) as caught:
        choices(support().with_settings(option=PE), 0)
    assert [one.where for one in caught.value.findings] == [PE, "--defer"]
    with pytest.raises(PlanError, match="write at most 50"):
        choices(support().with_own("deferral_months", FT, 10), 51)
