"""The chart of winners: a field for every pair of values, in the colour and with the name of the best option there."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.winners import Winners, find_winners, usual_axes
from ftroi.plan import Plan
from ftroi.report.drawing import SIZE, Drawing
from ftroi.report.metrics import shortened
from ftroi.report.number_text import MISSING, assumption_words
from ftroi.report.paper import WIDTH, Block, Picture, Text
from ftroi.termsheet.colour import ink_on

_TITLE = "The best option by the two assumptions that matter most"
_LEFT, _TOP, _ROW, _GAP = 30.0, 14.0, 9.0, 0.4
_HALF = 0.5


def winner_map(plan: Plan) -> Iterator[Block]:
    """The map of the two assumptions that move the net measure most; nothing where fewer than two do."""
    axes = usual_axes(plan)
    if axes is None:
        return
    found = find_winners(plan, axes)
    yield Picture(draw_winners(plan, found))
    names = (_label(plan, axis.target.name) for axis in (found.columns, found.rows))
    yield Text("Across: {}. Down: {}. The option with the highest net present value.".format(*names), "small")


def draw_winners(plan: Plan, winners: Winners) -> Drawing:
    """Draw the map; values of the columns stand above it, those of the rows left of it."""
    theme, options = plan.template.theme, plan.template.options
    columns, rows = (_values(plan, axis.target.name, axis.values) for axis in (winners.columns, winners.rows))
    told = "; ".join(
        f"{rows[place]}: {', '.join(_short(plan, one) for one in row)}" for place, row in enumerate(winners.options)
    )
    about = f"Best option by {_label(plan, winners.rows.target.name)} and {_label(plan, winners.columns.target.name)}, "
    drawing = Drawing(_TITLE, f"{about}rows from {told}.", WIDTH, _TOP + len(rows) * _ROW + 1, theme)
    wide = (WIDTH - _LEFT) / len(columns)
    fills = _fills(plan)
    for place, text in enumerate(columns):
        drawing.words((_LEFT + (place + _HALF) * wide, _TOP - 3), text, anchor="middle", colour=theme.colours.grey)
    for down, row in enumerate(winners.options):
        top = _TOP + down * _ROW
        drawing.words((_LEFT - 2, top + _ROW * _HALF), rows[down], anchor="end", colour=theme.colours.grey)
        for across, option in enumerate(row):
            left, fill = _LEFT + across * wide, fills[option]
            drawing.bar(left, top, wide - _GAP, _ROW - _GAP, fill)
            text = shortened(options[option].short if option else MISSING, SIZE, wide - 2)
            at = (left + wide * _HALF, top + _ROW * _HALF)
            drawing.words(at, text, anchor="middle", colour=ink_on(fill, theme))
    return drawing


def _fills(plan: Plan) -> dict[str | None, str]:
    """A colour for each option, the proposed one's the accent; of the palette of hidden costs in turn."""
    colours = plan.template.theme.colours
    others = [one for one in plan.settings.options if one != plan.settings.candidate]
    palette = [one for one in colours.hidden if one != colours.accent]
    found: dict[str | None, str] = {None: colours.pale_grey, plan.settings.candidate: colours.accent}
    return found | {one: palette[place % len(palette)] for place, one in enumerate(others)}


def _short(plan: Plan, option: str | None) -> str:
    return plan.template.options[option].short if option else MISSING


def _label(plan: Plan, name: str) -> str:
    return plan.template.assumptions[name].table.label


def _values(plan: Plan, name: str, values: tuple[float, ...]) -> list[str]:
    unit = plan.template.assumptions[name].table.unit
    return [assumption_words(one, unit) for one in values]
