"""Cells are found where they were written, with what was written, by every reader."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.package_parts import open_parts
from ftroi.workbook.xlsx.stored_cells import read_raw
from ftroi.workbook.xlsx.worksheet import NOTHING, FormulaRow, Sheet
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
    file = File()
    sheet = file.add_worksheet("Cells")
    for number, place in enumerate(PLACES, start=1):
        sheet.write_number(*place, number)
    formulas = [f"{address(0, 0)}+{address(ROW, COLUMN + k - 1)}" if k else "A1" for k in range(SPREAD)]
    sheet.write_formulas(FormulaRow(ROW, COLUMN, formulas, NOTHING), [1.0, 2.0, 3.0, 4.0])
    file.save(path)
    return path


def test_every_cell_says_where_it_stands(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert text.count("<c ") == text.count('<c r="') == len(EXPECTED)


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


def written(folder: Path, write: Callable[[Sheet], None]) -> Path:
    """Write a workbook of one sheet."""
    file = File()
    write(file.add_worksheet("Cells"))
    file.save(folder / "one.xlsx")
    return folder / "one.xlsx"


@given(numbers=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_a_number_is_read_as_the_very_number_that_was_written(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[float]
) -> None:
    def write(sheet: Sheet) -> None:
        for row, number in enumerate(numbers):
            sheet.write_number(row, 0, number)
            sheet.write_formula(row, 1, f"A{row + 1}", value=number)

    path = written(tmp_path_factory.mktemp("numbers"), write)
    cells = load_workbook(path, data_only=True)["Cells"]
    assert [[cells.cell(row, column).value for column in (1, 2)] for row in range(1, len(numbers) + 1)] == [
        [number, number] for number in numbers
    ]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_not_written(tmp_path: Path, number: float) -> None:
    with pytest.raises(ValueError, match="no number that a cell can hold"):
        written(tmp_path, lambda sheet: sheet.write_number(0, 0, number))


TEXTS = ["=1+1", "@x", "  spaces  ", "line\nline", 'a & b <c> "d"', "a\ttab", "_x000D_ as typed", "\r", "💶 ü"]


def test_texts_are_read_as_they_were_written(tmp_path: Path) -> None:
    def write(sheet: Sheet) -> None:
        for row, text in enumerate(TEXTS):
            sheet.write_string(row, 0, text)
            sheet.write_formula(row, 1, f"A{row + 1}", value=text)

    with open_parts(written(tmp_path, write)) as parts:
        cells = parts.filled("Cells")
    assert [cells[row, 1].value for row in range(1, len(TEXTS) + 1)] == TEXTS
    assert [cells[row, 2].value for row in range(1, len(TEXTS) + 1)] == TEXTS


def test_dates_truths_and_empty_texts_keep_their_kind(tmp_path: Path) -> None:
    def write(sheet: Sheet) -> None:
        sheet.write_day(0, 0, date(2027, 1, 1), NOTHING)
        sheet.write_number(1, 0, number=True)
        sheet.write_formula(2, 0, "1=1", value=True)
        sheet.write_formula(3, 0, '""', value="")
        sheet.write_formula(4, 0, '="a"', value="a")

    path = written(tmp_path, write)
    with open_parts(path) as parts:
        values = [parts.filled("Cells")[row, 1].value for row in range(1, 6)]
    assert values == [46388.0, True, True, None, "a"]
