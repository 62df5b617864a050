"""Choosing the side of its point for each label of a scatter chart, so that few labels overlap."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import NamedTuple

_LETTER, _LINE = 0.0105, 0.12
"""A letter's width and a line's height, as parts of the drawn area."""

_LONGEST_LINE = 10
"""Letters after which LibreOffice breaks a label into lines."""

_ROUNDS = 3
_BEYOND, _STEP = 1.05, 0.2
"""How far an axis reaches beyond its last point at least, and what its end is a multiple of."""

_STEPS = 60
"""How many spots stand for a line that labels keep off."""

_BELOW, _ABOVE = 0.1, 1.04
_GAP_X, _GAP_Y = 0.012, 0.05
_THIN_X, _THIN_Y = 0.004, 0.012
_OUTSIDE = 10
"""How much worse it is to leave the drawn area than to cover something."""

SIDES = ("right", "above", "below", "left")

_Place = tuple[str, str]
"""A label's name and its side."""


class Point(NamedTuple):
    """A point in the units of the axes, and its label."""

    x: float
    y: float
    label: str


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: _Box) -> float:
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0.0

    def outside(self) -> float:
        sides = (-self.left, self.right - 1, -_BELOW - self.bottom, self.top - _ABOVE)
        return sum(max(0.0, beyond) for beyond in sides)


def label_positions(points: Mapping[str, Point], line: tuple[Point, Point] | None = None) -> dict[str, str]:
    """The side of each label, so that they cover little of points, of a line and of each other.

    From all on one side, each chooses in turn, again and again; of the results from each side and with each
    label as the first, the best.
    """
    drawn = _to_area(points)
    taken = [_Box(x - _GAP_X, y - _GAP_Y, x + _GAP_X, y + _GAP_Y) for x, y, _ in drawn.values()]
    taken += [_Box(x - _THIN_X, y - _THIN_Y, x + _THIN_X, y + _THIN_Y) for x, y in _spots(line, points)]
    sides = _Sides({name: point for name, point in drawn.items() if point.label}, taken)
    names = sorted(sides.names, key=lambda name: -len(drawn[name].label))
    orders = [names[start:] + names[:start] for start in range(len(names))]
    found = (sides.chosen(order, side) for order in orders for side in SIDES)
    best: dict[str, str] = min(found, key=sides.total, default={})
    return dict.fromkeys(points, SIDES[0]) | best


class _Sides:
    """What it costs to have labels on their sides."""

    def __init__(self, points: Mapping[str, Point], taken: list[_Box]) -> None:
        self.names = list(points)
        self._boxes = {(name, side): _box(point, side) for name, point in points.items() for side in SIDES}
        self._alone = {place: _cost(box, taken) for place, box in self._boxes.items()}
        self._pairs: dict[tuple[_Place, _Place], float] = {}

    def chosen(self, order: list[str], side: str) -> dict[str, str]:
        """Let the labels choose in an order, some times over, when all stand on one side."""
        places = dict.fromkeys(order, side)
        for _ in range(_ROUNDS):
            for name in order:
                places[name] = min(SIDES, key=lambda side: self._of((name, side), places))
        return places

    def total(self, places: dict[str, str]) -> float:
        """What all labels cost together."""
        return sum(self._of(place, places) for place in places.items())

    def _of(self, place: _Place, places: dict[str, str]) -> float:
        others = (other for other in places.items() if other[0] != place[0])
        return self._alone[place] + sum(self._between(place, other) for other in others)

    def _between(self, place: _Place, other: _Place) -> float:
        if (place, other) not in self._pairs:
            self._pairs[place, other] = self._boxes[place].overlap(self._boxes[other])
        return self._pairs[place, other]


def _spots(line: tuple[Point, Point] | None, points: Mapping[str, Point]) -> Iterator[tuple[float, float]]:
    """Go along a line, in parts of the drawn area."""
    if line is None:
        return
    width, height = _extent(points)
    for step in range(_STEPS + 1):
        part = step / _STEPS
        yield (
            (line[0].x + part * (line[1].x - line[0].x)) / width,
            (line[0].y + part * (line[1].y - line[0].y)) / height,
        )


def _cost(box: _Box, taken: list[_Box]) -> float:
    return sum(box.overlap(other) for other in taken) + _OUTSIDE * box.outside()


def _to_area(points: Mapping[str, Point]) -> dict[str, Point]:
    """Scale the points to parts of the drawn area, which spreads from 0 over all of them."""
    width, height = _extent(points)
    return {name: Point(point.x / width, point.y / height, point.label) for name, point in points.items()}


def _extent(points: Mapping[str, Point]) -> tuple[float, float]:
    """How far the axes reach, which spreadsheets round up to a whole step beyond the last point."""
    across, up = ([point.x for point in points.values()], [point.y for point in points.values()])
    return _axis_end(max(across, default=1.0)), _axis_end(max(up, default=1.0))


def _axis_end(last: float) -> float:
    return max(1, math.ceil(last * _BEYOND / _STEP)) * _STEP


def _box(point: Point, side: str) -> _Box:
    lines = wrap(point.label, _LONGEST_LINE) or [""]
    x, y, length, height = point.x, point.y, max(map(len, lines)) * _LETTER, len(lines) * _LINE
    if side in ("above", "below"):
        bottom = y + _GAP_Y if side == "above" else y - _GAP_Y - height
        return _Box(x - length / 2, bottom, x + length / 2, bottom + height)
    left = x + _GAP_X if side == "right" else x - _GAP_X - length
    return _Box(left, y - height / 2, left + length, y + height / 2)
