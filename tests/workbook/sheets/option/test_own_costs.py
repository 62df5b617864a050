"""An option's sheet lists by name the own costs that it bears, and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from ftroi.plan import ALL_BUT_NOTHING, OwnCost, plan_from_preset
from ftroi.workbook.layout.option import VALUE
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.plans import fine_tuning


def test_a_cost_stands_on_the_sheets_of_those_who_bear_it(tmp_path: Path) -> None:
    cost = OwnCost("Review board", ALL_BUT_NOTHING, "hidden.compliance", "cash", 1, 12, 500.0)
    plan = replace(plan_from_preset(fine_tuning(), "support_assistant", ["rag"]), own_costs=(cost,))
    write_workbook(plan, tmp_path / "plan.xlsx")
    layout, book = layout_of(plan), load_workbook(tmp_path / "plan.xlsx", data_only=True)
    row = layout.option.last_row + 4
    found = {option: (book[sheet].cell(row, 1).value, book[sheet].cell(row, VALUE + 1).value)
             for option, sheet in layout.sheets.items()}  # fmt: skip
    assert {option for option, (label, _) in found.items() if label} == set(plan.settings.options) - {"do_nothing"}
    assert found["rag"] == ("Review board", 6_000)
