"""The calendar: days as spreadsheets count them, in the system that begins in 1900, and the months of a plan.

Months are numbered from 1, and year y is the months 12y - 11 to 12y.
"""

from __future__ import annotations

from datetime import date, timedelta

MONTHS_OF_A_YEAR = 12

_EPOCH = date(1899, 12, 30)
"""Day 0: Excel counts 29 February 1900, which was none, so that its days agree from March 1900 on."""

LAST_DAY = 2_958_465
"""31 December 9999, the last day of a spreadsheet."""


def serial(day: date) -> float:
    """Serial number of a day: 1 January 2026 is 46023."""
    return float((day - _EPOCH).days)


def calendar_day(number: float) -> date:
    """Day of a serial number; a time of day is cut off. Raises OverflowError or ValueError for no day."""
    return _EPOCH + timedelta(days=int(number))


def month_after(day: date, months: int) -> date:
    """First day of the month so many months after that of a day."""
    years, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(years, month + 1, 1)
