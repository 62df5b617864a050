"""The one table of functions: for each its arguments, its unit, its wholeness, its numpy body."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from ftroi.language import function_bodies as bodies
from ftroi.language.operators import Refusal
from ftroi.language.signature import Exact, Example, Function, Takes, UnitRule, Whole
from ftroi.language.units import DIMENSIONLESS, Unit, divide, multiply, power

MOST_ARGUMENTS = 255
"""As many as a spreadsheet takes."""

_MONTH: Unit = (("month", Fraction(1)),)
_YEAR: Unit = (("year", Fraction(1)),)


def _kept(unit: Unit | None) -> Unit | None:
    return unit


def _over_months(unit: Unit | None) -> Unit | None:
    return _MONTH if unit is None else multiply(unit, _MONTH)


def _rooted(unit: Unit | None) -> Unit | None:
    return None if unit is None else power(unit, Fraction(1, 2))


def _always(unit: Unit) -> UnitRule:
    return lambda _shared: unit


_NUMBERS = (Takes.NUMBER,)
_CONDITIONS = (Takes.CONDITION,)
_ROUNDED = (Takes.NUMBER, Takes.PLACES)
_ROW = (Takes.ROW,)
_NO_DATE = Refusal("a date before March 1900 or after the year 9999", bodies.is_no_date)

_ROWS = (
    Function(
        name="MAX",
        meaning="the largest of its arguments",
        minimum=1,
        maximum=MOST_ARGUMENTS,
        takes=_NUMBERS,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        body=bodies.largest,
        example=Example("MAX(0, 3, 2)", 3),
    ),
    Function(
        name="MIN",
        meaning="the smallest of its arguments",
        minimum=1,
        maximum=MOST_ARGUMENTS,
        takes=_NUMBERS,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        body=bodies.smallest,
        example=Example("MIN(4, 3, 5)", 3),
    ),
    Function(
        name="IF",
        meaning="the second argument where the first holds, else the third",
        minimum=3,
        maximum=3,
        takes=(Takes.CONDITION, Takes.NUMBER),
        gives=_kept,
        whole=Whole.OF_WHOLES,
        body=np.where,
        example=Example("IF(2 > 1, 5, 7)", 5),
    ),
    Function(
        name="AND",
        meaning="whether all its conditions hold",
        minimum=1,
        maximum=MOST_ARGUMENTS,
        takes=_CONDITIONS,
        gives=None,
        whole=Whole.NEVER,
        body=bodies.all_of,
        example=Example("IF(AND(2 > 1, 1 > 2), 5, 7)", 7),
    ),
    Function(
        name="OR",
        meaning="whether one of its conditions holds",
        minimum=1,
        maximum=MOST_ARGUMENTS,
        takes=_CONDITIONS,
        gives=None,
        whole=Whole.NEVER,
        body=bodies.any_of,
        example=Example("IF(OR(2 > 1, 1 > 2), 5, 7)", 5),
    ),
    Function(
        name="NOT",
        meaning="whether its condition does not hold",
        minimum=1,
        maximum=1,
        takes=_CONDITIONS,
        gives=None,
        whole=Whole.NEVER,
        body=np.logical_not,
        example=Example("IF(NOT(2 > 1), 5, 7)", 7),
    ),
    Function(
        name="MOD",
        meaning="the remainder of a division, with the divisor's sign",
        minimum=2,
        maximum=2,
        takes=_NUMBERS,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        # MOD(331.1, 47.3) is 0 in LibreOffice Calc, 5.7E-14 in IronCalc and 4.3E-14 in numpy.
        exact=Exact.WHOLE,
        refusal=Refusal("a remainder of a division by zero", bodies.is_zero_divisor),
        body=np.mod,
        example=Example("MOD(-7, 3)", 2),
    ),
    Function(
        name="ROUND",
        meaning="the nearest number of so many places, halves away from zero",
        minimum=2,
        maximum=2,
        takes=_ROUNDED,
        gives=_kept,
        whole=Whole.TO_UNITS,
        body=bodies.rounded,
        example=Example("ROUND(-2.675, 2)", -2.68),
    ),
    Function(
        name="ROUNDUP",
        meaning="the next number of so many places, away from zero",
        minimum=2,
        maximum=2,
        takes=_ROUNDED,
        gives=_kept,
        whole=Whole.TO_UNITS,
        exact=Exact.ROUNDED,
        body=bodies.rounded_up,
        example=Example("ROUNDUP(-1.2, 0)", -2),
    ),
    Function(
        name="ROUNDDOWN",
        meaning="the next number of so many places, towards zero",
        minimum=2,
        maximum=2,
        takes=_ROUNDED,
        gives=_kept,
        whole=Whole.TO_UNITS,
        exact=Exact.ROUNDED,
        body=bodies.rounded_down,
        example=Example("ROUNDDOWN(-1.7, 0)", -1),
    ),
    Function(
        name="INT",
        meaning="the largest whole number that is not above its argument",
        minimum=1,
        maximum=1,
        takes=_NUMBERS,
        gives=_kept,
        whole=Whole.ALWAYS,
        exact=Exact.ROUNDED,
        body=np.floor,
        example=Example("INT(-1.2)", -2),
    ),
    Function(
        name="ABS",
        meaning="its argument without the sign",
        minimum=1,
        maximum=1,
        takes=_NUMBERS,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        body=np.abs,
        example=Example("ABS(-3)", 3),
    ),
    Function(
        name="EXP",
        meaning="e to the power of its argument",
        minimum=1,
        maximum=1,
        takes=(Takes.UNITLESS,),
        gives=_always(DIMENSIONLESS),
        whole=Whole.NEVER,
        body=np.exp,
        example=Example("EXP(0)", 1),
    ),
    Function(
        name="LN",
        meaning="the natural logarithm of its argument",
        minimum=1,
        maximum=1,
        takes=(Takes.UNITLESS,),
        gives=_always(DIMENSIONLESS),
        whole=Whole.NEVER,
        refusal=Refusal("a logarithm of a number that is not positive", bodies.is_not_positive),
        body=np.log,
        example=Example("LN(1)", 0),
    ),
    Function(
        name="SQRT",
        meaning="the square root of its argument",
        minimum=1,
        maximum=1,
        takes=_NUMBERS,
        gives=_rooted,
        whole=Whole.NEVER,
        refusal=Refusal("a square root of a negative number", bodies.is_negative),
        body=np.sqrt,
        example=Example("SQRT(9)", 3),
    ),
    Function(
        name="YEAR",
        meaning="the year of a date",
        minimum=1,
        maximum=1,
        takes=(Takes.DATE,),
        gives=_always(_YEAR),
        whole=Whole.ALWAYS,
        refusal=_NO_DATE,
        body=bodies.year,
        example=Example("YEAR(46290)", 2026),
    ),
    Function(
        name="MONTH",
        meaning="the month of a date, 1 to 12",
        minimum=1,
        maximum=1,
        takes=(Takes.DATE,),
        gives=_always(_MONTH),
        whole=Whole.ALWAYS,
        refusal=_NO_DATE,
        body=bodies.month,
        example=Example("MONTH(46290)", 9),
    ),
    # The engine steps from month to month, and knows the opening value (0 in the example).
    Function(
        name="PREV",
        meaning="the line's value in the month before",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        on_rows=True,
        body=None,
        example=Example("PREV(x)", (0, 3, 5), row=(3, 5, 8)),
    ),
    Function(
        name="TO_DATE",
        meaning="the sum of the line up to this month",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_over_months,
        whole=Whole.OF_WHOLES,
        on_rows=True,
        body=bodies.to_date,
        example=Example("TO_DATE(x)", (3, 8, 16), row=(3, 5, 8)),
    ),
    Function(
        name="TOTAL",
        meaning="the sum of the line over all months",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_over_months,
        whole=Whole.OF_WHOLES,
        on_rows=True,
        body=bodies.total,
        example=Example("TOTAL(x)", 16, row=(3, 5, 8)),
    ),
    Function(
        name="FIRST",
        meaning="the first month whose flag is 1, or 0 if none is",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_always(_MONTH),
        whole=Whole.ALWAYS,
        exact=Exact.WHOLE,
        on_rows=True,
        body=bodies.first_month,
        example=Example("FIRST(x)", 2, row=(0, 1, 1)),
    ),
    # The engine solves for the rate, with the rule that says when there is exactly one.
    Function(
        name="IRR",
        meaning="the rate a month at which the line is worth nothing today",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_always(divide(DIMENSIONLESS, _MONTH)),
        whole=Whole.NEVER,
        on_rows=True,
        body=None,
        example=Example("IRR(x)", 0.5, row=(-2, 3)),
    ),
    # The engine knows which option is which; in the examples x is that option's row.
    Function(
        name="REFERENCE",
        meaning="the line's value in the reference option",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        on_rows=True,
        body=None,
        example=Example("REFERENCE(x)", (3, 5, 8), row=(3, 5, 8)),
    ),
    Function(
        name="CANDIDATE",
        meaning="the line's value in the candidate option",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        on_rows=True,
        body=None,
        example=Example("CANDIDATE(x)", (3, 5, 8), row=(3, 5, 8)),
    ),
    Function(
        name="NOTHING",
        meaning="the line's value where nothing is done",
        minimum=1,
        maximum=1,
        takes=_ROW,
        gives=_kept,
        whole=Whole.OF_WHOLES,
        on_rows=True,
        body=None,
        example=Example("NOTHING(x)", (3, 5, 8), row=(3, 5, 8)),
    ),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({row.name: row for row in _ROWS})
"""Every function of the language by its name in upper case."""
