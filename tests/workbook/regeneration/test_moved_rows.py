"""A row that was put in is one edit, and what was edited besides is still told."""

from __future__ import annotations

from ftroi.workbook.regeneration.moved_rows import Rows, moved
from ftroi.workbook.xlsx.stored_cells import RawCell, RawSheet

WRITTEN = {
    (0, 0): "", (1, 1): "=A1*2", (2, 1): "=B2+Other!B3", (3, 1): "=SUM(B2:B3)", (4, 1): "=$B$4", (4, 2): '="B4 is"&B4',
}  # fmt: skip
AS_MOVED = {
    (0, 0): "", (1, 1): "=A1*2", (3, 1): "=B2+Other!B3", (4, 1): "=SUM(B2:B4)", (5, 1): "=$B$5", (5, 2): '="B4 is"&B5',
}  # fmt: skip


def sheet(cells: dict[tuple[int, int], str]) -> RawSheet:
    held = {place: RawCell(None, text[1:]) if text else RawCell("x") for place, text in cells.items()}
    return RawSheet("Here", held)


def test_what_is_expected_moves_as_the_spreadsheet_moved_it() -> None:
    rows = Rows(sheet(AS_MOVED), WRITTEN)
    assert rows.have_moved
    assert rows.put_in == [2]
    assert moved("Here", WRITTEN, {"Here": rows}) == AS_MOVED


def test_another_sheet_that_looks_there_moves_with_it() -> None:
    rows = Rows(sheet(AS_MOVED), WRITTEN)
    assert moved("There", {(0, 0): "=Here!$B$4+B4+'Here'!B2:B3"}, {"Here": rows}) == {
        (0, 0): "=Here!$B$5+B4+'Here'!B2:B4"
    }


def test_where_nothing_moved_nothing_is_said() -> None:
    assert not Rows(sheet(WRITTEN), WRITTEN).have_moved
