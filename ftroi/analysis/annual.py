"""The annual view: sums and closing amounts of a plan's years, and the yearly conventions of discounting.

Year y is the months 12y - 11 to 12y; months beyond the horizon are 0. The headline measures discount monthly flows; the
template's yearly conventions are memo items, which treat all flows of a year as if they fell at one moment (see
docs/measures.md, section 1).
"""

from __future__ import annotations

from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.engine import FloatArray, Results


def by_year(results: Results, line: str, option: str) -> list[float]:
    """A line's sum in each year: money for a line in money per month."""
    return [float(year.sum()) for year in _years(results.row(line, option))]


def at_year_end(results: Results, line: str, option: str) -> list[float]:
    """A line's value in the last month of each year, in its unit."""
    return [float(year[-1]) for year in _years(results.row(line, option))]


def discount_factors(results: Results, factor: str, option: str) -> list[float]:
    """Each year's discount factor by a convention, from the line ``factor``, which is constant within a year."""
    return [float(year[0]) for year in _years(results.row(factor, option))]


def present_by_year(results: Results, line: str, factor: str, option: str, at_decision: str = "") -> list[float]:
    """The present value of a line's yearly sums, by a convention's line of discount factors.

    ``at_decision`` is the line of what falls at time 0 in it, and is not discounted.
    """
    factors, amounts = discount_factors(results, factor, option), by_year(results, line, option)
    first = by_year(results, at_decision, option) if at_decision else [0.0] * len(amounts)
    return [paid + (amount - paid) * factor for amount, paid, factor in zip(amounts, first, factors, strict=True)]


def _years(row: FloatArray) -> list[FloatArray]:
    return [row[first : first + MONTHS_OF_A_YEAR] for first in range(0, len(row), MONTHS_OF_A_YEAR)]
