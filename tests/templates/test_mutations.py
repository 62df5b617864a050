"""Worked examples are sharp: whatever single wrong is done to a line, one of its examples notices."""

from __future__ import annotations

from functools import cache

import pytest

from ftroi.language import ArithmeticFault, parse
from ftroi.plan import calculate, plan_from_preset
from ftroi.termsheet import Line
from ftroi.termsheet.examples import agrees, outcome
from ftroi.termsheet.schema import ExampleTable
from tests.support.equivalent import EQUIVALENT, LINE_BOUNDS, is_equivalent
from tests.support.mutants import mutants, wrong_lines
from tests.support.plans import fine_tuning

ZERO_OR_ONE = {"a -> 0", "a -> 1", "b -> 0", "b -> 1"}
STATED = [name for name, line in fine_tuning().lines.items() if line.tree is not None]


@cache
def examples() -> dict[str, list[ExampleTable]]:
    found: dict[str, list[ExampleTable]] = {}
    for example in fine_tuning().examples:
        found.setdefault(example.line, []).append(example)
    return found


def notices(line: Line, example: ExampleTable) -> bool:
    """Say whether an example fails on a line; a line without an answer fails it, too."""
    try:
        return not agrees(outcome(line, example), example)
    except ArithmeticFault:
        return True


def unnoticed(name: str) -> list[str]:
    """The wrongs of a line that all its examples let pass."""
    return [
        wrong.change
        for wrong in wrong_lines(fine_tuning().lines[name])
        if not any(notices(wrong.line, example) for example in examples().get(name, ()))
        and not is_equivalent(wrong, fine_tuning())
    ]


@pytest.mark.parametrize("name", STATED)
def test_every_wrong_in_a_line_fails_one_of_its_examples(name: str) -> None:
    assert unnoticed(name) == []


@pytest.mark.parametrize("name,change", EQUIVALENT)
def test_a_wrong_that_is_listed_as_changing_nothing_is_one_that_no_example_notices(name: str, change: str) -> None:
    (wrong,) = (wrong for wrong in wrong_lines(fine_tuning().lines[name]) if wrong.change == change)
    assert not any(notices(wrong.line, example) for example in examples()[name])


@pytest.mark.parametrize("preset", fine_tuning().presets)
def test_lines_lie_between_their_bounds(preset: str) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    results = calculate(plan)
    for option in results.options:
        for name, (least, most) in LINE_BOUNDS.items():
            row = results.row(name, option)
            assert least <= row.min() <= row.max() <= most, f"{name} of {option}"


def test_a_weak_example_is_seen_to_be_weak() -> None:
    line = fine_tuning().lines["live_flag"]
    weak = ExampleTable(line="live_flag", name="a month well inside", given={"month": 5, "horizon_months": 36})
    weak = weak.model_copy(update={"expect": 1.0})
    assert "month<=horizon_months -> month<horizon_months" in [
        wrong.change for wrong in wrong_lines(line) if not notices(wrong.line, weak)
    ]


@pytest.mark.parametrize(
    "formula,changes",
    [
        ("a * b", {"a*b -> a/b", "a*b -> a+b", "a*b -> a-b", "a*b -> a", "a*b -> b", *ZERO_OR_ONE}),
        ("-PREV(a)", {"-PREV(a) -> PREV(a)", "PREV(a) -> 0", "PREV(a) -> 1"}),
        ("ABS(a)", {"ABS(a) -> a", "a -> 0", "a -> 1"}),
        ("MAX(a, b)", {"MAX(a,b) -> MIN(a,b)", "MAX(a,b) -> MAX(a)", "MAX(a,b) -> MAX(b)", *ZERO_OR_ONE}),
        ("a - b", {"a-b -> a+b", "a-b -> a*b", "a-b -> a/b", "a-b -> a", "a-b -> b", *ZERO_OR_ONE}),
        ("ROUNDUP(a, 0)", {"ROUNDUP(a,0) -> ROUNDDOWN(a,0)", "ROUNDUP(a,0) -> a", "0 -> 1", "a -> 0", "a -> 1"}),
    ],
)
def test_the_wrongs_of_a_small_formula(formula: str, changes: set[str]) -> None:
    assert {mutant.change for mutant in mutants(parse(formula))} == changes


def test_the_wrongs_of_a_branch() -> None:
    changes = {mutant.change for mutant in mutants(parse("IF(AND(a < b, NOT(a > 1)), b, 0)"))}
    assert {
        "IF(AND(a<b,NOT(a>1)),b,0) -> IF(AND(a<b,NOT(a>1)),0,b)",
        "IF(AND(a<b,NOT(a>1)),b,0) -> b",
        "IF(AND(a<b,NOT(a>1)),b,0) -> 0",
        "AND(a<b,NOT(a>1)) -> OR(a<b,NOT(a>1))",
        "AND(a<b,NOT(a>1)) -> AND(a<b)",
        "NOT(a>1) -> a>1",
        "a<b -> a<=b",
        "a<b -> a>b",
        "a<b -> 0=1",
    } <= changes
