"""Simulation of a plan: every uncertain assumption drawn, every option by the same draws.

Draws come in independent replicates of a power of two, evaluated block by block on all processors; of each
draw only the wanted figures are kept, in order, so that the processors change no figure. The base case is the
mode of every range, and so not the mean of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np

from ftroi.engine import FloatArray, Inputs, Results, evaluate, parties_read
from ftroi.errors import Finding, PlanError
from ftroi.plan.correlations import correlations_of
from ftroi.plan.draws import drawn_values
from ftroi.plan.plan import Plan
from ftroi.plan.report import MONTHS_OF_A_YEAR
from ftroi.plan.resolve import inputs_of
from ftroi.risk import METHODS, Correlation, Sampler, probabilities, side_by_side
from ftroi.termsheet import flat

DRAWS = 8_192
REPLICATES = 8
"""The fewest independent sets of draws: the spread of their means gives the standard error."""

MOST_DRAWS = 2**22
WORTH_COMPILING = 50_000
"""From so many draws on the months are compiled, where numba is installed."""
EVENT_NPV = "npv_with_abandonment"
"""The NPV of a draw in which the project may be abandoned at its gate, by its own chance."""

YEARLY = MappingProxyType({"tco": "costs", "value": "benefits"})
"""What can be kept by year, with its line by month; the name of a year's figure is of `in_year`."""

_MOST_KEPT = 250_000_000
"""Bytes of draws that are kept at a time; summing them up takes half as much again."""

_EVENT = "abandonment event"
_EVENT_LINES = ("increment_npv", "npv_abandoned")
_EVENT_RATE = "abandonment_rate"
_CONTINGENCY = "hidden.contingency"

_YEAR = ".year"

