"""The table of the language's functions: arguments, unit, wholeness, Excel text, numpy and numba bodies, an example.

To add a function, add a `Function` here and its two bodies in `function_bodies` (numpy) and `scalar_bodies` (numba);
`table_of` refuses a row that lacks one of its parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from ftroi.language import function_bodies as bodies
from ftroi.language import row_bodies
from ftroi.language import scalar_bodies as scalars
from ftroi.language.operators import Refusal
from ftroi.language.signature import Exact, Example, Function, Reads, Takes, UnitRule, Whole, table_of
from ftroi.language.units import DIMENSIONLESS, Unit, divide, multiply, power

MOST_ARGUMENTS = 255
"""The most arguments that a spreadsheet function accepts."""

_MONTH: Unit = (("month", Fraction(1)),)
_YEAR: Unit = (("year", Fraction(1)),)


def _same_unit(unit: Unit | None) -> Unit | None:
    return unit


def _times_months(unit: Unit | None) -> Unit | None:
    return _MONTH if unit is None else multiply(unit, _MONTH)


def _square_root(unit: Unit | None) -> Unit | None:
    return None if unit is None else power(unit, Fraction(1, 2))


def _constant_unit(unit: Unit) -> UnitRule:
    return lambda _shared: unit


_NUMBERS = (Takes.NUMBER,)
_CONDITIONS = (Takes.CONDITION,)
_ROUNDED = (Takes.NUMBER, Takes.PLACES)
_ROW = (Takes.ROW,)
_NO_DATE = Refusal("a date before March 1900 or after the year 9999", scalars.is_invalid_date, neutral=61.0)

_PARTIES = (
    ("REFERENCE", "the line's value in the reference option", "FT_ReferenceNumber"),
    ("CANDIDATE", "the line's value in the candidate option", "FT_CandidateNumber"),
    ("NOTHING", "the line's value where nothing is done", "FT_NothingNumber"),
    ("INCUMBENT", "the line's value in the option in service on the decision date", "FT_IncumbentNumber"),
)
"""Functions that read a line in another option, by its role in the plan (`Settings.parties`).

Each row is the function's name, its meaning, and the workbook's defined name for that option's number.
"""


def _irr_excel() -> str:
    """The Excel text of IRR: the result for the first starting guess from which a spreadsheet converges to the root.

    A result is accepted only if the present value changes sign within a millionth of it, and if it is positive exactly
    where the flows sum to a gain. Otherwise the spreadsheet has converged to another root or stopped short of one.
    """
    text = "NA()"
    for guess in reversed(_GUESSES):
        rate = f"IRR({{months}},{guess})"
        near = [f"NPV({rate}{sign}1E-6*(1+{rate}),{{months}})>0" for sign in "-+"]
        proved = f"AND({rate}>-1,{rate}*SUM({{months}})>=0,({near[0]})<>({near[1]}))"
        text = f"IF(IFERROR({proved},FALSE),{rate},{text})"
    return text


_GUESSES = ("0.01", "0.2", "1", "6", "-0.1", "-0.3", "-0.6")
"""Starting guesses as monthly rates: those that suit most projects first, then extreme gains and losses."""


def _in_option(name: str, meaning: str, excel: str) -> Function:
    """The table row of a function that reads another option; in the example, x is that option's row."""
    return Function(
        name=name,
        meaning=meaning,
        takes=_ROW,
        gives=_same_unit,
        whole=Whole.OF_WHOLES,
        reads=Reads.OTHER_OPTION,
        excel=excel,
        body=row_bodies.of_option,
        compiled=scalars.latest,
        example=Example(f"{name}(x)", (3, 5, 8), row=(3, 5, 8)),
    )


