"""Reading a number as people type it, in a cell's text or on the command line.

A text that could be read as two different numbers is refused rather than guessed:

======================== =====================================================================
2M  1.5k  3bn            millions (capital M), thousands, billions (10^9)
8%  7,5 %                a percentage, read as a fraction: 0.08, 0.075
5y                       years, for what is counted in months: 60
12,5  12.5               a single separator before one, two, or more than three digits is a decimal separator
1.000.000  1,000,000     a separator that occurs several times groups digits by three
2 000 000  2'000'000     spaces (also no-break spaces) and apostrophes group digits by three
1.234,5  1,234.5         of two kinds of separator, the last one is the decimal separator
1.234  1,234             refused: 1234 in some countries, 1.234 in others
======================== =====================================================================
"""

from __future__ import annotations

import math
import re
from types import MappingProxyType

from ftroi.dates import MONTHS_OF_A_YEAR

_SCALES = MappingProxyType({"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "bn": 1e9})
_LONGEST = 40
_PARTS = re.compile(
    r"(?P<sign>[+-]?)(?P<body>[\d.,' ]*\d[\d.,' ]*?)(?P<power>[eE][+-]?\d{1,3})? ?(?P<tail>[A-Za-z%]*)", re.ASCII
)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-"})
_GROUPS = re.compile(r"\d{1,3}(?P<by>[.,' ])\d{3}(?:(?P=by)\d{3})*")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PLAIN = re.compile(r"\d+|\d*\.\d+|\d+\.")
_YEARS = ("y", "year", "years")


class AmountError(ValueError):
    """A text is no number, or could be two numbers: ``what`` is the problem, ``cure`` what to write instead."""

    def __init__(self, what: str, cure: str) -> None:
        """Store both sentences."""
        super().__init__(what)
        self.what = what
        self.cure = cure


def read_amount(text: str, unit: str = "") -> float:
    """The finite number in a text; a percentage is returned as a fraction.

    ``unit`` is the unit of the number: years are accepted if it is "month". Raises AmountError for a text that is no
    number or is ambiguous.
    """
    shown = text.strip()
    parts = _PARTS.fullmatch(shown.translate(_SPACES))
    if parts is None:
        raise _not_a_number(shown)
    digits = _plain_digits(parts["body"], shown)
    if parts["power"] and _PLAIN.fullmatch(parts["body"]) is None:
        raise _not_a_number(shown)
    number = float(parts["sign"] + digits + (parts["power"] or ""))
    scaled = number * _scale(parts["tail"], shown, unit) if parts["tail"] != "%" else number / 100
    if not math.isfinite(scaled):
        raise _not_a_number(shown)
    return scaled


def _plain_digits(body: str, shown: str) -> str:
    """A number's digits in Python's notation: no grouping, and a decimal point."""
    if _AMBIGUOUS.fullmatch(body):
        whole, part = re.split(r"[.,]", body)
        what = f"'{_short(shown)}' may be a thousand or a decimal number"
        raise AmountError(what, f"write {whole}{part} or {whole}.{part}0")
    if _PLAIN.fullmatch(body):
        return body
    decimal = max(body.rfind("."), body.rfind(","))
    if decimal >= 0 and body.count(body[decimal]) == 1:
        whole, part = body[:decimal], body[decimal + 1 :]
        if part.isdigit() and (whole == "" or whole.isdigit() or _is_grouped(whole)):
            return f"{_ungrouped(whole)}.{part}"
    if _is_grouped(body):
        return _ungrouped(body)
    raise _not_a_number(shown)


def _is_grouped(text: str) -> bool:
    return _GROUPS.fullmatch(text) is not None


def _ungrouped(text: str) -> str:
    return re.sub(r"[.,' ]", "", text)


def _scale(tail: str, shown: str, unit: str) -> float:
    if tail in _SCALES:
        return _SCALES[tail]
    if tail.lower() in _YEARS and unit == "month":
        return float(MONTHS_OF_A_YEAR)
    raise _not_a_number(shown)


def _not_a_number(shown: str) -> AmountError:
    return AmountError(f"cannot read '{_short(shown)}' as a number", "write a number such as 2000000, 2M, 1.5k or 8%")


def _short(text: str) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
