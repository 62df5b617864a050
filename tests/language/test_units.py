from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.errors import FormulaError
from ftroi.language import DIMENSIONLESS, Unit, divide, multiply, parse_unit, power, unit_text

EXPONENTS = st.fractions(min_value=-3, max_value=3, max_denominator=4).filter(bool)
UNITS = st.dictionaries(st.sampled_from(["money", "month", "FTE", "label", "GPU_hour"]), EXPONENTS, max_size=4).map(
    lambda exponents: tuple(sorted(exponents.items()))
)


@given(UNITS)
def test_a_written_unit_is_read_back_as_the_same(unit: Unit) -> None:
    assert parse_unit(unit_text(unit)) == unit


@given(UNITS, UNITS)
def test_what_is_multiplied_can_be_divided_out(left: Unit, right: Unit) -> None:
    assert divide(multiply(left, right), right) == left
    assert multiply(left, right) == multiply(right, left)


@given(UNITS)
def test_a_root_squared_is_the_unit_again(unit: Unit) -> None:
    root = power(unit, Fraction(1, 2))
    assert multiply(root, root) == unit


@pytest.mark.parametrize(
    "text,written",
    [
        ("1", "1"),
        ("money", "money"),
        ("money/month", "money/month"),
        ("1/month", "1/month"),
        ("money / (year * FTE)", "money/(FTE*year)"),
        ("FLOP/(token*parameter)", "FLOP/(parameter*token)"),
        ("label*money/label", "money"),
        ("month/month", "1"),
        ("month*month", "month^2"),
        ("money^(1/2)", "money^(1/2)"),
        ("month^-1", "1/month"),
        ("1/(GPU*(hour))", "1/(GPU*hour)"),
    ],
)
def test_units_are_written_in_one_way(text: str, written: str) -> None:
    assert unit_text(parse_unit(text)) == written


def test_no_unit_is_the_unit_one() -> None:
    assert parse_unit("1") == DIMENSIONLESS == ()


@pytest.mark.parametrize(
    "text,reason",
    [
        ("", "it ends too early"),
        ("money/", "it ends too early"),
        ("money/FTE*year", "'*' after '/'"),
        ("money/FTE/year", "'/' after '/'"),
        ("money month", "unexpected 'month'"),
        ("(money", "a ')' is missing"),
        ("money^(1/2", "a ')' is missing"),
        ("money)", "unexpected ')'"),
        ("%", "unexpected '%'"),
        ("2", "unexpected '2'"),
        ("1000*token", "unexpected '1000'"),
        ("money^0", "an exponent is a whole number, not 0"),
        ("money^x", "an exponent is a whole number, not 0"),
        ("money^(1/0)", "an exponent is a whole number, not 0"),
        ("€/month", "unexpected '€'"),
        ("(" * 200, "longer than 120 characters"),
    ],
)
def test_what_is_no_unit_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_unit(text, "assumptions/data.toml:3")
    assert str(caught.value).startswith("assumptions/data.toml:3: '")
    assert reason in str(caught.value)
