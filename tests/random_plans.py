"""Random plans: every figure drawn inside its range, every switch either way, a few own costs."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ftroi.plan import CASES, Entry, OwnCost, Plan, plan_from_preset
from ftroi.termsheet import Assumption
from tests.plans import fine_tuning

_MONTHS = {
    "horizon_months": (1, 60), "build_months": (1, 12), "retrain_months": (1, 18), "abandonment_month": (0, 40),
    "base_age_at_start": (0, 20), "deferral_months": (0, 14), "withdrawal_event_month": (0, 40), "leap_month": (0, 40),
}  # fmt: skip
_DATES = (46_000.0, 48_500.0)
"""2025-12-09 to 2032-10-13: before, inside and after every horizon."""


def random_plan(seed: int, preset: str | None = None) -> Plan:
    """Give the plan of a seed, for a preset that the seed chooses unless one is named."""
    draw = Random(seed)  # noqa: S311 - reproducible, not secret
    plan = plan_from_preset(fine_tuning(), preset or draw.choice(sorted(fine_tuning().presets)))
    entries = {name: _entry(draw, plan, name) for name in plan.entries}
    options = plan.settings.options
    plan = replace(plan, entries=entries, own_costs=tuple(_own_cost(draw, plan, n) for n in range(draw.randint(0, 4))))
    return plan.with_settings(
        option=draw.choice(options), reference=draw.choice(options), candidate=draw.choice(options),
        case=draw.choice(CASES),
    )  # fmt: skip


def _entry(draw: Random, plan: Plan, name: str) -> Entry:
    assumption, entry = plan.template.assumptions[name], plan.entries[name]
    if assumption.table.kind == "constant":
        return entry
    base = _figure(draw, assumption, entry)
    own = {
        option: value if option == "do_nothing" else _figure(draw, assumption, entry)
        for option, value in entry.own.items()
    }
    if entry.low is None:
        return Entry(base, own=own)
    least, most = _bounds(assumption, entry)
    return Entry(base, draw.uniform(least, base), draw.uniform(base, most), entry.distribution, own)


def _figure(draw: Random, assumption: Assumption, entry: Entry) -> float:
    table = assumption.table
    if table.unit == "date":
        return float(draw.randint(*(int(day) for day in _DATES)))
    if table.whole and list(table.range or ()) == [0, 1]:
        return float(draw.random() < 0.5)
    least, most = _MONTHS.get(assumption.name) or _bounds(assumption, entry)
    return float(draw.randint(int(least), int(most))) if table.whole else draw.uniform(least, most)


def _bounds(assumption: Assumption, entry: Entry) -> tuple[float, float]:
    """Give the ends that figures are drawn between: low and high, or a stretch around the base."""
    if entry.low is not None and entry.high is not None:
        return entry.low, entry.high
    least, most = assumption.table.range or (entry.base, entry.base)
    return max(least, 0.5 * entry.base), min(most, 1.5 * entry.base + (0 if entry.base else 1))


def _own_cost(draw: Random, plan: Plan, number: int) -> OwnCost:
    first = draw.randint(1, 60)
    return OwnCost(
        label=f"own cost {number}", option=draw.choice(("all", *plan.settings.options)),
        category=draw.choice(plan.template.cost_categories), nature=draw.choice(("cash", "economic")),
        first_month=first, last_month=draw.randint(first, 60), amount=draw.uniform(-2_000, 20_000),
        growth=draw.choice((0.0, draw.uniform(-0.2, 0.4))),
    )  # fmt: skip
