"""Choosing on which side of its point each label of a scatter chart stands, so that few overlap."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import NamedTuple

_LETTER, _LINE = 0.0085, 0.11
"""A letter's width and a line's height, as parts of the drawn area."""

_WRAPPED = 12
"""Letters after which a spreadsheet breaks a label."""

_BELOW, _ABOVE = 0.1, 1.1
_GAP_X, _GAP_Y = 0.012, 0.05
_OUTSIDE = 10
"""How much worse it is to leave the drawn area than to cover something."""

SIDES = ("right", "above", "below", "left")


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


def label_positions(points: Mapping[str, Point]) -> dict[str, str]:
    """Give the side of each label, chosen in turn where it covers least of the points and labels before it."""
    drawn = _to_area(points)
    taken = [_Box(x - _GAP_X, y - _GAP_Y, x + _GAP_X, y + _GAP_Y) for x, y, _ in drawn.values()]
    places = {}
    for name, point in drawn.items():
        boxes = {side: _box(point, side) for side in SIDES}
        places[name] = min(SIDES, key=lambda side: _cost(boxes[side], taken))
        taken.append(boxes[places[name]])
    return places


def _cost(box: _Box, taken: list[_Box]) -> float:
    return sum(box.overlap(other) for other in taken) + _OUTSIDE * box.outside()


def _to_area(points: Mapping[str, Point]) -> dict[str, Point]:
    """Scale the points to parts of the drawn area, which spreads from 0 over all of them."""
    width = max((point.x for point in points.values()), default=1.0) or 1.0
    height = max((point.y for point in points.values()), default=1.0) or 1.0
    return {name: Point(point.x / width / 1.1, point.y / height / 1.1, point.label) for name, point in points.items()}


def _box(point: Point, side: str) -> _Box:
    x, y, lines = point.x, point.y, wrap(point.label, _WRAPPED) or [""]
    length, height = max(map(len, lines)) * _LETTER, len(lines) * _LINE
    if side in ("above", "below"):
        bottom = y + _GAP_Y if side == "above" else y - _GAP_Y - height
        return _Box(x - length / 2, bottom, x + length / 2, bottom + height)
    left = x + _GAP_X if side == "right" else x - _GAP_X - length
    return _Box(left, y - height / 2, left + length, y + height / 2)
