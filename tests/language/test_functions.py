from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.language import FUNCTIONS, Function, Reads, evaluate, parse, references
from ftroi.language.functions import MOST_ARGUMENTS
from ftroi.language.scalar_bodies import Figures
from ftroi.language.signature import Takes, table_of

ON_CELLS = [function for function in FUNCTIONS.values() if not function.on_rows]
ON_ROWS = [function for function in FUNCTIONS.values() if function.on_rows]
MONTH_BY_MONTH = [function for function in ON_ROWS if not function.of_all_months]
OF_NUMBERS = tuple(product((-3.5, -1.0, 0.0, 0.5, 2.0, 7.25), repeat=3))
CONDITIONS = tuple(product((False, True), repeat=2))
ARGUMENTS: dict[str, tuple[tuple[Figures, ...], ...]] = {
    "IF": tuple((one, 3.0, 4.0) for one in (False, True)),
    **dict.fromkeys(("AND", "OR", "NOT"), CONDITIONS),
    **dict.fromkeys(
        ("ROUND", "ROUNDUP", "ROUNDDOWN"),
        tuple(product((-10.25, -2.675, -0.5, 0.0, 1.005, 1.1, 1250.0, 5e14 + 0.25, 1e300), (-2.0, 0.0, 1.0, 2.0))),
    ),
}
"""What the bodies of cell functions are compared on."""
WHOLE_NUMBERS = st.integers(min_value=-(10**12), max_value=10**12)


def body(name: str, *arguments: Figures) -> Figures:
    return FUNCTIONS[name].body(*arguments)


@pytest.mark.parametrize("function", ON_CELLS, ids=lambda function: function.name)
def test_the_example_of_a_cell_function_comes_true(function: Function) -> None:
    assert evaluate(parse(function.example.formula), lambda _name, _via: 0.0) == function.example.result


@pytest.mark.parametrize("function", ON_ROWS, ids=lambda function: function.name)
def test_the_example_of_a_row_function_comes_true(function: Function) -> None:
    (reference,) = references(parse(function.example.formula))
    assert (reference.name, reference.via) == ("x", function.name)
    row = np.reshape(np.array(function.example.row, dtype=float), (-1, 1, 1))
    others = np.concatenate([row - 1, row], axis=1)
    given: dict[Reads, tuple[Figures, ...]] = {
        Reads.BEFORE: (row, len(row), np.zeros((1, 1, 1))),
        Reads.OTHER_OPTION: (others, 1),
    }
    found = function.body(*given.get(function.reads, (row, len(row))))
    assert found.ravel().tolist() == pytest.approx(np.ravel(function.example.result).tolist(), rel=1e-15)


@pytest.mark.parametrize("function", MONTH_BY_MONTH, ids=lambda function: function.name)
def test_a_row_function_compiles_to_its_example(function: Function) -> None:
    """Month by month, as compiled months call it: PREV and what stands in another option keep what was there last."""
    row, result = function.example.row, function.example.result
    kept = [0.0]
    for month, value in enumerate(row, start=1):
        kept.append(function.compiled(kept[-1], value, month))
    seen = {Reads.BEFORE: kept[:-1], Reads.WHOLE_ROW: kept[-1:]}.get(function.reads, kept[1:])
    assert seen == np.ravel(result).tolist()


@pytest.mark.parametrize("function", ON_CELLS, ids=lambda function: function.name)
def test_the_compiled_body_of_a_cell_function_gives_what_the_numpy_body_gives(function: Function) -> None:
    for arguments in ARGUMENTS.get(function.name, OF_NUMBERS):
        given = arguments[: function.minimum if function.maximum < MOST_ARGUMENTS else 2]
        if function.refusal is not None and function.refusal.when(*given):
            continue
        up_and_down = (10.0 ** max(given[-1], 0.0), 10.0 ** max(-given[-1], 0.0))
        compiled = (given[0], *up_and_down) if Takes.PLACES in function.takes else given
        found, expected = function.compiled(*compiled), function.body(*given)
        assert float(found) == pytest.approx(float(expected), rel=1e-15), given


@given(st.integers(min_value=61, max_value=2_958_465))
def test_dates_are_taken_apart_alike(day: int) -> None:
    for name in ("YEAR", "MONTH"):
        assert FUNCTIONS[name].compiled(float(day)) == FUNCTIONS[name].body(float(day))


@pytest.mark.parametrize("part", ["excel", "body", "compiled", "example"])
def test_a_row_that_lacks_a_part_is_refused(part: str) -> None:
    row = FUNCTIONS["TOTAL"]
    missing: dict[str, Any] = {part: None}
    with pytest.raises(ValueError, match="TOTAL has no"):
        table_of([replace(row, **missing)])
    with pytest.raises(ValueError, match="TOTAL comes twice"):
        table_of([row, row])


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_row_of_the_table_holds_together(function: Function) -> None:
    assert function.example.formula.count(f"{function.name}(") == 1
    assert 1 <= function.minimum <= function.maximum <= MOST_ARGUMENTS
    assert len(function.takes) <= function.maximum
    assert function.meaning


@pytest.mark.parametrize("name", ["TO_DATE", "TOTAL", "FIRST", "IRR"])
def test_row_functions_run_over_months_and_leave_options_and_scenarios_alone(name: str) -> None:
    rows = np.random.default_rng(3).integers(0, 2, (12, 3, 5)).astype(float)
    rows[0] = -3.0
    together = np.asarray(body(name, rows, 12))
    for option in range(3):
        for scenario in range(5):
            alone = rows[:, option, scenario]
            found = [FUNCTIONS[name].value_in_month(alone, month) for month in range(1, 13)]
            assert np.broadcast_to(together, rows.shape)[:, option, scenario] == pytest.approx(found, rel=1e-15)


def test_a_row_of_one_month_is_the_same_in_all_of_them() -> None:
    row = np.array([[[2.0]]])
    assert body("TOTAL", row, 6).item() == 12
    assert body("TO_DATE", row, 3).ravel().tolist() == [2, 4, 6]
    assert body("PREV", row, 3, np.array([[[1.0]]])).ravel().tolist() == [1, 2, 2]


def test_first_is_0_when_the_flag_never_holds() -> None:
    flags = np.array([[[0.0], [0.0]], [[0.0], [1.0]]])
    assert body("FIRST", flags, 2).ravel().tolist() == [0.0, 2.0]


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
