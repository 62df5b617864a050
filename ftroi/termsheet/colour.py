"""The colours of a chart's categories, and the text colour with the better contrast on a fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ftroi.termsheet.model import Template, group_of
from ftroi.termsheet.schema import ThemeTable

WHITE = "#FFFFFF"

_LUMINANCE_WEIGHTS = (0.2126, 0.7152, 0.0722)
"""The weights of red, green and blue in relative luminance (WCAG 2.2)."""

_KNEE, _SLOPE, _OFFSET, _POWER, _GLARE = 0.04045, 12.92, 0.055, 2.4, 0.05


def luminance(colour: str) -> float:
    """The relative luminance of "#RRGGBB" (WCAG 2.2), from 0 for black to 1 for white."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / _SLOPE if one <= _KNEE else ((one + _OFFSET) / (1 + _OFFSET)) ** _POWER for one in shares]
    return sum(part * one for part, one in zip(_LUMINANCE_WEIGHTS, linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), from 1 to 21; readable text needs 4.5."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + _GLARE) / (darker + _GLARE)


def ink_on(fill: str, theme: ThemeTable) -> str:
    """White or the theme's ink, whichever has the higher contrast on a fill."""
    return max((WHITE, theme.colours.ink), key=lambda ink: contrast(ink, fill))


_FIRST_PALE_GREY = 3
"""The index of the first grey for sums of groups, paler than those of their first categories."""


def category_colours(template: Template, categories: Iterable[str]) -> dict[str, str]:
    """The colour of each category, taken in turn from its group's palette."""
    return _palette_cycled(template, {name: template.groups[group_of(name)].palette for name in categories}, 0)


def group_colours(template: Template) -> dict[str, str]:
    """The colour of each group of cost categories, for charts that draw its sum."""
    return _palette_cycled(
        template, {name: template.groups[name].palette for name in template.cost_groups}, _FIRST_PALE_GREY
    )


def _palette_cycled(template: Template, palettes: dict[str, str], first_grey: int) -> dict[str, str]:
    seen = Counter(visible=first_grey)
    found = {}
    for name, palette in palettes.items():
        colours: tuple[str, ...] = getattr(template.theme.colours, palette)
        found[name] = colours[seen[palette] % len(colours)]
        seen[palette] += 1
    return found
