"""Formats of the numbers in a rule's sentence: for each one a spreadsheet formula, and the Python that gives the same.

A slot names its format after a colon: ``{npv:money}`` is "USD 184,652", ``{npv:money_short}`` "USD 185k". Where a slot
holds a text instead of a number (a measure that does not exist says why), the text is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.language.function_bodies import month, rounded, year

MINUS = "−"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_NUMBER_OF_1970 = 25569


@dataclass(frozen=True, slots=True)
class ValueFormat:
    """One format, for spreadsheet and Python.

    ``excel`` is a formula with ``{x}`` for the number and ``{currency}`` for the plan's currency; ``python`` takes
    (number, currency) and returns the same text.
    """

    excel: str
    python: Callable[[float, str], str]
    example: str


def _signed(number: str) -> str:
    """A spreadsheet number format in quotes, with a typographic minus sign for negative numbers."""
    return f'"{number};""{MINUS}""{number}"'


def _text(x: str, places: int, number: str) -> str:
    return f"TEXT(ROUND({x},{places}),{number})"


def round_half_away(x: float, places: int) -> float:
    """A number rounded as spreadsheets round: halves away from zero, and never a negative zero."""
    return float(rounded(x, places)) + 0.0


def _shown(x: float, places: int, number: str) -> str:
    """The number rounded as spreadsheets round, with a typographic minus sign."""
    return format(round_half_away(x, places), number).replace("-", MINUS)


def _money(x: float, currency: str) -> str:
    return f"{currency} {_shown(x, 0, ',.0f')}"


_THOUSAND, _MILLION = 1_000, 1_000_000
_LEAST_THOUSAND, _LEAST_MILLION = 999.5, 999_500
_WHOLE, _CENTS = _signed("#,##0"), _signed("#,##0.00")
_SHORT = (
    f"IF(ABS({{x}})<{_LEAST_THOUSAND},{_text('{x}', 0, _WHOLE)},"
    f'IF(ABS({{x}})<{_LEAST_MILLION},{_text(f"{{x}}/{_THOUSAND}", 0, _WHOLE)}&"k",'
    f'{_text(f"{{x}}/{_MILLION}", 2, _CENTS)}&"m"))'
)


def _money_short(x: float, currency: str) -> str:
    if abs(x) < _LEAST_THOUSAND:
        return _money(x, currency)
    if abs(x) < _LEAST_MILLION:
        return f"{_money(x / _THOUSAND, currency)}k"
    return f"{currency} {_shown(x / _MILLION, 2, ',.2f')}m"


def _years(x: float, _currency: str) -> str:
    if x == MONTHS_OF_A_YEAR:
        return "1 year"
    if x % MONTHS_OF_A_YEAR:
        return f"{_shown(x, 0, '.0f')} months"
    return f"{_shown(x / MONTHS_OF_A_YEAR, 0, '.0f')} years"


def _day(x: float, _currency: str) -> str:
    day = np.datetime64(int(x) - _DAY_NUMBER_OF_1970, "D").astype(object).day
    return f"{day} {_MONTHS[int(month(x)) - 1]} {int(year(x))}"


def _whole_points(x: float, _currency: str) -> str:
    shown = _shown(100 * x, 0, ".0f")
    return f"{shown} point" if shown == "1" else f"{shown} points"


def _number(places: int, number: str, unit: str, example: str) -> ValueFormat:
    """The format of a number with a fixed number of decimal places, followed by its unit."""
    behind = f'&"{unit}"' if unit else ""
    return ValueFormat(
        _text("{x}", places, _signed(number)) + behind, lambda x, _: _shown(x, places, f".{places}f") + unit, example
    )


def _plain(x: float, _currency: str) -> str:
    places = 0 if x == int(x) else 4
    whole, point, part = _shown(x, places, f",.{places}f").partition(".")
    return whole + (point and f".{part.rstrip('0') or '0'}")


_CHOOSE_MONTH = ",".join(f'"{name}"' for name in _MONTHS)

VALUE_FORMATS: Mapping[str, ValueFormat] = MappingProxyType({
    "money": ValueFormat('{currency}&" "&' + _text("{x}", 0, _WHOLE), _money, "USD 184,652"),
    "money_short": ValueFormat('{currency}&" "&' + _SHORT, _money_short, "USD 185k"),
    "percent": ValueFormat(_text("{x}", 3, _signed("0.0%")), lambda x, _: _shown(x, 3, ".1%"), "22.0%"),
    "whole_percent": ValueFormat(_text("{x}", 2, _signed("0%")), lambda x, _: _shown(x, 2, ".0%"), "83%"),
    "points": ValueFormat(_text("100*{x}", 1, _signed("0.0")), lambda x, _: _shown(100 * x, 1, ".1f"), "17.9"),
    "whole_points": ValueFormat(_text("100*{x}", 0, _signed("0")), lambda x, _: _shown(100 * x, 0, ".0f"), "17"),
    "points_words": ValueFormat(
        _text("100*{x}", 1, _signed("0.0")) + '&" points"', lambda x, _: f"{_shown(100 * x, 1, '.1f')} points",
        "5.9 points",
    ),
    "whole_points_words": ValueFormat(
        _text("100*{x}", 0, _signed("0")) + '&IF(ROUND(100*{x},0)=1," point"," points")', _whole_points, "17 points"
    ),
    "multiple": _number(2, "0.00", "×", "1.45×"),
    "months": _number(1, "0.0", " months", "6.0 months"),
    "days": _number(1, "0.0", " days", "3.0 days"),
    "whole": ValueFormat(_text("{x}", 0, _WHOLE), lambda x, _: _shown(x, 0, ",.0f"), "2,000"),
    "figure": ValueFormat(
        f"IF({{x}}=INT({{x}}),{_text('{x}', 0, _WHOLE)},{_text('{x}', 4, _signed('#,##0.0###'))})", _plain, "1,234.5"
    ),
    "decimal": _number(2, "0.00", "", "0.83"),
    "years": ValueFormat(
        f'IF({{x}}={MONTHS_OF_A_YEAR},"1 year",IF(MOD({{x}},{MONTHS_OF_A_YEAR})=0,'
        f'{_text(f"{{x}}/{MONTHS_OF_A_YEAR}", 0, _signed("0"))}&" years",'
        f'{_text("{x}", 0, _signed("0"))}&" months"))', _years, "3 years",
    ),
    "day": ValueFormat(
        f'DAY({{x}})&" "&CHOOSE(MONTH({{x}}),{_CHOOSE_MONTH})&" "&YEAR({{x}})', _day, "1 Jul 2027",
    ),
    "capitals": ValueFormat("UPPER({x})", lambda x, _: str(x).upper(), "NOT YET"),
})  # fmt: skip
"""Every format that a slot of a rule's sentence may name."""


def format_value(value: float | str, name: str, currency: str) -> str:
    """A value in the named format; a text is shown as it is. The name "" shows a number with 15 significant digits."""
    if name == "capitals":
        return str(value).upper()
    if isinstance(value, str):
        return value
    return VALUE_FORMATS[name].python(value, currency) if name else format(value, ".15g")


def value_to_excel(cell: str, name: str, currency: str) -> str:
    """The spreadsheet formula that shows the same as `format_value`; ``cell`` and ``currency`` are operands."""
    if not name:
        return cell
    shown = VALUE_FORMATS[name].excel.replace("{x}", cell).replace("{currency}", currency)
    return shown if name == "capitals" else f"IF(ISNUMBER({cell}),{shown},{cell})"
