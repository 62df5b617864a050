"""The width of texts, estimated from the character widths of a common typeface, rather too wide than too narrow."""

from __future__ import annotations

POINT = 25.4 / 72
"""Millimetres of a point."""

_WIDTHS = (
    "23 33 40 50 51 71 68 22 30 30 50 50 25 31 25 39 51 51 51 51 51 51 51 51 51 51 27 27 50 50 50 46 89 "
    "58 54 53 62 49 46 63 62 25 32 52 42 85 65 66 52 67 54 46 49 64 57 89 52 49 47 31 39 31 50 50 29 48 "
    "53 42 53 50 31 47 53 23 24 45 23 80 53 53 53 53 35 39 33 53 45 71 43 45 40 31 46 31 50 "
)
"""The widths of the printable ASCII letters in Carlito, which are those of Calibri, in hundredths of the size."""

_BY_LETTER = {chr(place): int(width) / 100 for place, width in enumerate(_WIDTHS.split(), start=32)}
_OTHER, _WIDE = 0.54, 1.0
_FIRST_WIDE = 0x2E80
_BOLD = 1.03
SAFETY = 1.03
"""What a text may be wider than estimated, by rounding on the page."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in millimetres; ``size`` is its type's in points."""
    widths = sum(_WIDE if ord(letter) >= _FIRST_WIDE else _BY_LETTER.get(letter, _OTHER) for letter in text)
    return widths * size * POINT * SAFETY * (_BOLD if bold else 1)


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """As much of a text as fits on one line of a room in millimetres."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
