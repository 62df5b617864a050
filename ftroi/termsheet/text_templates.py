"""Texts with slots, such as "never within {horizon_months:whole} months": a formula, a colon, and how it is shown.

`pieces_of` cuts any such text. The sentences of rules (`rules.RuleText`) may hold texts and money with its currency;
those of measures (`Text`) stand in cells of an option's sheet, and hold amounts alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ftroi.errors import Finding, FormulaError
from ftroi.language import Node, Reference, did_you_mean, evaluate, parse, references

_ROUNDED = parse("ROUND(amount, places)")
_SLOT = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class Written:
    """A slot as it is written: a formula, and after a colon how its value is shown; "" where nothing is said."""

    formula: str
    shown: str


def pieces_of(text: str, where: str, findings: list[Finding]) -> Iterator[str | Written]:
    """The plain strings and the slots of a text, in order; a brace without its partner is a finding."""
    at = 0
    for slot in _SLOT.finditer(text):
        yield from _plain(text[at : slot.start()], where, findings)
        yield Written(slot[1].strip(), (slot[2] or "").strip())
        at = slot.end()
    yield from _plain(text[at:], where, findings)


def _plain(piece: str, where: str, findings: list[Finding]) -> Iterator[str]:
    if "{" in piece or "}" in piece:
        findings.append(Finding(where, f"a brace without its partner in '{piece.strip()}'", "close the slot"))
    if piece:
        yield piece


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

    Raises FormulaError if an amount cannot be parsed, its style is unknown, or a brace has no partner.
    """
    findings: list[Finding] = []
    pieces = list(pieces_of(text, where, findings))
    if findings:
        raise FormulaError(*findings)
    return Text(tuple(piece if isinstance(piece, str) else _slot(piece, where) for piece in pieces))


def _slot(written: Written, where: str) -> Slot:
    if written.shown not in STYLES:
        cure = did_you_mean(written.shown, STYLES) or f"use {', '.join(STYLES)}"
        raise FormulaError(Finding(where, f"no style '{written.shown}' for an amount", cure))
    return Slot(parse(written.formula, where), STYLES[written.shown])
