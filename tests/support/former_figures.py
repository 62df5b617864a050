"""The figures of twenty random plans, kept as data: every measure of every option, None where it has no number.

A figure that changes on purpose is written anew with ``python -m tests.support.former_figures``, and CHANGELOG.md says
why it changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from ftroi.plan import calculate
from tests.support.random_plans import random_plan

SEEDS = range(20)
KEPT = Path(__file__).parents[1] / "engine" / "former_figures.json"

Figures = dict[str, dict[str, float | None]]
"""Of one plan: by option and measure."""


def figures_of(seed: int) -> Figures:
    """Every measure of every option of a random plan."""
    plan = random_plan(seed)
    results = calculate(plan)
    return {option: {name: one.value for name, one in results.measures(option).items()} for option in results.options}


def former_figures(seed: int) -> Figures:
    """The same, as they were kept."""
    found: Figures = json.loads(KEPT.read_text(encoding="utf-8"))[str(seed)]
    return found


if __name__ == "__main__":
    text = json.dumps({str(seed): figures_of(seed) for seed in SEEDS}, separators=(",", ":"))
    KEPT.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")
