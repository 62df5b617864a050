"""A formula typed over anywhere is told where the verdict stands; every formula of every sheet is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from ftroi.workbook.context import Book
from ftroi.workbook.layout.dashboard import BAR_COLUMNS, HEAD_ROW, LINE_ROWS
from ftroi.workbook.layout.workbook import ANNUAL, ASSUMPTIONS, CHECKS_SHEET, COMPARE, DASHBOARD
from ftroi.workbook.schema import GATES_SHEET, RISK_SHEET, VERDICT, VERDICT_CODE
from ftroi.workbook.sheets.guard import LABEL, formula_places
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import filled_book, write_workbook
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.file import File
from tests.conftest import require_office
from tests.support.edited import small_plan
from tests.support.office import AS_INSTALLED, Document, Office

OPTIONS = tuple(small_plan().settings.options)
OPTION_SHEETS = tuple(layout_of(small_plan()).sheets.values())
SHEETS = (ASSUMPTIONS, COMPARE, ANNUAL, RISK_SHEET, GATES_SHEET, CHECKS_SHEET, DASHBOARD)
ASKED = re.compile(r"ISFORMULA\(([A-Z]+\d+)\)")


@cache
def book() -> Book:
    """The small plan's workbook in the making."""
    return filled_book(small_plan(), File(), None, OPTIONS)


def guard_row(sheet: str) -> int:
    """The row of a sheet from which on it counts."""
    cells = book().sheet(sheet).cells()
    return next(row for (row, _), cell in cells if getattr(cell, "text", "") == LABEL)


def apart(sheet: str) -> set[str]:
    """The cells that nothing asks for: figures in force, low and high, the counts, and the bar that tells of them."""
    layout = book().layout
    if sheet == ASSUMPTIONS:
        typed = [layout.assumptions.columns[header] for header in ("live", "low", "high")]
        return {address(row, column) for row in layout.assumptions.rows.values() for column in typed}
    if sheet != DASHBOARD:
        return set()
    first, last = BAR_COLUMNS
    bar = {address(row, column) for row in (HEAD_ROW, *LINE_ROWS) for column in range(first, last + 1)}
    return bar | {address(row, column) for row in layout.dashboard.verdict.values() for column in range(5)}


@pytest.mark.parametrize("sheet", [*OPTION_SHEETS, *SHEETS])
def test_every_formula_of_a_sheet_is_asked_for(sheet: str) -> None:
    written = dict(book().sheet(sheet).written())
    top = guard_row(sheet)
    asked = {one for (row, _), text in written.items() if row > top for one in ASKED.findall(text)}
    formulas = {address(*place) for place, text in written.items() if text and place[0] < top}
    reasons = {one for one in formulas - asked if sheet == DASHBOARD and "Gates" in written[place_of(one)]}
    assert formulas - asked - apart(sheet) - reasons == set()
    assert asked <= formulas


def place_of(cell: str) -> tuple[int, int]:
    """A cell's row and column."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]  # an address
    column = 0
    for one in letters:
        column = column * 26 + ord(one) - ord("A") + 1
    return int(digits) - 1, column - 1


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Document]]:
    """The small plan's workbook, opened in LibreOffice as it is installed."""
    require_office()
    path = tmp_path_factory.mktemp("stock") / "plan.xlsx"
    write_workbook(small_plan(), path)
    office = Office(settings=AS_INSTALLED)
    yield office, office.open_as_saved(path)
    office.close()


@pytest.mark.host
@pytest.mark.parametrize("sheet", [OPTION_SHEETS[-2], *SHEETS])
def test_one_typed_over_takes_the_verdict_away_and_is_told(stock: tuple[Office, Document], sheet: str) -> None:
    """In the middle of each column with formulas; the formula put back brings the verdict back."""
    _, document = stock
    cells = document.Sheets.getByName(sheet)
    before = said(document)
    assert before[1] not in ("", "no_verdict")
    places = formula_places(book().sheet(sheet), frozenset())
    columns = list(places)[:: max(1, len(places) // 4)]
    hidden = apart(sheet)
    for column in columns:
        rows = [row for row in places[column] if row < guard_row(sheet) and address(row, column) not in hidden]
        if not rows or (sheet == DASHBOARD and column == 0):
            continue
        cell = cells.getCellByPosition(column, rows[len(rows) // 2])
        formula = cell.Formula
        cell.Value = 1.0
        sentence, code = said(document)
        assert code == "no_verdict", (sheet, cell.AbsoluteName)
        assert sentence.startswith("No verdict yet: ")
        cell.Formula = formula
        assert said(document) == before, cell.AbsoluteName


@pytest.mark.host
def test_the_sheet_is_named(stock: tuple[Office, Document]) -> None:
    _, document = stock
    for sheet, told in ((GATES_SHEET, GATES_SHEET), (COMPARE, COMPARE), (book().layout.sheets["rag"], "RAG")):
        places = formula_places(book().sheet(sheet), frozenset())
        column = max(column for column, rows in places.items() if min(rows) < guard_row(sheet))
        cell = document.Sheets.getByName(sheet).getCellByPosition(column, places[column][0])
        formula, cell.Value = cell.Formula, 0.0
        assert "was typed over" in said(document)[0]
        assert told in said(document)[0]
        cell.Formula = formula


def said(document: Document) -> tuple[str, str]:
    """The Dashboard's sentence, and the code of its verdict."""
    names = document.NamedRanges
    cells = (names.getByName(one).getReferredCells().getCellByPosition(0, 0) for one in (VERDICT, VERDICT_CODE))
    return tuple(cell.String for cell in cells)
