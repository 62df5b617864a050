"""What a person may break on the sheet Actuals is told with its cell, and no amount is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.errors import WorkbookError
from ftroi.workbook.layout.actuals import lay_out_actuals
from ftroi.workbook.schema import ACTUALS, ACTUALS_SHEET, BASELINE, BILLED_HEADERS, MAPPING
from ftroi.workbook.write import write_workbook
from tests.support.edited import fine_tuning_by_id, read_plan
from tests.support.tracked import billed_plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "plan.xlsx"
    write_workbook(billed_plan(), target)
    return target


@pytest.mark.parametrize("header", ["amount", "month", "rows"])
def test_a_cell_that_is_no_figure(path: Path, header: str) -> None:
    at = lay_out_actuals(billed_plan())
    book = load_workbook(path)
    cell = book[ACTUALS_SHEET].cell(at.list_header + 2, BILLED_HEADERS.index(header) + 1)
    cell.value = "twelve"
    book.save(path)
    with pytest.raises(WorkbookError, match=f"{ACTUALS_SHEET}!{cell.coordinate}"):
        read_plan(path, fine_tuning_by_id)


@pytest.mark.parametrize("name", [ACTUALS, BASELINE, MAPPING])
def test_a_name_that_is_gone(path: Path, name: str) -> None:
    book = load_workbook(path)
    del book.defined_names[name]
    book.save(path)
    with pytest.raises(WorkbookError, match=name):
        read_plan(path, fine_tuning_by_id)
