"""The figures of a paper's charts, taken from the engine's results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ftroi.analysis.tornado import Swing
from ftroi.engine import NOTHING, Results
from ftroi.plan import Plan
from ftroi.plan.resolve import at_end
from ftroi.report.bar_charts import Span, Stack, Step
from ftroi.report.line_charts import Claim, Curve, Share
from ftroi.report.number_text import assumption_words, unit_words
from ftroi.termsheet import flat

_SMALL, _LARGE = 0.01, 1000.0
"""Steps below this share of the lifetime cost are shown together."""


def steps_of(plan: Plan, results: Results) -> list[Step]:
    """Give the steps from the sprint budget of the option shown to its lifetime cost, in money of the plan."""
    option = plan.settings.option
    steps = [Step("Sprint budget", float(results.row("sprint_costs", option).sum()), "start")]
    for category in plan.template.cost_categories:
        kind, label = category.split(".")[0], plan.template.categories[category].label
        row = results.row(flat(category), option)
        if kind == "visible":
            row = row * (1 - results.row("build_flag", option))
        steps.append(Step(label, float(row.sum()), kind))
    return list(_gathered(steps))


def _gathered(steps: Sequence[Step]) -> Iterator[Step]:
    """Leave out what adds nothing, and put small steps of a kind together behind the others of it."""
    least = _SMALL * sum(step.amount for step in steps)
    for kind in ("start", "visible", "hidden"):
        own = [step for step in steps if step.kind == kind]
        yield from (step for step in own if abs(step.amount) >= least or kind == "start")
        small = [step for step in own if 0 < abs(step.amount) < least and kind != "start"]
        if len(small) == 1:
            yield small[0]
        elif small:
            yield Step(f"Other {kind} cost ({len(small)} categories)", sum(one.amount for one in small), kind)


def used_categories(plan: Plan, results: Results) -> dict[str, str]:
    """Give the labels of the cost categories in which any option has a cost."""
    options = plan.settings.options
    return {
        category: plan.template.categories[category].label
        for category in plan.template.cost_categories
        if any(results.row(flat(category), option).any() for option in options)
    }


def stacks_of(plan: Plan, results: Results) -> list[Stack]:
    """Give every option's lifetime cost by category, in money of the plan."""
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
    """Give the part that an option plays in the plan, "" for none."""
    settings = plan.settings
    return {settings.reference: "reference", settings.candidate: "candidate"}.get(option, "")


def curves_of(plan: Plan, results: Results) -> list[Curve]:
    """Give value less cost of the option shown and of the reference, cumulated from month 0 on."""
    settings, colours = plan.settings, plan.template.theme.colours
    looks = {settings.option: (colours.accent, False), settings.reference: (colours.visible[1], True)}
    return [
        Curve(plan.template.options[option].short, _cumulated(plan, results, option), colour, is_dashed)
        for option, (colour, is_dashed) in looks.items()
    ]


def _cumulated(plan: Plan, results: Results, option: str) -> list[float]:
    flow = results.row("benefits", option) - results.row("costs", option)
    return [0.0, *(float(one) for one in flow[: plan.horizon].cumsum())]


def shares_of(plan: Plan, results: Results) -> list[Share]:
    """Give the options' shares of the candidate's value and cost; options without them are left out.

    So is doing nothing, from which both are counted.
    """
    shares = []
    for option in plan.settings.options:
        value, cost = (results.measure(name, option).value for name in ("value_share", "cost_share"))
        if option != NOTHING and value is not None and cost is not None:
            shares.append(Share(plan.template.options[option].short, cost, value, role_of(plan, option)))
    return shares


def claim_of(plan: Plan) -> Claim:
    """Give the claim under test."""
    return Claim(plan.entries["claimed_cost_share"].base, plan.entries["claimed_value_share"].base)


def slope_of(plan: Plan, results: Results) -> float | None:
    """Give the candidate's cost over its value, both above doing nothing; None where it has no value."""
    ratio = results.measure("benefit_to_cost", plan.settings.candidate).value
    return None if ratio is None or ratio <= 0 else 1 / ratio


def spans_of(plan: Plan, swings: Sequence[Swing]) -> list[Span]:
    """Give the bars of the tornado."""
    return [Span(label_of(plan, one.name), one.at_low, one.at_high) for one in swings]


def label_of(plan: Plan, name: str) -> str:
    """Give an assumption's label."""
    return plan.template.assumptions[name].table.label


def ends_of(plan: Plan, name: str) -> str:
    """Give an uncertain assumption's low and high for the option shown, with their unit."""
    table, entry = plan.template.assumptions[name].table, plan.entries[name]
    place = plan.settings.options.index(plan.settings.option)
    ends = (float(at_end(plan, name, end)[place]) for end in (entry.low, entry.high) if end is not None)
    low, high = (assumption_words(_short(end), table.unit) for end in ends)
    return f"{low} to {high} {unit_words(table.unit, plan.settings.currency, is_many=True)}".strip()


def _short(end: float) -> float:
    """Round an end that was moved along with an option's own base to the digits that matter."""
    return float(f"{end:.3g}") if abs(end) < _LARGE else end