Progress = Callable[[int, int], None]
"""Told how many draws of how many are done."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How to draw: at least so many draws, rounded up to replicates of a power of two; the method; the seed.

    There are 8 to 15 replicates, so that at most an eighth is drawn beyond what is asked.
    ``correlations`` of None are the template's own.
    """

    draws: int = DRAWS
    seed: int = 1
    method: str = "sobol"
    correlations: tuple[Correlation, ...] | None = None

    @property
    def of_each(self) -> int:
        """The draws of one replicate, a power of two."""
        smaller = 1 << (max(self.draws // REPLICATES, 1).bit_length() - 1)
        return smaller if -(-self.draws // smaller) < 2 * REPLICATES else 2 * smaller

    @property
    def replicates(self) -> int:
        """How many independent sets of draws there are."""
        return max(-(-self.draws // self.of_each), REPLICATES)

    @property
    def count(self) -> int:
        """How many draws are made."""
        return self.of_each * self.replicates


@dataclass(frozen=True)
class Simulation:
    """Kept figures, options × draws, nan where a measure has no number; and the base case's, by option."""

    plan: Plan
    setup: Setup
    options: tuple[str, ...]
    kept: Mapping[str, FloatArray]
    base: Mapping[str, FloatArray]

    @property
    def count(self) -> int:
        """How many draws were made."""
        return self.setup.count

    def draws(self, measure: str, option: str) -> FloatArray:
        """Give a measure by draw, in its unit."""
        figures: FloatArray = self.kept[measure][self.options.index(option)]
        return figures

    def base_figure(self, measure: str, option: str) -> float:
        """Give a measure of the base case; nan where it has no number."""
        return float(self.base[measure][self.options.index(option), 0])


def simulate(
    plan: Plan,
    options: Sequence[str],
    measures: Sequence[str],
    setup: Setup | None = None,
    told: Progress | None = None,
) -> Simulation:
    """Draw a plan and keep some measures of some of its options; `EVENT_NPV` is kept with ``npv`` where it exists.

    Raises PlanError for a setup that makes no sense, a contingency in the inputs, a lognormal that is not above
    0 and correlations that cannot hold; EvaluationError where a draw cannot be computed.
    """
    chosen = setup or Setup()
    run = _Run(plan, tuple(options), tuple(measures), chosen)
    _require(run)
    base = run.figures(run.inputs, np.ones(1))
    kept = {name: np.empty((len(run.options), chosen.count)) for name in base}
    done = 0
    for block in side_by_side(run.drawn, run.sampler.blocks(chosen.of_each, chosen.replicates)):
        start, done = done, done + next(iter(block.values())).shape[1]
        for name, figures in block.items():
            kept[name][:, start:done] = figures
        if told:
            told(done, chosen.count)
    return Simulation(plan, chosen, run.options, kept, base)


def passes(options: Sequence[str], measures: Sequence[str], setup: Setup) -> Iterator[tuple[str, ...]]:
    """Cut options into those whose draws are kept at a time, so that memory stays bounded.

    Every pass makes the same draws, so that the options can be compared all the same.
    """
    bytes_of_option = setup.count * (len(measures) + 1) * np.dtype(np.float64).itemsize
    at_once = max(1, _MOST_KEPT // bytes_of_option)
    yield from (tuple(options[start : start + at_once]) for start in range(0, len(options), at_once))


def in_year(name: str, year: int) -> str:
    """Name a measure of YEARLY in one year, 1 for the first twelve months, as `simulate` and the results know it."""
    return f"{name}{_YEAR}{year}"


def uncertain(plan: Plan) -> tuple[str, ...]:
    """Name the assumptions that a simulation draws: those whose ends are apart."""
    return tuple(
        name
        for name, entry in plan.entries.items()
        if entry.low is not None and entry.low != entry.high and entry.distribution != "fixed"
    )


@dataclass(frozen=True)
class _Run:
    plan: Plan
    options: tuple[str, ...]
    measures: tuple[str, ...]
    setup: Setup

    @property
    def has_event(self) -> bool:
        known = self.plan.template
        return "npv" in self.measures and _EVENT_RATE in known.assumptions and _EVENT_LINES[1] in known.lines

    @property
    def by_year(self) -> bool:
        """Whether months are wanted, and not their sums alone."""
        return any(_YEAR in name for name in self.measures)

    @property
    def sampler(self) -> Sampler:
        names = (*uncertain(self.plan), *((_EVENT,) if self.has_event else ()))
        given = self.setup.correlations
        correlations = correlations_of(self.plan.template) if given is None else given
        return Sampler(names or (_EVENT,), correlations, self.setup.method, self.setup.seed)

    @cached_property
    def inputs(self) -> Inputs:
        """The base case."""
        return inputs_of(self.plan, "base")

    def drawn(self, scores: FloatArray) -> dict[str, FloatArray]:
        """Give the kept figures, options × draws, of a block of scores."""
        values = {**self.inputs.values, **drawn_values(self.plan, uncertain(self.plan), scores)}
        return self.figures(replace(self.inputs, values=values), scores[:, -1])

    def figures(self, inputs: Inputs, event: FloatArray) -> dict[str, FloatArray]:
        """Compute the kept figures; ``event`` holds the scores that decide on abandonment."""
        lines = tuple(dict.fromkeys((*self.measures, *(_EVENT_LINES if self.has_event else ()))))
        wanted = [_line_of(name) for name in lines]
        parties = {*self.options, *parties_read(self.plan.template, inputs, wanted)}
        fewer = _only(inputs, [one for one in inputs.options if one in parties])
        many = self.setup.count >= WORTH_COMPILING
        results = evaluate(self.plan.template, fewer, wanted, sums=not self.by_year, many=many)
        kept = {name: self._by_draw(results, name, len(event)) for name in lines}
        if self.has_event:
            kept[EVENT_NPV] = self._with_event(kept, fewer, event)
            kept = {name: kept[name] for name in (*self.measures, EVENT_NPV)}
        return kept

    def _by_draw(self, results: Results, name: str, draws: int) -> FloatArray:
        """Give a line's total over the months, or a scalar, for each option and draw."""
        places = [results.options.index(one) for one in self.options]
        line = _line_of(name)
        amounts = results.arrays[line][0]
        if self.by_year and line in self.plan.template.series:
            amounts = self._summed(results.arrays[line], name, results.months)
        if f"status:{name}" in results.arrays:
            amounts = np.where(results.arrays[f"status:{name}"][0] > 0, np.nan, amounts)
        return np.broadcast_to(amounts, (len(results.options), draws))[places]

    def _summed(self, array: FloatArray, name: str, months: int) -> FloatArray:
        """Add a line's months: all of them, or those of a year; a line with one month is the same in each."""
        _, _, year = name.partition(_YEAR)
        first = (int(year) - 1) * MONTHS_OF_A_YEAR if year else 0
        last = min(months, first + MONTHS_OF_A_YEAR) if year else months
        if array.shape[0] == 1:
            return np.asarray(array[0] * (last - first))
        return np.asarray(array[first:last].sum(axis=0))

    def _with_event(self, kept: Mapping[str, FloatArray], inputs: Inputs, event: FloatArray) -> FloatArray:
        """Give each draw's NPV with its event: an expected one where there is a single draw, the base case."""
        going, stopped = (kept[name] for name in _EVENT_LINES)
        places = [inputs.options.index(one) for one in self.options]
        rates = inputs.values[_EVENT_RATE][0]
        rate = np.broadcast_to(rates, (len(inputs.options), rates.shape[1]))[places]
        if len(event) == 1:
            return (1 - rate) * going + rate * stopped
        return np.where(probabilities(event) < rate, stopped, going)


def _line_of(name: str) -> str:
    """Give the line or measure that a kept figure is of."""
    measure, year, _ = name.partition(_YEAR)
    return YEARLY[measure] if year else name


def _only(inputs: Inputs, options: Sequence[str]) -> Inputs:
    """Give the inputs of some options."""
    places = [inputs.options.index(one) for one in options]

    def part(array: FloatArray) -> FloatArray:
        return array if array.shape[1] == 1 else array[:, places]

    values = {name: part(array) for name, array in inputs.values.items()}
    own = {name: part(array) for name, array in inputs.own.items()}
    return replace(inputs, options=tuple(options), values=values, own=own)


def _require(run: _Run) -> None:
    """Raise PlanError with everything that stands against simulating."""
    findings = [*_setup_findings(run.setup), *lognormal_findings(run.plan), *_contingency_findings(run)]
    if findings:
        raise PlanError(*findings)


def _setup_findings(setup: Setup) -> list[Finding]:
    found = []
    if not REPLICATES <= setup.draws <= MOST_DRAWS:
        found.append(Finding("--draws", f"{setup.draws} draws", f"ask for {REPLICATES} to {MOST_DRAWS:,}"))
    if setup.seed < 0:
        found.append(Finding("--seed", f"{setup.seed} is no seed", "give a whole number from 0"))
    if setup.method not in METHODS:
        found.append(Finding("--method", f"no method '{setup.method}'", f"choose {', '.join(METHODS)}"))
    return found


def lognormal_findings(plan: Plan) -> list[Finding]:
    """Find lognormals whose ends are not above 0."""
    what, cure = "a lognormal's ends must be above 0", "raise its low, or choose another distribution"
    names = [name for name in uncertain(plan) if plan.entries[name].distribution == "lognormal"]
    return [Finding(name, what, cure) for name in names if (plan.entries[name].low or 0) <= 0]


def _contingency_findings(run: _Run) -> list[Finding]:
    """Refuse a contingency: the simulation shows the same risk."""
    line = flat(_CONTINGENCY)
    if line not in run.plan.template.lines:
        return []
    results = evaluate(run.plan.template, inputs_of(run.plan, "base"), [line])
    bearing = [option for option in run.plan.settings.options if results.row(line, option).any()]
    what = f"a contingency is in the cost of {', '.join(bearing)}: simulating would count the risk twice"
    return [Finding(_CONTINGENCY, what, "set the contingency to 0 while simulating")] if bearing else []
