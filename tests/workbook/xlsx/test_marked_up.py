"""Texts and numbers as XML holds them, read back by openpyxl's reader of the same format."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.workbook.xlsx.marked_up import SharedTexts, digits, escaped


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_all_its_digits(value: float) -> None:
    assert float(digits(value)) == value


def test_what_is_no_number_is_refused() -> None:
    for value in (math.nan, math.inf):
        with pytest.raises(ValueError, match="no number"):
            digits(value)


def test_signs_of_xml_and_what_it_cannot_hold_are_spelt_out() -> None:
    assert escaped("a < b & c") == "a &lt; b &amp; c"
    assert escaped("bell \x07") == "bell _x0007_"
    assert escaped("_x0041_") == "_x005F_x0041_"


def test_a_text_is_held_once() -> None:
    texts = SharedTexts()
    assert [texts.number(text) for text in ("one", "two", "one")] == [0, 1, 0]
    assert texts.xml().count("<si>") == 2
