"""Every call through xlwings' own server and conversion gives what the functions give."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from ftroi.functions.arguments import EXCEL_ERRORS, Scalar
from ftroi.functions.call import ERROR, call
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.log import log_file
from ftroi.workbook.schema import AS_OF, GATES, INPUTS
from tests.support.excel_calling import Excel, rows
from tests.support.excel_objects import BUSY, ERRORS, Book, Range, error
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
from tests.support.function_examples import shipped, taken_apart
from tests.support.function_sheet import Workbook, edited, inputs, place, plan, ranges, typed

TABLES = {name for name, function in FUNCTIONS.items() if function.gives_table}


def test_every_call_gives_what_the_reports_give(excel: Excel) -> None:
    table = calls(plan())
    assert len(table) > 300
    for asked in table:
        found = excel.call(asked.function, *positional(asked, inputs()))
        assert_same(rows(found) if asked.function in TABLES else found, asked.expected, asked)


def test_every_call_is_answered_as_by_the_functions_themselves(excel: Excel) -> None:
    for asked in calls(plan()):
        for given in (inputs(), None):
            arguments = positional(asked, given)
            expected = call(asked.function, arguments, Workbook())
            found = excel.call(asked.function, *arguments)
            assert (rows(found) if asked.function in TABLES else found) == expected, asked


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_answered_as_by_the_functions_themselves(excel: Excel, name: str) -> None:
    words = {"item": "data_labelling", "measure": "npv", "assumption": "requests_per_month", "p": 0.9, "threshold": 0.0}
    for own in ({}, {"inputs": inputs()}, {"inputs": inputs(), "option": "rag", "gates": ranges()[GATES]}):
        given: list[Any] = [(words | own).get(one.name) for one in FUNCTIONS[name].arguments]
        expected = call(name, given, Workbook())
        assert rows(excel.call(name, *given)) == (expected if isinstance(expected, tuple) else ((expected,),))


# --- the shapes of arguments ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one", ["rag", (("rag",),), Range((("rag",),)), " rag "], ids=["text", "one cell", "Range", "padded text"]
)
def test_an_argument_may_be_a_text_or_a_single_cell(excel: Excel, one: object) -> None:
    expected = call("FT_TCO", [inputs(), "rag"])
    assert excel.call("FT_TCO", inputs(), one) == expected != excel.call("FT_TCO", inputs())


@pytest.mark.parametrize("one", [1, 1.0, "1", ((1,),), (("1",),)])
def test_a_year_may_be_a_number_or_a_text(excel: Excel, one: object) -> None:
    assert excel.call("FT_COST", "hidden", one, inputs()) == call("FT_COST", ["hidden", 1, inputs()])


@pytest.mark.parametrize("blank", [None, "", ((None,),), (("",),)], ids=repr)
def test_a_blank_is_an_argument_left_out(excel: Excel, blank: object) -> None:
    assert excel.call("FT_COST", "hidden", blank, inputs(), blank) == call("FT_COST", ["hidden", None, inputs()])


def test_an_array_typed_into_a_formula_is_a_range_as_well(excel: Excel) -> None:
    found = excel.modules.server.CallUDF("ftroi.hosts.excel", "FT_TCO", (("setting", "value"), "rag", None), None, None)
    assert found == call("FT_TCO", [(("setting", "value"),), "rag"])
    assert found.startswith(ERROR)


def test_blank_rows_and_more_columns_change_nothing(excel: Excel) -> None:
    given = [(*row, None, None) for row in inputs()]
    given.insert(3, (None,) * len(given[0]))
    assert excel.call("FT_TCO", tuple(given)) == call("FT_TCO", [inputs()])


@pytest.mark.parametrize("value", ["0.25", "25%", " 25 % "])
def test_a_number_as_a_text_is_refused(excel: Excel, value: Scalar) -> None:
    given = edited(inputs(), "discount_rate", "base", value)
    assert "holds the text" in str(excel.call("FT_TCO_PV", given))


@pytest.mark.parametrize("value", [datetime(2027, 3, 1), date(2027, 3, 1)])  # noqa: DTZ001 - a cell's
def test_dates_come_in_every_shape(excel: Excel, value: Scalar) -> None:
    given = edited(inputs(), "start", "value", value)
    assert excel.call("FT_VERDICT", given) == call("FT_VERDICT", [given], Workbook())


def test_money_keeps_all_its_decimals(excel: Excel) -> None:
    """Excel's Value of a cell in a currency's format has four decimals, and xlwings' own conversion reads it."""
    given = edited(inputs(), "price_per_label", "base", 0.123456789)
    row, column = place(given, "price_per_label", "base")
    money = Range(given, is_money=True)
    assert float(money.Value[row][column]) == 0.1235  # type: ignore[index]  # rows of cells
    assert excel.call("FT_TCO", money) == call("FT_TCO", [given]) != call("FT_TCO", [inputs()])
    assert excel.call("FT_TCO", book=Book({INPUTS: given}, is_money=True)) == call("FT_TCO", [given])


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_in_a_cell_is_named_with_its_cure(excel: Excel, text: str) -> None:
    found = excel.call("FT_TCO", edited(inputs(), "discount_rate", "base", text))
    assert_error(found, ["discount_rate", text, "correct its formula"])
    assert found == call("FT_TCO", [edited(inputs(), "discount_rate", "base", text)])
    assert found == excel.call("FT_TCO", book=Book({INPUTS: edited(inputs(), "discount_rate", "base", text)}))


