"""The two charts of a paper that have two axes: money by month with the payback, and value against cost."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from ftroi.report.axes import Scale, scale_over
from ftroi.report.drawing import SIZE, Anchor, Drawing
from ftroi.report.metrics import text_width
from ftroi.report.number_text import Money
from ftroi.report.paper import WIDTH
from ftroi.termsheet import ThemeTable

_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 18.0, 48.0, 11.0, 12.0, 76.0
_ROOM = 0.02
"""Share of value that is left free above and below all points."""

_YEAR = 12
_LINE = 4.0
"""The height of a label, with room around it."""


_WHOLE = 0.05
"""Steps of at least this share have marks of whole percentages."""


class Curve(NamedTuple):
    """A line by month, beginning with month 0: its label, its amounts and its colour."""

    label: str
    amounts: Sequence[float]
    colour: str
    is_dashed: bool = False


PROPOSED = "proposed"
"""The role of the option that the verdict is about."""


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


def draw_months(
    curves: Sequence[Curve], payback: float | None, told: str, title: str, money: Money, theme: ThemeTable
) -> Drawing:
    """Draw amounts by month, with a diamond where the first line has paid back against the second."""
    ends = "; ".join(f"{one.label} ends at {money.words(one.amounts[-1])}" for one in curves)
    about = f"Lines by month in {money.unit}: {ends}. Payback: {told}."
    drawing = Drawing(title, about, WIDTH, _HEIGHT, theme)
    months = len(curves[0].amounts) - 1
    across = Scale(0, months, _LEFT, WIDTH - _RIGHT, _YEAR / 2)
    upright = scale_over([one for curve in curves for one in curve.amounts], _HEIGHT - _BOTTOM, _TOP, 5)
    _money_axis(drawing, upright, across, money)
    _month_axis(drawing, across, months)
    for curve in curves:
        points = [(across(month), upright(amount)) for month, amount in enumerate(curve.amounts)]
        drawing.path(points, curve.colour, 0.7, dashed=curve.is_dashed)
    for curve, y in zip(curves, _apart([upright(curve.amounts[-1]) for curve in curves]), strict=True):
        label = f"{curve.label}: {money.words(curve.amounts[-1])}"
        drawing.words((WIDTH - _RIGHT + 2, y), label, colour=curve.colour, bold=not curve.is_dashed)
    if payback is not None and 0 < payback <= months:
        y = upright(_between(curves[0].amounts, payback))
        drawing.diamond(across(payback), y, theme.colours.ink)
        drawing.words((across(payback) - 2, y - 4), f"payback {payback:.1f} months", anchor="end", bold=True)
    elif told:
        drawing.words((_LEFT + 2, _TOP - 3.5), f"Payback: {told}", colour=theme.colours.grey)
    return drawing


def _between(amounts: Sequence[float], month: float) -> float:
    """The amount at a part of a month."""
    before = min(int(month), len(amounts) - 2)
    return amounts[before] + (amounts[before + 1] - amounts[before]) * (month - before)


def _apart(places: Sequence[float]) -> list[float]:
    """Move two labels apart where they would cover each other."""
    first, last = places[0], places[-1]
    if len(places) < 2 or abs(first - last) >= _LINE:  # noqa: PLR2004 - a pair
        return list(places)
    middle, up = (first + last) / 2, -1 if first <= last else 1
    return [middle + up * _LINE / 2, middle - up * _LINE / 2]


def _month_axis(drawing: Drawing, across: Scale, months: int) -> None:
    grey, bottom = drawing.theme.colours.grey, drawing.height - _BOTTOM
    for month in range(0, months + 1, _YEAR // 2 if months > _YEAR else 1):
        drawing.words((across(month), bottom + 3), str(month), anchor="middle", colour=grey)
    middle = (across.start + across.end) / 2
    drawing.words((middle, bottom + 8), "months from the decision", anchor="middle", colour=grey)


def _money_axis(drawing: Drawing, upright: Scale, across: Scale, money: Money) -> None:
    colours = drawing.theme.colours
    for mark in upright.marks():
        is_zero = abs(mark) < upright.step / 2
        line = colours.grey if is_zero else colours.pale_grey
        drawing.line((across.start, upright(mark)), (across.end, upright(mark)), line)
        drawing.words(
            (_LEFT - 2, upright(mark)), "0" if is_zero else money.words(mark), anchor="end", colour=colours.grey
        )
    drawing.words((WIDTH, 2.5), money.unit, anchor="end", colour=colours.grey)


def draw_shares(shares: Sequence[Share], claim: Claim, slope: float | None, title: str, theme: ThemeTable) -> Drawing:
    """Draw each option's share of the candidate's value against its share of the candidate's cost.

    ``slope`` is the candidate's cost over its value: along it from the candidate, options are worth as
    much as the candidate, and above it more. None draws no such line.
    """
    told = "; ".join(f"{one.label} {one.value:.0%} of the value at {one.cost:.0%} of the cost" for one in shares)
    drawing = Drawing(title, f"Points, one for each option: {told}; {claim.words}.", WIDTH, _HEIGHT + 8, theme)
    across = scale_over([claim.cost, *(one.cost for one in shares)], _LEFT, WIDTH - 8, 8)
    values = [value + room for value in (claim.value, *(one.value for one in shares)) for room in (-_ROOM, _ROOM)]
    upright = scale_over(values, drawing.height - _BOTTOM, _TOP, 6, from_zero=False)
    _share_axes(drawing, across, upright)
    line = [] if slope is None else _equal_worth(drawing, across, upright, slope)
    drawing.diamond(across(claim.cost), upright(claim.value), theme.colours.ink)
    for share in shares:
        colour = theme.colours.accent if share.role == PROPOSED else theme.colours.visible[1]
        drawing.dot(across(share.cost), upright(share.value), colour)
    wanted = {claim.words: (across(claim.cost), upright(claim.value))}
    ranked = sorted(shares, key=lambda share: not share.role)
    wanted |= {_label(share): (across(share.cost), upright(share.value)) for share in ranked}
    _labels(drawing, wanted, line, {_label(share) for share in shares if share.role})
    return drawing


def _share_axes(drawing: Drawing, across: Scale, upright: Scale) -> None:
    colours, bottom = drawing.theme.colours, drawing.height - _BOTTOM
    for mark in upright.marks():
        drawing.line((across.start, upright(mark)), (across.end, upright(mark)), colours.pale_grey)
        shown = f"{mark:.0%}" if upright.step >= _WHOLE else f"{mark:.1%}"
        drawing.words((_LEFT - 2, upright(mark)), shown, anchor="end", colour=colours.grey)
    for mark in across.marks():
        drawing.words((across(mark), bottom + 3), f"{mark:.0%}", anchor="middle", colour=colours.grey)
    middle = (across.start + across.end) / 2
    drawing.words((middle, bottom + 8), "cost, proposed option = 100%", anchor="middle", colour=colours.grey)
    drawing.words((0, _TOP - 4.5), "value, proposed option = 100%", colour=colours.grey)


def _equal_worth(drawing: Drawing, across: Scale, upright: Scale, slope: float) -> list[tuple[float, float]]:
    """Draw the line through the candidate on which every option is worth as much, and give points along it."""

    def value(cost: float) -> float:
        return 1 - (1 - cost) * slope

    costs = [across.least, across.most]
    if slope > 0:
        bounds = (1 - (1 - upright.least) / slope, 1 - (1 - upright.most) / slope)
        costs = [max(costs[0], bounds[0]), min(costs[1], bounds[1])]
    points = [(across(cost), upright(value(cost))) for cost in costs]
    drawing.path(points, drawing.theme.colours.grey, 0.35, dashed=True)
    told = "dashed: worth as much as the proposed option; above it, more"
    drawing.words((WIDTH, _TOP - 4.5), told, anchor="end", colour=drawing.theme.colours.grey)
    parts = [place / _PARTS for place in range(_PARTS + 1)]
    (x1, y1), (x2, y2) = points
    return [(x1 + part * (x2 - x1), y1 + part * (y2 - y1)) for part in parts]


_PARTS = 80


# --- labels that do not cover each other -------------------------------------------------------------------


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: _Box) -> float:
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


class _Place(NamedTuple):
    x: float
    middle: float
    anchor: Anchor
    box: _Box


_GAP = 2.6


def _labels(
    drawing: Drawing,
    wanted: Mapping[str, tuple[float, float]],
    line: Sequence[tuple[float, float]],
    bold: Container[str],
) -> None:
    """Write each point's label on the side where it covers least of the points, the line and other labels."""
    taken = [_around(x, y, 1.5) for x, y in wanted.values()] + [_around(x, y, 0.7) for x, y in line]
    for text, place in _placed(wanted, taken, drawing).items():
        drawing.words((place.x, place.middle), text, anchor=place.anchor, bold=text in bold)


