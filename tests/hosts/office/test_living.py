"""A living spreadsheet in LibreOffice: edits are followed, files saved and opened again, workbooks kept apart."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ftroi.functions.call import call
from ftroi.plan import OwnCost, Plan, calculate
from ftroi.termsheet import serial
from ftroi.workbook.layout import dashboard as at
from ftroi.workbook.layout.dashboard import PANEL, PANEL_VALUE
from ftroi.workbook.layout.workbook import CHECKS_SHEET, DASHBOARD
from ftroi.workbook.references import engine as engine_cells
from ftroi.workbook.schema import AS_OF, CASE, GATES, GATES_SHEET, INPUTS, OPTION, RISK_FIGURES
from tests.support.calc import PROBE, column, probe, results, shown
from tests.support.function_answers import assert_same
from tests.support.function_sheet import plan
from tests.support.office import Document, Office
from tests.support.running import Ftroi
from tests.support.typist import LAYOUT, Named, Typist, with_rate

OTHER = "rag"

ASKED = {
    "=FT_TCO(FT_Inputs)": ("tco", ""),
    "=FT_NPV()": ("npv", ""),
    f'=FT_UNIT_COST(FT_Inputs;"{OTHER}")': ("unit_cost", OTHER),
    f'=FT_HIDDEN_MULTIPLE(;"{OTHER}")': ("hidden_multiple", OTHER),
    '=FT_MEASURE("peak_funding";FT_Inputs)': ("peak_funding", ""),
    "=FT_VALUE()": ("value", ""),
}
"""Formulas with the measure and the option that they ask about ("" for the option shown)."""

TABLE = '=FT_SCHEDULE("year";;FT_Inputs)'
THOUSAND = 1000


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str]) -> Ftroi:
    return Ftroi(capsys)


COST = OwnCost("Lawyers", "all", "hidden.integration", "cash", 1, 2, 1000.0, 0.0)
DAY = date(2027, 6, 1)

Edit = tuple[str, Callable[[Typist], None], Callable[[Plan], Plan]]

EDITS: list[Edit] = [
    ("a base", lambda sheet: sheet.figure("discount_rate", "base", 0.2), lambda one: with_rate(one, 0.2)),
    (
        "an option's own value",
        lambda sheet: sheet.figure("quality_level", OTHER, 0.7),
        lambda one: one.with_own("quality_level", OTHER, 0.7),
    ),
    ("an own cost", lambda sheet: sheet.own_cost(COST), lambda one: replace(one, own_costs=(COST,))),
    ("the start", lambda sheet: sheet.start(DAY), lambda one: one.with_settings(start=DAY)),
    ("the case", lambda sheet: sheet.selector(CASE, "pessimistic"), lambda one: one.with_settings(case="pessimistic")),
    ("the option", lambda sheet: sheet.selector(OPTION, OTHER), lambda one: one.with_settings(option=OTHER)),
]
"""What is typed into the workbook, one after the other, and what that means for the plan."""


def expected(of: Plan) -> list[float | str]:
    measured = [calculate(of).measure(name, option or of.settings.option) for name, option in ASKED.values()]
    return [one.text if one.value is None else one.value for one in measured]


def assert_all(found: list[float | str], wanted: list[float | str], what: str) -> None:
    for one, other in zip(found, wanted, strict=True):
        assert_same(one, other, what)


def test_edits_are_followed_and_the_saved_file_says_the_same(
    functions_office: Office, book: Document, tmp_path: Path, ftroi: Ftroi
) -> None:
    cells, sheet, now = column(book, list(ASKED)), Typist(book), plan()
    before = results(cells)
    for what, type_in, change in EDITS:
        type_in(sheet)
        now = change(now)
        found = results(cells)
        assert_all(found, expected(now), what)
        assert (found == before) == (what == "the start"), what
        before = found
    functions_office.save(book, tmp_path / "edited.xlsx")
    for (measure, option), found_ in zip(ASKED.values(), before, strict=True):
        report = ftroi.done("calc", tmp_path / "edited.xlsx", "--option", option or OTHER, "--json").json
        assert found_ == pytest.approx(report["measures"][measure], rel=1e-12)


def test_saved_closed_and_opened_again(functions_office: Office, book: Document, tmp_path: Path) -> None:
    cells = column(book, list(ASKED))
    probe(book).getCellRangeByName("C1:H30").setArrayFormula(TABLE)
    before, table = results(cells), probe(book).getCellRangeByName("C1:H30").getDataArray()
    path = tmp_path / "again.xlsx"
    functions_office.save(book, path)
    assert formulas_in(path) == {one.removeprefix("=").replace(";", ",") for one in (*ASKED, TABLE)}
    with functions_office.opened(path, editable=True) as again:
        sheet = again.Sheets.getByName(PROBE)
        found = sheet.getCellRangeByName(f"A1:A{len(ASKED)}")
        assert [cell_formula(found, row) for row in range(len(ASKED))] == [one.replace(";", ",") for one in ASKED]
        assert_all(results(found), before, "opened again")
        assert sheet.getCellRangeByName("C1:H30").getDataArray() == table
        Typist(again).figure("discount_rate", "base", 0.2)
        assert_all(results(found), expected(with_rate(plan(), 0.2)), "edited again")


def cell_formula(area: Any, row: int) -> str:
    """A formula as a person reads it in Calc."""
    return str(area.getCellByPosition(0, row).FormulaLocal)


def formulas_in(path: Path) -> set[str]:
    """The functions' formulas as the file spells them."""
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    (own,) = [text for text in sheets if "FT_PAYBACK" not in text and "FT_VALUE(" in text]
    return {text.replace("&quot;", '"') for text in re.findall(r"<f[^>]*>(FT_.*?)</f>", own)}


