"""What people do to cells in LibreOffice: arguments and inputs of every shape, each with a clear answer."""

from __future__ import annotations

from datetime import date

import pytest

from ftroi.functions.call import call
from ftroi.plan import calculate
from ftroi.termsheet import serial
from ftroi.workbook.layout import dashboard as at
from ftroi.workbook.layout.dashboard import PANEL, PANEL_VALUE
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.schema import INPUTS
from tests.support.calc import column, probe, results
from tests.support.function_answers import assert_error
from tests.support.function_sheet import inputs, plan
from tests.support.office import Document, star
from tests.support.typist import LAYOUT, RATE, Named, Typist, with_rate

OTHER = "rag"


def test_a_figure_typed_over_the_live_one_is_noticed(book: Document) -> None:
    cells = column(book, ["=FT_TCO(FT_Inputs)", f'=FT_NPV(FT_Inputs;"{OTHER}")'])
    Typist(book).figure("requests_per_month", "live", 1.0)
    for found in results(cells):
        assert_error(found, ["requests_per_month", "its live cell holds 1 ", "column base"])
    dashboard = book.Sheets.getByName(DASHBOARD)
    assert dashboard.getCellByPosition(PANEL_VALUE, PANEL["engine"]).String == "✗ differs"


def test_an_error_among_the_inputs_is_named_beside_the_native_figure(book: Document) -> None:
    """Calc hands no range with an error over; the functions are asked without it, and read the range themselves."""
    cells = column(book, ["=FT_TCO(FT_Inputs)", "=FT_TCO()"])
    wrong = Typist(book).cell(RATE)
    wrong.Formula = "=1/0"
    given, own = results(cells)
    assert str(given).startswith(("Err:", "#"))
    words = ["discount_rate", "holds the error #DIV/0!", "correct its formula"]
    assert_error(own, words)
    beside = book.Sheets.getByName(DASHBOARD).getCellByPosition(at.ENGINE, LAYOUT.dashboard.headlines["tco"])
    assert_error(beside.String, words)
    wrong.Value = 0.08
    wanted = calculate(with_rate(plan(), 0.08)).number("tco", plan().settings.option)
    assert results(cells) == [pytest.approx(wanted, rel=1e-12)] * 2


@pytest.mark.parametrize(
    "content, words",
    [
        ("ten", ["'ten'", "0.25 or 25%"]),
        ("", ["is empty", "type a number"]),
        ("1,234", ["holds the text '1,234', not a number", "not formatted as text"]),
        (10.0, ["for 10% type 10% or 0.1"]),
    ],
)
def test_an_input_that_cannot_be_read_is_named_with_its_cure(
    book: Document, content: str | float, words: list[str]
) -> None:
    cells = column(book, ["=FT_TCO(FT_Inputs)", "=FT_TCO()"])
    cell = Typist(book).cell(RATE)
    cell.setDataArray(((content,),))
    for found in results(cells):
        assert_error(found, ["FT_Inputs, row", RATE, *words])


@pytest.mark.parametrize("text", ["25%", " 0.25 ", "0.25"])
def test_a_number_as_a_text_is_refused(book: Document, text: str) -> None:
    cells = column(book, ["=FT_TCO_PV()", "=FT_TCO_PV(FT_Inputs)"])
    Typist(book).cell(RATE).String = text
    for found in results(cells):
        assert_error(found, [RATE, "holds the text"])


def test_a_workbook_that_counts_days_from_1904_gives_the_same(book: Document) -> None:
    asked = ['=FT_EXPLAIN("withdrawal_date")', '=FT_EXPLAIN("withdrawal_date";;FT_Inputs)', "=FT_VERDICT(FT_Inputs)"]
    before = results(column(book, asked))
    for cell in (Typist(book).setting("start"), Typist(book).cell("withdrawal_date")):
        cell.Value = cell.Value - serial(date(1904, 1, 1))
    book.NullDate = star("util.Date")(1, 1, 1904)
    now = results(column(book, [*asked, "=FT_NPV(FT_Inputs)", "=FT_NPV()"]))
    assert now[:2] == before[:2]
    assert now[3:] == [pytest.approx(calculate(plan()).number("npv", plan().settings.option), rel=1e-12)] * 2


