"""Every function gives what the reports give, however its arguments are shaped."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from ftroi.analysis import judge_plan
from ftroi.functions.arguments import Rows, Scalar
from ftroi.functions.call import ERROR, call
from ftroi.functions.registry import FUNCTIONS
from ftroi.functions.tables import padded
from ftroi.plan import calculate
from ftroi.termsheet import serial
from ftroi.workbook.schema import AS_OF, GATES, INPUTS
from tests.support.function_answers import (
    EDITS,
    INPUTS_HERE,
    QUESTIONS,
    From1904,
    assert_error,
    assert_same,
    in_1904,
    positional,
)
from tests.support.function_calls import calls
from tests.support.function_sheet import Workbook, edited, inputs, place, plan, ranges, typed


def test_every_call_gives_what_the_reports_give() -> None:
    table = calls(plan())
    assert len(table) > 300
    for asked in table:
        assert_same(call(asked.function, positional(asked, inputs()), Workbook()), asked.expected, asked)


def test_inputs_that_are_left_out_are_the_workbooks_own() -> None:
    for asked in calls(plan()):
        assert_same(call(asked.function, positional(asked, None), Workbook()), asked.expected, asked)


def test_every_function_answers_or_keeps_its_place() -> None:
    words = {"item": "data_labelling", "measure": "npv", "assumption": "requests_per_month", "p": 0.9, "threshold": 0}
    words |= {"product": "gpt-4o"}
    for name, function in FUNCTIONS.items():
        found = call(name, [words.get(argument.name) for argument in function.arguments], Workbook())
        assert isinstance(found, tuple) == function.gives_table
        cell = found[0][0] if isinstance(found, tuple) else found
        assert not str(cell).startswith(ERROR), (name, cell)


def test_the_gates_are_those_of_the_workbook() -> None:
    found = call("FT_GATES", [], Workbook())
    judged = judge_plan(plan(), calculate(plan()))
    assert isinstance(found, tuple)
    assert [(row[0], row[2], row[-1]) for row in found[1:]] == [(one.id, one.word, one.reason) for one in judged]
    assert {one.status for one in judged} > {"pass"}
    without = call("FT_GATES", [inputs()], Workbook(FT_Inputs=inputs()))
    assert without != found
    assert call("FT_GATES", [inputs(), None, ranges()[GATES]], Workbook()) == found


def test_another_option_can_be_judged() -> None:
    other = plan().with_settings(candidate="rag")
    judged = judge_plan(other, calculate(other))
    found = call("FT_GATES", [None, "rag"], Workbook())
    assert isinstance(found, tuple)
    assert [row[2] for row in found[1:]] == [one.word for one in judged]


def test_a_schedule_by_quarter_and_by_month_adds_up_to_the_year() -> None:
    totals = {}
    for by, length in (("month", 1), ("quarter", 3), ("year", 12)):
        table = call("FT_SCHEDULE", [by, "line", inputs()])
        assert isinstance(table, tuple)
        assert table[0] == (by, *range(1, math.ceil(plan().horizon / length) + 1), "total")
        assert [sum(map(float, row[1:-1])) for row in table[1:]] == pytest.approx([row[-1] for row in table[1:]])
        totals[by] = [(row[0], row[-1]) for row in table[1:]]
    assert totals["month"] == totals["quarter"] == totals["year"]


def test_a_schedule_of_one_line_has_that_row_alone() -> None:
    found = call("FT_SCHEDULE", ["year", "visible.compute", inputs()])
    assert isinstance(found, tuple)
    assert [row[0] for row in found] == ["year", "visible.compute"]


def test_an_explanation_shows_the_numbers() -> None:
    found = call("FT_EXPLAIN", ["data_labelling", 1, inputs()])
    assert isinstance(found, str)
    assert found.startswith("data_labelling in month 1 = build_share * ")
    assert found.endswith("money/month")


@pytest.mark.parametrize("value", ["0.25", "25%", " 25 % "])
def test_a_number_as_a_text_is_refused_as_an_input_and_read_as_an_argument(value: str) -> None:
    """The sheet's own formulas may take such an input for 0, or for an error."""
    rows = edited(inputs(), "discount_rate", "base", value)
    assert_error(call("FT_TCO_PV", [rows]), ["discount_rate", "holds the text", "not formatted as text"])
    found = call("FT_PROBABILITY", ["npv", value, inputs()])
    assert found == call("FT_PROBABILITY", ["npv", 0.25, inputs()])


@pytest.mark.parametrize(
    "value",
    [datetime(2027, 3, 1), date(2027, 3, 1), serial(date(2027, 3, 1))],  # noqa: DTZ001 - a cell's
)
def test_dates_come_in_every_shape(value: Scalar) -> None:
    moved = plan().with_settings(start=date(2027, 3, 1))
    expected = calculate(moved).number("npv", plan().settings.option)
    assert call("FT_NPV", [edited(inputs(), "start", "value", value)]) == pytest.approx(expected, rel=1e-12)


def test_lists_blank_rows_and_more_columns_change_nothing() -> None:
    rows = [[*("" if one is None else one for one in row), "", ""] for row in inputs()]
    rows.insert(3, [""] * len(rows[0]))
    rows.append([""] * len(rows[0]))
    assert call("FT_TCO", [rows]) == call("FT_TCO", [inputs()])


@pytest.mark.parametrize("one", ["rag", (("rag",),), [["rag"]], [" rag "]])
def test_an_argument_may_be_a_value_or_a_single_cell(one: object) -> None:
    assert call("FT_TCO", [inputs(), one]) == call("FT_TCO", [inputs(), "rag"])


