"""Every figure and text of a workbook is read as it was written, by each of the readers that analysts use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ftroi.workbook.write import filled_book
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.worksheet import Formula, Number, Run, Sheet, Text
from tests.support.edited import small_plan, small_workbook

Cells: TypeAlias = Mapping[str, Mapping[tuple[int, int], object]]
"""What stands in each sheet by row and column."""

DAY_ZERO = date(1899, 12, 30)


def written(sheet: Sheet) -> Iterator[tuple[tuple[int, int], object]]:
    """What the writer put into the cells of a sheet: values of formulas, figures and texts."""
    for (row, column), cell in sheet.cells():
        if isinstance(cell, Run):
            yield from (((row, column + place), float(value)) for place, value in enumerate(cell.values))
        elif isinstance(cell, Formula):
            yield (row, column), cell.value
        elif isinstance(cell, Number):
            yield (row, column), cell.number
        elif isinstance(cell, Text):
            yield (row, column), cell.text


def with_openpyxl(path: Path) -> Cells:
    book: Any = load_workbook(path, data_only=True)
    return {
        sheet.title: {(cell.row - 1, cell.column - 1): cell.value for row in sheet.iter_rows() for cell in row}
        for sheet in book.worksheets
    }  # fmt: skip


def with_calamine(path: Path) -> Cells:
    book = CalamineWorkbook.from_path(path)
    rows = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {name: placed(found) for name, found in rows.items()}


def with_pandas(path: Path) -> Cells:
    frames = pd.read_excel(path, sheet_name=None, header=None, dtype=object, na_filter=False, engine="openpyxl")
    return {str(name): placed(frame.to_numpy().tolist()) for name, frame in frames.items()}


def placed(rows: list[list[Any]]) -> Mapping[tuple[int, int], object]:
    return {(row, column): value for row, cells in enumerate(rows) for column, value in enumerate(cells)}


def plain(value: object) -> object:
    """A value as every reader has it: dates as days, nothing as an empty text."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return float((value - DAY_ZERO).days)
    if isinstance(value, bool | int | float):
        return float(value)
    return value or ""


@pytest.mark.parametrize("read", [with_openpyxl, with_calamine, with_pandas])
def test_every_figure_and_text_is_read_as_it_was_written(read: Callable[[Path], Cells], tmp_path: Path) -> None:
    plan = small_plan()
    book = filled_book(plan, File(), None, plan.settings.options)
    found = read(small_workbook(tmp_path))
    assert list(found) == list(book.layout.order)
    count = 0
    for name in book.layout.order:
        wanted = {place: plain(value) for place, value in written(book.sheet(name)) if value != ""}
        seen = {place: plain(found[name].get(place)) for place in wanted}
        assert seen == wanted
        count += len(wanted)
    assert count > 50_000


def test_formulas_are_read_with_their_text(tmp_path: Path) -> None:
    plan = small_plan()
    book = filled_book(plan, File(), None, plan.settings.options)
    read = load_workbook(small_workbook(tmp_path))
    for name in book.layout.order:
        wanted = {place: text for place, text in book.sheet(name).written() if text}
        cells = {place: read[name].cell(place[0] + 1, place[1] + 1).value for place in wanted}
        assert {place: getattr(value, "text", value) for place, value in cells.items()} == wanted