QUESTIONS_TYPED = [
    ('=FT_TCO(FT_Inputs;"rags")', ["option", "'rags'", "did you mean 'rag'"]),
    ('=FT_TCO("rag")', ["inputs", "single value", "FT_Inputs"]),
    ("=FT_TCO(Z90:AA91)", ["inputs", "'setting'", "2 more"]),
    ("=FT_TCO(FT_Inputs;Z90:AA90)", ["option", "1 rows and 2 columns", "one cell"]),
    ("=FT_TCO(A1:IV9)", ["columns", "FT_Inputs"]),
    ("=FT_COST(;;FT_Inputs)", ["item", "missing", "=FT_COST("]),
    ('=FT_COST("hidde";;FT_Inputs)', ["item", "did you mean 'hidden'"]),
    ('=FT_COST("npv";;FT_Inputs)', ["is a measure", 'FT_MEASURE("npv")']),
    ('=FT_COST("hidden";9;FT_Inputs)', ["year 9", "1 to 3"]),
    ('=FT_COST("hidden";1.5;FT_Inputs)', ["year", "whole number"]),
    ('=FT_MEASURE("np")', ["no measure 'np'", "did you mean 'npv'"]),
    ('=FT_EXPLAIN("data_labelling";99)', ["month 99", "horizon"]),
    ('=FT_SCHEDULE("yaer")', ["by", "did you mean 'year'"]),
    ('=FT_PERCENTILE("tco";90)', ["no percentile at 90"]),
    ('=FT_GATES(;"rags")', ["option", "'rags'"]),
]


def test_a_wrong_argument_is_named_with_its_cure(book: Document) -> None:
    """All in column AD, so that no formula stands among the cells that it asks about."""
    area = probe(book).getCellRangeByName(f"AD200:AD{199 + len(QUESTIONS_TYPED)}")
    area.setFormulaArray(tuple((formula,) for formula, _ in QUESTIONS_TYPED))
    for (_, words), found in zip(QUESTIONS_TYPED, results(area), strict=True):
        assert_error(found, words)


def test_arguments_may_stand_in_cells(book: Document) -> None:
    sheet = probe(book)
    for place, value in (("P1", "hidden"), ("P2", "1"), ("P4", OTHER)):
        sheet.getCellRangeByName(place).String = value
    wanted = call("FT_COST", ["hidden", 1, None, OTHER], Named({INPUTS: inputs()}))
    for formula in ("=FT_COST(P1;P2;FT_Inputs;P4)", "=FT_COST(P1:P1;P2;P3;P4:P4)", '=FT_COST("hidden";1;;P4)'):
        assert asked_in(book, formula) == pytest.approx(wanted, rel=1e-12), formula
    other = call("FT_COST", ["hidden"], Named({INPUTS: inputs()}))
    assert asked_in(book, "=FT_COST(P1;P3;FT_Inputs;P3)") == pytest.approx(other, rel=1e-12)


def asked_in(document: Document, formula: str) -> float | str:
    return results(column(document, [formula]))[0]


def test_blank_rows_and_a_wider_range_change_nothing(book: Document) -> None:
    area = book.NamedRanges.getByName(INPUTS).getReferredCells()
    rows = area.getDataArray()
    copy = probe(book).getCellRangeByPosition(5, 300, 5 + len(rows[0]) - 1, 300 + len(rows) - 1)
    copy.setDataArray(rows)
    inserted = (*rows[:3], ("",) * len(rows[0]), *rows[3:])
    probe(book).getCellRangeByPosition(5, 700, 5 + len(rows[0]) - 1, 700 + len(rows)).setDataArray(inserted)
    wide = f"F701:{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[5 + len(rows[0])]}{705 + len(rows)}"
    found = results(column(book, ["=FT_NPV(FT_Inputs)", f"=FT_NPV({wide})"]))
    assert found[0] == found[1] == pytest.approx(calculate(plan()).number("npv", plan().settings.option), rel=1e-12)


def test_a_copy_of_the_inputs_is_answered_for_itself(book: Document) -> None:
    """Cells on equal inputs share an answer; when these become different, each gets its own."""
    area = book.NamedRanges.getByName(INPUTS).getReferredCells()
    rows = area.getDataArray()
    copy = probe(book).getCellRangeByPosition(5, 300, 5 + len(rows[0]) - 1, 300 + len(rows) - 1)
    copy.setDataArray(rows)
    cells = column(
        book, ["=FT_VERDICT(FT_Inputs)", f"=FT_VERDICT({copy.AbsoluteName})", f"=FT_NPV({copy.AbsoluteName})"]
    )
    before = results(cells)
    assert before[0] == before[1]
    Typist(book).figure("discount_rate", "base", 0.35)
    Typist(book).figure("value_per_request", "base", 0.0001)
    after = results(cells)
    assert after[0] != before[0]
    assert after[1:] == before[1:]
