"""How charts look: the theme's font and colours, in the terms of XlsxWriter."""

from __future__ import annotations

from typing import Any

from ftroi.termsheet import ThemeTable
from ftroi.workbook.xlsx.styles import BODY, SMALL

Look = dict[str, Any]


class ChartLooks:
    """The looks of the parts of a chart, in one theme."""

    def __init__(self, theme: ThemeTable) -> None:
        """Take font and colours from ``theme``."""
        self._font = theme.font
        self.colours = theme.colours

    def title(self, text: str) -> Look:
        """Give a chart's title."""
        font = {"name": self._font, "size": BODY, "bold": True, "color": self.colours.ink}
        return {"name": text, "name_font": font, "overlay": False}

    def small(self, **more: object) -> Look:
        """Give the small grey type of axes and legends."""
        return {"name": self._font, "size": SMALL, "color": self.colours.grey} | more

    def line(self) -> Look:
        """Give the line of an axis, a grid or a frame."""
        return {"color": self.colours.pale_grey}

    def axis(self, name: str) -> Look:
        """Give an axis with its name and a pale grid."""
        return {
            "name": name,
            "name_font": self.small() | {"bold": False},
            "num_font": self.small(),
            "major_gridlines": {"visible": True, "line": self.line()},
            "line": self.line(),
        }

    def money_axis(self, name: str) -> Look:
        """Give an axis of money in thousands."""
        return self.axis(name) | {"num_format": "#,##0,;(#,##0,);0"}

    def names_axis(self, **more: object) -> Look:
        """Give an axis of names, without ticks."""
        return {"num_font": self.small(**more), "line": self.line(), "major_tick_mark": "none"}

    def labelled(self) -> Look:
        """Write amounts of half a thousand and more on the columns."""
        font = {"name": self._font, "size": SMALL, "color": self.colours.ink}
        return {
            "data_labels": {"value": True, "num_format": '[>=500]#,##0,;""', "font": font, "position": "inside_base"}
        }


def filled(colour: str) -> Look:
    """Give a fill without a border."""
    return {"fill": {"color": colour}, "border": {"none": True}}


def diamond(colour: str) -> Look:
    """Give the mark of a point that matters."""
    return {"type": "diamond", "size": 10, "fill": {"color": colour}, "border": {"color": "#FFFFFF"}}
