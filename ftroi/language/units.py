"""Units of measure: products of powers of base units, such as ``money/(FTE*year)``.

A unit is a sorted tuple of (base unit, exponent) pairs without zero exponents, so that equal units are equal tuples.
Any noun can be a base unit. Money is the base unit ``money``; the currency belongs to the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from ftroi.errors import Finding, FormulaError

Unit: TypeAlias = tuple[tuple[str, Fraction], ...]

DIMENSIONLESS: Unit = ()
"""The unit of shares, rates without a time and flags; written ``1``."""

_LONGEST = 120
_TOKEN = re.compile(r"\s*(?:([A-Za-z][A-Za-z0-9_]*|[0-9]+|[*/^()-])|(\S))")


def multiply(left: Unit, right: Unit) -> Unit:
    """The unit of a product."""
    return _unit((*left, *right))


def divide(left: Unit, right: Unit) -> Unit:
    """The unit of a quotient."""
    return multiply(left, power(right, Fraction(-1)))


def power(unit: Unit, exponent: Fraction) -> Unit:
    """The unit of a power: ``power(unit, Fraction(1, 2))`` is that of a square root."""
    return _unit((noun, old * exponent) for noun, old in unit)


def _unit(factors: Iterable[tuple[str, Fraction]]) -> Unit:
    exponents: dict[str, Fraction] = {}
    for noun, exponent in factors:
        exponents[noun] = exponents.get(noun, Fraction(0)) + exponent
    return tuple(sorted((noun, exponent) for noun, exponent in exponents.items() if exponent))


def unit_text(unit: Unit) -> str:
    """Write a unit so that `parse_unit` reads the same one back: ``1``, ``money/(FTE*year)``."""
    above = [_factor_text(noun, exponent) for noun, exponent in unit if exponent > 0]
    below = [_factor_text(noun, -exponent) for noun, exponent in unit if exponent < 0]
    numerator = "*".join(above) or "1"
    if not below:
        return numerator
    denominator = "*".join(below)
    return f"{numerator}/({denominator})" if len(below) > 1 else f"{numerator}/{denominator}"


def _factor_text(noun: str, exponent: Fraction) -> str:
    if exponent == 1:
        return noun
    return f"{noun}^{exponent}" if exponent.denominator == 1 else f"{noun}^({exponent})"


@lru_cache(maxsize=1024)
def parse_unit(text: str, where: str = "unit") -> Unit:
    """Read a unit: ``1``, ``money``, ``1/month``, ``money/(FTE*year)``, ``m^2``, ``m^(1/2)``.

    Raises FormulaError for anything else, and for ``a/b*c``, which people read in two ways.
    """
    try:
        return _UnitReader(text).read()
    except _UnreadableError as unreadable:
        finding = Finding(where, f"'{text}' is not a unit: {unreadable}", unreadable.cure)
        raise FormulaError(finding) from None


class _UnreadableError(Exception):
    def __init__(self, what: str, cure: str = "write it like money/(FTE*year), or 1") -> None:
        super().__init__(what)
        self.cure = cure


class _UnitReader:
    """One pass over the pieces of a unit."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise _UnreadableError(f"it is longer than {_LONGEST} characters")
        self._pieces: list[str] = []
        for good, bad in _TOKEN.findall(text):
            if bad:
                raise _UnreadableError(f"unexpected '{bad}'")
            self._pieces.append(good)
        self._position = 0

    def read(self) -> Unit:
        unit = self._quotient()
        if self._next():
            raise _UnreadableError(f"unexpected '{self._next()}'")
        return unit

    def _next(self) -> str:
        return self._pieces[self._position] if self._position < len(self._pieces) else ""

    def _take(self) -> str:
        piece = self._next()
        self._position += 1
        return piece

    def _quotient(self) -> Unit:
        unit = self._product()
        if self._next() != "/":
            return unit
        self._take()
        unit = divide(unit, self._factor())
        if self._next() in ("*", "/"):
            cure = "put all that is divided by in parentheses, like money/(FTE*year)"
            raise _UnreadableError(f"'{self._next()}' after '/'", cure)
        return unit

    def _product(self) -> Unit:
        unit = self._factor()
        while self._next() == "*":
            self._take()
            unit = multiply(unit, self._factor())
        return unit

    def _factor(self) -> Unit:
        piece = self._take()
        if piece == "1":
            return DIMENSIONLESS
        if piece == "(":
            unit = self._quotient()
            self._close()
            return unit
        if not piece[:1].isalpha():
            raise _UnreadableError(f"unexpected '{piece}'" if piece else "it ends too early")
        return power(((piece, Fraction(1)),), self._exponent())

    def _exponent(self) -> Fraction:
        if self._next() != "^":
            return Fraction(1)
        self._take()
        if self._next() != "(":
            return self._whole_number()
        self._take()
        exponent = self._whole_number()
        if self._next() == "/":
            self._take()
            exponent /= self._whole_number()
        self._close()
        return exponent

    def _whole_number(self) -> Fraction:
        piece = self._take()
        sign = -1 if piece == "-" else 1
        if sign == -1:
            piece = self._take()
        if not piece.isdigit() or int(piece) == 0:
            raise _UnreadableError("an exponent is a whole number, not 0, or a fraction of two")
        return Fraction(sign * int(piece))

    def _close(self) -> None:
        if self._take() != ")":
            raise _UnreadableError("a ')' is missing")
