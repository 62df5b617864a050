"""Simulation of a plan: every uncertain assumption drawn, every option by the same draws.

Draws come in independent replicates of a power of two, evaluated block by block on all processors; of each
draw only the wanted figures are kept, in order, so that the processors change no figure. The base case is the
mode of every range, and so not the mean of the plan.
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
from ftroi.analysis.sweep import of_parties
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.engine import FloatArray, Inputs, Results, evaluate, option_roles_read
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import inputs_of
from ftroi.risk import METHODS, Correlation, Sampler, in_parallel
from ftroi.termsheet import ALL_EVENTS, Template, flat

DRAWS = 10_000
REPLICATES = 8
"""The fewest independent sets of draws: the spread of their means gives the standard error."""

MOST_DRAWS = 2**22
_MOST_KEPT = 250_000_000
"""Bytes of draws that are kept at a time; summing them up takes half as much again."""

_NOTHING_DRAWN = "nothing"

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
        """A measure by draw, in its unit."""
        figures: FloatArray = self.kept[measure][self.options.index(option)]
        return figures

    def base_figure(self, measure: str, option: str) -> float:
        """A measure of the base case; nan where it has no number."""
        return float(self.base[measure][self.options.index(option), 0])


def simulate(
    plan: Plan,
    options: Sequence[str],
    measures: Sequence[str],
    setup: Setup | None = None,
    told: Progress | None = None,
) -> Simulation:
    """Draw a plan and keep some measures of some of its options.

    With the net measure comes the one with each event that has an outcome (see `events.with_event`). That with
    events that have a month, or with all events, is kept where it is named too, and takes about as long again. Events
    change no other figure. Raises PlanError for a setup that makes no sense, a contingency in the inputs, a
    lognormal that is not above 0 and correlations that cannot hold; EvaluationError where a draw cannot be computed.
    """
    chosen = setup or Setup()
    _require(plan, chosen)
    run = _Run(of_parties(plan, *options), tuple(options), tuple(measures), chosen)
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
    """Name the lines that a simulation that keeps these measures computes."""
    return _Run(plan, (), tuple(measures), Setup()).lines


def passes(options: Sequence[str], measures: Sequence[str], setup: Setup) -> Iterator[tuple[str, ...]]:
    """Cut options into those whose draws are kept at a time, so that memory stays bounded.

    Every pass makes the same draws, so that the options can be compared all the same.
    """
    bytes_of_option = setup.count * (len(measures) + 1) * np.dtype(np.float64).itemsize
    at_once = max(1, _MOST_KEPT // bytes_of_option)
    yield from (tuple(options[start : start + at_once]) for start in range(0, len(options), at_once))


def yearly(template: Template) -> dict[str, str]:
    """What a simulation keeps by year, by its key, with its line by month."""
    return {one.key: one.line for one in template.views.years if one.simulated}


def in_year(name: str, year: int) -> str:
    """The name of a key of `yearly` in one year, 1 for the first twelve months."""
    return f"{name}{_YEAR}{year}"


def uncertain(plan: Plan) -> tuple[str, ...]:
    """Name the assumptions that a simulation draws: those whose ends are apart, but what matters with events alone."""
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
        """The net measure, which events change; "" where it is not wanted."""
        gain = self.plan.template.views.roles.gain
        return gain if gain and gain in self.measures else ""

    @property
    def outcomes(self) -> Mapping[str, str]:
        """The lines of the events that are decided once; without a net measure there is nothing to decide on."""
        return outcomes(self.plan.template) if self.gain else {}

    @property
    def named_dated(self) -> tuple[str, ...]:
        """The NPVs with events that have a month, as far as they are wanted."""
        known = months_named(self.plan.template)
        every = (*known, ALL_EVENTS) if known and self.gain else ()
        return tuple(name for event in every if (name := with_event(self.gain, event)) in self.measures)

    @property
    def by_year(self) -> bool:
        """Whether months are wanted, and not their sums alone."""
        return any(_YEAR in name for name in self.measures)

    @property
    def sampler(self) -> Sampler:
        names = (*uncertain(self.plan), *self.outcomes)
        given = self.setup.correlations
        correlations = correlations_of(self.plan.template) if given is None else given
        return Sampler(names or (_NOTHING_DRAWN,), correlations, self.setup.method, self.setup.seed)

    @cached_property
    def inputs(self) -> Inputs:
        """The base case."""
        return inputs_of(self.plan, "base")

    def scores(self) -> Iterator[tuple[FloatArray, FloatArray | None]]:
        """Blocks of scores, with those of the dated events where they are wanted."""
        setup = self.setup
        blocks = self.sampler.together(setup.of_each, setup.replicates)
        if not self.named_dated:
            return ((block, None) for block in blocks)
        of_events = event_sampler(self.plan, setup.method, setup.seed).together(setup.of_each, setup.replicates)
        return zip(blocks, of_events, strict=True)

    def lives(self, scores: tuple[FloatArray, FloatArray | None]) -> tuple[dict[str, FloatArray], Changed]:
        """The kept figures, options × draws, of a block of scores, and the draws that dated events change."""
        names, (block, of_events) = uncertain(self.plan), scores
        drawn, decisions = drawn_values(self.plan, names, block), block[:, len(names) :]
        figures = self.figures(replace(self.inputs, values={**self.inputs.values, **drawn}), decisions)
        return figures, {} if of_events is None else self._eventful.changed(drawn, decisions, of_events)

    def figures(self, inputs: Inputs, decisions: FloatArray | None) -> dict[str, FloatArray]:
        """Compute the kept figures; ``decisions`` are the scores of the events that are decided once, by draw.

        Without them it is the base case, whose NPV with such an event is the expected one. The NPVs with dated
        events are as if none happened; the base case has none.
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
        """What is kept but the NPVs with events."""
        return tuple(name for name in self.measures if name not in gains_with_events(self.plan.template))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines that have to be computed."""
        return tuple(dict.fromkeys(map(self._line_of, (*self._plain, *self.outcomes.values()))))

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The options that have to be computed."""
        known = {*self.options, *option_roles_read(self.plan.template, self.inputs, self.lines)}
        return tuple(one for one in self.inputs.options if one in known)

    def evaluated(self, inputs: Inputs) -> Results:
        """Compute the kept options for the inputs of those that have to be computed: one program for all draws."""
        total = self.setup.count
        return evaluate(self.plan.template, inputs, self.lines, shown=self.options, sums=not self.by_year, total=total)

    def _with_outcomes(
        self, results: Results, inputs: Inputs, kept: Mapping[str, FloatArray], decisions: FloatArray | None
    ) -> dict[str, FloatArray]:
        """The NPV with each event that is decided once, and with all of them where that is wanted."""
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
        """A line's total over the months, or a scalar, for each option and draw."""
        line = self._line_of(name)
        amounts = results.arrays[line][0]
        if self.by_year and line in self.plan.template.series:
            amounts = self._summed(results.arrays[line], name, results.months)
        if f"status:{name}" in results.arrays:
            amounts = np.where(results.arrays[f"status:{name}"][0] > 0, np.nan, amounts)
        return np.broadcast_to(amounts, (len(results.options), draws))

    def _line_of(self, name: str) -> str:
        """The line or measure that a kept figure is of."""
        key, year, _ = name.partition(_YEAR)
        return yearly(self.plan.template)[key] if year else name

    def _summed(self, array: FloatArray, name: str, months: int) -> FloatArray:
        """Add a line's months: all of them, or those of a year; a line with one month is the same in each."""
        _, _, year = name.partition(_YEAR)
        first = (int(year) - 1) * MONTHS_OF_A_YEAR if year else 0
        last = min(months, first + MONTHS_OF_A_YEAR) if year else months
        if array.shape[0] == 1:
            return np.asarray(array[0] * (last - first))
        return np.asarray(array[first:last].sum(axis=0))


def _require(plan: Plan, setup: Setup) -> None:
    """Raise PlanError with everything that stands against simulating."""
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
    """Find lognormals whose ends are not above 0."""
    what, cure = "a lognormal's ends must be above 0", "raise its low, or choose another distribution"
    names = [name for name in plan.entries if is_drawn(plan, name) and plan.entries[name].distribution == "lognormal"]
    return [Finding(name, what, cure) for name in names if (plan.entries[name].ends or (0.0,))[0] <= 0]


def _contingency_findings(plan: Plan) -> list[Finding]:
    """Refuse a contingency in the inputs: the simulation shows the same risk."""
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
