"""The language computes what LibreOffice Calc computes: every function, every operator, every name.

Numbers are compared to the last bit where a function rounds, and to 1e-14 of their size elsewhere.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from ftroi.language import (
    ArithmeticFault,
    Binary,
    Call,
    Name,
    Negative,
    Node,
    Number,
    evaluate,
    invalid_name_reason,
    parse,
    to_excel,
)
from ftroi.language.functions import FUNCTIONS
from tests.support.office import Office, Value

TRIES = 400
CLOSE = 1e-14
CLOSE_FORMULAS = 1e-9

TENS = {exponent: 10.0**exponent for exponent in range(-3, 10)}

Case = tuple[str, tuple[float, ...]]


# --- arguments --------------------------------------------------------------------------------


def any_number(draw: random.Random) -> float:
    return draw.uniform(-1, 1) * TENS[draw.randint(-3, 9)]


def whole(draw: random.Random) -> float:
    return float(draw.choice([draw.randint(-20, 20), draw.randint(-(10**9), 10**9)]))


def divisor(draw: random.Random) -> float:
    return float(draw.choice([-1, 1]) * draw.randint(1, 1000))


def places(draw: random.Random) -> float:
    return float(draw.randint(0, 4))


def rounded(draw: random.Random) -> float:
    return draw.randint(-(10**9), 10**9) / TENS[draw.randint(0, 6)]


def quotient(draw: random.Random) -> float:
    """A quotient of whole numbers, often one next to a whole number."""
    bottom = draw.randint(1, int(TENS[draw.randint(1, 6)]))
    return (bottom * draw.randint(-(10**4), 10**4) + draw.choice([-1, 0, 1])) / bottom


def half(draw: random.Random) -> float:
    """A number that ends in 5, which binary fractions seldom meet: 2.675 is 2.67499999999999982."""
    return (draw.randint(-(10**6), 10**6) + 0.5) / TENS[draw.randint(0, 4)]


def product(draw: random.Random) -> float:
    """A product of decimals, such as 1.1 * 1.1 * 100, which is 121.00000000000001."""
    return draw.randint(1, 10**5) / 100 * draw.randint(1, 999) / 1000


def small(draw: random.Random) -> float:
    return draw.uniform(-50, 50)


def positive(draw: random.Random) -> float:
    return math.exp(draw.uniform(-14, 20))


def date(draw: random.Random) -> float:
    return float(draw.choice([draw.randint(61, 2958465), draw.randint(44000, 55000)]))


Draw = Callable[[random.Random], float]

ARGUMENTS: dict[str, list[tuple[Draw, ...]]] = {
    "MAX": [(any_number,), (any_number, any_number, any_number)],
    "MIN": [(any_number,), (any_number, any_number, any_number)],
    "MOD": [(whole, divisor)],
    "ROUND": [(kind, places) for kind in (any_number, half, product, rounded, quotient, whole)],
    "ROUNDUP": [(kind, places) for kind in (whole, rounded, quotient)],
    "ROUNDDOWN": [(kind, places) for kind in (whole, rounded, quotient)],
    "INT": [(whole,), (rounded,), (quotient,)],
    "ABS": [(any_number,)],
    "EXP": [(small,)],
    "LN": [(positive,)],
    "SQRT": [(positive,)],
    "YEAR": [(date,)],
    "MONTH": [(date,)],
}
ROUNDING = {"MOD", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "YEAR", "MONTH"}

EDGES: list[Case] = [
    ("MOD", (-7, 3)),
    ("MOD", (7, -3)),
    ("MOD", (-6, 3)),
    ("MOD", (0, 5)),
    ("ROUND", (0, 2)),
    ("ROUND", (-0.5, 0)),
    ("ROUND", (2.5, 0)),
    ("ROUND", (1.005, 2)),
    ("ROUND", (1250, -2)),
    ("ROUND", (-1249.9, -2)),
    ("ROUND", (0.49999999999999, 0)),
    ("ROUND", (1e300, 2)),
    ("ROUNDUP", (1.1, 1)),
    ("ROUNDUP", (-1, 0)),
    ("ROUNDUP", (121, -2)),
    ("ROUNDDOWN", (1.15, 2)),
    ("ROUNDDOWN", (-121, -1)),
    ("INT", (-1.5, )),
    ("SQRT", (0, )),
    ("EXP", (0, )),
    ("YEAR", (61, )),
    ("MONTH", (61, )),
    ("YEAR", (2958465, )),
    ("MONTH", (2958465, )),
]  # fmt: skip

REFUSED: list[tuple[Case, float]] = [
    # What Calc gives, and numpy does not: these arguments are what the language refuses.
    (("MOD", (331.1, 47.3)), 0.0),
    (("INT", (0.3 / 0.1,)), 3.0),
]


def cases_of(name: str) -> list[Case]:
    draw = random.Random(name)  # noqa: S311 - the same figures at every run
    drawn = [(name, tuple(kind(draw) for kind in kinds)) for kinds in ARGUMENTS[name] for _ in range(TRIES)]
    return drawn + [case for case in EDGES if case[0] == name]


# --- what Calc gives --------------------------------------------------------------------------


def calculated(office: Office, path: Path, rows: Sequence[tuple[str, Sequence[float]]]) -> list[Value]:
    """Write a formula and its arguments (in columns B, C, ...) a row; give what Calc makes of each."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("cases", 0)
    for row, (formula, numbers) in enumerate(rows, start=1):
        sheet.append([f"={formula}".replace("#", str(row)), *numbers])
    workbook.save(path)
    with office.opened(path) as document:
        return [values[0] for values in office.values(document)["cases"]]


