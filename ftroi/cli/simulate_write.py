"""``ftroi simulate --write``: the figures of a simulation into the sheet Risk of its workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ftroi.analysis.risk.simulation import Setup
from ftroi.analysis.risk.snapshot import stored_simulation
from ftroi.cli.writing import Writing
from ftroi.dates import local_now
from ftroi.plan import Plan
from ftroi.plan.simulated import Figure

BY = "ftroi simulate"


def write_simulation(
    writing: Writing, plan: Plan, setup: Setup, kept: Mapping[str, Mapping[str, Figure]], budget: float | None
) -> dict[str, str | None]:
    """Write what is kept of a plan's simulation by option; gives the paths of workbook and dated copy."""
    simulated = stored_simulation(plan, setup, kept, f"{local_now():%Y-%m-%d %H:%M}", budget)
    stamp = simulated.stamp
    what = f"Simulated: {stamp.draws:,} draws ({stamp.method}), seed {stamp.seed}, inputs {stamp.digest}"
    return writing.write(lambda old: replace(old, simulated=simulated), what, BY)
