"""Days are counted as spreadsheets count them."""

from __future__ import annotations

from datetime import date

import pytest

from ftroi.dates import LAST_DAY, calendar_day, serial


@pytest.mark.parametrize(
    "day,number", [(date(1900, 3, 1), 61), (date(2027, 1, 1), 46_388), (date(9999, 12, 31), LAST_DAY)]
)
def test_a_day_and_its_number_lead_to_each_other(day: date, number: int) -> None:
    """The numbers are what a spreadsheet shows for the dates in the format of a number."""
    assert serial(day) == number
    assert calendar_day(number) == day


def test_a_time_of_day_is_cut_off() -> None:
    assert calendar_day(46_388.99) == date(2027, 1, 1)
