"""Which colours a chart's categories have, and which colour of text can be read on a fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ftroi.termsheet.model import Template, group_of
from ftroi.termsheet.schema import ThemeTable

WHITE = "#FFFFFF"

_PARTS = (0.2126, 0.7152, 0.0722)
"""How bright red, green and blue are to the eye (WCAG 2.2, relative luminance)."""

_KNEE, _SLOPE, _OFFSET, _POWER, _GLARE = 0.04045, 12.92, 0.055, 2.4, 0.05


def luminance(colour: str) -> float:
    """How bright "#RRGGBB" is, from 0 for black to 1 for white."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / _SLOPE if one <= _KNEE else ((one + _OFFSET) / (1 + _OFFSET)) ** _POWER for one in shares]
    return sum(part * one for part, one in zip(_PARTS, linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21; text wants 4.5."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + _GLARE) / (darker + _GLARE)


def ink_on(fill: str, theme: ThemeTable) -> str:
    """White or the theme's ink, whichever reads better on a fill."""
    return max((WHITE, theme.colours.ink), key=lambda ink: contrast(ink, fill))


_SOFT = 3
"""The first grey of a group's sum, paler than those of its first categories."""


def category_colours(template: Template, categories: Iterable[str]) -> dict[str, str]:
    """Each category's colour: those of its group's palette in turn."""
    return _in_turn(template, {name: template.groups[group_of(name)].palette for name in categories}, 0)


def group_colours(template: Template) -> dict[str, str]:
    """The colour of each group of cost categories where its sum is drawn."""
    return _in_turn(template, {name: template.groups[name].palette for name in template.cost_groups}, _SOFT)


def _in_turn(template: Template, palettes: dict[str, str], first_grey: int) -> dict[str, str]:
    seen = Counter(visible=first_grey)
    found = {}
    for name, palette in palettes.items():
        colours: tuple[str, ...] = getattr(template.theme.colours, palette)
        found[name] = colours[seen[palette] % len(colours)]
        seen[palette] += 1
    return found
