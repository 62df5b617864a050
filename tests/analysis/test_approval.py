"""An approval holds for the inputs of its day, whatever is shown of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ftroi.actuals.keep import frozen
from ftroi.analysis.approval import void_approval
from ftroi.plan import Plan
from ftroi.plan.billed import Actuals
from tests.support.plans import FT, toy_plan


def approved(by: str = "A. Smith") -> Plan:
    plan = toy_plan()
    return replace(plan, actuals=Actuals(frozen(plan, FT, by, date(2027, 1, 4))))


def test_it_holds_until_an_input_changes() -> None:
    plan = approved()
    assert void_approval(toy_plan()) == void_approval(plan) == ""
    assert void_approval(plan.with_settings(case="pessimistic")) == ""
    told = void_approval(plan.with_base("discount_rate", 0.123))
    assert told.startswith("The approval by A. Smith of 2027-01-04 holds no longer")


def test_what_nobody_approved_cannot_become_void() -> None:
    assert void_approval(approved(by="").with_base("discount_rate", 0.123)) == ""
