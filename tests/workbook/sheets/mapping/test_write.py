"""The sheet Mapping: rules as they stand, and rows for more."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from ftroi.workbook.schema import MAPPING_HEADERS, MAPPING_SHEET
from ftroi.workbook.sheets.mapping.write import HEADER_ROW
from ftroi.workbook.write import write_workbook
from tests.support.edited import fine_tuning_by_id, read_plan
from tests.support.tracked import billed_plan


def test_a_rule_that_a_person_adds_and_one_that_is_cleared(tmp_path: Path) -> None:
    path, plan = tmp_path / "plan.xlsx", billed_plan()
    write_workbook(plan, path)
    assert plan.actuals is not None
    count = len(plan.actuals.rules)
    book = load_workbook(path)
    sheet = book[MAPPING_SHEET]
    assert [cell.value for cell in sheet[HEADER_ROW + 1]][: len(MAPPING_HEADERS)] == list(MAPPING_HEADERS)
    for column in range(1, len(MAPPING_HEADERS) + 1):
        sheet.cell(HEADER_ROW + 2, column).value = None
    row = HEADER_ROW + 2 + count
    typed: dict[str, str | int] = {"rule": "parking", "account": 1001, "category": "hidden.compliance"}
    for header, text in typed.items():
        sheet.cell(row, MAPPING_HEADERS.index(header) + 1).value = text
    book.save(path)
    read = read_plan(path, fine_tuning_by_id).actuals
    assert read is not None
    assert [one.name for one in read.rules] == [*[one.name for one in plan.actuals.rules[1:]], "parking"]
    assert read.rules[-1].patterns == {"account": "1001"}
