"""The kind of number format for a value, by its unit and its name.

A kind is a key of ``styles.NUMBERS``, the number formats of the workbook; the command line has a format of its own for
each kind.
"""

from __future__ import annotations

import re

from ftroi.termsheet import Assumption

_SHARES = re.compile(r"_(share|rate|growth|trend|erosion)$")
_FLAGS = re.compile(r"_(flag|sign|changes|proved)(_at_end)?$|^is_")
_FACTORS = re.compile(r"_(index|factor)$")
_MULTIPLES = re.compile(r"_(multiple|hurdle)$|_to_")
_PAYBACK = re.compile(r"payback|crossing")
_EVENTS = ("rebase/month", "refresh/month", "release/month")
_LARGE = 1000.0

_DECIMALS = 2
_ZERO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
"""Currencies with another number of decimals than two (ISO 4217, minor units)."""


def number_of_line(name: str, unit: str) -> str:
    """The kind of number of a line, by its unit and by what its name says it is."""
    if unit in ("money", "money/month") or unit.startswith("request"):
        return "whole"
    if unit.startswith("money"):
        return "price"
    if _FLAGS.search(name) or unit in _EVENTS:
        return "flag"
    if unit in ("month", "year"):
        return "months" if _PAYBACK.search(name) else "general"
    return _number_without_unit(name) if unit in ("1", "1/month") else "decimal"


def _number_without_unit(name: str) -> str:
    if _FACTORS.search(name):
        return "factor"
    return "multiple" if _MULTIPLES.search(name) else "percent"


def number_of_assumption(assumption: Assumption) -> str:
    """The kind of number of an assumption, by its unit and its size; a zero shows as what it is."""
    table = assumption.table
    if table.unit == "date":
        return "date"
    if _is_share(assumption):
        return "input percent"
    if max(abs(table.base), abs(table.high or 0)) >= _LARGE:
        return "input whole"
    return "input price" if table.unit.startswith("money") else "general"


def number_of_unit(unit: str, number: str) -> str:
    """The format that tells a pure number's unit in words, by the kind of number that stands beside it."""
    is_share = number in ("percent", "input percent")
    if unit == "1":
        return "unit share" if is_share else "unit multiple" if number == "multiple" else "unit number"
    return f"unit share a {unit.removeprefix('1/')}" if is_share and unit in ("1/year", "1/month") else "general"


def _is_share(assumption: Assumption) -> bool:
    table = assumption.table
    if table.whole or not (table.unit == "1" or table.unit.startswith("1/")):
        return False
    is_bounded = table.range is not None and table.range[1] <= 1
    return is_bounded or table.unit == "1/year" or bool(_SHARES.search(assumption.name))


def decimals_of(currency: str) -> int:
    """How many decimals amounts of a currency have: none for JPY, two for most."""
    if currency in _ZERO_DECIMALS.split():
        return 0
    return 3 if currency in _THREE_DECIMALS.split() else _DECIMALS