_ROWS = (
    Function(
        name="MAX",
        meaning="the largest of its arguments",
        minimum=1,
        maximum=MOST_ARGUMENTS,
        takes=_NUMBERS,
        gives=_same_unit,
        whole=Whole.OF_WHOLES,
        excel="MAX",
        body=bodies.largest,
        compiled=scalars.larger,
        example=Example("MAX(0, 3, 2)", 3),
    ),
    Function(
        name="MIN",
        meaning="the smallest of its arguments",
        minimum=1,
        maximum=MOST_ARGUMENTS,
        takes=_NUMBERS,
        gives=_same_unit,
        whole=Whole.OF_WHOLES,
        excel="MIN",
        body=bodies.smallest,
        compiled=scalars.smaller,
        example=Example("MIN(4, 3, 5)", 3),
    ),
    Function(
        name="IF",
        meaning="the second argument where the first holds, else the third",
        minimum=3,
        maximum=3,
        takes=(Takes.CONDITION, Takes.NUMBER),
        gives=_same_unit,
        whole=Whole.OF_WHOLES,
        excel="IF",
        body=np.where,
        compiled=scalars.choose,
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
        excel="AND",
        body=bodies.all_of,
        compiled=scalars.both,
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
        excel="OR",
        body=bodies.any_of,
        compiled=scalars.either,
        example=Example("IF(OR(2 > 1, 1 > 2), 5, 7)", 5),
    ),
    Function(
        name="NOT",
        meaning="whether its condition does not hold",
        takes=_CONDITIONS,
        gives=None,
        whole=Whole.NEVER,
        excel="NOT",
        body=np.logical_not,
        compiled=scalars.opposite,
        example=Example("IF(NOT(2 > 1), 5, 7)", 7),
    ),
    Function(
        name="MOD",
        meaning="the remainder of a division, with the divisor's sign",
        minimum=2,
        maximum=2,
        takes=_NUMBERS,
        gives=_same_unit,
        whole=Whole.OF_WHOLES,
        # MOD(331.1, 47.3) is 0 in LibreOffice Calc, 5.7E-14 in IronCalc and 4.3E-14 in numpy.
        exact=Exact.WHOLE,
        refusal=Refusal("a remainder of a division by zero", scalars.is_zero_divisor),
        excel="MOD",
        body=np.mod,
        compiled=scalars.remainder,
        example=Example("MOD(-7, 3)", 2),
    ),
    Function(
        name="ROUND",
        meaning="the nearest number of so many places, halves away from zero",
        minimum=2,
        maximum=2,
        takes=_ROUNDED,
        gives=_same_unit,
        whole=Whole.TO_UNITS,
        excel="ROUND",
        body=bodies.rounded,
        compiled=scalars.rounded,
        example=Example("ROUND(-2.675, 2)", -2.68),
    ),
    Function(
        name="ROUNDUP",
        meaning="the next number of so many places, away from zero",
        minimum=2,
        maximum=2,
        takes=_ROUNDED,
        gives=_same_unit,
        whole=Whole.TO_UNITS,
        exact=Exact.ROUNDED,
        excel="ROUNDUP",
        body=bodies.rounded_up,
        compiled=scalars.rounded_up,
        example=Example("ROUNDUP(-1.2, 0)", -2),
    ),
    Function(
        name="ROUNDDOWN",
        meaning="the next number of so many places, towards zero",
        minimum=2,
        maximum=2,
        takes=_ROUNDED,
        gives=_same_unit,
        whole=Whole.TO_UNITS,
        exact=Exact.ROUNDED,
        excel="ROUNDDOWN",
        body=bodies.rounded_down,
        compiled=scalars.rounded_down,
        example=Example("ROUNDDOWN(-1.7, 0)", -1),
    ),
    Function(
        name="INT",
        meaning="the largest whole number that is not above its argument",
        takes=_NUMBERS,
        gives=_same_unit,
        whole=Whole.ALWAYS,
        exact=Exact.ROUNDED,
        excel="INT",
        body=np.floor,
        compiled=scalars.floored,
        example=Example("INT(-1.2)", -2),
    ),
    Function(
        name="ABS",
        meaning="its argument without the sign",
        takes=_NUMBERS,
        gives=_same_unit,
        whole=Whole.OF_WHOLES,
        excel="ABS",
        body=np.abs,
        compiled=scalars.absolute,
        example=Example("ABS(-3)", 3),
    ),
    Function(
        name="EXP",
        meaning="e to the power of its argument",
        takes=(Takes.UNITLESS,),
        gives=_constant_unit(DIMENSIONLESS),
        whole=Whole.NEVER,
        refusal=Refusal("a number too large for a spreadsheet", scalars.is_too_large, neutral=0.0),
        excel="EXP",
        body=np.exp,
        compiled=scalars.exponential,
        example=Example("EXP(0)", 1),
    ),
    Function(
        name="LN",
        meaning="the natural logarithm of its argument",
        takes=(Takes.UNITLESS,),
        gives=_constant_unit(DIMENSIONLESS),
        whole=Whole.NEVER,
        refusal=Refusal("a logarithm of a number that is not positive", scalars.is_not_positive),
        excel="LN",
        body=np.log,
        compiled=scalars.logarithm,
        example=Example("LN(1)", 0),
    ),
    Function(
        name="SQRT",
        meaning="the square root of its argument",
        takes=_NUMBERS,
        gives=_square_root,
        whole=Whole.NEVER,
        refusal=Refusal("a square root of a negative number", scalars.is_negative),
        excel="SQRT",
        body=np.sqrt,
        compiled=scalars.root,
        example=Example("SQRT(9)", 3),
    ),
    Function(
        name="YEAR",
        meaning="the year of a date",
        takes=(Takes.DATE,),
        gives=_constant_unit(_YEAR),
        whole=Whole.ALWAYS,
        refusal=_NO_DATE,
        excel="YEAR",
        body=bodies.year,
        compiled=scalars.year_of,
        example=Example("YEAR(46290)", 2026),
    ),
    Function(
        name="MONTH",
        meaning="the month of a date, 1 to 12",
        takes=(Takes.DATE,),
        gives=_constant_unit(_MONTH),
        whole=Whole.ALWAYS,
        refusal=_NO_DATE,
        excel="MONTH",
        body=bodies.month,
        compiled=scalars.month_of,
        example=Example("MONTH(46290)", 9),
    ),
    Function(
        name="PREV",
        meaning="the line's value in the month before",
        takes=_ROW,
        gives=_same_unit,
        whole=Whole.OF_WHOLES,
        reads=Reads.BEFORE,
        excel="{p}{row}",
        body=row_bodies.month_before,
        compiled=scalars.latest,
        # The opening value is 0 here.
        example=Example("PREV(x)", (0, 3, 5), row=(3, 5, 8)),
    ),
    Function(
        name="TO_DATE",
        meaning="the sum of the line up to this month",
        takes=_ROW,
        gives=_times_months,
        whole=Whole.OF_WHOLES,
        reads=Reads.TO_DATE,
        excel="SUM(${first}{row}:{c}{row})",
        body=row_bodies.to_date,
        compiled=scalars.added,
        example=Example("TO_DATE(x)", (3, 8, 16), row=(3, 5, 8)),
    ),
    Function(
        name="TOTAL",
        meaning="the sum of the line over all months",
        takes=_ROW,
        gives=_times_months,
        whole=Whole.OF_WHOLES,
        reads=Reads.WHOLE_ROW,
        excel="SUM({months})",
        body=row_bodies.total,
        compiled=scalars.added,
        example=Example("TOTAL(x)", 16, row=(3, 5, 8)),
    ),
    Function(
        name="FIRST",
        meaning="the first month whose flag is 1, or 0 if none is",
        takes=_ROW,
        gives=_constant_unit(_MONTH),
        whole=Whole.ALWAYS,
        exact=Exact.WHOLE,
        reads=Reads.WHOLE_ROW,
        excel="IFERROR(MATCH(1,{months},0),0)",
        body=row_bodies.first_month,
        compiled=scalars.first,
        example=Example("FIRST(x)", 2, row=(0, 1, 1)),
    ),
    Function(
        name="IRR",
        meaning="the monthly rate at which the line's present value is 0, its opening as the flow at time 0",
        takes=_ROW,
        gives=_constant_unit(divide(DIMENSIONLESS, _MONTH)),
        whole=Whole.NEVER,
        reads=Reads.WHOLE_ROW,
        excel=_irr_excel(),
        body=row_bodies.internal_rate,
        compiled=scalars.latest,
        of_all_months=True,
        example=Example("IRR(x)", 0.5, row=(-2, 3)),
    ),
    *(_in_option(*party) for party in _PARTIES),
)

FUNCTIONS: Mapping[str, Function] = table_of(_ROWS)
"""Every function of the language by its name in upper case."""


def _reading(reads: Reads) -> frozenset[str]:
    return frozenset(name for name, function in FUNCTIONS.items() if function.reads is reads)


PARTIES = tuple(name for name, *_ in _PARTIES)
"""The functions that read another option; all of that option's months must be computed before they can be."""

AGGREGATE_FUNCTIONS = _reading(Reads.WHOLE_ROW)
"""The functions that reduce a row of months to one number."""

ROW_FUNCTIONS = frozenset(FUNCTIONS) - _reading(Reads.CELLS)
"""The functions that take a line's row, in this option or another; their argument is one plain name."""
