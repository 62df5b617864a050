"""The elements of a paper, independent of the output format: headings, texts, cards, tables and pictures.

Lengths are millimetres. All texts are data, and must be escaped by the output format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ftroi.termsheet import ThemeTable

WIDTH = 182.0
"""The width of what stands on a page of A4 between its margins."""

Kind = Literal["svg", "png"]
"""What a chart may be drawn as."""


def printable(text: str) -> str:
    """A text without what XML cannot hold or would steer a terminal; ends of lines become spaces."""
    return "".join(one if one.isprintable() else " " for one in text)


def clipped(text: str, longest: int = 240) -> str:
    """A text that is not longer than a paper has room for."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def fonts(theme: ThemeTable) -> tuple[str, ...]:
    """The theme's font, then one of the same widths, then any other without serifs where it is missing."""
    return (theme.font, "Carlito", "Arial", "Liberation Sans", "DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading; it stays with what follows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: ordinary, small and grey, or the title of the paper."""

    text: str
    role: Literal["body", "small", "title", "eyebrow"] = "body"


@dataclass(frozen=True, slots=True)
class Banner:
    """The verdict: a word and a sentence on a coloured ground."""

    word: str
    sentence: str
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure, with what it is above it, and its unit and the reference's figure below."""

    label: str
    figure: str
    below: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Headline figures, three beside each other."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, its width in millimetres, and whether it holds figures."""

    header: str
    width: float
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; rows whose places are in ``strong`` are bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its title, what it shows in words, and what draws its file."""

    title: str
    about: str
    file: Callable[[Kind], bytes]


Block = Heading | Text | Banner | Points | Cards | Table | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to set: its title, what stands at the foot of each page, its look, and its blocks in order."""

    title: str
    foot: str
    language: str
    theme: ThemeTable
    blocks: tuple[Block, ...]
