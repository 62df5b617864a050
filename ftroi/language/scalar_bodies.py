"""The bodies of the language's functions for single numbers: the source that numba compiles for many draws.

`ftroi.engine.numba_backend` copies this module's text into the source that it compiles; here the functions are plain
Python, so that tests can compare them with the bodies on arrays. There are no branches: both outcomes are computed and
one is selected, so that the processor computes several scenarios at a time (SIMD). Dates are serial numbers of the
1900 date system.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Figures: TypeAlias = Any
"""A number, a condition, or a numpy array of them."""

SLACK = 2.0**-50
"""Relative tolerance within which a scaled number counts as the decimal number that it stands for."""

LARGEST_NUDGE = 2.0**-11
"""The largest correction of a scaled number; Calc corrects no further where a number's digits are used up."""

NO_FRACTION_ABOVE = 2.0**52
"""From here on every float is whole, and adding a half would change it."""

LARGEST_EXPONENT = 709.78
"""The largest x for which a spreadsheet can hold e^x."""

SERIAL_OF_1970 = 25569
SERIAL_OF_MARCH_1900 = 61
SERIAL_OF_YEAR_10000 = 2958466

TO_JANUARY, TO_JANUARY_MONTHS = 306.0, 10.0
"""Days and months from 1 March to 1 January."""


def choose(condition: Figures, yes: Figures, no: Figures) -> Figures:
    """IF."""
    return yes if condition else no


def larger(one: Figures, other: Figures) -> Figures:
    """MAX of two."""
    return choose(other > one, other, one)


def smaller(one: Figures, other: Figures) -> Figures:
    """MIN of two."""
    return choose(other < one, other, one)


def both(one: Figures, other: Figures) -> Figures:
    """AND of two."""
    return one & other


def either(one: Figures, other: Figures) -> Figures:
    """OR of two."""
    return one | other


def opposite(condition: Figures) -> Figures:
    """NOT."""
    return condition == False  # noqa: E712 - a plain "not" would branch


def remainder(number: Figures, divisor: Figures) -> Figures:
    """MOD, with the divisor's sign."""
    return np.mod(number, choose(divisor == 0.0, 1.0, divisor))


def signed(size: Figures, number: Figures) -> Figures:
    """A size with the sign of a number."""
    return choose(number < 0.0, -size, size)


def snapped(scaled: Figures, outcome: Figures) -> Figures:
    """The nearest whole number, if a scaled number differs from it in its last bits only; else ``outcome``."""
    nearest = np.rint(scaled)
    return choose(abs(scaled - nearest) <= scaled * SLACK, nearest, outcome)


def rounded(number: Figures, up: Figures, down: Figures) -> Figures:
    """ROUND to a number of places, which is stated as the power of ten ``up / down``; both are whole and so exact."""
    scaled = abs(number) * up / down
    nudged = np.floor(scaled + smaller(scaled * SLACK, LARGEST_NUDGE) + 0.5)
    return choose(scaled < NO_FRACTION_ABOVE, signed(nudged * down / up, number), number)


def rounded_up(number: Figures, up: Figures, down: Figures) -> Figures:
    """ROUNDUP, likewise."""
    scaled = abs(number) * up / down
    return signed(snapped(scaled, np.ceil(scaled)) * down / up, number)


def rounded_down(number: Figures, up: Figures, down: Figures) -> Figures:
    """ROUNDDOWN, likewise."""
    scaled = abs(number) * up / down
    return signed(snapped(scaled, np.floor(scaled)) * down / up, number)


def floored(number: Figures) -> Figures:
    """INT."""
    return np.floor(number)


def absolute(number: Figures) -> Figures:
    """ABS."""
    return abs(number)


def exponential(number: Figures) -> Figures:
    """EXP."""
    return np.exp(choose(number <= LARGEST_EXPONENT, number, 0.0))


def logarithm(number: Figures) -> Figures:
    """LN."""
    return np.log(choose(number > 0.0, number, 1.0))


def root(number: Figures) -> Figures:
    """SQRT."""
    return np.sqrt(choose(number >= 0.0, number, 1.0))


def raised(base: Figures, exponent: Figures) -> Figures:
    """The operator ``^``."""
    return np.power(choose(base > 0.0, base, 1.0), exponent)


def march_years(date: Figures) -> Figures:
    """The days since 1 March of year 0, as whole years and days within one (Hinnant, days_from_civil)."""
    days = np.floor(date) - SERIAL_OF_1970 + 719468.0
    era = np.floor(days / 146097.0)
    day = days - era * 146097.0
    leaps = np.floor(day / 1460.0) - np.floor(day / 36524.0) + np.floor(day / 146096.0)
    year = np.floor((day - leaps) / 365.0)
    before = 365.0 * year + np.floor(year / 4.0) - np.floor(year / 100.0)
    return era * 400.0 + year, day - before


def year_of(date: Figures) -> Figures:
    """YEAR."""
    years, day = march_years(date)
    return choose(day >= TO_JANUARY, years + 1.0, years)


def month_of(date: Figures) -> Figures:
    """MONTH, 1 to 12."""
    _, day = march_years(date)
    since_march = np.floor((5.0 * day + 2.0) / 153.0)
    return choose(since_march < TO_JANUARY_MONTHS, since_march + 3.0, since_march - 9.0)


def latest(_so_far: Figures, value: Figures, _month: Figures) -> Figures:
    """PREV and the functions of another option: the state of a row is its latest month."""
    return value


def added(so_far: Figures, value: Figures, _month: Figures) -> Figures:
    """TOTAL and TO_DATE, accumulated month by month."""
    return so_far + value


def first(so_far: Figures, flag: Figures, month: Figures) -> Figures:
    """FIRST, updated month by month; 0 as long as no flag was 1."""
    return choose((so_far == 0.0) & (flag == 1.0), month, so_far)


def is_zero_divisor(_number: Figures, divisor: Figures) -> Figures:
    """Say where MOD and ``/`` have no answer."""
    return divisor == 0


def is_not_positive(number: Figures) -> Figures:
    """Say where LN has no answer."""
    return number <= 0


def is_invalid_base(base: Figures, _exponent: Figures) -> Figures:
    """Say where ``^`` has no answer: 0^0 and powers of negative numbers differ between spreadsheets."""
    return base <= 0


def is_negative(number: Figures) -> Figures:
    """Say where SQRT has no answer."""
    return number < 0


def is_too_large(number: Figures) -> Figures:
    """Say where EXP has no answer."""
    return number > LARGEST_EXPONENT


def is_invalid_date(date: Figures) -> Figures:
    """Say where serial numbers mean different days, or none, in Excel and in Calc."""
    return (date < SERIAL_OF_MARCH_1900) | (date >= SERIAL_OF_YEAR_10000)