def test_live_cells_are_noticed_when_typed_over_and_left_alone_with_an_error(excel: Excel) -> None:
    assert excel.call("FT_TCO", typed(inputs(), "requests_per_month", "live", "#DIV/0!")) == call("FT_TCO", [inputs()])
    assert_error(excel.call("FT_TCO", typed(inputs(), "requests_per_month", "live", 1.0)), ["its live cell holds 1 "])


def test_a_workbook_that_counts_days_from_1904_gives_the_same(excel: Excel) -> None:
    book = Book({name: in_1904(one) for name, one in ranges().items()}, days=From1904.days_offset)
    for given in (None, in_1904(inputs())):
        assert rows(excel.call("FT_GATES", given, book=book)) == call("FT_GATES", [], Workbook())
        found = excel.call("FT_EXPLAIN", "withdrawal_date", None, given, book=book)
        assert found == call("FT_EXPLAIN", ["withdrawal_date"], Workbook())


def test_an_error_may_be_an_argument(excel: Excel) -> None:
    assert_error(excel.call("FT_COST", error(2042), None, inputs()), ["item", "#N/A"])
    assert_error(excel.call("FT_TCO", error(2023)), ["inputs", "single value (#REF!)", "FT_Inputs"])
    assert_error(excel.call("FT_TCO", inputs(), (("#VALUE!",),)), ["option", "#VALUE!"])


def test_errors_are_called_as_xlwings_calls_them(excel: Excel) -> None:
    assert len(excel.modules.errors) == 7
    assert {number: EXCEL_ERRORS[number] for number in excel.modules.errors} == excel.modules.errors


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_an_input_that_cannot_be_read_is_named_with_its_cure(
    excel: Excel, edit: tuple[str, str, Scalar, list[str]]
) -> None:
    key, header, value, words = edit
    assert_error(excel.call("FT_TCO", edited(inputs(), key, header, value)), words)


ACCEPTED = [asked for asked in QUESTIONS if len(asked[1]) <= len(FUNCTIONS[asked[0]].arguments)]
"""Excel itself refuses a formula with too many arguments."""


@pytest.mark.parametrize("asked", ACCEPTED, ids=lambda asked: asked[0])
def test_a_wrong_argument_is_named_with_its_cure(excel: Excel, asked: tuple[str, list[Any], list[str]]) -> None:
    function, arguments, words = asked
    given = [inputs() if one is INPUTS_HERE else one for one in arguments]
    assert_error(rows(excel.call(function, *given))[0][0], words)


# --- the calling cell ----------------------------------------------------------------------------------------


def test_each_workbook_is_answered_for_itself(excel: Excel) -> None:
    books = [Book({INPUTS: edited(inputs(), "discount_rate", "base", rate)}) for rate in (0.05, 0.06)]
    expected = [call("FT_NPV", [edited(inputs(), "discount_rate", "base", rate)]) for rate in (0.05, 0.06)]
    assert [excel.call("FT_NPV", book=book) for book in (*books, *books)] == expected * 2


def test_the_gates_and_the_day_are_the_workbooks_own(excel: Excel) -> None:
    later = dict(ranges()) | {AS_OF: ((date(2040, 1, 1),),)}
    for named in (ranges(), later, {INPUTS: inputs()}):
        assert rows(excel.call("FT_GATES", inputs(), book=Book(named))) == call("FT_GATES", [], Workbook(**named))
    assert excel.call("FT_GATES", inputs(), book=Book(later)) != excel.call("FT_GATES", inputs())


def test_a_workbook_without_inputs_is_told_so(excel: Excel) -> None:
    assert_error(excel.call("FT_TCO", book=Book({})), ["no range named FT_Inputs", "FT_TCO(FT_Inputs)"])
    assert str(excel.call("FT_VERSION", book=Book({}))).startswith("ftroi ")


def test_a_table_fills_the_range_that_it_was_entered_in(excel: Excel) -> None:
    table = call("FT_SCHEDULE", ["year", "category", inputs()])
    assert isinstance(table, tuple)
    height, width = len(table), len(table[0])
    found = rows(excel.call("FT_SCHEDULE", "year", "category", inputs(), size=(height + 2, width + 1)))
    assert found == (*((*row, "") for row in table), *[("",) * (width + 1)] * 2)
    assert rows(excel.call("FT_SCHEDULE", "year", "category", inputs(), size=(2, 2))) == tuple(
        row[:2] for row in table[:2]
    )


# --- failures ------------------------------------------------------------------------------------------------


def test_a_failure_is_a_text_and_stands_in_the_log(excel: Excel, home: Path) -> None:
    log = log_file()
    assert log.is_relative_to(home)
    excel.call("FT_TCO", ((1.0,),))
    assert not log.exists()
    found = excel.call("FT_TCO", book=Book({}, trouble=BUSY))
    assert_error(found, ["FT_TCO met an unexpected ComError", "see the log file"])
    text = log.read_text(encoding="utf-8")
    assert "FT_TCO failed" in text
    assert "Traceback" in text


def test_without_a_folder_for_the_log_cells_are_answered(
    excel: Excel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "file"))
    assert excel.call("FT_TCO", inputs()) == call("FT_TCO", [inputs()])


# --- the examples --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_is_answered_in_the_shipped_workbook(excel: Excel, name: str) -> None:
    given = taken_apart(FUNCTIONS[name], shipped())
    expected = call(name, given, Workbook(**shipped()))
    found = rows(excel.call(name, *given, book=Book(shipped())))
    assert found == (expected if isinstance(expected, tuple) else ((expected,),))
