"""Promised and delivered on the Dashboard, as LibreOffice computes it, and the check that the sheet Actuals adds up."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.plan import calculate
from ftroi.workbook.layout.actuals import lay_out_actuals
from ftroi.workbook.layout.checks import STATE
from ftroi.workbook.layout.dashboard import PROMISED_KEYS
from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET, DASHBOARD
from ftroi.workbook.schema import ACTUALS_SHEET, BILLED_HEADERS
from ftroi.workbook.sheets.actuals.figures import Figures
from ftroi.workbook.sheets.dashboard.promised import DELIVERED, DIFFERENCE, PROMISED
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.edited import small_plan
from tests.support.office import Office
from tests.support.tracked import billed_plan

PLAN = billed_plan("A. Smith")
LAYOUT = layout_of(PLAN)
ROWS = LAYOUT.dashboard.promised
NUMBERS = ("cost", "to_date", "value", "gain")


def test_what_was_promised_stands_beside_what_was_billed_and_is_to_come(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(PLAN, path)
    cells = load_workbook(path, data_only=True)[DASHBOARD]

    def shown(key: str) -> list[object]:
        return [cells.cell(ROWS[key] + 1, column + 1).value for column in (PROMISED, DELIVERED, DIFFERENCE)]

    assert PLAN.actuals is not None
    figures = Figures(PLAN, PLAN.actuals, calculate(PLAN, months=60))
    tco = calculate(PLAN).number("tco", "lora_hosted")
    at_completion = sum(map(figures.forecast, PLAN.template.cost_categories))
    assert shown("cost") == pytest.approx([tco, at_completion, at_completion - tco])
    to_date = sum(map(figures.frozen_to_date, PLAN.template.cost_categories))
    assert shown("to_date") == pytest.approx([to_date, 1_000.25 + 1_450.75, 2_451 - to_date])
    for key, measure in (("value", "value"), ("gain", "npv")):
        was = calculate(PLAN).number(measure, "lora_hosted")
        assert shown(key) == pytest.approx([was, was, 0], abs=1e-6)
    assert shown("approval")[0] == "A. Smith, 2026-10-01. Approved: the inputs are those of the approval"


def test_a_plan_without_bills_or_approval_has_no_such_block(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(small_plan(), path)
    texts = [cell.value for row in load_workbook(path)[DASHBOARD].iter_rows() for cell in row]
    assert "Promised and delivered" not in texts
    assert layout_of(small_plan()).dashboard.promised == {}


@pytest.mark.host
def test_a_spreadsheet_computes_it_and_an_edit_is_seen(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(PLAN, path)
    saved = load_workbook(path, data_only=True)
    state = (LAYOUT.checks.checks["14"], STATE)
    with office.opened(path, editable=True) as document:
        dashboard, checks = (document.Sheets.getByName(name) for name in (DASHBOARD, CHECKS_SHEET))
        for key in PROMISED_KEYS:
            for column in (PROMISED, DELIVERED, DIFFERENCE) if key in NUMBERS else (PROMISED,):
                was = saved[DASHBOARD].cell(ROWS[key] + 1, column + 1).value
                now = dashboard.getCellByPosition(column, ROWS[key]).getDataArray()[0][0]
                assert now == (was if isinstance(was, str) else pytest.approx(was, rel=1e-9, abs=1e-6)), key
        assert checks.getCellByPosition(*state[::-1]).String == "pass"

        amount = document.Sheets.getByName(ACTUALS_SHEET).getCellByPosition(
            BILLED_HEADERS.index("category"), lay_out_actuals(PLAN).list_header + 1
        )
        category = amount.String
        amount.String = "visible.nowhere"
        office.recalculate(document)
        assert checks.getCellByPosition(*state[::-1]).String == "fail"
        amount.String = category

        sheet = document.Sheets.getByName(ASSUMPTIONS)
        at = LAYOUT.assumptions
        sheet.getCellByPosition(at.columns["base"], at.rows["discount_rate"]).Value = 0.11
        office.recalculate(document)
        assert "Void: inputs were changed" in dashboard.getCellByPosition(PROMISED, ROWS["approval"]).String
        assert dashboard.getCellByPosition(DIFFERENCE, ROWS["gain"]).Value != 0