def _around(x: float, y: float, reach: float) -> _Box:
    return _Box(x - reach, y - reach, x + reach, y + reach)


def _label(share: Share) -> str:
    return f"{share.label} ({share.role})" if share.role else share.label


def _placed(wanted: Mapping[str, tuple[float, float]], taken: list[_Box], drawing: Drawing) -> dict[str, _Place]:
    found = {}
    for text, point in wanted.items():
        places = list(_sides(text, *point))
        best = min(places, key=lambda one: sum(one.box.covers(box) for box in taken) + _outside(one.box, drawing))
        taken.append(best.box)
        found[text] = best
    return found


def _outside(box: _Box, drawing: Drawing) -> float:
    """How far a label leaves the drawing, weighed heavily."""
    beyond = (_LEFT - box.left, box.right - drawing.width, _TOP - 2 - box.top, box.bottom - drawing.height + _BOTTOM)
    return 100 * sum(max(0.0, one) for one in beyond)


def _sides(text: str, x: float, y: float) -> Iterator[_Place]:
    """The places of a label around its point, the best first."""
    width = text_width(text, SIZE, bold=True)
    beside: tuple[tuple[float, float, Anchor], ...] = (
        (x + _GAP, y, "start"), (x - _GAP, y, "end"), (x, y - _GAP - 1, "middle"), (x, y + _GAP + 1, "middle"),
        (x + _GAP, y - _LINE, "start"), (x + _GAP, y + _LINE, "start"),
        (x - _GAP, y - _LINE, "end"), (x - _GAP, y + _LINE, "end"),
        (x, y - _GAP - 1 - _LINE, "middle"), (x, y + _GAP + 1 + _LINE, "middle"),
    )  # fmt: skip
    for left, middle, anchor in beside:
        start = {"start": left, "middle": left - width / 2, "end": left - width}[anchor]
        yield _Place(left, middle, anchor, _Box(start, middle - _LINE / 2, start + width, middle + _LINE / 2))
