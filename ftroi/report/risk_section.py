"""The section on risk: probabilities and ranges of the stored simulation, as text and table, if it is up to date."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.risk.events import event_words, outcomes
from ftroi.analysis.risk.freshness import state_of
from ftroi.analysis.risk.snapshot import BINS
from ftroi.plan import Plan
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, Simulated
from ftroi.report.charts import draw_histogram, draw_ranges
from ftroi.report.figures import Range, role_of
from ftroi.report.number_text import MISSING, Money, percent
from ftroi.report.paper import Block, Column, Heading, Table, Text
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, figure_names, measure_names_in_sentences

_POINTS = (10, 50, 90)
_MARKS = {"P10": "p10", "base": "base", "mean": "mean", "P90": "p90"}


def sureness(plan: Plan, money: Money) -> Iterator[Block]:
    """The section; without fresh figures it says how they come about."""
    yield Heading("How sure it is")
    state = state_of(plan)
    if plan.simulated is None or state != FRESH:
        why = "Not simulated yet" if state == NOT_SIMULATED else "The inputs have changed since the simulation"
        yield Text(f"{why}: odds and ranges are not known.", "body")
        return
    yield Text(_told(plan, plan.simulated, money), "body")
    yield from _pictures(plan, plan.simulated, money)
    yield _table(plan, plan.simulated, money)
    stamp = plan.simulated.stamp
    about = f"{stamp.draws:,} draws ({stamp.method}), seed {stamp.seed}, {stamp.made}; inputs {stamp.digest}"
    yield Text(f"Money in {money.unit}. P10 is the figure that one draw in ten stays below. {about}.", "small")


def _pictures(plan: Plan, simulated: Simulated, money: Money) -> Iterator[Block]:
    """The range of every option's net measure, and how the one of the option shown is distributed."""
    names, theme, option = figure_names(plan.template), plan.template.theme, plan.settings.option
    words, gain = measure_names_in_sentences(plan.template)[names.gain], names.gain
    parts = ("p10", "p50", "p90")
    found = {each: [simulated.number(f"{gain}.{part}", each) for part in parts] for each in plan.settings.options}
    ranges = [
        Range(_label(plan, each), low, middle, high, bool(role_of(plan, each)))
        for each, (low, middle, high) in found.items()
        if low is not None and middle is not None and high is not None
    ]
    if ranges:
        yield draw_ranges(ranges, f"{words} of every option, P10 to P90", money, theme)
    first, width = (simulated.number(f"{gain}.{part}", option) for part in ("from", "width"))
    shares = [simulated.number(f"{gain}.bin{place}", option) for place in range(1, BINS + 1)]
    if first is None or not width or None in shares:
        return
    amounts = {name: simulated.number(f"{gain}.{part}", option) for name, part in _MARKS.items()}
    marks = {name: amount for name, amount in amounts.items() if amount is not None}
    edges = [first + place * width for place in range(BINS + 1)]
    title = f"Distribution of {words}: {plan.template.options[option].label}"
    yield draw_histogram(edges, [one or 0.0 for one in shares], marks, title, money, theme)


def _told(plan: Plan, simulated: Simulated, money: Money) -> str:
    """Say the odds of the option shown, with and without the first event that ends it, and its cost's."""
    option, names = plan.settings.option, figure_names(plan.template)
    cost, gain = measure_names_in_sentences(plan.template).values()
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
    words = measure_names_in_sentences(plan.template)
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
