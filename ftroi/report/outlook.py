"""A paper's tables of what is to come: year by year, by scenario, and what would have to be true."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.annual import by_year
from ftroi.analysis.scenarios import Scenario, compare_scenarios, sound_scenarios
from ftroi.analysis.turning_points import TurningPoint, known_turning_points
from ftroi.engine import Results
from ftroi.language.value_formats import round_half_away
from ftroi.plan import CASES, Plan
from ftroi.report.number_text import MISSING, Money, measured_words, percent
from ftroi.report.paper import WIDTH, Block, Column, Heading, Table, Text

_LABELS = 62.0
"""The width of what a row is about."""

_MOST_OWN = 3
"""Scenarios of the user's own that stand beside the cases; there is room for no more."""

_TODAY, _FAR = 30.0, 40.0


def years_and_scenarios(plan: Plan, results: Results, money: Money) -> Iterator[Block]:
    """The option's years, and its figures in the three cases."""
    label = plan.template.options[plan.settings.option].label
    if plan.template.views.years:
        yield Heading(f"{label}, year by year")
        yield _years(plan, results, money)
    yield Heading("Scenarios")
    yield _scenarios(plan, money)
    strength = plan.template.views.roles.case_strength
    about = f"A case moves every uncertain assumption {percent(plan.entries[strength].base)} of the way to its end. "
    yield Text((about if strength in plan.entries else "") + f"Figures of {label}; money in {money.unit}.", "small")


def _years(plan: Plan, results: Results, money: Money) -> Table:
    option, shown = plan.settings.option, plan.template.views.years
    amounts = {one.label: by_year(results, one.line, option) for one in shown}
    count = max(map(len, amounts.values()))
    room = (WIDTH - _LABELS) / (count + 1)
    headers = [*(f"Year {year}" for year in range(1, count + 1)), "Total"]
    columns = [Column(header, room, is_figure=True) for header in headers]
    rows = tuple(
        (label, *(money.words(one) for one in years), money.words(sum(years))) for label, years in amounts.items()
    )
    return Table((Column(money.unit, _LABELS), *columns), rows)


def _scenarios(plan: Plan, money: Money) -> Table:
    found, option = compare_scenarios(plan, sound_scenarios(plan)[:_MOST_OWN]), plan.settings.option
    room = (WIDTH - _LABELS) / len(found)
    columns = [Column(one.name.capitalize() if one.name in CASES else one.name, room, is_figure=True) for one in found]
    measures = plan.template.measures
    rows = [
        (
            measures[one.measure].label,
            *(
                measured_words(each.results.measure(one.measure, option), measures[one.measure].unit, money)
                for each in found
            ),
        )
        for one in plan.template.views.shown_in("compare")
    ]
    return Table((Column("Measure", _LABELS), *columns), (*rows, ("Best option", *(_best(plan, one) for one in found))))


def _best(plan: Plan, one: Scenario) -> str:
    return plan.template.options[one.best].label if one.best else MISSING


def turning_points(plan: Plan, results: Results) -> Iterator[Block]:
    """What would have to be true: figures at which the verdict would turn, today's, and how far they are."""
    points = known_turning_points(plan.template)
    if not points:
        return
    yield Heading("What would have to be true")
    columns = (
        Column("Condition", WIDTH - 2 * _TODAY - _FAR), Column("Today", _TODAY, is_figure=True),
        Column("Break-even", _TODAY, is_figure=True), Column("How far", _FAR),
    )  # fmt: skip
    yield Table(columns, tuple(_point(plan, results, point) for point in points))


def _point(plan: Plan, results: Results, one: TurningPoint) -> tuple[str, ...]:
    option = one.option(plan)
    today, then = (_figure(results, name, option) for name in (one.today, one.at))
    shown = (_words(figure, one.number) for figure in (today, then))
    if isinstance(today, str) or isinstance(then, str):
        return (one.label, *shown, "")
    room = then - today if one.is_below else today - then
    by = (
        f"{round_half_away(abs(room) * 100, 1):.1f} points"
        if one.number == "percent"
        else f"{round_half_away(abs(room), 2):.2f}×"
    )
    return (one.label, *shown, f"holds by {by}" if room >= 0 else f"short by {by}")


def _figure(results: Results, name: str, option: str) -> float | str:
    """A measure's number or what it says instead, or any other figure."""
    if name not in results.template.measures:
        return results.number(name, option)
    measured = results.measure(name, option)
    return measured.text if measured.value is None else measured.value


def _words(figure: float | str, number: str) -> str:
    if isinstance(figure, str):
        return figure
    return percent(figure) if number == "percent" else f"{round_half_away(figure, 2):.2f}×"
