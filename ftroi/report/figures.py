"""The figures of a paper's charts, taken from the engine's results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ftroi.analysis.tornado import Swing
from ftroi.engine import NOTHING, Results
from ftroi.plan import Plan
from ftroi.plan.resolve import at_end
from ftroi.report.number_text import assumption_words, unit_words
from ftroi.termsheet import Template, flat
from ftroi.termsheet.colour import category_colours, group_colours
from ftroi.termsheet.model import group_of
from ftroi.termsheet.totals import BENEFITS, COSTS
from ftroi.termsheet.views import SharesTable, StepsTable

PROPOSED = "proposed"
"""The role of the option that the verdict is about."""

_SMALL, _LARGE = 0.01, 1000.0
"""Steps below this share of the cost are shown together."""


class Step(NamedTuple):
    """A step of a waterfall: what it adds, as an amount of money, and whose colour it has."""

    label: str
    amount: float
    kind: str


class Item(NamedTuple):
    """What a legend says of a colour."""

    label: str
    colour: str


class Stack(NamedTuple):
    """A stacked bar: its label, what it is in the plan, and its amounts by category."""

    label: str
    role: str
    amounts: Sequence[float]


class Span(NamedTuple):
    """A bar of a tornado: the measure with an assumption at its low and at its high end."""

    label: str
    at_low: float
    at_high: float


class Curve(NamedTuple):
    """A line by month, beginning with month 0: its label, its amounts and its colour."""

    label: str
    amounts: Sequence[float]
    colour: str
    is_dashed: bool = False


class Share(NamedTuple):
    """A point of the chart of shares, both as fractions of the proposed option's."""

    label: str
    cost: float
    value: float
    role: str = ""


class Claim(NamedTuple):
    """The claim under test: so much of the value at so little of the cost."""

    cost: float
    value: float

    @property
    def words(self) -> str:
        """The claim in words."""
        return f"the claim: {self.value:.0%} of the value at {self.cost:.0%} of the cost"


class Range(NamedTuple):
    """A bar of the football field: an option's label, P10, P50 and P90, and whether it plays a part."""

    label: str
    low: float
    middle: float
    high: float
    is_strong: bool = False


def steps_of(plan: Plan, results: Results, view: StepsTable) -> list[Step]:
    """The steps from the first measure of the option shown to its cost, in money of the plan."""
    template, option = plan.template, plan.settings.option
    first = Step(template.lines[view.start].label, results.number(view.start, option), "")
    steps = [first]
    for category in template.cost_categories:
        group, row = group_of(category), results.row(flat(category), option)
        if category in view.covers:
            row = row * (1 - results.row(view.build, option))
        steps.append(Step(template.categories[category].label, float(row.sum()), group))
    return [first, *_gathered(template, steps)]


def _gathered(template: Template, steps: Sequence[Step]) -> Iterator[Step]:
    """Leave out what adds nothing, and put small steps of a group together behind the others of it."""
    least = _SMALL * sum(step.amount for step in steps)
    for group in template.cost_groups:
        own = [step for step in steps if step.kind == group]
        yield from (step for step in own if abs(step.amount) >= least)
        small = [step for step in own if 0 < abs(step.amount) < least]
        if len(small) == 1:
            yield small[0]
        elif small:
            label = f"{template.groups[group].label}: {len(small)} other categories"
            yield Step(label, sum(one.amount for one in small), group)


def steps_legend(template: Template, view: StepsTable) -> dict[str, Item]:
    """What the waterfall's colours say, by kind of step."""
    found = {"": Item(view.ends, template.theme.colours.visible[0])}
    for group, colour in group_colours(template).items():
        label = template.groups[group].label
        found[group] = Item(view.after.format(group=label) if group in map(group_of, view.covers) else label, colour)
    return found


def used_categories(plan: Plan, results: Results) -> dict[str, Item]:
    """The label and colour of the cost categories in which any option has a cost."""
    options, categories = plan.settings.options, plan.template.categories
    used = [
        category
        for category in plan.template.cost_categories
        if any(results.row(flat(category), option).any() for option in options)
    ]
    return {
        name: Item(categories[name].label, colour) for name, colour in category_colours(plan.template, used).items()
    }


def stacks_of(plan: Plan, results: Results) -> list[Stack]:
    """Every option's cost by category, in money of the plan."""
    categories = used_categories(plan, results)
    return [
        Stack(
            plan.template.options[option].label,
            role_of(plan, option),
            [float(results.row(flat(category), option).sum()) for category in categories],
        )
        for option in plan.settings.options
    ]


def role_of(plan: Plan, option: str) -> str:
    """The part that an option plays in the plan, "" for none."""
    settings = plan.settings
    return {settings.reference: "baseline", settings.candidate: PROPOSED}.get(option, "")


def curves_of(plan: Plan, results: Results) -> list[Curve]:
    """Value less cost of the option shown, of the reference and of doing nothing, cumulated from month 0 on."""
    settings, colours = plan.settings, plan.template.theme.colours
    looks = {settings.option: (colours.accent, False), settings.reference: (colours.visible[1], True)}
    if NOTHING in settings.options:
        looks.setdefault(NOTHING, (colours.hidden[0], True))
    return [
        Curve(plan.template.options[option].short, _cumulated(plan, results, option), colour, is_dashed)
        for option, (colour, is_dashed) in looks.items()
    ]


def _cumulated(plan: Plan, results: Results, option: str) -> list[float]:
    flow = results.row(BENEFITS, option) - results.row(COSTS, option)
    return [0.0, *(float(one) for one in flow[: plan.horizon].cumsum())]


def shares_of(plan: Plan, results: Results, view: SharesTable) -> list[Share]:
    """The options' shares of the candidate's value and cost; options without them are left out.

    So is doing nothing, from which both are counted.
    """
    shares = []
    for option in plan.settings.options:
        value, cost = (results.measure(name, option).value for name in (view.value, view.cost))
        if option != NOTHING and value is not None and cost is not None:
            shares.append(Share(plan.template.options[option].short, cost, value, role_of(plan, option)))
    return shares


def claim_of(plan: Plan, view: SharesTable) -> Claim:
    """The claim under test."""
    return Claim(plan.entries[view.claimed_cost].base, plan.entries[view.claimed_value].base)


def slope_of(plan: Plan, results: Results, view: SharesTable) -> float | None:
    """The candidate's cost over its value, both above doing nothing; None where it has no value."""
    ratio = results.measure(view.ratio, plan.settings.candidate).value
    return None if ratio is None or ratio <= 0 else 1 / ratio


def spans_of(plan: Plan, swings: Sequence[Swing]) -> list[Span]:
    """The bars of the tornado."""
    return [Span(label_of(plan, one.name), one.at_low, one.at_high) for one in swings]


def label_of(plan: Plan, name: str) -> str:
    """An assumption's label."""
    return plan.template.assumptions[name].table.label


def ends_of(plan: Plan, name: str) -> str:
    """An uncertain assumption's low and high for the option shown, with their unit."""
    table, entry = plan.template.assumptions[name].table, plan.entries[name]
    place = plan.settings.options.index(plan.settings.option)
    ends = (float(at_end(plan, name, end)[place]) for end in entry.ends or ())
    low, high = (assumption_words(_short(end), table.unit) for end in ends)
    return f"{low} to {high} {unit_words(table.unit, plan.settings.currency, is_many=True)}".strip()


def _short(end: float) -> float:
    """Round an end that was moved along with an option's own base to the digits that matter."""
    return float(f"{end:.3g}") if abs(end) < _LARGE else end
