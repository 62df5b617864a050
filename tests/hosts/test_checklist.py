"""The workbook to tick off: every function is in it, and in LibreOffice with the add-in every mark says "agrees"."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.functions.call import ERROR
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.checklist import calls, write_checklist
from ftroi.plan import Plan, plan_from_preset
from ftroi.workbook.references.engine import AGREES, DIFFERS, NOT_APPLICABLE
from ftroi.workbook.sheets.checklist import CHECKLIST, EXPECTED, FIRST_ROW, MARK, SHOWN, TABLES, Call
from ftroi.workbook.xlsx.add_in_calls import EXCEL, NOT_LOADED, PLAIN
from tests.support.function_examples import shipped
from tests.support.office import Document, Office
from tests.support.plans import fine_tuning


@cache
def asked() -> list[Call]:
    """What the checklist of the built workbook asks, with the answers."""
    return list(calls(shipped()))


def last_row() -> int:
    return FIRST_ROW + len(asked()) - 1


def plan() -> Plan:
    return plan_from_preset(fine_tuning(), "support_assistant", ())


@pytest.fixture(scope="module")
def checklist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checklist") / "checklist.xlsx"
    write_checklist(plan(), path, PLAIN)
    return path


@pytest.fixture(scope="module")
def document(checklist: Path, office_with_add_in: Office) -> Iterator[Document]:
    """The checklist as LibreOffice with the add-in shows it."""
    with office_with_add_in.opened(checklist) as opened:
        assert office_with_add_in.errors(opened) == {}
        yield opened


def marks(document: Document) -> dict[str, str]:
    """The mark of each call."""
    sheet = document.Sheets.getByName(CHECKLIST)
    return {one.formula: sheet.getCellByPosition(MARK, row).String for row, one in enumerate(asked(), start=FIRST_ROW)}


def test_every_function_is_asked_and_answered() -> None:
    assert {one.name for one in asked()} == set(FUNCTIONS)
    told = [cell for one in asked() for row in rows(one.expected) for cell in row if isinstance(cell, str)]
    assert not [text for text in told if text.startswith(ERROR)]


def rows(answer: object) -> tuple[tuple[object, ...], ...]:
    return answer if isinstance(answer, tuple) else ((answer,),)


def test_each_is_asked_with_its_inputs_and_without() -> None:
    formulas = {one.formula for one in asked()}
    assert {"FT_TCO(FT_Inputs)", "FT_TCO()", 'FT_COST("hidden", 1)', "FT_VERDICT()", "FT_SIMULATE()"} <= formulas


@pytest.mark.host
def test_in_libreoffice_all_agree(document: Document) -> None:
    assert {formula: mark for formula, mark in marks(document).items() if mark != AGREES} == {}
    assert (
        document.Sheets.getByName(CHECKLIST).getCellByPosition(0, 2).String == f"{len(asked())} of {len(asked())} agree"
    )


@pytest.mark.host
def test_another_figure_or_text_than_expected_is_seen(document: Document) -> None:
    sheet = document.Sheets.getByName(CHECKLIST)
    for row, call in enumerate(asked(), start=FIRST_ROW):
        cell = sheet.getCellByPosition(EXPECTED, row)
        before = cell.Formula
        if cell.String == call.expected:
            cell.String = f"{cell.String}."
        else:
            cell.Value = cell.Value * 1.000001 + 0.00001
        assert sheet.getCellByPosition(MARK, row).String == DIFFERS, call.formula
        cell.Formula = before


@pytest.mark.host
def test_a_cell_of_a_table_that_differs_is_counted(document: Document) -> None:
    tables, below = document.Sheets.getByName(TABLES), 2
    for call, expected in ((one, one.expected) for one in asked() if isinstance(one.expected, tuple)):
        cell = tables.getCellByPosition(len(expected[0]) + 2, below + 2)
        before = cell.Formula
        cell.String = "something else"
        assert [formula for formula, mark in marks(document).items() if mark == DIFFERS] == [call.formula]
        cell.Formula = before
        below += len(expected) + 3
    assert set(marks(document).values()) == {AGREES}


@pytest.mark.host
@pytest.mark.parametrize("spelling", [PLAIN, EXCEL])
def test_without_the_add_in_nothing_is_claimed(spelling: str, checklist: Path, for_excel: Path, office: Office) -> None:
    """No range of the workbook is spelt like a function, which LibreOffice would take for it."""
    with office.opened(checklist if spelling == PLAIN else for_excel) as opened:
        found = marks(opened)
    assert set(found.values()) == {NOT_APPLICABLE}


@pytest.fixture(scope="module")
def for_excel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "checklist.xlsx"
    write_checklist(plan(), path, EXCEL)
    return path


def test_for_excel_every_call_goes_by_the_link_that_lists_it(for_excel: Path) -> None:
    with zipfile.ZipFile(for_excel) as package:
        link = package.read("xl/externalLinks/externalLink1.xml").decode()
    assert all(f'<definedName name="{name}"/>' in link for name in FUNCTIONS)
    sheet = load_workbook(for_excel)[CHECKLIST]
    shown = [sheet.cell(row, SHOWN + 1).value for row in range(FIRST_ROW + 1, last_row() + 2)]
    formulas = [one for one in shown if isinstance(one, str)]
    assert formulas
    assert all(one.startswith("=IFERROR([1]!FT_") for one in formulas)


def test_the_cells_hold_a_value_before_anything_is_calculated(checklist: Path) -> None:
    book = load_workbook(checklist, data_only=True)
    assert {book[CHECKLIST].cell(row, SHOWN + 1).value for row in range(FIRST_ROW + 1, last_row() + 2)} == {NOT_LOADED}
