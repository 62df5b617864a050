"""Rows and columns have the sizes that were asked for, and charts stand where they should on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.worksheet import Sheet


def loaded(file: File, path: Path) -> Any:
    file.save(path / "book.xlsx")
    return load_workbook(path / "book.xlsx").worksheets[0]


def sheet(file: File) -> Sheet:
    made = file.add_worksheet("One")
    made.write_string(5, 0, "last")
    return made


def test_sizes_are_in_whole_pixels(tmp_path: Path) -> None:
    file = File()
    one = sheet(file)
    one.set_column(0, 1, 10)
    one.set_column_pixels(2, 2, 100)
    one.set_row(0, 30)
    one.set_row_pixels(1, 21)
    found = loaded(file, tmp_path)
    widths = {letters: round(found.column_dimensions[letters].width * 7) for letters in ("A", "C")}
    assert widths == {"A": 75, "C": 100}
    assert (found.row_dimensions[1].height, found.row_dimensions[2].height) == (30, 15.75)


def test_a_column_that_is_set_again_has_the_last_width(tmp_path: Path) -> None:
    file = File()
    one = sheet(file)
    one.set_column(0, 9, 10)
    one.set_column(3, 4, 20)
    dimensions = loaded(file, tmp_path).column_dimensions
    spans = sorted((one.min, one.max, round(one.width * 7)) for one in dimensions.values())
    assert spans == [(1, 3, 75), (4, 5, 145), (6, 10, 75)]


def test_groups_have_their_totals_above(tmp_path: Path) -> None:
    file = File()
    one = sheet(file)
    one.set_level(2, 1)
    one.grid.hide(3)
    found = loaded(file, tmp_path)
    assert found.row_dimensions[3].outlineLevel == 1
    assert found.row_dimensions[4].hidden
    assert found.sheet_properties.outlinePr.summaryBelow is False


def test_rows_may_all_state_their_height(tmp_path: Path) -> None:
    file = File()
    sheet(file).fix_heights()
    assert loaded(file, tmp_path).row_dimensions[6].height == 15


def test_a_chart_that_begins_beyond_a_column_stands_in_a_later_one() -> None:
    one = sheet(File())
    one.set_column_pixels(0, 2, 100)
    anchor: Any = one.grid.anchor(4, 0, (200, 50), 250)
    assert (anchor._from.row, anchor._from.col, anchor._from.colOff) == (4, 2, 50 * 9525)
    assert (anchor.to.row, anchor.to.col, anchor.to.colOff) == (6, 5, 22 * 9525)
    assert anchor.to.rowOff == 10 * 9525
