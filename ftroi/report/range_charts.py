"""Charts of what a simulation found: the range of every option, and the distribution of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ftroi.report.axes import Scale, scale_over
from ftroi.report.bar_charts import BAR, LABELS, ROW, TOP, draw_label, draw_money_grid
from ftroi.report.drawing import SIZE, Drawing
from ftroi.report.number_text import Money
from ftroi.report.paper import WIDTH
from ftroi.termsheet import ThemeTable

_AXIS, _SIDE = 9.0, 14.0
_HISTOGRAM, _FLOOR = 46.0, 40.0
"""The height of a histogram, and where its bars stand."""

_WORDS, _APART = 3.0, 24.0
_HALF = 0.5


class Range(NamedTuple):
    """A bar of the football field: an option's label, P10, P50 and P90, and whether it plays a part."""

    label: str
    low: float
    middle: float
    high: float
    is_strong: bool = False


def draw_ranges(ranges: Sequence[Range], title: str, money: Money, theme: ThemeTable) -> Drawing:
    """Draw from P10 to P90 of every option with a mark at P50, and a line at zero."""
    about = f"Bars in {money.unit} from P10 to P90, a mark at P50: " + "; ".join(
        f"{one.label} {money.words(one.low)}, {money.words(one.middle)}, {money.words(one.high)}" for one in ranges
    )
    drawing = Drawing(title, f"{about}.", WIDTH, TOP + len(ranges) * ROW + _AXIS, theme)
    scale = scale_over([end for one in ranges for end in (one.low, one.high)], LABELS + _SIDE, WIDTH - _SIDE)
    bottom, colours = TOP + len(ranges) * ROW, theme.colours
    draw_money_grid(drawing, scale, TOP - 1, bottom, money)
    drawing.line((scale(0), TOP - 1), (scale(0), bottom), colours.ink, 0.3)
    for place, one in enumerate(ranges):
        top, middle = TOP + place * ROW, TOP + place * ROW + BAR * _HALF
        draw_label(drawing, top, one.label, bold=one.is_strong)
        fill = colours.accent if one.is_strong else colours.visible[-1]
        drawing.bar(scale(one.low), top, scale(one.high) - scale(one.low), BAR, fill)
        drawing.line((scale(one.middle), top - 0.5), (scale(one.middle), top + BAR + 0.5), colours.ink, 0.7)
        for end, at, anchor in ((one.low, scale(one.low) - 1, "end"), (one.high, scale(one.high) + 1, "start")):
            drawing.words((at, middle), money.words(end), anchor=anchor, colour=colours.grey, size=SIZE - 1)  # type: ignore[arg-type]  # both are anchors
    return drawing


def draw_histogram(
    edges: Sequence[float], shares: Sequence[float], marks: Mapping[str, float], title: str, money: Money,
    theme: ThemeTable,
) -> Drawing:  # fmt: skip
    """Draw the share of draws between each two edges, with a line for each of the named amounts and at zero."""
    told = "; ".join(f"{name} {money.words(amount)}" for name, amount in marks.items())
    about = f"Histogram in {money.unit} from {money.words(edges[0])} to {money.words(edges[-1])}: {told}."
    drawing = Drawing(title, about, WIDTH, _HISTOGRAM + _AXIS, theme)
    scale = scale_over([*edges, *marks.values()], 0, WIDTH - 2, from_zero=False)
    draw_money_grid(drawing, scale, TOP + 2 * _WORDS, _FLOOR + _WORDS, money)
    tallest = max(shares) or 1.0
    for left, right, share in zip(edges, edges[1:], shares, strict=False):
        height = share / tallest * (_FLOOR - TOP - 2 * _WORDS)
        wide = scale(right) - scale(left)
        drawing.bar(scale(left) + 0.05 * wide, _FLOOR + _WORDS - height, 0.9 * wide, height, theme.colours.accent)
    if scale.least < 0 < scale.most:
        drawing.line((scale(0), TOP + 2 * _WORDS), (scale(0), _FLOOR + _WORDS), theme.colours.ink, 0.5)
    _mark(drawing, scale, marks)
    return drawing


def _mark(drawing: Drawing, scale: Scale, marks: Mapping[str, float]) -> None:
    """Draw an upright line at each amount, and its name above, on a second line where the one before is near."""
    last, line = -_APART, 0
    for name, amount in sorted(marks.items(), key=lambda one: one[1]):
        x = scale(amount)
        line = 1 - line if x - last < _APART else 0
        top = TOP + (line - 1) * _WORDS + 1
        drawing.line((x, top + 1), (x, _FLOOR + _WORDS), drawing.theme.colours.hidden[0], 0.4)
        anchor = "end" if x > drawing.width - _APART else "start"
        drawing.words((x, top - 0.5), name, anchor=anchor, size=SIZE - 1)  # type: ignore[arg-type]  # both are anchors
        last = x
