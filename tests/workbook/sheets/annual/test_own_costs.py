"""Annual lists the own costs of the option shown by name, with what each comes to in every year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from ftroi.plan import ALL_BUT_NOTHING, OwnCost, plan_from_preset
from ftroi.workbook.layout.annual import FIRST_YEAR, TOTAL
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.plans import fine_tuning


def test_each_year_of_a_cost_stands_beside_its_name(tmp_path: Path) -> None:
    cost = OwnCost("Licence", ALL_BUT_NOTHING, "visible.licence", "cash", 13, 36, 1_200.0, how_often="yearly")
    plan = replace(plan_from_preset(fine_tuning(), "support_assistant", ["rag"]), own_costs=(cost,))
    write_workbook(plan, tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx", data_only=True)["Annual"]
    first = layout_of(plan).annual.own_costs
    row = [cell.value for cell in sheet[first + 1]]
    assert row[0] == "Licence"
    assert row[FIRST_YEAR : TOTAL + 1] == [0, 1_200, 1_200, 0, 0, 2_400]
    assert not sheet.cell(first + 2, 1).value
