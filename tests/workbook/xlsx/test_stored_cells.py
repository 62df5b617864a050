"""Formulas are compared by what they say, not by how the program that saved them last spells it."""

from __future__ import annotations

import pytest

from ftroi.workbook.xlsx.stored_cells import relative


@pytest.mark.parametrize(
    "one,other",
    [
        ("IRR($G4:$BN4,0.01)-1E-6*2", "IRR($G4:$BN4,0.01)-0.000001*2"),
        ("IF(A1,FALSE,TRUE)", "IF(A1,FALSE(),TRUE())"),
        ("1E+3*B2", "1000*B2"),
        ("SUM('Annual'!A1, 2)", "SUM(Annual!A1,2)"),
    ],
)
def test_two_spellings_of_one_formula_are_alike(one: str, other: str) -> None:
    assert relative(one, 3, 3) == relative(other, 3, 3)


@pytest.mark.parametrize(
    "one,other",
    [
        ("1E-6*A1", "1E-7*A1"),
        ("0.1*A1", "0.2*A1"),
        ("A1+10", "A1+1"),
        ("A10", "A1"),
        ("$A$10", "$A$1"),
        ('IF(A1,"1E-6","")', 'IF(A1,"0.000001","")'),
        ('IF(A1,"FALSE()","")', 'IF(A1,"FALSE","")'),
        ("IF(A1,FALSE(),1)", "IF(A1,TRUE(),1)"),
    ],
)
def test_another_figure_or_text_is_another_formula(one: str, other: str) -> None:
    assert relative(one, 3, 3) != relative(other, 3, 3)
