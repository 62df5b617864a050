"""The map of winners: a field for every pair of values, in the colour and with the name of the best option there."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.sensitivity import Axis
from ftroi.analysis.winners import find_winners, usual_axes
from ftroi.plan import Plan
from ftroi.report.charts import Names, draw_fields
from ftroi.report.figures import Item
from ftroi.report.number_text import MISSING, assumption_words, unit_words
from ftroi.report.paper import Block, Text

_TITLE = "The best option by the two assumptions that matter most"


def winner_map(plan: Plan) -> Iterator[Block]:
    """The map of the two assumptions that move the net measure most; nothing where fewer than two do.

    Where one option is best at every pair, a sentence says so in its place.
    """
    axes = usual_axes(plan)
    if axes is None:
        return
    found = find_winners(plan, axes)
    across, down = (_names(plan, axis) for axis in (found.columns, found.rows))
    winners = {option for row in found.options for option in row}
    if len(winners) == 1:
        told = f"{across[0]} from {across[1][0]} to {across[1][-1]}, {down[0]} from {down[1][0]} to {down[1][-1]}"
        yield Text(f"{_label(plan, *winners)} has the highest net present value at every pair of {told}.", "body")
        return
    fills = _fills(plan)
    fields = [[Item(_label(plan, one), fills[one]) for one in row] for row in found.options]
    yield draw_fields(fields, across, down, _TITLE, plan.template.theme)
    yield Text("In each field: the option with the highest net present value.", "small")


def _label(plan: Plan, option: str | None) -> str:
    return plan.template.options[option].short if option else MISSING


def _names(plan: Plan, axis: Axis) -> Names:
    """An axis's assumption with its unit, and its values in words."""
    table = plan.template.assumptions[axis.target.name].table
    unit = unit_words(table.unit, plan.settings.currency, is_many=True)
    shown = [assumption_words(value, table.unit) for value in axis.values]
    return (f"{table.label}, {unit}" if unit else table.label), shown


def _fills(plan: Plan) -> dict[str | None, str]:
    """A colour for each option, the proposed one's the accent; of the palette of hidden costs in turn."""
    colours = plan.template.theme.colours
    others = [option for option in plan.settings.options if option != plan.settings.candidate]
    palette = [one for one in colours.hidden if one != colours.accent]
    found: dict[str | None, str] = {None: colours.pale_grey, plan.settings.candidate: colours.accent}
    return found | {one: palette[place % len(palette)] for place, one in enumerate(others)}
