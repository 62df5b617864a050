"""The language of rules: columns, texts and cells, computed as a spreadsheet computes what is printed."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest

from ftroi.errors import FormulaError
from ftroi.language import ArithmeticFault, Unit, parse, parse_unit
from ftroi.language.rules import (
    CALLABLE,
    CALLABLE_IN_CHECKS,
    RULE_FUNCTIONS,
    TEXT,
    Column,
    RuleCells,
    Value,
    check_rule,
    holds,
    rule_to_excel,
    value_of_rule,
)

COLUMNS: dict[str, list[Value]] = {
    "better": [3.0, "", 5.0, 5.0],
    "label": ["a", "b", "c", "d"],
    "rank": [2.0, 2.0, "", 1.0],
    "empty": ["", "", "", ""],
    "live": [0.0, 1.0, 0.0, 0.0],
    "status": ["pass", "fail", "fail", "pass"],
}
CELLS: dict[str, Value] = {"npv": 12.0, "text": "never within", "blank": "", "never": "never", "fail": "fail"}


class Cells(RuleCells):
    """The cells and columns above."""

    def value(self, name: str, via: str) -> Value:
        return f"{via} {name}" if via else CELLS[name]

    def column(self, name: str) -> Column:
        return COLUMNS[name]


def value(text: str) -> Value:
    return value_of_rule(parse(text, functions=CALLABLE), Cells())


@pytest.mark.parametrize(
    "text, expected",
    [
        ("HOW_MANY(better)", 3.0),
        ("HOW_MANY(empty)", 0.0),
        ("HOW_MANY_WHERE(live, 0)", 3.0),
        ("HOW_MANY_WHERE(live, 0, status, fail)", 1.0),
        ("LARGEST(better) + npv", 17.0),
        ("SMALLEST(better)", 3.0),
        ("LARGEST(empty)", 0.0),
        ("BEST(better, label)", "c"),
        ("LEAST(rank, label)", "d"),
        ("REFERENCE(label)", "REFERENCE label"),
    ],
)
def test_functions_of_columns(text: str, expected: Value) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("IS_NUMBER(npv)", True),
        ("IS_NUMBER(text)", False),
        ("IS_BLANK(blank)", True),
        ("BEGINS(text, never)", True),
        ("BEGINS(npv, never)", False),
        ("text > npv", True),  # every text is more than every number
        ("blank <= npv", False),
        ("text = npv", False),
        ("text <> never", True),
        ("AND(IS_NUMBER(npv), npv > 10)", True),
    ],
)
def test_conditions(text: str, expected: bool) -> None:
    assert holds(parse(text, functions=CALLABLE), Cells()) is expected


def test_a_sum_with_a_text_has_no_value() -> None:
    with pytest.raises(ArithmeticFault, match="a text where a number is wanted"):
        value("text + npv")


def test_formulas_are_printed() -> None:
    def printed(text: str) -> str:
        return rule_to_excel(parse(text, functions=CALLABLE), str.upper, "{}[{}]".format, "COL_{}".format)

    assert printed("BEST(better, label)") == "INDEX(COL_label,MATCH(MAX(COL_better),COL_better,0))"
    assert printed("NOT(IS_BLANK(waiver))") == 'NOT((WAIVER=""))'
    assert printed("HOW_MANY_WHERE(live, 0, status, fail) > 1") == "COUNTIFS(COL_live,0,COL_status,FAIL)>1"
    assert printed("CANDIDATE(npv) - npv") == "CANDIDATE[npv]-NPV"
    assert printed("IS_NUMBER(npv - x)") == "ISNUMBER(NPV-X)"


class Names:
    """Names for the checker: a number, a text, and a column."""

    units: ClassVar[dict[str, Unit]] = {"npv": parse_unit("money"), "text": TEXT, "fail": TEXT}
    columns: ClassVar[dict[str, Unit]] = {"better": parse_unit("money")}

    are_units_checked = True

    def known(self, name: str) -> bool:
        return name in self.units

    def unit(self, name: str) -> Unit:
        return self.units[name]

    def whole(self, name: str) -> bool:
        return self.units.get(name) == TEXT

    def suggestion(self, name: str) -> str:
        return f"no {name}"


@pytest.mark.parametrize(
    "text, says",
    [
        ("text - npv > 0", "'-' of text and money"),
        ("text = npv", "may not be whole"),
        ("LARGEST(bettr) > npv", "no column named 'bettr'"),
        ("LARGEST(npv + 1) > npv", "an expression in place of a column"),
        ("LARGEST(better) > text", "'>' of money and text"),
        ("npv", "a number where a condition must stand"),
        ("ngv > 0", "no assumption or line named 'ngv'"),
    ],
)
def test_what_is_wrong_is_found(text: str, says: str) -> None:
    found = check_rule(parse(text, functions=CALLABLE), Names(), "verdict.toml", text, condition=True)
    assert says in " ".join(str(one) for one in found)


@pytest.mark.parametrize("text", ["HOWMANY(better) > 0", "TOTAL(npv) > 0", "LARGEST() > 0", "BEST(better) > 0"])
def test_unknown_functions_and_numbers_of_arguments_are_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text, functions=CALLABLE)


def test_a_rule_that_is_right_has_no_findings() -> None:
    for text in ("npv > 1000", "text <> fail", "LARGEST(better) - npv > 0", "HOW_MANY(better) > 1"):
        assert check_rule(parse(text, functions=CALLABLE), Names(), "", text, condition=True) == []


class Rows(RuleCells):
    """Rows of three months."""

    def value(self, name: str, via: str) -> Any:  # noqa: ARG002 - there is one option
        return {"x": np.array([3.0, -5.0, 2.0]), "y": np.array([1.0, 1.0, 1.0]), "rate": 0.1}[name]

    def column(self, name: str) -> Column:
        raise KeyError(name)


@pytest.mark.parametrize(
    "text, expected, printed",
    [
        ("WORST(x - y)", 6.0, "MAX(SUMPRODUCT(LARGE(X-Y,1)),-SUMPRODUCT(SMALL(X-Y,1)))"),
        ("EXCESS(y - x)", 6.0, "MAX(SUMPRODUCT(LARGE(Y-X,1)),0)"),
        ("SUM_OF(x * (1 - y))", 0.0, "SUMPRODUCT(X*(1-Y))"),
        ("IN_MONTH(x, 2)", -5.0, "INDEX(X,1,2)"),
        ("DIFFER(SUM_OF(x) > 0, rate > 0)", 1.0, "IF((SUMPRODUCT(X)>0)=(RATE>0),0,1)"),
        ("NPV_OF(rate, y)", 1.1 ** (-1 / 12) + 1.1 ** (-2 / 12) + 1.1 ** (-3 / 12), "NPV((1+RATE)^(1/12)-1,Y)"),
    ],
)
def test_functions_of_months(text: str, expected: float, printed: str) -> None:
    tree = parse(text, functions=CALLABLE_IN_CHECKS)
    assert value_of_rule(tree, Rows()) == pytest.approx(expected)
    assert rule_to_excel(tree, str.upper, "{}[{}]".format, str) == printed


def test_every_function_has_an_example_of_itself() -> None:
    for name, row in RULE_FUNCTIONS.items():
        tree: Any = parse(row.example.formula, functions=CALLABLE_IN_CHECKS)
        assert tree.function == name
