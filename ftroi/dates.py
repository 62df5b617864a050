"""Dates as serial numbers of the 1900 date system of spreadsheets, and the months of a plan.

Months of a plan are numbered from 1, and year y consists of the months 12y - 11 to 12y.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

MONTHS_OF_A_YEAR = 12

PERIODS: Mapping[str, int] = MappingProxyType({"month": 1, "quarter": 3, "year": MONTHS_OF_A_YEAR})
"""The length in months of each period of a schedule."""

_EPOCH = date(1899, 12, 30)
"""Day 0. Excel counts a 29 February 1900, which never existed, so that serial numbers agree from March 1900 on."""

FIRST_DAY = 36_526
"""1 January 2000, the first day that a plan's input may be: a year that is typed alone is a day of 1905."""

LAST_DAY = 2_958_465
"""31 December 9999, the last day of a spreadsheet."""


def serial(day: date) -> float:
    """The serial number of a day: 1 January 2026 is 46023."""
    return float((day - _EPOCH).days)


def calendar_day(number: float) -> date:
    """The day of a serial number, without its time of day. Raises OverflowError or ValueError if there is none."""
    return _EPOCH + timedelta(days=int(number))


def month_after(day: date, months: int) -> date:
    """The first day of the month that is ``months`` after the month of a day."""
    years, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(years, month + 1, 1)


def local_now() -> datetime:
    """The time in this machine's zone; in UTC where that zone is a day or more away, which Python refuses."""
    try:
        return datetime.now().astimezone()
    except ValueError:
        return datetime.now(UTC)


def local_day() -> date:
    """The day in this machine's zone."""
    return local_now().date()
