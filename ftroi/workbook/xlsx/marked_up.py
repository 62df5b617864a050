"""Texts and numbers in the XML of a sheet."""

from __future__ import annotations

import re
from math import isfinite

from openpyxl.xml.constants import SHEET_MAIN_NS

_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LARGEST_COUNT = 1e15
"""Up to here a whole number is written without an exponent."""


class SharedTexts:
    """The typed texts of all sheets, which cells hold by number; LibreOffice reads those within cells more slowly."""

    def __init__(self) -> None:
        """Begin without any."""
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        """The part of the file that holds them."""
        items = "".join([f"<si>{_text_element(text)}</si>" for text in self._numbers])
        return f'<sst xmlns="{SHEET_MAIN_NS}" uniqueCount="{len(self._numbers)}">{items}</sst>'


def _text_element(text: str) -> str:
    space = ' xml:space="preserve"' if text.strip() != text or "\n" in text else ""
    return f"<t{space}>{escaped(text)}</t>"


def digits(value: float) -> str:
    """A number with all the digits that tell it from every other; a negative zero is a zero."""
    if not value % 1 and abs(value) < _LARGEST_COUNT:
        return str(int(value))
    if not isfinite(value):
        raise ValueError(f"{value} is no number that a cell can hold")
    return repr(value)


def escaped(text: str) -> str:
    """A text as XML holds it; what XML cannot hold stands in it as _x000D_, as the format has it."""
    return marked_up(_ESCAPED.sub(_spelt, text))


def _spelt(match: re.Match[str]) -> str:
    found = match[0]
    return f"_x005F{found}" if len(found) > 1 else f"_x{ord(found):04X}_"


def marked_up(text: str) -> str:
    """A text with XML's own signs spelt out."""
    return text.translate(_MARKUP)
