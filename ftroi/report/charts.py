"""The charts of a paper, drawn by matplotlib, each with its unit and with words for those who cannot see it.

Drawn when a format asks for its file: SVG with words as text, or PNG; the same figures give the same bytes.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Container, Mapping, Sequence
from io import BytesIO
from itertools import accumulate
from textwrap import wrap
from typing import Any, cast

import matplotlib as mpl
import numpy as np
from lxml import etree
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Annotation
from matplotlib.ticker import MaxNLocator, PercentFormatter
from matplotlib.transforms import Bbox

from ftroi.report.figures import PROPOSED, Claim, Curve, Item, Range, Share, Span, Stack, Step
from ftroi.report.number_text import Money
from ftroi.report.paper import WIDTH, Kind, Picture, clipped, fonts, printable
from ftroi.termsheet import ThemeTable
from ftroi.termsheet.colour import ink_on

_SIZE, _TITLE_SIZE, _DOTS_AN_INCH, _INCH = 8.5, 11.0, 200, 25.4
_ROW, _AROUND, _HEIGHT = 6.2, 20.0, 80.0
"""Millimetres: of a bar with the room above it, of title, axis and legend together, and of a chart with two axes."""

_NAMES: dict[Kind, tuple[str, ...]] = {"svg": ("Date", "Creator", "Format", "Type"), "png": ("Software",)}
"""What a file would say of its making."""

_LONGEST, _LONGEST_LINE, _LONGEST_FIELD, _MOST_BARS, _YEAR = 52, 42, 19, 12, 12


def draw_steps(
    steps: Sequence[Step], legend: Mapping[str, Item], end: str, title: str, money: Money, theme: ThemeTable
) -> Picture:
    """Draw a waterfall: the first step from nothing, each other from where the one before ended, then the sum.

    ``legend`` has an item for each kind of step; the sum, called ``end``, has the colour of the first step.
    """
    total = sum(step.amount for step in steps)
    told = "; ".join(f"{one.label} {money.words(one.amount)}" for one in steps)
    bars = [*steps, Step(end, total, steps[0].kind)]

    def fill(axes: Axes) -> None:
        starts = [0.0, *accumulate(step.amount for step in steps[:-1]), 0.0]
        colours = [legend[step.kind].colour for step in bars]
        _rows(axes, [step.label for step in bars], {len(steps)})
        made = axes.barh(range(len(bars)), [step.amount for step in bars], left=starts, color=colours)
        axes.bar_label(made, [money.words(step.amount) for step in bars], padding=3)
        _money(axes, axes.xaxis, money)
        _legend(axes, list(legend.values()))

    about = f"Waterfall in {money.unit}: {told}; together {money.words(total)}."
    return _picture(title, about, len(bars) * _ROW + _AROUND, theme, fill)


def draw_stacks(
    stacks: Sequence[Stack], legend: Sequence[Item], title: str, money: Money, theme: ThemeTable
) -> Picture:
    """Draw the cost of every option by category; ``legend`` has an item for each of the amounts."""
    told = "; ".join(f"{stack.label} {money.words(sum(stack.amounts))}" for stack in stacks)

    def fill(axes: Axes) -> None:
        strong = {place for place, stack in enumerate(stacks) if stack.role}
        _rows(axes, [f"{one.label} – {one.role}" if one.role else one.label for one in stacks], strong)
        amounts = np.array([stack.amounts for stack in stacks]).T
        up, down = np.maximum(amounts, 0), np.minimum(amounts, 0)
        starts = np.where(amounts > 0, up.cumsum(0) - up, down.cumsum(0) - down)
        for (_, colour), row, start in zip(legend, amounts, starts, strict=True):
            axes.barh(range(len(stacks)), row, left=start, color=colour)
        for place, (end, stack) in enumerate(zip(up.sum(0), stacks, strict=True)):
            _beside(axes, end, place, money.words(sum(stack.amounts)), strong)
        _money(axes, axes.xaxis, money)
        _legend(axes, legend)

    about = f"Stacked bars in {money.unit}, one for each option: {told}."
    return _picture(title, about, len(stacks) * _ROW + _AROUND + 8, theme, fill)


def draw_tornado(spans: Sequence[Span], base: float, title: str, money: Money, theme: ThemeTable) -> Picture:
    """Draw how far each assumption alone moves a measure from its base."""
    shown = spans[:_MOST_BARS]
    told = "; ".join(f"{one.label} {money.words(one.at_low)} to {money.words(one.at_high)}" for one in shown)
    low, high = theme.colours.hidden[0], theme.colours.accent

    def fill(axes: Axes) -> None:
        _rows(axes, [one.label for one in shown])
        for colour, ends in ((low, [one.at_low for one in shown]), (high, [one.at_high for one in shown])):
            made = axes.barh(range(len(shown)), [end - base for end in ends], left=base, color=colour)
            axes.bar_label(made, [money.words(end) for end in ends], padding=3, color=theme.colours.grey)
        axes.axvline(base, color=theme.colours.ink, linewidth=0.9)
        _money(axes, axes.xaxis, money)
        _legend(axes, [Item("assumption at its low", low), Item("assumption at its high", high)])

    about = f"Bars in {money.unit} around {money.words(base)}, from each assumption's low to its high: {told}."
    return _picture(title, about, len(shown) * _ROW + _AROUND, theme, fill)


def draw_ranges(ranges: Sequence[Range], title: str, money: Money, theme: ThemeTable) -> Picture:
    """Draw from P10 to P90 of every option with a mark at P50, and a line at zero."""
    told = "; ".join(f"{one.label} {', '.join(map(money.words, (one.low, one.middle, one.high)))}" for one in ranges)

    def fill(axes: Axes) -> None:
        strong = {place for place, one in enumerate(ranges) if one.is_strong}
        colours = [theme.colours.accent if one.is_strong else theme.colours.visible[-1] for one in ranges]
        _rows(axes, [one.label for one in ranges], strong)
        lows, widths = [one.low for one in ranges], [one.high - one.low for one in ranges]
        axes.barh(range(len(ranges)), widths, left=lows, color=colours)
        axes.axvline(0, color=theme.colours.ink, linewidth=0.9)
        for place, one in enumerate(ranges):
            axes.plot([one.middle] * 2, [place - 0.45, place + 0.45], color=theme.colours.ink, linewidth=2)
            _beside(axes, one.high, place, money.words(one.high))
            _beside(axes, one.low, place, money.words(one.low), is_left=True)
        axes.use_sticky_edges = False
        axes.margins(x=0.12)
        _money(axes, axes.xaxis, money)

    about = f"Bars in {money.unit} from P10 to P90, a mark at P50: {told}."
    return _picture(title, about, len(ranges) * _ROW + _AROUND, theme, fill)


def draw_histogram(
    edges: Sequence[float], shares: Sequence[float], marks: Mapping[str, float], title: str, money: Money,
    theme: ThemeTable,
) -> Picture:  # fmt: skip
    """Draw the share of draws between each two edges, with a line for each of the named amounts and at zero."""
    told = "; ".join(f"{name} {money.words(amount)}" for name, amount in marks.items())

    def fill(axes: Axes) -> None:
        axes.bar(edges[:-1], shares, np.diff(edges) * 0.94, align="edge", color=theme.colours.accent)
        axes.grid(visible=False, axis="y")
        axes.yaxis.set_major_formatter(PercentFormatter(1, 0))
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.set_ylabel("share of draws")
        axes.margins(x=0.03)
        _money(axes, axes.xaxis, money)
        left, right = axes.get_xlim()
        if left < 0 < right:
            axes.axvline(0, color=theme.colours.ink, linewidth=1.4)
        named = sorted(marks.items(), key=lambda one: one[1])
        top, room = max(shares) * 1.04, (right - left) / 9
        for (name, amount), place in zip(named, _apart([amount for _, amount in named], room), strict=True):
            axes.plot([amount, amount], [0, top], color=theme.colours.hidden[0], linewidth=1.2)
            axes.plot([amount, place], [top, top * 1.08], color=theme.colours.hidden[0], linewidth=0.6)
            axes.text(place, top * 1.09, f"{_short(name)}\n{money.words(amount)}", ha="center", va="bottom")

    about = f"Histogram in {money.unit} from {money.words(edges[0])} to {money.words(edges[-1])}: {told}."
    return _picture(title, about, 62, theme, fill)


def draw_months(
    curves: Sequence[Curve], payback: float | None, told: str, title: str, money: Money, theme: ThemeTable
) -> Picture:
    """Draw amounts by month, with a diamond where the first line has paid back against the second."""
    ends = "; ".join(f"{one.label} ends at {money.words(one.amounts[-1])}" for one in curves)
    months = len(curves[0].amounts) - 1

    def fill(axes: Axes) -> None:
        for one in curves:
            axes.plot(one.amounts, color=one.colour, linestyle="--" if one.is_dashed else "-", linewidth=2)
        axes.axhline(0, color=theme.colours.grey, linewidth=0.9)
        axes.set_xticks(range(0, months + 1, _YEAR // 2 if months > _YEAR else 1))
        axes.set_xlabel("months from the decision")
        axes.set_xlim(0, months)
        _money(axes, axes.yaxis, money)
        low, high = axes.get_ylim()
        for one, y in zip(curves, _apart([one.amounts[-1] for one in curves], (high - low) / 14), strict=True):
            label = f"{_short(one.label)}: {money.words(one.amounts[-1])}"
            axes.annotate(label, (1, y), (5, 0), ("axes fraction", "data"), "offset points", va="center",
                          color=one.colour, weight="normal" if one.is_dashed else "bold")  # fmt: skip
        if payback is not None and 0 < payback <= months:
            y = float(np.interp(payback, range(months + 1), curves[0].amounts))
            axes.plot(payback, y, "D", color=theme.colours.ink, markerfacecolor="white", zorder=3)
            is_falling = curves[0].amounts[-1] < y
            axes.annotate(f"payback {payback:.1f} months", (payback, y), (8 if is_falling else -8, 6), weight="bold",
                          textcoords="offset points", ha="left" if is_falling else "right")  # fmt: skip
        elif told:
            axes.set_title(f"Payback: {_short(told)}", loc="left", color=theme.colours.grey)

    about = f"Lines by month in {money.unit}: {ends}. Payback: {told}."
    return _picture(title, about, _HEIGHT, theme, fill)


def draw_shares(shares: Sequence[Share], claim: Claim, slope: float | None, title: str, theme: ThemeTable) -> Picture:
    """Draw each option's share of the candidate's value against its share of the candidate's cost.

    ``slope`` is the candidate's cost over its value: along it from the candidate, options are worth as
    much as the candidate, and above it more. None draws no such line.
    """
    told = "; ".join(f"{one.label} {one.value:.0%} of the value at {one.cost:.0%} of the cost" for one in shares)

    def fill(axes: Axes) -> None:
        for one in shares:
            colour = theme.colours.accent if one.role == PROPOSED else theme.colours.visible[1]
            axes.plot(one.cost, one.value, "o", color=colour)
        axes.plot(claim.cost, claim.value, "D", color=theme.colours.ink, markerfacecolor="white")
        axes.grid(visible=True, axis="y")
        axes.margins(0.08)
        axes.set_xlim(left=min(0, axes.get_xlim()[0]))
        if slope is not None:
            axes.autoscale(enable=False)
            axes.axline((1, 1), slope=slope, color=theme.colours.grey, linestyle="--", linewidth=1)
            axes.set_title("dashed: worth as much as the proposed option; above it, more", loc="right",
                           color=theme.colours.grey)  # fmt: skip
        for axis, name in ((axes.xaxis, "cost"), (axes.yaxis, "value")):
            axis.set_major_formatter(PercentFormatter(1))
            axis.set_label_text(f"{name}, proposed option = 100%")
        ranked = sorted(shares, key=lambda share: not share.role)
        points = {f"{one.label} ({one.role})" if one.role else one.label: (one.cost, one.value) for one in ranked}
        strong = [f"{one.label} ({one.role})" for one in ranked if one.role]
        _name_points(axes, {claim.words: (claim.cost, claim.value)} | points, strong)

    return _picture(title, f"Points, one for each option: {told}; {claim.words}.", _HEIGHT, theme, fill)


def draw_fields(fields: Sequence[Sequence[Item]], across: Names, down: Names, title: str, theme: ThemeTable) -> Picture:
    """Draw a map: a field for each pair of values, in the colour and with the name of what is best there."""
    told = "; ".join(
        f"{value}: {', '.join(one.label for one in row)}" for value, row in zip(down[1], fields, strict=True)
    )

    def fill(axes: Axes) -> None:
        colours = sorted({one.colour for row in fields for one in row})
        places = [[colours.index(one.colour) for one in row] for row in fields]
        axes.pcolormesh(places, cmap=ListedColormap(colours), edgecolors="white", vmin=0, vmax=max(1, len(colours) - 1))
        for y, row in enumerate(fields):
            for x, one in enumerate(row):
                words, ink = printable(clipped(one.label, _LONGEST_FIELD)), ink_on(one.colour, theme)
                axes.text(x + 0.5, y + 0.5, words, ha="center", va="center", color=ink)
        for axis, (name, values) in ((axes.xaxis, across), (axes.yaxis, down)):
            axis.set_ticks([place + 0.5 for place in range(len(values))], [_short(value) for value in values])
            axis.set_label_text("\n".join(wrap(printable(name), _LONGEST_LINE)))
        axes.grid(visible=False)
        axes.invert_yaxis()

    about = f"Best option by {down[0]} and {across[0]}, rows from {told}."
    return _picture(title, about, len(fields) * 9 + _AROUND, theme, fill)


Names = tuple[str, Sequence[str]]
"""An axis of a map: its name and its values in words."""


# --- parts that charts share -------------------------------------------------------------------------------


def _short(label: str) -> str:
    return printable(clipped(label, _LONGEST))


def _rows(axes: Axes, labels: Sequence[str], strong: Container[int] = ()) -> None:
    """Label horizontal bars from the top down; those in ``strong`` are bold."""
    axes.set_yticks(range(len(labels)), [_short(one) for one in labels])
    for place, label in enumerate(axes.get_yticklabels()):
        label.set(color=mpl.rcParams["text.color"], weight="bold" if place in strong else "normal")
    axes.invert_yaxis()
    axes.margins(x=0.08)


def _beside(axes: Axes, x: float, place: int, text: str, strong: Container[int] = (), *, is_left: bool = False) -> None:
    """Write a figure at one end of a bar."""
    axes.annotate(text, (x, place), (-3 if is_left else 3, 0), textcoords="offset points", va="center",
                  ha="right" if is_left else "left", weight="bold" if place in strong else "normal")  # fmt: skip


def _money(axes: Axes, axis: Axis, money: Money) -> None:
    """Put round marks on an axis, in whole amounts of the paper's money, with their unit and pale lines."""
    low, high = sorted(float(end) / money.divisor for end in axis.get_view_interval())
    marks = [
        mark
        for mark in MaxNLocator(6, integer=True, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        if low <= mark <= high
    ]
    amounts = [mark * money.divisor for mark in marks]
    axis.set_ticks(amounts, [money.words(amount) if amount else "0" for amount in amounts])
    axis.set_label_text(money.unit)
    axes.grid(visible=True, axis="x" if axis is axes.xaxis else "y")


def _legend(axes: Axes, items: Sequence[Item]) -> None:
    handles = [Patch(color=colour, label=_short(label)) for label, colour in items]
    _figure(axes).legend(handles=handles, loc="outside lower left", ncols=min(len(handles), 4))


def _figure(axes: Axes) -> Figure:
    return cast("Figure", axes.get_figure(root=True))


def _apart(places: Sequence[float], room: float) -> list[float]:
    """Places of labels, moved as little as keeps ``room`` between them, in the order given."""
    order, steps = np.argsort(places, kind="stable"), np.arange(len(places)) * room
    wanted = np.asarray(places, float)[order] - steps
    upper, lower = np.maximum.accumulate(wanted), np.minimum.accumulate(wanted[::-1])[::-1]
    found = np.empty(len(places))
    found[order] = (upper + lower) / 2 + steps
    return [float(one) for one in found]


_SIDES = (
    (6, 0, "left", "center"), (-6, 0, "right", "center"), (0, 6, "center", "bottom"), (0, -6, "center", "top"),
    (6, 8, "left", "bottom"), (6, -8, "left", "top"), (-6, 8, "right", "bottom"), (-6, -8, "right", "top"),
    (0, 17, "center", "bottom"), (0, -17, "center", "top"),
)  # fmt: skip
"""Where a label may stand beside its point, in points, the best first."""


def _name_points(axes: Axes, points: Mapping[str, tuple[float, float]], strong: Container[str]) -> None:
    """Write each point's label on the side where it covers least of the points and of other labels."""
    _figure(axes).draw_without_rendering()
    taken = [Bbox.from_bounds(x - 5, y - 5, 10, 10) for x, y in axes.transData.transform(list(points.values()))]
    inside = axes.get_window_extent()
    for label, point in points.items():
        made = axes.annotate(_short(label), point, textcoords="offset points")
        made.set(weight="bold" if label in strong else "normal", in_layout=False)
        boxes = [_moved(made, side) for side in _SIDES]
        outside = [_common(box, box) - _common(box, inside) for box in boxes]
        costs = [9 * out + sum(_common(box, one) for one in taken) for box, out in zip(boxes, outside, strict=True)]
        taken.append(_moved(made, _SIDES[costs.index(min(costs))]))


def _moved(label: Annotation, side: tuple[float, float, str, str]) -> Bbox:
    x, y, across, upright = side
    label.set(position=(x, y), ha=across, va=upright)
    return label.get_window_extent()


def _common(one: Bbox, other: Bbox) -> float:
    """The area that two boxes share."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return float(max(width, 0) * max(height, 0))


# --- files -------------------------------------------------------------------------------------------------


def _picture(title: str, about: str, height: float, theme: ThemeTable, fill: Callable[[Axes], None]) -> Picture:
    def file(kind: Kind) -> bytes:
        made = _drawn(title, height, theme, fill, kind)
        return _described(made, title, about) if kind == "svg" else made

    return Picture(title, about, file)


def _drawn(title: str, height: float, theme: ThemeTable, fill: Callable[[Axes], None], kind: Kind) -> bytes:
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # the first fonts may well be missing
    out = BytesIO()
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters that no font at hand has are drawn by the reader's
        mpl.rcdefaults()
        mpl.rcParams.update(_style(theme))
        figure = Figure((WIDTH / _INCH, height / _INCH), _DOTS_AN_INCH, layout="constrained")
        figure.suptitle(printable(title), x=0, ha="left")
        fill(figure.add_subplot())
        canvas: Any = (FigureCanvasSVG if kind == "svg" else FigureCanvasAgg)(figure)
        draw = canvas.print_svg if kind == "svg" else canvas.print_png  # savefig would draw twice
        draw(out, metadata=dict.fromkeys(_NAMES[kind]))
    return out.getvalue()


def _style(theme: ThemeTable) -> dict[Any, Any]:
    """The look of every chart: no frame, no ticks, pale lines, small type."""
    colours = theme.colours
    return {
        "font.family": list(fonts(theme)), "font.size": _SIZE, "text.color": colours.ink, "text.parse_math": False,
        "figure.titlesize": _TITLE_SIZE, "figure.titleweight": "bold", "axes.titlesize": _SIZE,
        "axes.labelcolor": colours.grey, "axes.labelsize": _SIZE, "axes.axisbelow": True,
        **{f"axes.spines.{side}": False for side in ("left", "right", "top", "bottom")},
        **{f"{axis}tick.major.size": 0 for axis in "xy"}, **{f"{axis}tick.color": colours.grey for axis in "xy"},
        "grid.color": colours.pale_grey, "grid.linewidth": 0.6, "patch.linewidth": 0,
        "legend.frameon": False, "legend.handlelength": 1, "legend.handleheight": 1, "legend.borderpad": 0,
        "svg.fonttype": "none", "svg.hashsalt": "ftroi",
    }  # fmt: skip


def _described(svg: bytes, title: str, about: str) -> bytes:
    """An SVG with its title and what it shows, for readers of screens, and without ids of its own making."""
    root = etree.fromstring(svg, etree.XMLParser(remove_comments=True, remove_blank_text=True))
    root.set("role", "img")
    space = "{http://www.w3.org/2000/svg}"
    for group in root.iter(f"{space}g"):
        group.attrib.pop("id", "")
    for place, (tag, text) in enumerate((("title", title), ("desc", about))):
        made = etree.Element(f"{space}{tag}")
        made.text = printable(text)
        root.insert(place, made)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
