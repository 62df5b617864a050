"""Choosing on which side of its point each label of a scatter chart stands, so that few overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

_LETTER, _LINE = 0.0078, 0.12
"""A letter's width and a line's height, as parts of the drawn area."""

_STEPS = 60
"""How many spots stand for a line that labels keep off."""

_BELOW, _ABOVE = 0.1, 1.0
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


def label_positions(points: Mapping[str, Point], line: tuple[Point, Point] | None = None) -> dict[str, str]:
    """Give the side of each label, chosen where it covers least of points, of a line and of the labels before it.

    The longest comes first, as it has the fewest places to go.
    """
    drawn = _to_area(points)
    taken = [_Box(x - _GAP_X, y - _GAP_Y, x + _GAP_X, y + _GAP_Y) for x, y, _ in drawn.values()]
    taken += [_Box(x - _GAP_X / 2, y - _GAP_Y / 2, x + _GAP_X / 2, y + _GAP_Y / 2) for x, y in _spots(line, points)]
    places = {}
    for name, point in sorted(drawn.items(), key=lambda one: -len(one[1].label)):
        boxes = {side: _box(point, side) for side in SIDES}
        places[name] = min(SIDES, key=lambda side: _cost(boxes[side], taken))
        taken.append(boxes[places[name]])
    return places


def _spots(line: tuple[Point, Point] | None, points: Mapping[str, Point]) -> Iterator[tuple[float, float]]:
    """Go along a line, in parts of the drawn area."""
    if line is None:
        return
    width, height = _extent(points)
    for step in range(_STEPS + 1):
        part = step / _STEPS
        x, y = (start + part * (end - start) for start, end in zip(line[0][:2], line[1][:2], strict=True))
        yield x / width, y / height


def _cost(box: _Box, taken: list[_Box]) -> float:
    return sum(box.overlap(other) for other in taken) + _OUTSIDE * box.outside()


def _to_area(points: Mapping[str, Point]) -> dict[str, Point]:
    """Scale the points to parts of the drawn area, which spreads from 0 over all of them."""
    width, height = _extent(points)
    return {name: Point(point.x / width, point.y / height, point.label) for name, point in points.items()}


def _extent(points: Mapping[str, Point]) -> tuple[float, float]:
    """Give how far the axes reach: a tenth beyond the last point."""
    width = max((point.x for point in points.values()), default=1.0) or 1.0
    height = max((point.y for point in points.values()), default=1.0) or 1.0
    return 1.1 * width, 1.1 * height


def _box(point: Point, side: str) -> _Box:
    x, y, length, height = point.x, point.y, len(point.label) * _LETTER, _LINE
    if side in ("above", "below"):
        bottom = y + _GAP_Y if side == "above" else y - _GAP_Y - height
        return _Box(x - length / 2, bottom, x + length / 2, bottom + height)
    left = x + _GAP_X if side == "right" else x - _GAP_X - length
    return _Box(left, y - height / 2, left + length, y + height / 2)