def called(case: Case) -> tuple[str, Sequence[float]]:
    name, numbers = case
    return f"{name}({','.join(f'{column}#' for column, _ in zip('BCD', numbers, strict=False))})", numbers


def body_gives(case: Case) -> float:
    name, numbers = case
    return float(FUNCTIONS[name].body(*numbers))


def differences(name: str, found: Sequence[tuple[object, Value, float]]) -> list[tuple[object, Value, float]]:
    slack = 0.0 if name in ROUNDING else CLOSE
    return [
        (case, calc, ours)
        for case, calc, ours in found
        if not isinstance(calc, float) or abs(calc - ours) > slack * abs(ours)
    ]


@pytest.mark.parametrize("name", sorted(ARGUMENTS))
def test_a_function_computes_what_calc_computes(name: str, office: Office, tmp_path: Path) -> None:
    cases = cases_of(name)
    calc = calculated(office, tmp_path / "cases.xlsx", [called(case) for case in cases])
    found = [(case, value, body_gives(case)) for case, value in zip(cases, calc, strict=True)]
    assert differences(name, found) == []


def test_every_function_of_cells_is_compared() -> None:
    on_cells = {name for name, function in FUNCTIONS.items() if not function.on_rows}
    in_random_formulas = {"IF", "AND", "OR", "NOT"}
    assert set(ARGUMENTS) | in_random_formulas == on_cells


def test_what_the_language_refuses_is_indeed_different_in_calc(office: Office, tmp_path: Path) -> None:
    cases = [case for case, _ in REFUSED]
    calc = calculated(office, tmp_path / "cases.xlsx", [called(case) for case in cases])
    assert calc == [value for _, value in REFUSED]
    assert all(body_gives(case) != value for case, value in REFUSED)


def test_a_power_too_small_to_write_is_0_here_and_an_error_in_calc(office: Office, tmp_path: Path) -> None:
    calc = calculated(office, tmp_path / "cases.xlsx", [("0.05^400", ()), ("EXP(-800)", ())])
    assert calc == [None, 0.0]
    assert [evaluate(parse(text), no_names) for text in ("0.05 ^ 400", "EXP(-800)")] == [0.0, 0.0]


# --- whole formulas ---------------------------------------------------------------------------

