"""Plans that tests share: one whose costs are all its own lines, and the toy of docs/measures.md."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ftroi.plan import Entry, OwnCost, Plan, plan_from_preset
from ftroi.resources import templates_folder
from ftroi.termsheet import Template, load_template

FT, PE, DN = "lora_hosted", "prompt_engineering", "do_nothing"


@cache
def fine_tuning() -> Template:
    """The shipped template."""
    return load_template(templates_folder() / "fine_tuning")


def _silent(plan: Plan, name: str) -> Entry:
    """An entry that adds no cost and no growth: 0, or the least that the range allows."""
    table = plan.template.assumptions[name].table
    entry = plan.entries[name]
    quiet = ("money", "hour", "FTE", "example", "run", "GB", "Mtoken", "token", "GPU", "seat")
    growth = table.unit == "1/year" and name not in ("discount_rate", "after_tax_discount_rate")
    if table.kind == "constant" or not (growth or table.unit.startswith(quiet)):
        return replace(entry, own={})
    least, most = table.range or (0.0, 0.0)
    value = min(max(0.0, least), most)
    return _fixed(entry, value)


def _fixed(entry: Entry, value: float) -> Entry:
    """An entry of one figure, its ends drawn together."""
    if entry.low is None:
        return Entry(float(value))
    return Entry(float(value), float(value), float(value), entry.distribution)


def blank_plan(horizon: int = 36) -> Plan:
    """A plan without any cost, value or growth, in which own costs can be put."""
    plan = plan_from_preset(fine_tuning(), "support_assistant", [DN, PE, FT])
    plan = replace(plan, entries={name: _silent(plan, name) for name in plan.entries})
    plan = plan.with_settings(reference=PE, candidate=FT, option=FT, case="base")
    figures = {
        "horizon_months": horizon, "discount_rate": 0.10, "requests_per_month": 0, "value_per_request": 0,
        "quality_level": 1, "quality_ceiling": 1, "drift_rate": 0, "today_share": 0, "ramp_months": 1,
        "cash_share": 1, "build_months": 1, "in_use": 1, "retrains": 0, "base_lifetime": 600, "rebase_months": 1200,
        "integration_ratio": 0, "integrated_systems": 0, "base_age_at_start": 0, "withdrawal_date": 73050,
        "abandonment_rate": 0, "claimed_value_share": 0.85, "claimed_cost_share": 0.20, "standby_share": 0,
    }  # fmt: skip
    for name, value in figures.items():
        plan = plan.with_entry(name, _fixed(plan.entries[name], value))
    return plan.with_own("in_use", DN, 0)


def with_figures(plan: Plan, **figures: float) -> Plan:
    """A plan with other bases, their ends drawn together, and no options' own values."""
    for name, value in figures.items():
        plan = plan.with_entry(name, _fixed(plan.entries[name], value))
    return plan


def cost(option: str, category: str, first: int, last: int, amount: float, nature: str = "cash") -> OwnCost:
    """An own cost with a label of its own."""
    label = f"{option} {category} {first}-{last} {amount:g} {nature}"
    return OwnCost(label, option, category, nature, first, last, amount)


def flow_plan(flows: list[float], monthly_rate: float = 0.0) -> Plan:
    """A plan whose flow against doing nothing in month t is ``flows[t - 1]``."""
    costs = [cost(FT, "visible.licence", month, month, -flow) for month, flow in enumerate(flows, start=1) if flow]
    plan = with_figures(blank_plan(len(flows)), discount_rate=(1 + monthly_rate) ** 12 - 1)
    return replace(plan.with_settings(reference=DN), own_costs=tuple(costs))


def toy_plan(incumbent: str = DN, /, **figures: float) -> Plan:
    """The toy plan: FT is the candidate, PE the reference, DN doing nothing; DN or PE is in service.

    Where PE is in service its first month costs what every other does.
    """
    plan = with_figures(
        blank_plan(), requests_per_month=100_000, value_per_request=1.6 / 0.92, quality_level=0.92,
        quality_ceiling=0.92, abandonment_rate=0.4, termination_cost=20_000,
    )  # fmt: skip
    plan = with_figures(plan, **figures)
    plan = plan.with_own("in_use", DN, 0).with_own("build_months", FT, 3)
    share = 0.75 * plan.entries["quality_level"].base
    plan = plan.with_own("quality_level", PE, share).with_own("quality_ceiling", PE, share)
    first = 30_000 if incumbent == DN else 4_000
    plan = plan.with_settings(incumbent=incumbent)
    return replace(plan, own_costs=(
        cost(FT, "visible.build_labour", 1, 3, 60_000), cost(FT, "visible.storage", 1, 3, 20_000),
        cost(FT, "hidden.integration", 1, 3, 20_000), cost(FT, "visible.serving", 4, 36, 8_000),
        cost(FT, "hidden.integration", 4, 36, 3_000), cost(FT, "hidden.technical_debt", 4, 36, 9_000),
        cost(PE, "visible.licence", 1, 1, first), cost(PE, "visible.serving", 2, 36, 4_000),
    ))  # fmt: skip
