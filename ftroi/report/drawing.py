"""A drawing of lines, bars, marks and words, in millimetres from its upper left corner, as SVG.

No script, no style sheet, nothing fetched: every shape bears its own colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from ftroi.report.metrics import POINT
from ftroi.termsheet import ThemeTable

SIZE, TITLE_SIZE = 8.5, 11.0
"""The sizes of type in charts, in points."""

Anchor = Literal["start", "middle", "end"]
_NAMESPACE = "http://www.w3.org/2000/svg"
_FINE = 20
"""Units of a millimetre: LibreOffice sets small type in whole units, and words would not end where they should."""

_DOT, _DIAMOND = 1.3, 1.9
"""The radii of dots and diamonds, in millimetres."""

_BASELINE = 0.34
"""How far below the middle of a line of type its baseline is, in sizes of the type."""


def printable(text: str) -> str:
    """A text without what XML cannot hold or would steer a terminal; ends of lines become spaces."""
    return "".join(one if one.isprintable() else " " for one in text)


def fonts(theme: ThemeTable) -> tuple[str, ...]:
    """The theme's font, then one of the same widths, then any other without serifs where it is missing."""
    return (theme.font, "Carlito", "Arial", "Liberation Sans", "DejaVu Sans")


def font_family(theme: ThemeTable) -> str:
    """The fonts of a paper, as a style has them."""
    return ", ".join((*fonts(theme), "sans-serif"))


@dataclass
class Drawing:
    """A drawing in the making, with its title and what it shows, in words, for those who cannot see it."""

    title: str
    about: str
    width: float
    height: float
    theme: ThemeTable
    _root: etree._Element = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the title, on top."""
        box = {"width": f"{self.width:g}mm", "height": f"{self.height:g}mm"}
        view = f"0 0 {self.width * _FINE:g} {self.height * _FINE:g}"
        self._root = etree.Element("svg", {"xmlns": _NAMESPACE, **box, "viewBox": view, "role": "img"})
        etree.SubElement(self._root, "title").text = printable(self.title)
        etree.SubElement(self._root, "desc").text = printable(self.about)
        self.words((0, 2.5), self.title, size=TITLE_SIZE, bold=True)

    @property
    def element(self) -> etree._Element:
        """The drawing as the element ``svg``."""
        return self._root

    def bar(self, left: float, top: float, width: float, height: float, fill: str) -> None:
        """Draw a filled rectangle; a negative width reaches to the left."""
        x, wide = (left, width) if width >= 0 else (left + width, -width)
        self._add("rect", x=x, y=top, width=wide, height=height, fill=fill)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 0.2) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width)

    def path(self, points: Iterable[tuple[float, float]], colour: str, width: float, *, dashed: bool = False) -> None:
        """Draw a line through points."""
        dash = {"stroke_dasharray": f"{2 * _FINE} {1.2 * _FINE:g}"} if dashed else {}
        self._add("path", d=_steps(points), fill="none", stroke=colour, stroke_width=width, **dash)

    def dot(self, x: float, y: float, fill: str) -> None:
        """Draw a filled circle."""
        self._add("circle", cx=x, cy=y, r=_DOT, fill=fill)

    def diamond(self, x: float, y: float, colour: str) -> None:
        """Draw a diamond with a white inside."""
        corners = ((x, y - _DIAMOND), (x + _DIAMOND, y), (x, y + _DIAMOND), (x - _DIAMOND, y))
        self._add("path", d=f"{_steps(corners)} Z", fill="#FFFFFF", stroke=colour, stroke_width=0.5)

    def words(
        self,
        at: tuple[float, float],
        text: str,
        *,
        anchor: Anchor = "start",
        colour: str = "",
        size: float = SIZE,
        bold: bool = False,
    ) -> None:
        """Write one line of text at a place, around its height; ``size`` is in points."""
        (x, middle), height = at, size * POINT
        made = self._add(
            "text", x=x, y=middle + height * _BASELINE, font_family=font_family(self.theme), font_size=height,
            text_anchor=anchor, fill=colour or self.theme.colours.ink, **({"font_weight": "bold"} if bold else {}),
        )  # fmt: skip
        made.text = printable(text)

    def svg(self) -> bytes:
        """The drawing as a file of its own."""
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")

    def _add(self, tag: str, **values: float | str) -> etree._Element:
        texts = {key: one if isinstance(one, str) else f"{one * _FINE:.1f}" for key, one in values.items()}
        return etree.SubElement(self._root, tag, {key.replace("_", "-"): text for key, text in texts.items()})


def _steps(points: Iterable[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x * _FINE:.1f} {y * _FINE:.1f}" for x, y in points)