def test_a_thousand_cells_follow_an_edit(book: Document) -> None:
    kinds = ["=FT_TCO(FT_Inputs)", "=FT_NPV(FT_Inputs)", f'=FT_TCO(FT_Inputs;"{OTHER}")', "=FT_HIDDEN()"]
    asked = [("tco", ""), ("npv", ""), ("tco", OTHER), ("hidden", "")]
    cells = column(book, [kinds[row % 4] for row in range(THOUSAND)])
    for now in (plan(), with_rate(plan(), 0.2)):
        Typist(book).figure("discount_rate", "base", now.entries["discount_rate"].base)
        done = calculate(now)
        wanted = [done.number(name, option or now.settings.option) for name, option in asked]
        for row, found in enumerate(results(cells)):
            assert found == pytest.approx(wanted[row % 4], rel=1e-12), row


def test_two_workbooks_never_mix(functions_office: Office, book: Document, path: Path) -> None:
    with functions_office.opened(path, editable=True) as second:
        Typist(second).figure("discount_rate", "base", 0.2)
        cells = [column(one, list(ASKED)) for one in (book, second)]
        wanted = [expected(plan()), expected(with_rate(plan(), 0.2))]
        assert_all(results(cells[0]), wanted[0], "the first")
        assert_all(results(cells[1]), wanted[1], "the second")
        Typist(book).figure("discount_rate", "base", 0.3)
        assert_all(results(cells[1]), wanted[1], "the second, while the first is edited")
        assert_all(results(cells[0]), expected(with_rate(plan(), 0.3)), "the first, edited")
    Typist(book).figure("discount_rate", "base", 0.1)
    assert_all(results(cells[0]), expected(with_rate(plan(), 0.1)), "the first, when the second is closed")


def test_generated_cells_show_the_engines_figure_and_that_both_agree(book: Document) -> None:
    dashboard, checks = book.Sheets.getByName(DASHBOARD), book.Sheets.getByName(CHECKS_SHEET)
    row15 = LAYOUT.checks.checks["15"]
    for rate, case in ((0.08, "base"), (0.2, "pessimistic")):
        Typist(book).figure("discount_rate", "base", rate)
        Typist(book).selector(CASE, case)
        for row in LAYOUT.dashboard.headlines.values():
            native, engine, mark = (dashboard.getCellByPosition(one, row) for one in (at.SHOWN, at.ENGINE, at.MARK))
            assert mark.String in (engine_cells.AGREES, engine_cells.NOT_APPLICABLE), (row, engine.String)
            if mark.String == engine_cells.AGREES:
                assert_same(shown(engine), shown(native), row)
        assert dashboard.getCellByPosition(PANEL_VALUE, PANEL["engine"]).String == "✓ agrees"
        assert "pass" in checks.getCellRangeByPosition(0, row15, 9, row15).getDataArray()[0]


# --- gates ---------------------------------------------------------------------------------------------------


def test_gates_and_verdict_follow_the_day_and_the_gates(book: Document) -> None:
    verdict = column(book, ["=FT_VERDICT(FT_Inputs)", "=FT_VERDICT()"])
    area = probe(book).getCellRangeByName("C1:J18")
    area.setArrayFormula("=FT_GATES(FT_Inputs)")

    def same() -> tuple[Any, Any]:
        named = {name: book.NamedRanges.getByName(name).getReferredCells().getDataArray()
                 for name in (INPUTS, GATES, AS_OF, RISK_FIGURES)}  # fmt: skip
        own = call("FT_VERDICT", [], Named(named)), call("FT_GATES", [], Named(named))
        assert results(verdict) == [own[0], own[0]]
        assert isinstance(own[1], tuple)
        assert area.getDataArray()[: len(own[1])] == own[1]
        return own

    before = same()
    book.NamedRanges.getByName(AS_OF).getReferredCells().getCellByPosition(0, 0).Value = serial(date(2040, 1, 1))
    later = same()
    assert later[1] != before[1]
    row = next(iter(LAYOUT.gates.rows.values()))
    cell = book.Sheets.getByName(GATES_SHEET).getCellByPosition(LAYOUT.gates.columns["own threshold"], row)
    cell.Value = cell.Value + 1e12
    assert same()[1] != later[1]
