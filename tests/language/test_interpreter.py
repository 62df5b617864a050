from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given

from ftroi.language import ArithmeticFault, Node, evaluate, parse
from ftroi.language.parser import MOST_TOKENS
from tests.support.trees import SOUND


def value_of(text: str, **values: float) -> float:
    return evaluate(parse(text), lambda name, via: values[f"{via}_{name}" if via else name])


@pytest.mark.parametrize(
    "text,result",
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 - 3 - 4", -5),
        ("8 / 4 / 2", 1),
        ("2 * 3 ^ 2", 18),
        ("2 ^ -1", 0.5),
        ("-2 + 3", 1),
        ("50% * 8", 4),
        ("IF(1 = 1, 2, 3)", 2),
        ("IF(1 <> 1, 2, 3)", 3),
        ("IF(1 < 2, 2, 3)", 2),
        ("IF(2 > 2, 2, 3)", 3),
        ("IF(2 <= 2, 2, 3)", 2),
        ("IF(1 >= 2, 2, 3)", 3),
        ("SQRT(0)", 0),
        ("YEAR(61)", 1900),
        ("MONTH(2958465)", 12),
    ],
)
def test_every_operator_computes(text: str, result: float) -> None:
    assert value_of(text) == result


def test_names_and_row_functions_are_asked_for() -> None:
    assert value_of("fee * 2 + PREV(fee) + TOTAL(fee)", fee=3, PREV_fee=10, TOTAL_fee=100) == 116


def test_a_result_is_a_plain_number() -> None:
    assert type(value_of("MAX(fee, 0)", fee=3)) is float
    assert type(value_of("fee > 0", fee=3)) is float


@pytest.mark.parametrize(
    "text,kind,at",
    [
        ("1 + fee / 0", "a division by zero", 8),
        ("MOD(fee, 0)", "a remainder of a division by zero", 0),
        ("SQRT(0 - fee)", "a square root of a negative number", 0),
        ("LN(0)", "a logarithm of a number that is not positive", 0),
        ("0 ^ fee", "a power of a base that is not positive", 2),
        ("0 ^ 0", "a power of a base that is not positive", 2),
        ("(-fee) ^ 2", "a power of a base that is not positive", 7),
        ("EXP(1000)", "a number too large for a spreadsheet", 0),
        ("10 ^ 999", "a number too large for a spreadsheet", 3),
        ("1e300 * 1e300", "a number too large for a spreadsheet", 6),
        ("YEAR(60)", "a date before March 1900 or after the year 9999", 0),
        ("MONTH(2958466)", "a date before March 1900 or after the year 9999", 0),
    ],
)
def test_numbers_without_an_answer_are_faults_at_their_place(text: str, kind: str, at: int) -> None:
    with pytest.raises(ArithmeticFault) as caught:
        value_of(text, fee=2)
    assert caught.value.kind == str(caught.value) == kind
    assert caught.value.node.at == at


def test_only_the_chosen_branch_can_be_at_fault() -> None:
    assert value_of("IF(fee = 0, 0, 1 / fee)", fee=0) == 0
    with pytest.raises(ArithmeticFault):
        value_of("MIN(1, 1 / fee)", fee=0)
    with pytest.raises(ArithmeticFault):
        value_of("IF(AND(fee > 0, 1 / fee > 0), 1, 0)", fee=0)


@given(SOUND)
def test_a_formula_gives_a_finite_number_or_a_fault(tree: Node) -> None:
    with suppress(ArithmeticFault):
        assert math.isfinite(evaluate(tree, lambda _name, _via: 2.0))


def test_the_longest_formula_can_be_evaluated() -> None:
    assert value_of("+".join(["fee"] * (MOST_TOKENS // 2)), fee=1) == MOST_TOKENS // 2
