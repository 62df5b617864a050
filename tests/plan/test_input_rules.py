"""Inputs that are in range and contradict each other are refused; what is odd and not wrong is told."""

from __future__ import annotations

from datetime import date

import pytest

from ftroi.dates import serial
from ftroi.plan import Plan, check_plan, plan_from_preset, warn_of_inputs
from tests.support.plans import fine_tuning


def in_plan(*options: str) -> Plan:
    return plan_from_preset(fine_tuning(), "support_assistant", options)


def on(year: int, month: int, day: int) -> float:
    return float(serial(date(year, month, day)))


CONTRADICTIONS = {
    "an incumbent that is not in use": (
        in_plan("rag").with_own("in_use", "rag", 0).with_settings(incumbent="rag"),
        "in_use (rag)",
        "Retrieval-augmented generation is the incumbent, and is not in use; set it to 1",
    ),
    "an incumbent that was withdrawn": (
        in_plan("rag").with_own("withdrawal_date", "rag", on(2026, 12, 31)).with_settings(incumbent="rag"),
        "withdrawal_date (rag)",
        "was withdrawn on 31 Dec 2026, before the plan starts on 1 Jan 2027; correct the date",
    ),
    "a last start after the withdrawal": (
        in_plan("rag")
        .with_own("available_until", "rag", on(2028, 6, 30))
        .with_own("withdrawal_date", "rag", on(2028, 6, 29)),
        "available_until (rag)",
        "can be started until 30 Jun 2028, and is withdrawn on 29 Jun 2028; enter the earlier day first",
    ),
    "a cascade without a large model": (
        in_plan("cascade").with_base("escalation_price", 0),
        "escalation_price",
        "escalates 15.0% of the requests to a large model that has no price; enter what the large model charges",
    ),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_inputs_that_contradict_each_other_are_refused_with_what_to_do(kind: str) -> None:
    plan, where, told = CONTRADICTIONS[kind]
    (finding,) = check_plan(plan)
    assert finding.where == where
    assert told in str(finding)


def test_the_last_that_is_allowed_is_not_refused() -> None:
    plan = in_plan("rag", "cascade").with_settings(incumbent="rag", start=date(2027, 1, 1))
    plan = plan.with_own("withdrawal_date", "rag", on(2027, 1, 1)).with_own("available_until", "rag", on(2027, 1, 1))
    assert not list(check_plan(plan.with_base("escalation_price", 0.001)))


def test_a_base_that_several_options_share_is_told_once_and_beside_what_is_out_of_range() -> None:
    plan = in_plan("rag", "cascade").with_base("escalation_price", 0).with_own("escalated_share", "rag", 0.1)
    plan = plan.with_own("reviewed_share", "rag", 2)
    assert [one.where for one in check_plan(plan)] == ["reviewed_share (rag)", "escalation_price"]


def test_an_unknown_option_is_told_before_inputs_are_compared() -> None:
    plan = in_plan("cascade").with_base("escalation_price", 0).with_settings(incumbent="rag")
    assert [one.where for one in check_plan(plan)] == ["incumbent"]


def test_a_baseline_that_is_the_proposed_option_is_told_and_not_refused() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    assert not list(warn_of_inputs(plan))
    same = plan.with_settings(reference=plan.settings.candidate)
    assert not list(check_plan(same))
    (told,) = warn_of_inputs(same)
    assert told.where == "candidate"
    assert "compared with itself" in told.what


def test_what_is_out_of_range_itself_is_told_once() -> None:
    (finding,) = check_plan(in_plan("rag").with_own("build_months", "rag", -3))
    assert finding.where == "build_months (rag)"
