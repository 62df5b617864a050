"""The names of what a simulation finds, as gates may ask for it: odds, means and percentiles."""

from __future__ import annotations

from ftroi.termsheet.checks.events import ALL_EVENTS
from ftroi.termsheet.model import Template

SIMULATED = "simulated."
"""What stands before the name of a gate's figure that only a simulation knows."""

PERCENTILES = tuple(range(5, 100, 5))

KEPT = ("tco", "npv")
"""The measures that have moments and percentiles."""

BEATS_REFERENCE, WITHIN_BUDGET, WITHIN_BASE = "beats_reference", "within_budget", "tco_within_base"
"""The odds of a positive NPV, of a cash cost within the budget, and of a cost at or below the base case's."""

BELOW, MEAN = "npv_below_zero_with", "npv_mean_with"
"""With an event's name behind it, or that of all events: the odds of a negative NPV, and the mean NPV."""


def events_shown(template: Template) -> tuple[str, ...]:
    """Name the events whose odds are shown, and all of them where there are several."""
    return (*template.events, *((ALL_EVENTS,) if len(template.events) > 1 else ()))


def odds_names(template: Template) -> tuple[str, ...]:
    """Name all odds, and the mean of the worst draws."""
    with_events = (f"{what}_{event}" for event in events_shown(template) for what in (BELOW, MEAN))
    return (
        "npv_below_zero", BEATS_REFERENCE, WITHIN_BUDGET, WITHIN_BASE, "npv_expected_shortfall", *with_events,
    )  # fmt: skip


def figures_of_gates(template: Template) -> tuple[str, ...]:
    """Name what a gate may ask of a simulation; the odds of a budget depend on more than the inputs."""
    odds = (name for name in odds_names(template) if name != WITHIN_BUDGET)
    parts = ("mean", *(f"p{at}" for at in PERCENTILES))
    names = (*odds, *(f"{measure}.{part}" for measure in KEPT for part in parts))
    return tuple(f"{SIMULATED}{name}" for name in names)