@pytest.mark.parametrize("value", [1.0, "many"])
def test_a_figure_typed_over_the_live_one_is_noticed(value: Scalar) -> None:
    rows = typed(inputs(), "requests_per_month", "live", value)
    for name in ("FT_TCO", "FT_VERDICT", "FT_COMPARE"):
        words = ["requests_per_month", "live", str(value).removesuffix(".0"), "base", "ftroi regenerate"]
        assert_error(call(name, [rows], Workbook()), words)


def test_live_figures_are_those_of_the_option_and_case_shown() -> None:
    for key, value in (("case", "pessimistic"), ("option", "rag")):
        assert isinstance(call("FT_TCO", [edited(inputs(), key, "value", value)]), float)
    assert_error(call("FT_TCO", [typed(inputs(), "case", "value", "pessimistic")]), ["its live cell holds"])


def test_live_cells_that_are_not_computed_yet_do_no_harm() -> None:
    own = typed(inputs(), "requests_per_month", "live", 1.0)
    assert call("FT_TCO", [], Workbook(FT_Inputs=own)) == call("FT_TCO", [inputs()])
    for value in ("#DIV/0!", None, ""):
        assert call("FT_TCO", [typed(inputs(), "requests_per_month", "live", value)]) == call("FT_TCO", [inputs()])


def test_a_workbook_that_counts_days_from_1904_gives_the_same() -> None:
    book = From1904(**{name: in_1904(rows) for name, rows in ranges().items()})
    for given in (None, in_1904(inputs())):
        for name in ("FT_GATES", "FT_VERDICT", "FT_COMPARE"):
            assert call(name, [given], book) == call(name, [], Workbook())
        start = call("FT_EXPLAIN", ["withdrawal_date", None, given], book)
        assert start == call("FT_EXPLAIN", ["withdrawal_date"], Workbook())
        assert start != call("FT_EXPLAIN", ["withdrawal_date", None, in_1904(inputs())], Workbook())
        assert call("FT_VERDICT", [given, None, None, "2040-01-01"], book) != call("FT_VERDICT", [given], book)


def test_the_day_of_evidence_may_be_given() -> None:
    own = {name: rows for name, rows in ranges().items() if name != AS_OF}
    late = date(2040, 1, 1)
    expected = call("FT_GATES", [], Workbook(**own, **{AS_OF: ((late,),)}))
    for given in (late, "2040-01-01", serial(late), ((late,),)):
        assert (
            call("FT_GATES", [inputs(), None, ranges()[GATES], given]) == expected != call("FT_GATES", [], Workbook())
        )
    assert_error(call("FT_VERDICT", [inputs(), None, None, "soon"]), [AS_OF, "'soon'", "2027-01-31"])


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_an_input_that_cannot_be_read_is_named_with_its_cure(edit: tuple[str, str, Scalar, list[str]]) -> None:
    key, header, value, words = edit
    assert_error(call("FT_TCO", [edited(inputs(), key, header, value)]), words)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked[0])
def test_a_wrong_argument_is_named_with_its_cure(asked: tuple[str, list[Any], list[str]]) -> None:
    function, arguments, words = asked
    given = [inputs() if one is INPUTS_HERE else one for one in arguments]
    assert_error(call(function, given, Workbook()), words)


def test_inputs_that_begin_too_low_are_told_so() -> None:
    assert_error(call("FT_TCO", [inputs()[5:]]), ["inputs", "'setting'"])


def test_a_cells_place_is_told_within_the_inputs() -> None:
    row, column = place(inputs(), "discount_rate", "base")
    found = call("FT_TCO", [edited(inputs(), "discount_rate", "base", "ten")])
    assert f"FT_Inputs, row {row + 1}, column {column + 1} (discount_rate)" in str(found)


def test_a_workbook_without_inputs_is_told_so() -> None:
    assert "no range named FT_Inputs" in str(call("FT_TCO", [], Workbook(FT_Other=((1.0,),))))
    assert "no range named FT_Inputs" in str(call("FT_TCO", []))
    assert str(call("FT_VERSION", [])).startswith("ftroi ")


def test_an_unexpected_failure_is_a_text_as_well() -> None:
    class Broken:
        days_offset = 0

        def range_named(self, name: str) -> Rows:
            raise OSError(name)

    assert call("FT_TCO", [], Broken()) == f"{ERROR}FT_TCO met an unexpected OSError: {INPUTS}; see the log file"


def test_an_own_cost_is_counted() -> None:
    costs: dict[str, Scalar] = {
        "label": "Lawyers", "option": "all", "category": "hidden.integration", "nature": "cash",
        "first_month": 1, "last_month": 2, "amount": 1000.0,
    }  # fmt: skip
    rows = inputs()
    slot = next(row[0] for row in rows[place(rows, "horizon_months", "base")[0] :] if row[0] == 1)
    for header, value in costs.items():
        rows = edited(rows, slot, header, value)
    difference = call("FT_TCO", [rows]) - call("FT_TCO", [inputs()])  # type: ignore[operator]  # figures, both
    assert difference == pytest.approx(2000)


def test_a_table_is_padded_to_its_range() -> None:
    assert padded((("a", 1.0),), 2, 3) == (("a", 1.0, ""), ("", "", ""))
    assert padded((("a", 1.0), ("b", 2.0)), 1, 1) == (("a",),)


def test_the_plan_in_a_selected_case_is_the_one_computed() -> None:
    changed = replace(plan(), settings=replace(plan().settings, case="pessimistic"))
    expected = calculate(changed).number("tco", changed.settings.option)
    assert call("FT_TCO", [edited(inputs(), "case", "value", "pessimistic")]) == pytest.approx(expected, rel=1e-12)
