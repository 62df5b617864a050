"""The risk events of a template in a simulation: the months in which they happen, and their outcomes.

An event with a month happens once, in a month drawn from its yearly probability, or never within the horizon; if the
plan states the month, nothing is drawn. An event with an outcome is decided once: if it happens, a line replaces the
net present value. Events use a stream of random numbers of their own, so that they do not change the other draws.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ftroi.analysis.risk.draws import drawn_values
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.engine import FloatArray
from ftroi.plan.plan import Plan
from ftroi.risk import Sampler, probabilities
from ftroi.termsheet import ALL_EVENTS, Template
from ftroi.termsheet.simulated_names import events_shown

_STREAM = 1
"""The random stream of events."""


def with_event(measure: str, event: str) -> str:
    """The name of the net measure simulated with an event, or with all of them (`ALL_EVENTS`)."""
    return f"{measure}_with_{event}"


def outcomes(template: Template) -> dict[str, str]:
    """The line that is the outcome, by event, for events that are decided once."""
    return {event: table.outcome for event, table in template.events.items() if table.outcome}


def months_named(template: Template) -> dict[str, str]:
    """The assumption that holds the month, by event, for events that happen in a month (dated events)."""
    return {event: table.month for event, table in template.events.items() if table.month}


def gains_with_events(template: Template) -> tuple[str, ...]:
    """The names of the net measure with each event alone and, if there are several, with all of them."""
    gain = template.views.roles.gain
    return tuple(with_event(gain, event) for event in events_shown(template)) if gain else ()


def event_words(template: Template, event: str) -> str:
    """An event's label inside a sentence."""
    return "every event" if event == ALL_EVENTS else template.events[event].label.lower()


def is_drawn(plan: Plan, name: str) -> bool:
    """Say whether an assumption is drawn: it is uncertain, and its low and high differ."""
    entry = plan.entries[name]
    return entry.ends is not None and entry.ends[0] != entry.ends[1] and entry.distribution != "fixed"


def drawn_with_events(plan: Plan) -> tuple[str, ...]:
    """The uncertain assumptions that matter only if an event happens: its probability and its sizes.

    The sizes of an event whose month the plan states always matter, and so are not among them.
    """
    names: list[str] = []
    for event in months_named(plan.template):
        table = plan.template.events[event]
        names += [table.chance, *(() if _is_stated(plan, event) else table.sizes)]
    return tuple(name for name in dict.fromkeys(names) if is_drawn(plan, name))


def _is_stated(plan: Plan, event: str) -> bool:
    entry = plan.entries[months_named(plan.template)[event]]
    return any(month > 0 for month in (entry.base, *entry.own.values()))


def event_sampler(plan: Plan, method: str, seed: int) -> Sampler:
    """The sampler for dated events: the scores of `drawn_with_events`, then one for each event."""
    return Sampler((*drawn_with_events(plan), *months_named(plan.template)), (), method, seed, _STREAM)


def drawn_events(
    plan: Plan, values: Mapping[str, FloatArray], scores: FloatArray
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """The values of `drawn_with_events`, and the month of each dated event, for scores of `event_sampler`.

    Both are arrays of 1 × options (or 1) × draws, the first by assumption, the second by event; month 0 means never.
    ``values`` are the plan's assumptions in the base case.
    """
    names = drawn_with_events(plan)
    figures = drawn_values(plan, names, scores)
    months = {}
    for place, (event, month) in enumerate(months_named(plan.template).items(), start=len(names)):
        stated, name = values[month], plan.template.events[event].chance
        chance = figures.get(name, values[name])
        drawn = months_of(chance, np.ascontiguousarray(scores[:, place]), plan.horizon)
        months[event] = np.where(stated > 0, stated, drawn)
    return figures, months


def months_of(chance: FloatArray, scores: FloatArray, horizon: int) -> FloatArray:
    """The month in which an event first happens, given its probability per year; 0 if not within the horizon.

    The probability of no event in the first n months is (1 - chance)^(n/12). ``chance`` is 1 × options (or 1) × draws
    (or 1), ``scores`` are the draws' standard normal scores.
    """
    with np.errstate(divide="ignore"):
        months = np.ceil(MONTHS_OF_A_YEAR * np.log1p(-probabilities(scores)) / np.log1p(-chance))
    return np.where(months <= horizon, np.maximum(months, 1.0), 0.0)


def decided(going: FloatArray, outcome: FloatArray, chance: FloatArray, scores: FloatArray | None) -> FloatArray:
    """Each draw's NPV after an event with an outcome is decided by its score; without scores, the expected NPV.

    ``going`` is the NPV without the event, ``outcome`` the amount if it happens, both in money. All arrays are options
    × draws, or broadcast to it.
    """
    if scores is None:
        return np.asarray((1 - chance) * going + chance * outcome)
    return np.where(probabilities(scores) < chance, outcome, going)
