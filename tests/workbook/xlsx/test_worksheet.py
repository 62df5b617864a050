"""Cells of which few say where they stand are found where they were written, by every reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.package_parts import open_parts
from ftroi.workbook.xlsx.stored_cells import read_raw
from ftroi.workbook.xlsx.worksheet import FormulaRow, FormulaSheet
from tests.support.office import Office

PLACES = [(0, 0), (0, 1), (0, 3), (0, 6), (1, 1), (2, 0), (5, 2), (6, 0), (6, 5)]
"""Side by side, with gaps of one and of more, in rows that follow each other or not."""
ROW, COLUMN, SPREAD = 8, 2, 4
"""A row of formulas, filled to the right."""
EXPECTED = {place: float(number) for number, place in enumerate(PLACES, start=1)} | {
    (ROW, COLUMN + k): float(1 + k) for k in range(SPREAD)
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cells") / "cells.xlsx"
    with Workbook(str(path)) as file:
        sheet = file.add_worksheet("Cells", FormulaSheet)
        for number, place in enumerate(PLACES, start=1):
            sheet.write_number(*place, number)
        formulas = [f"{address(0, 0)}+{address(ROW, COLUMN + k - 1)}" if k else "A1" for k in range(SPREAD)]
        sheet.write_formulas(FormulaRow(ROW, COLUMN, formulas, file.add_format()), [1.0, 2.0, 3.0, 4.0])
    return path


def test_few_cells_say_where_they_stand(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert [cell for cell in ("A1", "B1", "D1", "G1", "B2", "C6", "F7") if f'r="{cell}"' in text] == ["G1", "C6", "F7"]


def test_openpyxl_finds_them(path: Path) -> None:
    cells = load_workbook(path, data_only=True)["Cells"]
    assert {(c.row - 1, c.column - 1): c.value for row in cells for c in row if c.value is not None} == EXPECTED


def test_our_readers_find_them(path: Path) -> None:
    with open_parts(path) as parts:
        filled = {(row - 1, column - 1): cell.value for (row, column), cell in parts.filled("Cells").items()}
        raw = {place: float(cell.value or "nan") for place, cell in read_raw(parts, "Cells").cells.items()}
    assert {place: value for place, value in filled.items() if value is not None} == EXPECTED
    assert raw == EXPECTED


def test_libreoffice_finds_them(office: Office, path: Path) -> None:
    with office.opened(path) as document:
        sheet = document.Sheets.getByName("Cells")
        shown = {(row, column): sheet.getCellByPosition(column, row).Value for row in range(10) for column in range(8)}
    assert {place: value for place, value in shown.items() if value} == EXPECTED
