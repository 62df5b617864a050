"""What a simulation says: percentiles, odds and expected shortfall, as plain dictionaries for JSON or tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ftroi import __version__
from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.report import MONTHS_OF_A_YEAR, number
from ftroi.plan.simulation import EVENT_NPV, YEARLY, Setup, Simulation, in_year
from ftroi.termsheet import flat

PERCENTILES = tuple(range(5, 100, 5))
SHORTFALL_SHARE = 0.05
"""The expected shortfall is the mean NPV of the worst draws, this share of them."""

MEASURES = ("tco", "tco_pv", "tco_cash", "value", "npv", "npv_over_nothing", "roi", "discounted_payback_months")
"""The measures that a simulation shows; those that the template has."""

_BUDGET_GATE = "approved_budget"


def percentile(simulation: Simulation, measure: str, share: float, option: str) -> float | None:
    """Give a measure's figure that a ``share`` (0 to 1) of the draws with a number stays below; None without any."""
    if not 0 <= share <= 1:
        raise PlanError(Finding(measure, f"no percentile at {share:g}", "give a share from 0 to 1"))
    draws = _with_number(simulation.draws(measure, option))
    return number(float(np.quantile(draws, share))) if draws.size else None


def probability(simulation: Simulation, measure: str, threshold: float, option: str) -> float:
    """Give the share of all draws whose measure is above a threshold; a draw without a number is not."""
    return float((simulation.draws(measure, option) > threshold).mean())


def summary(simulation: Simulation, measure: str, option: str) -> dict[str, Any]:
    """Give a measure's mean with its standard error, its percentiles, and the base case with its own place."""
    every = simulation.draws(measure, option)
    draws, base = _with_number(every), simulation.base_figure(measure, option)
    found = np.quantile(draws, np.array(PERCENTILES) / 100).tolist() if draws.size else [None] * len(PERCENTILES)
    return {
        "base": number(base),
        "mean": number(float(draws.mean())) if draws.size else None,
        "standard_error": _standard_error(every, simulation.setup.replicates),
        "percentiles": {f"p{at}": figure for at, figure in zip(PERCENTILES, found, strict=True)},
        "at_or_below_base": float((draws <= base).mean()) if draws.size and np.isfinite(base) else None,
        "without_number": 1 - draws.size / every.size,
    }


def odds(simulation: Simulation, option: str, budget: float | None) -> dict[str, float | None]:
    """Give the odds of an option: of a loss, of beating the reference, of keeping the budget, and the shortfall."""
    npv = np.sort(simulation.draws("npv", option))
    found: dict[str, float | None] = {
        "npv_below_zero": float((npv < 0).mean()),
        "beats_reference": float((npv > 0).mean()),
        "npv_expected_shortfall": float(npv[: max(1, round(SHORTFALL_SHARE * npv.size))].mean()),
        "within_budget": None,
    }
    if budget is not None:
        found["within_budget"] = float((simulation.draws("tco_cash", option) <= budget).mean())
    if EVENT_NPV in simulation.kept:
        with_event = simulation.draws(EVENT_NPV, option)
        found["npv_below_zero_with_abandonment"] = float((with_event < 0).mean())
        found["npv_mean_with_abandonment"] = float(with_event.mean())
    return found


def approved_budget(plan: Plan) -> float | None:
    """Give the approved budget that was entered as evidence of its gate, in cash; None without one."""
    entry = plan.gates.get(_BUDGET_GATE)
    return None if entry is None else entry.figure


def simulated_names(plan: Plan, *, by_year: bool = False) -> tuple[str, ...]:
    """Name what a simulation shows of an option: measures, categories and, if wanted, cost and value by year."""
    measures = (name for name in MEASURES if name in plan.template.measures)
    years = _yearly(plan) if by_year else ()
    return (*measures, *(flat(name) for name in plan.template.categories), *years)


def _yearly(plan: Plan) -> Iterator[str]:
    known = [name for name, line in YEARLY.items() if line in plan.template.lines]
    years = range(1, -(-plan.horizon // MONTHS_OF_A_YEAR) + 1)
    yield from (in_year(name, year) for year in years for name in known)


def simulation_report(plan: Plan, setup: Setup, budget: float | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """Give everything that a simulation says: its stamp, and by option what `option_report` gives."""
    return {
        "template": plan.template.id,
        "project": plan.settings.project,
        "currency": plan.settings.currency,
        "reference": plan.settings.reference,
        "draws": setup.count,
        "seed": setup.seed,
        "method": setup.method,
        "version": __version__,
        "budget": budget,
        "options": dict(options),
    }


def option_report(simulation: Simulation, option: str, budget: float | None) -> dict[str, Any]:
    """Give what a simulation of `simulated_names` says of an option: by measure, category and year, and its odds."""
    plan = simulation.plan
    years = dict.fromkeys(name.partition(".year")[2] for name in _yearly(plan) if name in simulation.kept)
    return {
        "measures": {name: summary(simulation, name, option) for name in MEASURES if name in plan.template.measures},
        "by_category": {name: summary(simulation, flat(name), option) for name in plan.template.categories},
        "by_year": {
            year: {name: summary(simulation, in_year(name, int(year)), option) for name in YEARLY} for year in years
        },
        "odds": odds(simulation, option, budget),
    }


def _with_number(draws: FloatArray) -> FloatArray:
    return draws[np.isfinite(draws)]


def _standard_error(draws: FloatArray, replicates: int) -> float | None:
    """Give the standard error of the mean, from the means of independent replicates; None where one has no number."""
    parts = [_with_number(part) for part in np.split(draws, replicates)]
    if not all(part.size for part in parts):
        return None
    return float(np.std([part.mean() for part in parts], ddof=1) / np.sqrt(replicates))
