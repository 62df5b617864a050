"""Every function, typed into a cell of a generated workbook in LibreOffice, gives what the command line gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ftroi.functions.call import ERROR, call
from ftroi.functions.registry import FUNCTIONS
from ftroi.workbook.schema import GATES, INPUTS
from tests.support.calc import Name, asked, column, filled, formula_of, results
from tests.support.function_answers import assert_same
from tests.support.function_calls import OTHER, Call, calls
from tests.support.function_examples import taken_apart
from tests.support.function_sheet import Workbook, inputs, plan, ranges
from tests.support.office import Document
from tests.support.running import Ftroi

ROWS, COLUMNS = 120, 40
"""More than any table of a year's figures has."""

HERE = Name(INPUTS)

TABLES = {name for name, function in FUNCTIONS.items() if function.gives_table}


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str]) -> Ftroi:
    return Ftroi(capsys)


def typed(call_: Call, rows: Name | None) -> str:
    """A call of the table as it is typed."""
    return formula_of(call_.function, [*call_.question, rows, *([call_.option] if call_.option else [])])


@pytest.mark.parametrize("rows", [HERE, None], ids=["with inputs", "without"])
def test_every_call_gives_what_the_reports_give(document: Document, rows: Name | None) -> None:
    figures = [one for one in calls(plan()) if one.function not in TABLES]
    assert len(figures) > 300
    found = results(column(document, [typed(one, rows) for one in figures]))
    for one, value in zip(figures, found, strict=True):
        assert_same(value, one.expected, one)


@pytest.mark.parametrize("rows", [HERE, None], ids=["with inputs", "without"])
def test_every_table_gives_what_the_reports_give(document: Document, rows: Name | None) -> None:
    tables = [one for one in calls(plan()) if one.function in TABLES]
    assert {one.function for one in tables} == {"FT_COMPARE", "FT_SCHEDULE", "FT_TORNADO"}
    for one in tables:
        assert_same(filled(document, typed(one, rows), ROWS, COLUMNS), one.expected, one)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_is_answered_as_by_the_functions_themselves(document: Document, name: str) -> None:
    function = FUNCTIONS[name]
    given = taken_apart(function, {INPUTS: inputs()})
    expected = call(name, given, Workbook())
    text = function.example.replace(",", ";")
    found = filled(document, text, ROWS, COLUMNS) if function.gives_table else asked(document, text)
    assert_same(found, expected, text)
    assert ERROR not in str(found)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_takes_each_argument_left_out_or_given(document: Document, name: str) -> None:
    words: dict[str, Any] = {
        "item": "data_labelling", "measure": "npv", "assumption": "requests_per_month", "p": 0.9, "threshold": 0.0,
        "product": "gpt-4o",
    }  # fmt: skip
    named = {"inputs": inputs(), "gates": ranges()[GATES]}
    option = plan().settings.candidate if name == "FT_CADENCE" else OTHER
    for own in ({}, {"inputs": HERE}, {"option": option}, {"inputs": HERE, "option": option, "gates": Name(GATES)}):
        asked_ = [(words | own).get(one.name) for one in FUNCTIONS[name].arguments]
        given = [named[argument.name] if isinstance(one, Name) else one
                 for one, argument in zip(asked_, FUNCTIONS[name].arguments, strict=True)]  # fmt: skip
        text, expected = formula_of(name, asked_), call(name, given, Workbook())
        found = filled(document, text, ROWS, COLUMNS) if name in TABLES else asked(document, text)
        assert_same(found, expected, text)
        assert not str(found[0][0] if isinstance(found, tuple) else found).startswith(ERROR)


def test_the_cells_are_what_the_command_line_prints(document: Document, path: Path, ftroi: Ftroi) -> None:
    for option in (plan().settings.option, OTHER):
        report = ftroi.done("calc", path, "--option", option, "--json").json
        given = {"FT_MEASURE": report["measures"], "FT_COST": report["by_category"] | report["by_line"]}
        wanted = [(name, item, value) for name, values in given.items() for item, value in values.items()]
        texts = [
            f'={name}("{item}";;{INPUTS};"{option}")' if name == "FT_COST" else f'={name}("{item}";{INPUTS};"{option}")'
            for name, item, _ in wanted
        ]
        for (name, item, value), found in zip(wanted, results(column(document, texts)), strict=True):
            expected = report["notes"][item]["text"] if value is None else value
            assert_same(found, expected, (name, item, option))


def test_break_even_and_simulation_are_what_the_command_line_prints(
    document: Document, path: Path, ftroi: Ftroi
) -> None:
    name, option = "value_per_request", plan().settings.option
    found = ftroi.done("breakeven", path, name, "--option", option, "--json").json
    assert asked(document, f'=FT_BREAKEVEN("{name}";{INPUTS})') == pytest.approx(found["value"], rel=1e-12)
    told = ftroi.done("simulate", path, "--option", option, "--json").json["options"][option]
    answer = filled(document, f"=FT_SIMULATE({INPUTS})", ROWS, COLUMNS)
    assert isinstance(answer, tuple)
    headers, *rows = answer
    table = {row[0]: dict(zip(headers[1:], row[1:], strict=True)) for row in rows}
    for measure, figures in told["measures"].items():
        want = {one: figures[one] for one in ("mean", "standard_error", "base")} | figures["percentiles"]
        assert table[measure] == {key: "" if one is None else pytest.approx(one) for key, one in want.items()}
    share = told["measures"]["tco"]["percentiles"]["p90"]
    assert asked(document, f'=FT_PERCENTILE("tco";0.9;{INPUTS})') == pytest.approx(share, rel=1e-12)
    assert asked(document, f'=FT_PROBABILITY("npv";0;{INPUTS})') == told["odds"]["beats_reference"]
