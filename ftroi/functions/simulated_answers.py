"""The functions on simulation; they use the same draws as ``ftroi simulate``, and so return the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ftroi.analysis.risk.simulation import Simulation
from ftroi.analysis.risk.statistics import approved_budget, option_report, percentile, probability
from ftroi.analysis.rule_cells import blank_or
from ftroi.errors import Finding, PlanError
from ftroi.functions.figures import known_measure
from ftroi.functions.question import Answer, Question, Table, Value
from ftroi.termsheet.simulated_names import PERCENTILES

HEADERS = ("figure", "mean", "standard_error", "base", *(f"p{at}" for at in PERCENTILES))
"""The columns of FT_SIMULATE; probabilities have only the mean and its standard error."""


def ft_simulate(question: Question) -> Table:
    """Mean, standard error, base and percentiles of every measure, followed by the probabilities."""
    report = option_report(
        question.evaluated.simulation(question.option), question.option, approved_budget(question.plan)
    )
    return (HEADERS, *_measures(report["measures"]), *_odds(report["odds"], report["odds_errors"]))


def _measures(measures: dict[str, Any]) -> Iterator[tuple[Value, ...]]:
    for name, found in measures.items():
        figures = (found[one] for one in HEADERS[1:4])
        yield (name, *map(blank_or, figures), *map(blank_or, found["percentiles"].values()))


def _odds(odds: dict[str, float | None], errors: dict[str, float | None]) -> Iterator[tuple[Value, ...]]:
    for name, figure in odds.items():
        yield (name, blank_or(figure), blank_or(errors[name]), *([""] * (len(HEADERS) - 3)))


def ft_percentile(question: Question) -> Value:
    """A percentile of a measure over the simulated draws."""
    measure, share = known_measure(question, question.words("measure")), question.figure("p")
    found = percentile(_simulation(question, measure), measure, share, question.option)
    if found is None:
        raise PlanError(Finding(measure, "has a number in none of the simulated lives", "ask for another measure"))
    return found


def ft_probability(question: Question) -> Value:
    """The share of simulated draws in which a measure is above a threshold."""
    measure, threshold = known_measure(question, question.words("measure")), question.figure("threshold")
    return probability(_simulation(question, measure), measure, threshold, question.option)


def _simulation(question: Question, measure: str) -> Simulation:
    return question.evaluated.simulation(question.option, measure)


SIMULATED: Mapping[str, Callable[[Question], Answer]] = MappingProxyType({
    "FT_SIMULATE": ft_simulate,
    "FT_PERCENTILE": ft_percentile,
    "FT_PROBABILITY": ft_probability,
})  # fmt: skip
"""The implementations of the functions, by name."""