WHOLES = ("first_count", "second_count")
COLUMNS = {"first_count": "B", "second_count": "C", "first_price": "D", "second_price": "E"}
EXPONENTS: tuple[Node, ...] = (*(Name(name) for name in WHOLES), Number(0.05, percent=True))
FORMULAS = 1500
DEEPEST = 4


def no_names(name: str, _via: str) -> float:
    raise KeyError(name)


def random_number(draw: random.Random, depth: int) -> Node:
    """A formula of a number: every operator, the functions that choose, and all the names."""
    if depth == 0 or draw.random() < 0.1:
        return draw.choice([Name(name) for name in COLUMNS] + [Number(1.0), Number(0.05, percent=True)])
    parts = [random_number(draw, depth - 1) for _ in range(3)]
    compounds: list[Node] = [
        Negative(parts[0]),
        Binary("^", parts[0], draw.choice([*EXPONENTS, Negative(EXPONENTS[0])])),
        Call(draw.choice(["MAX", "MIN"]), tuple(parts)),
        Call("IF", (random_condition(draw, depth - 1), parts[0], parts[1])),
        *(Binary(symbol, parts[0], parts[1]) for symbol in "+-*/"),
    ]
    return draw.choice(compounds)


def random_condition(draw: random.Random, depth: int) -> Node:
    left, right = (random_number(draw, max(depth - 1, 0)) for _ in range(2))
    counts = (Name(draw.choice(WHOLES)), Name(draw.choice(WHOLES)))
    compared = (
        Binary(draw.choice(["<", ">", "<=", ">="]), left, right),
        Binary(draw.choice(["=", "<>"]), *counts),
    )
    joined: tuple[Node, ...] = (Call(draw.choice(["AND", "OR"]), compared), Call("NOT", compared[:1]))
    return draw.choice([*compared, *joined])


def answer(tree: Node, values: Mapping[str, float]) -> float | None:
    """What the language makes of a formula, or None where it meets a fault."""
    try:
        return evaluate(tree, lambda name, _via: values[name])
    except ArithmeticFault:
        return None


def random_values(draw: random.Random) -> dict[str, float]:
    return {name: draw.randint(1, 3) if name in WHOLES else draw.uniform(0.5, 20) for name in COLUMNS}


def test_whole_formulas_compute_what_calc_computes(office: Office, tmp_path: Path) -> None:
    draw = random.Random("formulas")  # noqa: S311 - the same formulas at every run
    tried = [(random_number(draw, DEEPEST), random_values(draw)) for _ in range(FORMULAS)]
    rows = [
        (to_excel(tree, lambda name: f"{COLUMNS[name]}#", "{}({})".format), list(values.values()))
        for tree, values in tried
    ]
    calc = calculated(office, tmp_path / "formulas.xlsx", rows)
    ours = [answer(tree, values) for tree, values in tried]
    found = [case for case in zip(rows, calc, ours, strict=True) if case[2] is not None]
    assert len(found) > FORMULAS * 3 / 4
    assert [case for case in found if case[1] is None or case[1] != pytest.approx(case[2], rel=CLOSE_FORMULAS)] == []


# --- names ------------------------------------------------------------------------------------

NAMES = ["month", "irr", "tco", "roi", "npv", "rate", "value", "year_1", "r_squared", "abcd2026", "x", "e", "pi", "r_1"]


def test_names_of_the_language_are_names_in_calc(office: Office, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("cases", 0)
    for row, name in enumerate(NAMES, start=1):
        assert invalid_name_reason(name) == ""
        sheet.append([f"={name}+{name}*1", row])
        workbook.defined_names[name] = DefinedName(name, attr_text=f"cases!$B${row}")
    workbook.save(tmp_path / "names.xlsx")
    with office.opened(tmp_path / "names.xlsx") as document:
        found = [row[0] for row in office.values(document)["cases"]]
    assert found == [2.0 * row for row in range(1, len(NAMES) + 1)]
