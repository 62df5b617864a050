"""A number as people type it is read as the one that it can only mean, or refused; never as another."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.plan.amounts import AmountError, read_amount


@pytest.mark.parametrize(
    "text,number",
    [
        ("2M", 2e6), ("2 M", 2e6), ("1.5k", 1500), ("1,5k", 1500), ("3bn", 3e9), ("8%", 0.08), ("7,5 %", 0.075),
        ("12,5", 12.5), ("12.5", 12.5), ("0,125", 0.125), ("0.125", 0.125), ("3.1250", 3.125), (".5", 0.5), ("5.", 5),
        ("1.000.000", 1e6), ("1,000,000", 1e6), ("2 000 000", 2e6), ("2\u202f000\u00a0000", 2e6), ("2'000'000", 2e6),
        ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1 234,567", 1234.567), ("1.234.567,89", 1234567.89),
        ("-3", -3), ("\u22123", -3), ("+4.25", 4.25), ("1e6", 1e6), ("2.5E-3", 0.0025),
        ("  7  ", 7), ("1234.567", 1234.567),
    ],
)  # fmt: skip
def test_what_can_mean_one_number_is_read(text: str, number: float) -> None:
    assert read_amount(text) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize("text", ["1.234", "1,234", "-12.500", "999,999", "1,234k"])
def test_what_can_mean_two_numbers_is_refused_with_both(text: str) -> None:
    with pytest.raises(AmountError, match="may be a thousand or a decimal number") as error:
        read_amount(text)
    assert error.value.cure.startswith("write ")


@pytest.mark.parametrize(
    "text",
    ["", " ", "many", "2 Mio", "2m", "5y", "nan", "inf", "1_0", "1e400", "0x10", "1,2,3", "1.23.456", "12,34,567",
     "1.234.56", "1 23", "--1", "1-2", "12 USD", "€5", "5 %%", "1e2,5", "=1+1", "٣", "1" * 400],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match="cannot read"):
        read_amount(text)


def test_years_count_months_alone() -> None:
    assert read_amount("5y", "month") == 60
    assert read_amount("1,5 years", "month") == 18
    with pytest.raises(AmountError):
        read_amount("5y", "money")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_every_number_comes_back_from_its_digits(number: float) -> None:
    assert read_amount(f"{number:.17e}") == number


@given(st.integers(1_000_000, 10**15), st.sampled_from(",.' "))
def test_grouped_numbers_come_back(number: int, by: str) -> None:
    assert read_amount(f"{number:,}".replace(",", by)) == number


@given(st.text(max_size=12))
def test_no_text_is_read_as_anything_but_a_finite_number_or_refused(text: str) -> None:
    try:
        number = read_amount(text)
    except AmountError:
        return
    assert math.isfinite(number)
