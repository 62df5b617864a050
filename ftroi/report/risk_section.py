"""How sure it is: the odds and ranges that a simulation found, in words and in a table, where they are fresh."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.risk.events import event_words, outcomes
from ftroi.analysis.risk.freshness import state_of
from ftroi.plan import Plan
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, Simulated
from ftroi.report.figures import role_of
from ftroi.report.number_text import MISSING, Money, percent
from ftroi.report.paper import Block, Column, Heading, Table, Text
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, figure_names, measure_words

_POINTS = (10, 50, 90)
_RUN = "run 'ftroi simulate FILE --write'"


def sureness(plan: Plan, money: Money) -> Iterator[Block]:
    """The section; without fresh figures it says how they come about."""
    yield Heading("How sure it is")
    state = state_of(plan)
    if plan.simulated is None or state != FRESH:
        why = "Not simulated yet" if state == NOT_SIMULATED else "The inputs have changed since the simulation"
        yield Text(f"{why}: for odds and ranges {_RUN}, then write this paper again.", "body")
        return
    yield Text(_told(plan, plan.simulated, money), "body")
    yield _table(plan, plan.simulated, money)
    stamp = plan.simulated.stamp
    about = f"{stamp.draws:,} draws ({stamp.method}), seed {stamp.seed}, {stamp.made}; inputs {stamp.digest}"
    yield Text(f"Money in {money.unit}. P10 is the figure that one draw in ten stays below. {about}.", "small")


def _told(plan: Plan, simulated: Simulated, money: Money) -> str:
    """Say the odds of the option shown, with and without the first event that ends it, and its cost's."""
    option, names = plan.settings.option, figure_names(plan.template)
    cost, gain = measure_words(plan.template).values()
    label = plan.template.options[option].label
    told = [f"{label} beats the baseline in {_share(simulated.number(BEATS_REFERENCE, option))} of the draws"]
    for event in list(outcomes(plan.template))[:1]:
        loses = simulated.number(names.below(event), option)
        if loses is not None:
            words = event_words(plan.template, event)
            told.append(f"with {words} among the chances, its {gain} is below zero in {_share(loses)}")
    within = simulated.number(names.within_base, option)
    if within is not None:
        told.append(f"its {cost} stays within the base case in {_share(within)}")
    worst = simulated.number(names.shortfall, option)
    rest = (
        ""
        if worst is None
        else f" In the worst twentieth of the draws its mean {gain} is {money.words(worst)} {money.unit}."
    )
    return f"{'; '.join(told)}.{rest}"


def _table(plan: Plan, simulated: Simulated, money: Money) -> Table:
    """Every option's odds, and the ranges of its net measure and cost; proposed option and baseline are bold."""
    words = measure_words(plan.template)
    ranges = [(measure, at) for measure in reversed(words) for at in _POINTS]
    columns = [Column(f"{words[measure]}, P{at}", 19.0, is_figure=True) for measure, at in ranges]
    rows = tuple(
        (
            _label(plan, option),
            _share(simulated.number(BEATS_REFERENCE, option)),
            *(money.words(simulated.number(f"{measure}.p{at}", option)) for measure, at in ranges),
        )
        for option in plan.settings.options
    )
    strong = frozenset(place for place, option in enumerate(plan.settings.options) if role_of(plan, option))
    return Table((Column("Option", 48.0), Column("Beats the baseline", 20.0, is_figure=True), *columns), rows, strong)


def _label(plan: Plan, option: str) -> str:
    role, label = role_of(plan, option), plan.template.options[option].label
    return f"{label} ({role})" if role else label


def _share(found: float | None) -> str:
    return MISSING if found is None else percent(found)
