"""The elements of a paper, independent of the output format: headings, texts, cards, tables and pictures.

Lengths are millimetres. All texts are data, and must be escaped by the output format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ftroi.report.drawing import Drawing
from ftroi.termsheet import ThemeTable

WIDTH = 182.0
"""The width of what stands on a page of A4 between its margins."""


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
    """A chart."""

    drawing: Drawing


Block = Heading | Text | Banner | Points | Cards | Table | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to set: its title, what stands at the foot of each page, its look, and its blocks in order."""

    title: str
    foot: str
    language: str
    theme: ThemeTable
    blocks: tuple[Block, ...]
