"""What may happen by chance in a simulated life: the events of a template, and the months that are drawn for them.

An event with a month happens in a month drawn by its chance in a year, the first time alone, or never within the
horizon; where a plan states the month there is nothing to draw. An event with an outcome is decided once: a line then
takes the place of the net present value. Events are drawn apart from everything else, so that they change no draw.
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
"""Events are drawn from a stream of their own."""


def with_event(measure: str, event: str) -> str:
    """The name of a net measure of a draw in which an event may happen, or, for `ALL_EVENTS`, any of them."""
    return f"{measure}_with_{event}"


def outcomes(template: Template) -> dict[str, str]:
    """For each event that is decided once the line that is its outcome."""
    return {event: table.outcome for event, table in template.events.items() if table.outcome}


def months_named(template: Template) -> dict[str, str]:
    """For each event that happens in a month the assumption that is this month."""
    return {event: table.month for event, table in template.events.items() if table.month}


def gains_with_events(template: Template) -> tuple[str, ...]:
    """The net measure with each event alone and, where there are several, with all of them."""
    gain = template.views.roles.gain
    return tuple(with_event(gain, event) for event in events_shown(template)) if gain else ()


def event_words(template: Template, event: str) -> str:
    """An event's label inside a sentence."""
    return "every event" if event == ALL_EVENTS else template.events[event].label.lower()


def is_drawn(plan: Plan, name: str) -> bool:
    """Say whether an assumption is uncertain and its ends are apart."""
    entry = plan.entries[name]
    return entry.ends is not None and entry.ends[0] != entry.ends[1] and entry.distribution != "fixed"


def drawn_with_events(plan: Plan) -> tuple[str, ...]:
    """Name the uncertain assumptions that matter only where an event happens: its chance and its sizes.

    The sizes of an event whose month the plan states matter in any case.
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
    """What draws the dated events: the scores of `drawn_with_events`, then one of each event."""
    return Sampler((*drawn_with_events(plan), *months_named(plan.template)), (), method, seed, _STREAM)


def drawn_events(
    plan: Plan, values: Mapping[str, FloatArray], scores: FloatArray
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """The figures that matter with events, and the month of each dated event, from scores of `event_sampler`.

    Both are arrays of 1 × options (or 1) × draws, the first by assumption, the second by event; a month of 0 is
    never. ``values`` are the plan's own.
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
    """The month in which something happens that has a chance in a year, 0 where not within the horizon.

    Nothing happens in the first n months with a probability of (1 - chance)^(n/12). ``chance`` is 1 × options (or
    1) × draws (or 1), ``scores`` are the draws' normal scores.
    """
    with np.errstate(divide="ignore"):
        months = np.ceil(MONTHS_OF_A_YEAR * np.log1p(-probabilities(scores)) / np.log1p(-chance))
    return np.where(months <= horizon, np.maximum(months, 1.0), 0.0)


def decided(going: FloatArray, outcome: FloatArray, chance: FloatArray, scores: FloatArray | None) -> FloatArray:
    """Each draw's NPV where an event with an outcome is decided by its score; without scores the expected one.

    All are options × draws or fit it; NPV and outcome are in money.
    """
    if scores is None:
        return np.asarray((1 - chance) * going + chance * outcome)
    return np.where(probabilities(scores) < chance, outcome, going)
