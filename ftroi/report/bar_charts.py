"""The charts of a paper, drawn from the engine's figures; every one with its units and with words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ftroi.report.axes import Scale, scale_over
from ftroi.report.drawing import SIZE, Drawing
from ftroi.report.metrics import shortened, text_width
from ftroi.report.number_text import Money
from ftroi.report.paper import WIDTH
from ftroi.termsheet import ThemeTable

LABELS, VALUES = 68.0, 17.0
"""Room for labels on the left, and for figures on the right."""

TOP, ROW, BAR = 9.0, 6.0, 4.2
_AXIS = 9.0
_LEGEND_LINE = 4.6
_MOST_BARS = 12
"""The most assumptions in a tornado."""
_HALF = 0.5


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


def draw_steps(
    steps: Sequence[Step], legend: Mapping[str, Item], end: str, title: str, money: Money, theme: ThemeTable
) -> Drawing:
    """Draw a waterfall: the first step from nothing, each other from where the one before ended, then the sum.

    ``legend`` has an item for each kind of step; the sum, called ``end``, has the colour of the first step.
    """
    total = sum(step.amount for step in steps)
    about = f"Waterfall in {money.unit}: " + "; ".join(f"{one.label} {money.words(one.amount)}" for one in steps)
    about += f"; together {money.words(total)}."
    drawing = Drawing(title, about, WIDTH, TOP + (len(steps) + 1) * ROW + _LEGEND_LINE + 1, theme)
    scale = scale_over(_running(steps), LABELS + 2, WIDTH - VALUES)
    reached = 0.0
    for place, step in enumerate(steps):
        top = TOP + place * ROW
        _row(drawing, top, step.label, money.words(step.amount))
        drawing.bar(scale(reached), top, scale(reached + step.amount) - scale(reached), BAR, legend[step.kind].colour)
        reached += step.amount
        drawing.line((scale(reached), top + BAR), (scale(reached), top + ROW), theme.colours.grey)
    bottom = TOP + len(steps) * ROW
    _row(drawing, bottom, end, money.words(total), bold=True)
    drawing.bar(scale(0), bottom, scale(total) - scale(0), BAR, legend[steps[0].kind].colour)
    _legend(drawing, bottom + ROW + 2, list(legend.values()))
    _unit(drawing, money)
    return drawing


def _running(steps: Sequence[Step]) -> list[float]:
    reached = [0.0]
    for step in steps:
        reached.append(reached[-1] + step.amount)
    return reached


def draw_stacks(
    stacks: Sequence[Stack], legend: Sequence[Item], title: str, money: Money, theme: ThemeTable
) -> Drawing:
    """Draw the cost of every option by category; ``legend`` has an item for each of the amounts."""
    about = f"Stacked bars in {money.unit}, one for each option: "
    about += "; ".join(f"{stack.label} {money.words(sum(stack.amounts))}" for stack in stacks) + "."
    lines = _legend_lines(legend)
    drawing = Drawing(title, about, WIDTH, TOP + len(stacks) * ROW + _AXIS + len(lines) * _LEGEND_LINE, theme)
    tops = [sum(amount for amount in stack.amounts if amount > 0) for stack in stacks]
    lows = [sum(amount for amount in stack.amounts if amount < 0) for stack in stacks]
    bottom = TOP + len(stacks) * ROW
    scale = scale_over([*tops, *lows], LABELS + 2, WIDTH - VALUES)
    draw_money_grid(drawing, scale, TOP - 1, bottom, money)
    for place, stack in enumerate(stacks):
        label = f"{stack.label} – {stack.role}" if stack.role else stack.label
        _row(drawing, TOP + place * ROW, label, money.words(sum(stack.amounts)), bold=bool(stack.role))
        _stack(drawing, scale, TOP + place * ROW, stack.amounts, [colour for _, colour in legend])
    for number, line in enumerate(lines):
        _legend(drawing, bottom + _AXIS + number * _LEGEND_LINE - 1.5, line)
    return drawing


def _stack(drawing: Drawing, scale: Scale, top: float, amounts: Sequence[float], colours: Sequence[str]) -> None:
    up = down = 0.0
    for amount, colour in zip(amounts, colours, strict=True):
        start = up if amount > 0 else down
        drawing.bar(scale(start), top, scale(start + amount) - scale(start), BAR, colour)
        up, down = (up + amount, down) if amount > 0 else (up, down + amount)


def draw_tornado(spans: Sequence[Span], base: float, title: str, money: Money, theme: ThemeTable) -> Drawing:
    """Draw how far each assumption alone moves a measure from its base."""
    shown = spans[:_MOST_BARS]
    about = f"Bars in {money.unit} around {money.words(base)}, from each assumption's low to its high: " + "; ".join(
        f"{one.label} {money.words(one.at_low)} to {money.words(one.at_high)}" for one in shown
    )
    drawing = Drawing(title, f"{about}.", WIDTH, TOP + len(shown) * ROW + _AXIS + _LEGEND_LINE, theme)
    ends = [base, *(end for one in shown for end in (one.at_low, one.at_high))]
    scale = scale_over(ends, LABELS + 14, WIDTH - 12, from_zero=False)
    bottom = TOP + len(shown) * ROW
    draw_money_grid(drawing, scale, TOP - 1, bottom, money)
    low, high = theme.colours.hidden[0], theme.colours.accent
    for place, one in enumerate(shown):
        top = TOP + place * ROW
        draw_label(drawing, top, one.label)
        drawing.bar(scale(base), top, scale(one.at_low) - scale(base), BAR, low)
        drawing.bar(scale(base), top, scale(one.at_high) - scale(base), BAR, high)
        _ends(drawing, scale, top, one, money)
    drawing.line((scale(base), TOP - 1), (scale(base), bottom), theme.colours.ink, 0.3)
    _legend(drawing, bottom + _AXIS - 1, [Item("assumption at its low", low), Item("assumption at its high", high)])
    return drawing


def _ends(drawing: Drawing, scale: Scale, top: float, one: Span, money: Money) -> None:
    left, right = sorted((one.at_low, one.at_high))
    middle, grey = top + BAR * _HALF, drawing.theme.colours.grey
    drawing.words((scale(left) - 1, middle), money.words(left), anchor="end", colour=grey, size=SIZE - 1)
    drawing.words((scale(right) + 1, middle), money.words(right), colour=grey, size=SIZE - 1)


# --- parts that charts share -------------------------------------------------------------------------------


def _row(drawing: Drawing, top: float, label: str, figure: str, *, bold: bool = False) -> None:
    draw_label(drawing, top, label, bold=bold)
    drawing.words((drawing.width, top + BAR * _HALF), figure, anchor="end", bold=bold)


def draw_label(drawing: Drawing, top: float, label: str, *, bold: bool = False) -> None:
    """Write the name of a bar left of it."""
    text = shortened(label, SIZE, LABELS, bold=bold)
    drawing.words((LABELS, top + BAR * _HALF), text, anchor="end", bold=bold)


def _unit(drawing: Drawing, money: Money) -> None:
    drawing.words((drawing.width, 2.5), money.unit, anchor="end", colour=drawing.theme.colours.grey)


def draw_money_grid(drawing: Drawing, scale: Scale, top: float, bottom: float, money: Money) -> None:
    """Draw the upright lines of a scale of money, with its figures and its unit below."""
    grey = drawing.theme.colours.grey
    for mark in scale.marks():
        drawing.line((scale(mark), top), (scale(mark), bottom), drawing.theme.colours.pale_grey)
        figure = "0" if abs(mark) < scale.step * _HALF else money.words(mark)
        drawing.words((scale(mark), bottom + 2.5), figure, anchor="middle", colour=grey)
    _unit(drawing, money)


_SQUARE, _BEHIND, _BETWEEN = 2.6, 4.0, 5.0


def _legend(drawing: Drawing, middle: float, items: Sequence[Item]) -> None:
    x = 0.0
    for label, colour in items:
        drawing.bar(x, middle - _SQUARE * _HALF, _SQUARE, _SQUARE, colour)
        drawing.words((x + _BEHIND, middle), label)
        x += _item_width(label)


def _item_width(label: str) -> float:
    return _BEHIND + text_width(label, SIZE) + _BETWEEN


def _legend_lines(items: Sequence[Item]) -> list[list[Item]]:
    """Share a legend's items among lines that fit the width."""
    lines: list[list[Item]] = [[]]
    used = 0.0
    for item in items:
        width = _item_width(item[0])
        if used + width > WIDTH + _BETWEEN and lines[-1]:
            lines.append([])
            used = 0.0
        lines[-1].append(item)
        used += width
    return lines
