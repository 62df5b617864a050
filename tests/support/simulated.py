"""A small plan with a simulation of few draws, as `ftroi simulate --write` keeps it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ftroi.analysis.risk.simulation import Setup, Simulation, simulate
from ftroi.analysis.risk.snapshot import kept_of, needed, stored_simulation
from ftroi.plan import Plan
from tests.support.edited import small_plan

MADE, BUDGET = "2026-11-24 13:05", 1_200_000.0


@cache
def small_simulation() -> Simulation:
    """A simulation of the small plan."""
    plan = small_plan()
    return simulate(plan, plan.settings.options, needed(plan.template), Setup(256))


@cache
def simulated_plan() -> Plan:
    """The small plan with what was kept of its simulation."""
    made = small_simulation()
    kept = {option: kept_of(made, option, BUDGET) for option in made.options}
    return replace(small_plan(), simulated=stored_simulation(made.plan, made.setup, kept, MADE, BUDGET))
