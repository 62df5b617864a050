"""A formula without an answer is named by line, option and month, where its chosen branch meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import EvaluationError
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.termsheet import load_template
from tests.support.small_template import small_template

RATIO = "live_flag * price * month / (divisor - month)"


def plan(folder: Path, formula: str = RATIO, divisor: float = 100) -> Plan:
    small_template(folder, lines_all=(RATIO, formula))
    return plan_from_preset(load_template(folder), "plain").with_base("divisor", divisor)


def fault(one: Plan) -> str:
    with pytest.raises(EvaluationError) as error:
        calculate(one)
    return str(error.value)


def test_a_division_by_zero_names_line_option_and_month(tmp_path: Path) -> None:
    text = fault(plan(tmp_path, divisor=7))
    assert "[rest] of do_nothing in month 7" in text
    assert "a division by zero in live_flag*price*month/(divisor-month)" in text


@pytest.mark.parametrize(
    "formula",
    [
        "MIN(live_flag * price, live_flag * price * month / (divisor - month))",
        "IF(price > 0, 0, live_flag * price * month / (divisor - month))",
        "IF(month < divisor, 0, IF(month > divisor, 0, price * month / (divisor - month)))",
    ],
)
def test_a_fault_is_not_hidden_by_what_is_around_it(formula: str, tmp_path: Path) -> None:
    assert "in month 7" in fault(plan(tmp_path, formula, divisor=7))


@pytest.mark.parametrize(
    "formula",
    [
        "IF(month < divisor, live_flag * price * month / (divisor - month), 0)",
        "IF(AND(month >= divisor, month <= divisor), price, price * month / (divisor - month))",
        "IF(NOT(month < divisor), price, IF(month < divisor, price * month / (divisor - month), price))",
    ],
)
def test_a_branch_that_is_not_chosen_does_no_harm(formula: str, tmp_path: Path) -> None:
    calculate(plan(tmp_path, formula, divisor=7))


def test_a_base_that_is_not_positive(tmp_path: Path) -> None:
    text = fault(plan(tmp_path, "price * (divisor / divisor - month / divisor) ^ live_flag", divisor=3))
    assert "a power of a base that is not positive" in text
    assert "in month 3" in text


def test_an_overflow(tmp_path: Path) -> None:
    text = fault(plan(tmp_path, "price * EXP(month / divisor)", divisor=0.001))
    assert "[rest]" in text
    assert "too large" in text
