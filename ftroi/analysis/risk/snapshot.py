"""The results of a simulation that a workbook stores: moments, percentiles, probabilities, histograms, swings.

Results are named ``npv.mean``, ``npv.p80``, ``npv.bin3`` or ``swing1.low``; probabilities have the names of
`ftroi.termsheet.simulated_names`. The suffix ``.standard_error`` marks the standard error of a result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ftroi import __version__
from ftroi.analysis.risk.events import gains_with_events
from ftroi.analysis.risk.freshness import digest_of
from ftroi.analysis.risk.simulation import Setup, Simulation
from ftroi.analysis.risk.statistics import odds, odds_errors, summary, within_base
from ftroi.analysis.tornado import swings
from ftroi.engine import FloatArray
from ftroi.plan.plan import Plan
from ftroi.plan.simulated import Figure, Simulated, Stamp
from ftroi.termsheet import Template
from ftroi.termsheet.simulated_names import PERCENTILES, figure_names

ERROR = "standard_error"
MOMENTS = ("base", "mean", ERROR)
BINS, SWINGS = 24, 10
SWING_PARTS = ("name", "low", "high")
"""The parts of a swing: the assumption, and the change of the net measure from its base at low and at high."""

_ENDS = (0.01, 0.99)
"""The quantiles that are the ends of a histogram."""


def needed(template: Template) -> tuple[str, ...]:
    """The measures that a simulation must store for a snapshot."""
    names, budget = figure_names(template), template.views.simulation.budget
    return (names.cost, *([budget.measure] if budget else []), names.gain, *gains_with_events(template))


def stored_names(template: Template) -> Iterator[str]:
    """The names of all results in a snapshot, in order."""
    names = figure_names(template)
    yield from names.odds
    for measure in names.kept:
        yield from (f"{measure}.{one}" for one in MOMENTS)
        yield from (f"{measure}.p{at}" for at in PERCENTILES)
    yield from (f"{name}.{ERROR}" for name in names.odds)
    for measure in names.kept:
        yield from (f"{measure}.p{at}.{ERROR}" for at in PERCENTILES)
    for measure in names.kept:
        yield from (f"{measure}.{one}" for one in ("from", "width", "below"))
        yield from (f"{measure}.bin{place}" for place in range(1, BINS + 1))
    for place in range(1, SWINGS + 1):
        yield from (f"swing{place}.{one}" for one in SWING_PARTS)


def stored_simulation(
    plan: Plan, setup: Setup, by_option: Mapping[str, Mapping[str, Figure]], made: str, budget: float | None
) -> Simulated:
    """The snapshot, from the results of `kept_of` by option; ``made`` is the time of the simulation."""
    stamp = Stamp(
        setup.count, setup.seed, setup.method, __version__, plan.template.edition, made, digest_of(plan), budget
    )
    return Simulated(
        stamp,
        {
            name: {option: found.get(name) for option, found in by_option.items()}
            for name in stored_names(plan.template)
        },
    )


def kept_of(simulation: Simulation, option: str, budget: float | None) -> dict[str, Figure]:
    """The results of one option by name, from a simulation of the measures in `needed`."""
    names = figure_names(simulation.plan.template)
    found: dict[str, Figure] = dict(odds(simulation, option, budget))
    found |= {f"{name}.{ERROR}": error for name, error in odds_errors(simulation, option, budget).items()}
    found[names.within_base], found[f"{names.within_base}.{ERROR}"] = within_base(simulation, option)
    for measure in names.kept:
        told = summary(simulation, measure, option)
        found |= {f"{measure}.{one}": told[one] for one in MOMENTS}
        found |= {f"{measure}.{at}": figure for at, figure in told["percentiles"].items()}
        found |= {f"{measure}.{at}.{ERROR}": error for at, error in told["percentile_errors"].items()}
        found |= {f"{measure}.{name}": figure for name, figure in histogram(simulation.draws(measure, option)).items()}
    return found | dict(_swings(simulation, option))


def histogram(draws: FloatArray) -> Mapping[str, float]:
    """The first edge, the width and the shares of the bins, and the share of draws below them.

    The bins reach from the 1st to the 99th percentile; shares are of all draws. If all draws are equal, they are in the
    first bin.
    """
    first, last = (float(edge) for edge in np.quantile(draws, _ENDS))
    width = (last - first) / BINS or 1.0
    edges = first + width * np.arange(BINS + 1)
    edges[-1] = max(last, edges[-1])
    counts, _ = np.histogram(draws, edges)
    shares = {f"bin{place}": float(count) / draws.size for place, count in enumerate(counts, start=1)}
    return {"from": first, "width": width, "below": float((draws < first).mean()), **shares}


def _swings(simulation: Simulation, option: str) -> Iterator[tuple[str, Figure]]:
    """The changes of an option's NPV by single assumptions, in descending order."""
    gain = simulation.plan.template.role("gain")
    base = simulation.base_value(gain, option)
    plan = simulation.plan.with_settings(option=option)
    for place, one in enumerate(swings(plan, gain, SWINGS), start=1):
        figures: tuple[Figure, ...] = (one.name, one.at_low - base, one.at_high - base)
        yield from ((f"swing{place}.{part}", figure) for part, figure in zip(SWING_PARTS, figures, strict=True))
