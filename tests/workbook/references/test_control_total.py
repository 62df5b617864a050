"""The control totals of the options' sheets: Calc computes what the engine does, and a changed formula moves them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.plan import calculate
from ftroi.workbook.layout.option import FIRST_MONTH, VALUE
from ftroi.workbook.references.control_total import CELL, TOLERANCE, control_totals
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan, small_workbook
from tests.support.office import Office

CHANGES = (("data_labelling", FIRST_MONTH, "=1"), ("npv", VALUE, "=7"), ("payback_months", VALUE, "=7"))
"""A line's first month, a figure, and one that may be a text, with what somebody types there."""


@pytest.mark.host
def test_calc_computes_the_totals_and_a_changed_formula_moves_them(office: Office, tmp_path: Path) -> None:
    layout, results = layout_of(small_plan()), calculate(small_plan())
    with office.opened(small_workbook(tmp_path)) as document:
        office.recalculate(document)
        for name, total in zip(layout.sheets.values(), control_totals(layout.option, results), strict=True):
            found = document.Sheets.getByName(name).getCellByPosition(*reversed(CELL)).Value
            assert found == pytest.approx(total, abs=TOLERANCE / 10)
        sheet = document.Sheets.getByName(layout.sheets["rag"])
        cell_of_total = sheet.getCellByPosition(*reversed(CELL))
        right = cell_of_total.Value
        for line, column, typed in CHANGES:
            cell = sheet.getCellByPosition(column, layout.option.rows[line])
            formula, cell.Formula = cell.Formula, typed
            assert abs(cell_of_total.Value - right) > TOLERANCE, line
            cell.Formula = formula
            assert cell_of_total.Value == pytest.approx(right, abs=TOLERANCE / 10)
