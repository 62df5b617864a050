"""Texts of measures with amounts in slots, such as "never within {horizon_months:whole} months"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ftroi.errors import Finding, FormulaError
from ftroi.language import Node, Reference, evaluate, parse, references

_ROUNDED = parse("ROUND(amount, places)")
_SLOT = re.compile(r"\{([^{}:]+):(\w+)\}")


@dataclass(frozen=True, slots=True)
class Style:
    """How an amount is shown: the number format of spreadsheets, that of Python, and the decimal places."""

    excel: str
    python: str
    places: int


STYLES = {
    "money": Style("#,##0", ",.0f", 0),
    "whole": Style("0", ".0f", 0),
    "decimal": Style("0.0", ".1f", 1),
    "percent": Style("0.0%", ".1%", 3),
}
"""The styles that a slot may name after its colon."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot for an amount in a text."""

    tree: Node
    style: Style


@dataclass(frozen=True, slots=True)
class Text:
    """A text as a sequence of plain strings and slots."""

    parts: tuple[str | Slot, ...]

    def filled(self, value: Callable[[Node], float]) -> str:
        """The text with its amounts filled in, rounded as spreadsheets round."""
        return "".join(part if isinstance(part, str) else _shown(part.style, value(part.tree)) for part in self.parts)

    def mentions(self) -> Iterator[Reference]:
        """All references to names in the slots."""
        for part in self.parts:
            if isinstance(part, Slot):
                yield from references(part.tree)


def _shown(style: Style, amount: float) -> str:
    rounded = evaluate(_ROUNDED, lambda name, _: amount if name == "amount" else style.places)
    return format(rounded + 0.0, style.python)


def read_text(text: str, where: str) -> Text:
    """Parse a text with slots.

    Raises FormulaError if an amount cannot be parsed or its style is unknown.
    """
    parts: list[str | Slot] = []
    at = 0
    for slot in _SLOT.finditer(text):
        parts.append(text[at : slot.start()])
        parts.append(Slot(parse(slot[1], where), _style(slot[2], where)))
        at = slot.end()
    parts.append(text[at:])
    return Text(tuple(part for part in parts if part != ""))


def _style(name: str, where: str) -> Style:
    if name not in STYLES:
        raise FormulaError(Finding(where, f"no style '{name}' for an amount", f"use {', '.join(STYLES)}"))
    return STYLES[name]
