from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.language import FUNCTIONS, Function, evaluate, parse, references
from ftroi.language.functions import MOST_ARGUMENTS
from ftroi.language.operators import Figures

ON_CELLS = [function for function in FUNCTIONS.values() if not function.on_rows]
ON_ROWS = [function for function in FUNCTIONS.values() if function.on_rows]
BY_THE_ENGINE = {"PREV", "IRR", "REFERENCE", "CANDIDATE", "NOTHING"}
WHOLE_NUMBERS = st.integers(min_value=-(10**12), max_value=10**12)


def body(name: str, *arguments: Figures) -> Figures:
    function = FUNCTIONS[name].body
    assert function is not None
    return function(*arguments)


@pytest.mark.parametrize("function", ON_CELLS, ids=lambda function: function.name)
def test_the_example_of_a_cell_function_comes_true(function: Function) -> None:
    assert evaluate(parse(function.example.formula), lambda _name, _via: 0.0) == function.example.result


@pytest.mark.parametrize("function", ON_ROWS, ids=lambda function: function.name)
def test_the_example_of_a_row_function_comes_true(function: Function) -> None:
    (reference,) = references(parse(function.example.formula))
    assert (reference.name, reference.via) == ("x", function.name)
    if function.body is None:
        assert function.name in BY_THE_ENGINE
    else:
        assert np.array_equal(function.body(np.array(function.example.row)), function.example.result)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_row_of_the_table_holds_together(function: Function) -> None:
    assert function.example.formula.count(f"{function.name}(") == 1
    assert 1 <= function.minimum <= function.maximum <= MOST_ARGUMENTS
    assert len(function.takes) <= function.maximum
    assert function.meaning


@pytest.mark.parametrize("name", ["TO_DATE", "TOTAL", "FIRST"])
def test_row_functions_run_over_months_and_leave_options_and_scenarios_alone(name: str) -> None:
    rows = np.random.default_rng(3).integers(0, 2, (12, 3, 5)).astype(float)
    together = np.asarray(body(name, rows))
    for option in range(3):
        for scenario in range(5):
            alone = body(name, rows[:, option, scenario])
            assert np.array_equal(together[..., option, scenario], alone)


def test_first_is_0_when_the_flag_never_holds() -> None:
    assert body("FIRST", np.array([[0.0, 0.0], [0.0, 1.0]])).tolist() == [0.0, 2.0]


@pytest.mark.parametrize("function", ON_CELLS, ids=lambda function: function.name)
def test_bodies_of_cell_functions_work_on_arrays_as_on_numbers(function: Function) -> None:
    rows = {"YEAR": [46290.0, 46400.0], "MONTH": [46290.0, 46400.0]}.get(function.name, [1.0, 2.0])
    arguments = [np.array(rows)] * function.minimum
    together = np.asarray(body(function.name, *arguments))
    alone = [body(function.name, *[number] * function.minimum) for number in rows]
    assert together.tolist() == [np.asarray(number).item() for number in alone]


@pytest.mark.parametrize(
    "number,places,result",
    [
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (-0.5, 0, -1.0),
        (0.49999999999999, 0, 0.0),
        (1250.0, -2, 1300.0),
        (5e14 + 0.25, 0, 5e14),
        (2.0**52 + 1, 0, 2.0**52 + 1),
        (1e300, 2, 1e300),
    ],
)
def test_round_takes_the_decimal_that_was_meant(number: float, places: int, result: float) -> None:
    assert body("ROUND", number, places) == result


@pytest.mark.parametrize(
    "name,number,places,result",
    [
        ("ROUNDUP", 121.0, -2, 200.0),
        ("ROUNDUP", -1.11, 1, -1.2),
        ("ROUNDUP", 1.1, 1, 1.1),
        ("ROUNDDOWN", 189.0, -2, 100.0),
        ("ROUNDDOWN", -1.19, 1, -1.1),
        ("ROUNDDOWN", 1.15, 2, 1.15),
    ],
)
def test_rounding_up_and_down_keeps_the_decimal_that_was_meant(
    name: str, number: float, places: int, result: float
) -> None:
    assert body(name, number, places) == result


@given(WHOLE_NUMBERS, st.integers(min_value=0, max_value=4))
def test_rounding_leaves_whole_numbers_alone(number: int, places: int) -> None:
    for name in ("ROUND", "ROUNDUP", "ROUNDDOWN"):
        assert body(name, float(number), places) == number


@given(WHOLE_NUMBERS, st.integers(min_value=1, max_value=6))
def test_rounding_leaves_numbers_alone_that_have_no_more_places(number: int, places: int) -> None:
    decimal = number / 10**places
    for name in ("ROUND", "ROUNDUP", "ROUNDDOWN"):
        assert body(name, decimal, places) == decimal


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=-3, max_value=4))
def test_round_is_never_more_than_half_a_step_off(number: float, places: int) -> None:
    step = 10.0**-places
    assert abs(body("ROUND", number, places) - number) <= step / 2 * (1 + 1e-9) + abs(number) * 1e-15


@given(WHOLE_NUMBERS, WHOLE_NUMBERS.filter(bool))
def test_a_remainder_has_the_sign_of_the_divisor(number: int, divisor: int) -> None:
    assert body("MOD", float(number), float(divisor)) == number % divisor
