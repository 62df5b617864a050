"""Monte Carlo simulation of a plan: all uncertain assumptions are drawn, and all options use the same draws.

Draws are made in independent replicates of a power of two, and evaluated in blocks on all processors. Only the wanted
measures are stored, in the order of the draws, so that the number of processors changes no result. The base case is the
mode of every distribution, and therefore not the mean of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ftroi.analysis.risk.correlations import correlations_of
from ftroi.analysis.risk.draws import drawn_values, of_options
from ftroi.analysis.risk.events import (
    decided,
    drawn_with_events,
    event_sampler,
    gains_with_events,
    is_drawn,
    months_named,
    outcomes,
    with_event,
)
from ftroi.analysis.risk.events_applied import Changed, Eventful, chance_of
from ftroi.analysis.sweep import with_role_options
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.engine import FloatArray, Inputs, Results, evaluate, option_roles_read
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import inputs_of
from ftroi.risk import METHODS, Correlation, Sampler, in_parallel
from ftroi.termsheet import ALL_EVENTS, Template, flat

DRAWS = 10_000
REPLICATES = 8
"""The smallest number of independent sets of draws; the spread of their means gives the standard error."""

MOST_DRAWS = 2**22
_MOST_STORED_BYTES = 250_000_000
"""The most bytes of draws in memory at a time; statistics take half as much again."""

_NOTHING_DRAWN = "nothing"

_YEAR = ".year"

Progress = Callable[[int, int], None]
"""Called with the number of draws that are done, and of all draws."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of a simulation: number of draws, seed, method (one of `METHODS`), correlations.

    ``draws`` is rounded up to 8 to 15 replicates of a power of two, so by an eighth at most. ``correlations`` of None
    are the template's.
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
        """The number of independent sets of draws."""
        return max(-(-self.draws // self.of_each), REPLICATES)

    @property
    def count(self) -> int:
        """The number of draws after rounding up."""
        return self.of_each * self.replicates


@dataclass(frozen=True)
class Simulation:
    """The results of a simulation.

    ``kept`` holds measures as options × draws, in their units; nan where a measure has no value. ``base`` holds the
    same in the base case, as options × 1.
    """

    plan: Plan
    setup: Setup
    options: tuple[str, ...]
    kept: Mapping[str, FloatArray]
    base: Mapping[str, FloatArray]

    @property
    def count(self) -> int:
        """The number of draws."""
        return self.setup.count

    def draws(self, measure: str, option: str) -> FloatArray:
        """A measure by draw, in its unit, as an array of length ``count``."""
        figures: FloatArray = self.kept[measure][self.options.index(option)]
        return figures

    def base_value(self, measure: str, option: str) -> float:
        """A measure in the base case; nan if it has no value."""
        return float(self.base[measure][self.options.index(option), 0])


def simulate(
    plan: Plan,
    options: Sequence[str],
    measures: Sequence[str],
    setup: Setup | None = None,
    told: Progress | None = None,
) -> Simulation:
    """Simulate a plan, and store some measures of some of its options; ``told`` is called with the progress.

    If the net measure is among them, so is the net measure with each event that has an outcome (`events.with_event`).
    The net measure with dated events, or with all events, is stored only if it is named, and doubles the time. Events
    change no other measure. Raises PlanError for an invalid setup, a contingency in the inputs, a lognormal
    distribution with an end not above 0, and contradictory correlations; EvaluationError if a draw cannot be computed.
    """
    chosen = setup or Setup()
    _require(plan, chosen)
    run = _Run(with_role_options(plan, *options), tuple(options), tuple(measures), chosen)
    base = run.figures(run.inputs, None)
    kept = {name: np.empty((len(run.options), chosen.count)) for name in (*base, *run.named_dated)}
    done = 0
    for figures, changed in in_parallel(run.lives, run.scores()):
        start, done = done, done + next(iter(figures.values())).shape[1]
        for name, array in figures.items():
            kept[name][:, start:done] = array
        for name in kept.keys() & changed.keys():
            places, array = changed[name]
            kept[name][:, start + places] = array
        if told:
            told(done, chosen.count)
    return Simulation(plan, chosen, run.options, kept, base)


def lines_of(plan: Plan, measures: Sequence[str]) -> tuple[str, ...]:
    """The lines that a simulation of these measures computes."""
    return _Run(plan, (), tuple(measures), Setup()).lines


def passes(options: Sequence[str], measures: Sequence[str], setup: Setup) -> Iterator[tuple[str, ...]]:
    """The options in groups that are simulated one after the other, so that memory stays bounded.

    All passes make the same draws, so that their options remain comparable.
    """
    bytes_of_option = setup.count * (len(measures) + 1) * np.dtype(np.float64).itemsize
    at_once = max(1, _MOST_STORED_BYTES // bytes_of_option)
    yield from (tuple(options[start : start + at_once]) for start in range(0, len(options), at_once))


def yearly(template: Template) -> dict[str, str]:
    """The lines that a simulation can store by year, by key."""
    return {year.key: year.line for year in template.views.years if year.simulated}


def in_year(name: str, year: int) -> str:
    """The name of a key of `yearly` in one year, 1 for the first twelve months."""
    return f"{name}{_YEAR}{year}"


def uncertain(plan: Plan) -> tuple[str, ...]:
    """The assumptions that a simulation draws, without those that matter only with events."""
    apart = drawn_with_events(plan)
    return tuple(name for name in plan.entries if is_drawn(plan, name) and name not in apart)


@dataclass(frozen=True)
class _Run:
    plan: Plan
    options: tuple[str, ...]
    measures: tuple[str, ...]
    setup: Setup

    @cached_property
    def gain(self) -> str:
        """The net measure, which events change; "" if it is not wanted."""
        gain = self.plan.template.views.roles.gain
        return gain if gain and gain in self.measures else ""

    @property
    def outcomes(self) -> Mapping[str, str]:
        """The outcome lines of the events that are decided once; none if the net measure is not wanted."""
        return outcomes(self.plan.template) if self.gain else {}

    @property
    def named_dated(self) -> tuple[str, ...]:
        """The wanted names of the NPV with dated events."""
        known = months_named(self.plan.template)
        every = (*known, ALL_EVENTS) if known and self.gain else ()
        return tuple(name for event in every if (name := with_event(self.gain, event)) in self.measures)

    @property
    def by_year(self) -> bool:
        """Whether results by year are wanted, so that months are needed and not only their sums."""
        return any(_YEAR in name for name in self.measures)

    @cached_property
    def uncertain(self) -> tuple[str, ...]:
        """The assumptions that are drawn."""
        return uncertain(self.plan)

    @property
    def sampler(self) -> Sampler:
        names = (*self.uncertain, *self.outcomes)
        given = self.setup.correlations
        correlations = correlations_of(self.plan.template) if given is None else given
        return Sampler(names or (_NOTHING_DRAWN,), correlations, self.setup.method, self.setup.seed)

    @cached_property
    def inputs(self) -> Inputs:
        """The base case."""
        return inputs_of(self.plan, "base")

    def scores(self) -> Iterator[tuple[FloatArray, FloatArray | None]]:
        """Blocks of scores, each with those of the dated events if these are wanted."""
        setup = self.setup
        blocks = self.sampler.together(setup.of_each, setup.replicates)
        if not self.named_dated:
            return ((block, None) for block in blocks)
        of_events = event_sampler(self.plan, setup.method, setup.seed).together(setup.of_each, setup.replicates)
        return zip(blocks, of_events, strict=True)

    def lives(self, scores: tuple[FloatArray, FloatArray | None]) -> tuple[dict[str, FloatArray], Changed]:
        """The measures, options × draws, for a block of scores, and the draws that dated events change."""
        names, (block, of_events) = self.uncertain, scores
        drawn, decisions = drawn_values(self.plan, names, block), block[:, len(names) :]
        figures = self.figures(replace(self.inputs, values={**self.inputs.values, **drawn}), decisions)
        return figures, {} if of_events is None else self._eventful.changed(drawn, decisions, of_events)

    def figures(self, inputs: Inputs, decisions: FloatArray | None) -> dict[str, FloatArray]:
        """The measures for some inputs; ``decisions`` are the scores of the events that are decided once, by draw.

        Without ``decisions`` it is the base case, whose NPV with such an event is the expected one. NPVs with dated
        events are those in which none happens; the base case has no such NPVs.
        """
        plain, results = self._plain, self.evaluated(of_options(inputs, self.parties))
        draws = 1 if decisions is None else len(decisions)
        kept = {name: self._by_draw(results, name, draws) for name in plain}
        kept |= self._with_outcomes(results, inputs, kept, decisions)
        if decisions is None:
            return {name: figures for name, figures in kept.items() if name not in self.named_dated}
        return kept | {name: kept[self.gain] for name in self.named_dated if name != with_event(self.gain, ALL_EVENTS)}

    @property
    def _plain(self) -> tuple[str, ...]:
        """The wanted measures except the NPVs with events."""
        return tuple(name for name in self.measures if name not in gains_with_events(self.plan.template))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines that have to be computed."""
        return tuple(dict.fromkeys(map(self._line_of, (*self._plain, *self.outcomes.values()))))

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The options that have to be computed."""
        known = {*self.options, *option_roles_read(self.plan.template, self.inputs, self.lines)}
        return tuple(option for option in self.inputs.options if option in known)

    def evaluated(self, inputs: Inputs) -> Results:
        """Evaluate the wanted options, given the inputs of those that must be computed."""
        total = self.setup.count
        return evaluate(self.plan.template, inputs, self.lines, shown=self.options, sums=not self.by_year, total=total)

    def _with_outcomes(
        self, results: Results, inputs: Inputs, kept: Mapping[str, FloatArray], decisions: FloatArray | None
    ) -> dict[str, FloatArray]:
        """The NPV with each event that is decided once, and with all of them if that is wanted."""
        if not self.gain:
            return {}
        going = final = kept[self.gain]
        found, draws = {}, going.shape[1]
        for place, (event, line) in enumerate(self.outcomes.items()):
            scores = None if decisions is None else decisions[:, place]
            rest = self._by_draw(results, line, draws), chance_of(self.plan, inputs, self.options, event), scores
            found[with_event(self.gain, event)], final = decided(going, *rest), decided(final, *rest)
        every = with_event(self.gain, ALL_EVENTS)
        return found | {every: final} if every in self.measures else found

    @cached_property
    def _eventful(self) -> Eventful:
        return Eventful(self.plan, self.inputs, self.options, self.parties, self.evaluated)

    def _by_draw(self, results: Results, name: str, draws: int) -> FloatArray:
        """A line's total over the months, or a scalar, as options × draws."""
        line = self._line_of(name)
        amounts = results.arrays[line][0]
        if self.by_year and line in self.plan.template.series:
            amounts = self._summed(results.arrays[line], name, results.months)
        if f"status:{name}" in results.arrays:
            amounts = np.where(results.arrays[f"status:{name}"][0] > 0, np.nan, amounts)
        return np.broadcast_to(amounts, (len(results.options), draws))

    def _line_of(self, name: str) -> str:
        """The line or measure of a result's name."""
        key, year, _ = name.partition(_YEAR)
        return yearly(self.plan.template)[key] if year else name

    def _summed(self, array: FloatArray, name: str, months: int) -> FloatArray:
        """The sum of a line over all months or those of a year; a line of length 1 is the same in all months."""
        _, _, year = name.partition(_YEAR)
        first = (int(year) - 1) * MONTHS_OF_A_YEAR if year else 0
        last = min(months, first + MONTHS_OF_A_YEAR) if year else months
        if array.shape[0] == 1:
            return np.asarray(array[0] * (last - first))
        return np.asarray(array[first:last].sum(axis=0))


def _require(plan: Plan, setup: Setup) -> None:
    """Raise PlanError with everything that prevents a simulation."""
    findings = [*_setup_findings(setup), *lognormal_findings(plan), *_contingency_findings(plan)]
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
    """Findings on lognormal distributions whose ends are not above 0."""
    what, cure = "a lognormal's ends must be above 0", "raise its low, or choose another distribution"
    names = [name for name in plan.entries if is_drawn(plan, name) and plan.entries[name].distribution == "lognormal"]
    return [Finding(name, what, cure) for name in names if (plan.entries[name].ends or (0.0,))[0] <= 0]


def _contingency_findings(plan: Plan) -> list[Finding]:
    """Findings on a contingency in the inputs, which would count the simulated risk twice."""
    categories = plan.template.views.simulation.empty
    if not categories:
        return []
    results = evaluate(plan.template, inputs_of(plan, "base"), list(map(flat, categories)))
    found = []
    for category in categories:
        label = plan.template.categories[category].label.lower()
        bearing = [option for option in plan.settings.options if results.row(flat(category), option).any()]
        what = f"a {label} is in the cost of {', '.join(bearing)}: simulating would count the risk twice"
        if bearing:
            found.append(Finding(category, what, f"set the {label} to 0 while simulating"))
    return found
