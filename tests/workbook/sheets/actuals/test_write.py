"""The sheet Actuals as LibreOffice computes it, and as it is read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.workbook.layout.actuals import ActualsLayout, lay_out_actuals
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.regeneration.regenerate import examine
from ftroi.workbook.schema import ACTUALS_SHEET, MAPPING_SHEET
from ftroi.workbook.sheets.actuals.formulas import AGAIN, APPROVED, CHANGED
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.edited import fine_tuning_by_id, read_plan, small_plan
from tests.support.office import Office
from tests.support.tracked import billed_plan


@pytest.mark.host
def test_a_spreadsheet_computes_what_the_engine_computes(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(billed_plan("A. Smith"), path)
    saved = load_workbook(path, data_only=True)[ACTUALS_SHEET]
    with office.opened(path) as document:
        assert office.errors(document) == {}
        computed = office.values(document)[ACTUALS_SHEET]
    for row in saved.iter_rows():
        for cell in row:
            now = computed[int(cell.row or 0) - 1][int(cell.column or 0) - 1]
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                assert now == pytest.approx(cell.value, rel=1e-9, abs=1e-6), cell.coordinate
            elif isinstance(cell.value, str):
                assert now == cell.value, cell.coordinate


@pytest.mark.host
def test_a_later_edit_voids_the_approval_and_the_verdict_asked_again(office: Office, tmp_path: Path) -> None:
    path, plan = tmp_path / "plan.xlsx", billed_plan("A. Smith")
    write_workbook(plan, path)
    layout, at = layout_of(plan), lay_out_actuals(plan)
    with office.opened(path, editable=True) as document:
        assert office.cell(document, ACTUALS_SHEET, at.value("state").replace("$", "")).String == APPROVED
        sheet = document.Sheets.getByName(ASSUMPTIONS)
        cell = sheet.getCellByPosition(layout.assumptions.columns["base"], layout.assumptions.rows["discount_rate"])
        cell.Value = 0.11
        office.recalculate(document)
        assert office.cell(document, ACTUALS_SHEET, at.value("state").replace("$", "")).String == CHANGED
        assert office.cell(document, ACTUALS_SHEET, at.value("decision").replace("$", "")).String == AGAIN


def test_what_was_billed_reads_back_and_no_cell_counts_as_edited(tmp_path: Path) -> None:
    path, plan = tmp_path / "plan.xlsx", billed_plan("A. Smith")
    write_workbook(plan, path)
    read = read_plan(path, fine_tuning_by_id).actuals
    assert read is not None
    assert plan.actuals is not None
    assert read.billed == plan.actuals.billed
    assert read.rules == plan.actuals.rules
    for name, months in plan.actuals.baseline.months.items():
        back = read.baseline.months[name]
        assert (back[: len(months)], sum(back[len(months) :])) == (months, 0)
    assert (read.to_date, read.basis, read.effects) == (6, "effective", {"volume": 1.5, "price": -2.0})
    found = examine(path, fine_tuning_by_id)
    assert (found.edits, found.own_sheets, found.not_kept) == ((), (), ())


def test_only_the_month_compared_is_typed(tmp_path: Path) -> None:
    path, plan = tmp_path / "plan.xlsx", billed_plan("A. Smith")
    write_workbook(plan, path)
    sheet, at = load_workbook(path)[ACTUALS_SHEET], lay_out_actuals(plan)
    shaded = {key for key in at.head if sheet[at.value(key).replace("$", "")].fill.fill_type == "solid"}
    assert shaded == {"to_date"}


def test_a_text_of_a_bill_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(billed_plan(), path)
    cells = [cell for row in load_workbook(path)[ACTUALS_SHEET].iter_rows() for cell in row]
    (said,) = [cell for cell in cells if str(cell.value).endswith("cmd: Parking")]
    assert said.data_type == "s"


def test_a_plan_without_bills_has_neither_sheet(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(small_plan(), path)
    assert not {ACTUALS_SHEET, MAPPING_SHEET} & set(load_workbook(path).sheetnames)
    assert layout_of(small_plan()).of(ActualsLayout).amounts == 0
