"""Plans with bills: amounts of every sort, measured against a plan that was frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ftroi.actuals.keep import frozen, mapped_of
from ftroi.actuals.rules import rules_of
from ftroi.plan import Plan
from ftroi.plan.billed import Actuals, Billed
from tests.support.edited import small_plan

SERVING, COMPUTE = "visible.serving", "visible.compute"
TO_DATE = 6


def amount_of(place: int, amount: float, category: str = SERVING, option: str | None = None, **more: object) -> Billed:
    """An amount of a month of the plan, 1 for that of its start, in the proposed option unless told."""
    start = small_plan().settings.start
    years, month = divmod(start.year * 12 + start.month - 1 + place - 1, 12)
    chosen = small_plan().settings.candidate if option is None else option
    made = Billed(
        date(years, month + 1, 1), category, chosen, "usage", amount, 10.0, "token", "tokens", "", 3, "a.csv", 2, 9,
        "openai_costs", "org-a", "0123456789ab",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # fields of an amount


BILLED = (
    amount_of(2, 1_000.25, COMPUTE),
    amount_of(5, 700.5),
    amount_of(6, 800.25),
    amount_of(6, -50.0, kind="credit"),
    amount_of(6, 19.75, "outside", kind="tax"),
    amount_of(6, 33.0, "", "", rule="", charge="=cmd: Parking"),
    amount_of(5, 44.0, option="rag"),
    amount_of(0, 5.5),
    amount_of(9, 6.5),
)
"""Compute 1,000.25 and serving 1,450.75 are compared; 33 is not assigned, 19.75 outside, 44 another option's."""


def billed_plan(by: str = "", to_date: int = TO_DATE) -> Plan:
    """The small plan with these amounts, frozen as it stands."""
    plan = small_plan()
    baseline = frozen(plan, plan.settings.candidate, by, date(2026, 10, 1))
    rules = tuple(mapped_of(rules_of(plan.template)))
    return replace(plan, actuals=Actuals(baseline, to_date, "effective", BILLED, rules, {"volume": 1.5, "price": -2.0}))
