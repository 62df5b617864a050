"""Worked examples hold: by hand, by formula, and for every line that has a formula."""

from __future__ import annotations

import pytest

from ftroi.language import parse
from ftroi.termsheet import Line, Role
from ftroi.termsheet.examples import run_example, run_examples
from ftroi.termsheet.schema import ExampleTable
from tests.support.plans import fine_tuning

EXAMPLES = fine_tuning().examples


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.line}: {example.name}")
def test_an_example_holds(example: ExampleTable) -> None:
    assert run_example(fine_tuning().lines[example.line], example) == []


def test_every_line_and_measure_has_an_example() -> None:
    shown = {example.line for example in EXAMPLES}
    assert [name for name, line in fine_tuning().lines.items() if line.tree and name not in shown] == []


def test_no_two_examples_of_a_line_have_one_name() -> None:
    names = [(example.line, example.name) for example in EXAMPLES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.line}: {example.name}")
def test_an_example_gives_what_a_plan_may_hold(example: ExampleTable) -> None:
    """No assumption stands outside the range that its cell would accept."""
    for name, value in example.given.items():
        assumption = fine_tuning().assumptions.get(name)
        if assumption is not None and assumption.table.range is not None:
            least, most = assumption.table.range
            assert least <= value <= most, name


# --- what an example that does not hold says -------------------------------------------------------------


def labelling(opening: str = "") -> Line:
    return Line(
        name="data_labelling", label="", unit="money/month", section="data", role=Role.COST, note="",
        tree=parse("examples * price_per_label * (1 + rework_rate)"), opening=parse(opening) if opening else None,
        where="lines/data.toml:3: [data_labelling]",
    )  # fmt: skip


def example(**changes: object) -> ExampleTable:
    right = {
        "line": "data_labelling",
        "name": "a rejected label is bought a second time",
        "given": {"examples": 2000, "price_per_label": 1.0, "rework_rate": 0.35},
        "by_hand": "2000 * 1.00 * 1.35",
        "expect": 2700,
    }
    return ExampleTable.model_validate({**right, **changes})


@pytest.mark.parametrize(
    "changes,message",
    [
        ({"given": {"examples": 2000, "price_per_label": 1.0}}, "'rework_rate' is not given"),
        (
            {"given": {"examples": 2000, "price_per_label": 1.0, "rework_rate": 0.35, "month": 3}},
            "'month' is given, but the formula does not refer to it",
        ),
        ({"expect": 2600}, "by hand it is 2700.0, but expect says 2600.0"),
        ({"by_hand": "2000 * 1.00 * 1.30", "expect": 2600}, "the formula gives 2700.0, but the example expects 2600.0"),
        ({"by_hand": "examples * 1.35"}, "by_hand mentions examples"),
        ({"by_hand": "2700 / 0"}, "by_hand meets a division by zero"),
        ({"by_hand": "2000 * "}, "expected a number, a name or '('"),
        ({"by_hand": None}, "the formula is empty"),
        ({"expect": None}, "has not exactly one of expect and expect_text"),
        ({"opening": True}, "the line has no opening"),
        (
            {"by_hand": None, "expect": None, "expect_text": "never"},
            "the formula gives 2700.0, but the example expects never",
        ),
        ({"expect_remark": "assumed"}, "but the example expects 2700.0, remark assumed"),
    ],
)
def test_a_wrong_example_says_what_is_wrong_with_it(changes: dict[str, object], message: str) -> None:
    found = run_example(labelling(), example(**changes))
    assert message in "\n".join(map(str, found))


def test_a_right_example_says_nothing() -> None:
    assert run_example(labelling(), example()) == []


def test_an_opening_is_tested_by_itself() -> None:
    opening = example(given={"stock": 5}, by_hand="5 + 1", expect=6, opening=True)
    assert run_example(labelling(opening="stock + 1"), opening) == []


def test_a_formula_without_an_answer_is_a_finding() -> None:
    line = fine_tuning().lines["build_share"]
    given = {"build_flag": 1, "build_months": 0}
    (found,) = run_example(line, example(line=line.name, given=given, by_hand="1", expect=1))
    assert "the formula meets a division by zero" in str(found)


def test_a_line_that_somebody_added_without_an_example_is_a_finding() -> None:
    (found,) = run_examples({"data_labelling": labelling()}, [])
    assert str(found).startswith("lines/data.toml:3: [data_labelling]")
    assert "has no worked example" in str(found)


def test_all_examples_of_a_template_are_run() -> None:
    found = list(run_examples({"data_labelling": labelling()}, [example(), example(expect=1)]))
    assert len(found) == 1
