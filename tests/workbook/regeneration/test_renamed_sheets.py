"""A sheet of ours is known by its names: a renamed tab is no edit, and no name is ever defined twice."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import fine_tuning_by_id, read_plan, small_plan, small_workbook
from tests.support.office import Office

TODAY = date(2026, 11, 27)
RAG = layout_of(small_plan()).sheets["rag"]


@pytest.mark.host
@pytest.mark.parametrize("sheet", [ASSUMPTIONS, RAG])
def test_a_renamed_tab_is_no_edit_and_its_sheet_is_made_anew(sheet: str, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "saved.xlsx"
    with office.opened(small_workbook(tmp_path), editable=True) as document:
        document.Sheets.getByName(sheet).Name = "Sheet of ours"
        cell = document.Sheets.getByName(RAG if sheet != RAG else "Sheet of ours").getCellRangeByName("E30")
        cell.Value = 7.0
        office.save(document, path)
    found = examine(path, fine_tuning_by_id)
    assert found.own_sheets == ()
    assert [one.cells for one in found.edits] == ["E30"]
    regenerate(found, fine_tuning_by_id, TODAY)
    book = load_workbook(path)
    assert sheet in book.sheetnames
    assert "Sheet of ours" not in book.sheetnames
    assert max(Counter(name.casefold() for name in book.defined_names).values()) == 1
    assert read_plan(path, fine_tuning_by_id).entries == small_plan().entries
