"""Statistics of a simulation: percentiles, probabilities and expected shortfall, as dictionaries for JSON or tables.

Every statistic has a standard error, computed from its spread over the independent replicates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from ftroi import __version__
from ftroi.analysis.report import number
from ftroi.analysis.risk.events import gains_with_events, with_event
from ftroi.analysis.risk.simulation import Setup, Simulation, in_year, yearly
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.engine import FloatArray
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.termsheet import ALL_EVENTS, Template, flat
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, PERCENTILES, WITHIN_BUDGET, figure_names

_SHARES = np.array(PERCENTILES) / 100
SHORTFALL_SHARE = 0.05
"""The share of draws whose mean is the expected shortfall: the worst 5%."""

Estimate = Callable[[FloatArray], float]
"""Maps draws to a statistic."""


def percentile(simulation: Simulation, measure: str, share: float, option: str) -> float | None:
    """The quantile of a measure at ``share`` (0 to 1), over the draws with a value; None if there are none."""
    if not 0 <= share <= 1:
        raise PlanError(Finding(measure, f"no percentile at {share:g}", "give a share from 0 to 1"))
    draws = _with_number(simulation.draws(measure, option))
    return number(float(np.quantile(draws, share))) if draws.size else None


def probability(simulation: Simulation, measure: str, threshold: float, option: str) -> float:
    """The share of all draws in which a measure is above a threshold; draws without a value are not."""
    return float((simulation.draws(measure, option) > threshold).mean())


def summary(simulation: Simulation, measure: str, option: str) -> dict[str, Any]:
    """A measure's mean and percentiles with standard errors, the base case, and the share of draws at or below it."""
    every, replicates = simulation.draws(measure, option), simulation.setup.replicates
    draws, base = _with_number(every), simulation.base_value(measure, option)
    return {
        "base": number(base),
        "mean": number(float(draws.mean())) if draws.size else None,
        "standard_error": _standard_error(every, replicates, _mean),
        "percentiles": _by_percentile(_quantiles(draws)),
        "percentile_errors": _by_percentile(_quantile_errors(every, replicates)),
        "at_or_below_base": float((draws <= base).mean()) if draws.size and np.isfinite(base) else None,
        "without_number": 1 - draws.size / every.size,
    }


def odds(simulation: Simulation, option: str, budget: float | None) -> dict[str, float | None]:
    """The probabilities of a loss, of beating the reference and of keeping the budget, and the expected shortfall.

    For events that were simulated, the probability of a loss and the mean NPV with each event and with all are added.
    Shortfall and means are in money. The probability of keeping the budget is None without a ``budget``.
    """
    return {
        name: None if draws is None else by(draws)
        for name, (draws, by) in _draws_and_estimates(simulation, option, budget).items()
    }


def odds_errors(simulation: Simulation, option: str, budget: float | None) -> dict[str, float | None]:
    """The standard error of each result of `odds`."""
    replicates = simulation.setup.replicates
    return {
        name: None if draws is None else _standard_error(draws, replicates, by)
        for name, (draws, by) in _draws_and_estimates(simulation, option, budget).items()
    }


def _draws_and_estimates(
    simulation: Simulation, option: str, budget: float | None
) -> Mapping[str, tuple[FloatArray | None, Estimate]]:
    """The draws that each of the odds rests on, None where there are none, and what is made of them."""
    template, names = simulation.plan.template, figure_names(simulation.plan.template)
    npv, limit = simulation.draws(names.gain, option), template.views.simulation.budget
    cost = None if budget is None or limit is None else simulation.draws(limit.measure, option)
    found: dict[str, tuple[FloatArray | None, Estimate]] = {
        names.below_zero: (npv, _below_zero),
        BEATS_REFERENCE: (npv, _above_zero),
        names.shortfall: (npv, shortfall),
        WITHIN_BUDGET: (cost, partial(_at_most, budget or 0.0)),
    }
    for event in (*template.events, ALL_EVENTS):
        if (name := with_event(names.gain, event)) in simulation.kept:
            draws = simulation.draws(name, option)
            found |= {names.below(event): (draws, _below_zero), names.mean(event): (draws, _mean)}
    return found


def within_base(simulation: Simulation, option: str) -> tuple[float | None, float | None]:
    """The share of draws whose cost is at or below the base case's, and its standard error."""
    cost = simulation.plan.template.role("cost")
    share = partial(_at_most, simulation.base_value(cost, option))
    draws = simulation.draws(cost, option)
    return share(draws), _standard_error(draws, simulation.setup.replicates, share)


