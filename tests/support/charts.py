"""What is read out of a paper's charts."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from ftroi.report.paper import Picture

_SPACE = "{http://www.w3.org/2000/svg}"


class Bar(NamedTuple):
    """A filled shape: where it stands and its colour; ``top`` is less than ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str


def svg_of(picture: Picture) -> etree._Element:
    """A chart as SVG, parsed."""
    return etree.fromstring(picture.file("svg"))


def words_of(picture: Picture) -> list[str]:
    """Every text that a chart shows."""
    return ["".join(str(part) for part in one.itertext()) for one in svg_of(picture).iter(f"{_SPACE}text")]


def bars_of(picture: Picture, fill: str) -> list[Bar]:
    """The shapes of one colour, in the order of drawing."""
    found = []
    for path in svg_of(picture).iter(f"{_SPACE}path"):
        if f"fill: {fill.lower()}" in (path.get("style") or ""):
            numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", path.get("d") or "")]
            across, down = numbers[::2], numbers[1::2]
            found.append(Bar(min(across), min(down), max(across), max(down), fill))
    return found


def fills_of(picture: Picture) -> set[str]:
    """The colours of a chart's shapes."""
    styles = " ".join(path.get("style") or "" for path in svg_of(picture).iter(f"{_SPACE}path"))
    return set(re.findall(r"fill: (#[0-9a-f]{6})", styles))