def _mean(draws: FloatArray) -> float:
    return float(draws.mean())


def _below_zero(draws: FloatArray) -> float:
    return float((draws < 0).mean())


def _above_zero(draws: FloatArray) -> float:
    return float((draws > 0).mean())


def _at_most(threshold: float, draws: FloatArray) -> float:
    return float((draws <= threshold).mean())


def shortfall(draws: FloatArray) -> float:
    """The expected shortfall: the mean of the worst draws."""
    worst = max(1, round(SHORTFALL_SHARE * draws.size))
    return float(np.sort(draws)[:worst].mean())


def approved_budget(plan: Plan) -> float | None:
    """The approved budget in cash, which is entered as evidence of its gate; None if there is none."""
    budget = plan.template.views.simulation.budget
    entry = plan.gates.get(budget.gate) if budget else None
    return None if entry is None else entry.figure


def measures_shown(template: Template) -> tuple[str, ...]:
    """The measures that a simulation reports: those that the views list, and those behind the probabilities.

    Raises TemplateError if the template's roles lack the measure of cost or the net one.
    """
    listed = [one.measure for one in template.views.shown_in("simulation")]
    budget = template.views.simulation.budget
    needed = [*figure_names(template).kept, *([budget.measure] if budget else [])]
    return tuple(dict.fromkeys((*listed, *needed)))


def simulated_names(plan: Plan, *, by_year: bool = False, events: bool = True) -> tuple[str, ...]:
    """The names of all results that a simulation reports: measures, categories and, ``by_year``, results by year.

    The NPVs with events follow the measures; they are left out without ``events``.
    """
    years = _yearly(plan) if by_year else ()
    with_events = gains_with_events(plan.template) if events else ()
    return (*measures_shown(plan.template), *with_events, *(flat(name) for name in plan.template.categories), *years)


def _yearly(plan: Plan) -> Iterator[str]:
    years = range(1, -(-plan.horizon // MONTHS_OF_A_YEAR) + 1)
    yield from (in_year(key, year) for year in years for key in yearly(plan.template))


def simulation_report(plan: Plan, setup: Setup, budget: float | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """A simulation as a dictionary for JSON: its stamp, and the `option_report` of each option."""
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
    """The statistics of one option, by measure, category and year, and its probabilities."""
    plan = simulation.plan
    years = dict.fromkeys(name.partition(".year")[2] for name in _yearly(plan) if name in simulation.kept)
    return {
        "measures": {name: summary(simulation, name, option) for name in measures_shown(plan.template)},
        "by_category": {name: summary(simulation, flat(name), option) for name in plan.template.categories},
        "by_year": {
            year: {key: summary(simulation, in_year(key, int(year)), option) for key in yearly(plan.template)}
            for year in years
        },
        "odds": odds(simulation, option, budget),
        "odds_errors": odds_errors(simulation, option, budget),
    }


def _with_number(draws: FloatArray) -> FloatArray:
    return draws[np.isfinite(draws)]


def _quantiles(draws: FloatArray) -> FloatArray:
    """The quantiles at PERCENTILES; nan if there are no draws. So many of them are found soonest in sorted draws."""
    return np.quantile(np.sort(draws), _SHARES) if draws.size else np.full(len(PERCENTILES), np.nan)


def _quantile_errors(draws: FloatArray, replicates: int) -> FloatArray:
    """The standard errors of `_quantiles`."""
    return _spread(np.array([_quantiles(_with_number(part)) for part in np.split(draws, replicates)]))


def _by_percentile(figures: FloatArray) -> dict[str, float | None]:
    return {f"p{at}": number(figure) for at, figure in zip(PERCENTILES, figures.tolist(), strict=True)}


def _standard_error(draws: FloatArray, replicates: int, estimate: Estimate) -> float | None:
    """The standard error of a statistic, from its values in the replicates; None if one of them has no draws."""
    parts = [_with_number(part) for part in np.split(draws, replicates)]
    if not all(part.size for part in parts):
        return None
    return float(_spread(np.array([estimate(part) for part in parts])))


def _spread(of_replicates: FloatArray) -> FloatArray:
    """The standard error of the mean of replicates, along the first axis."""
    return np.asarray(np.std(of_replicates, axis=0, ddof=1) / np.sqrt(len(of_replicates)))
