"""Formulas of the user's own among the inputs: written, read back, and refused with their cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.errors import WorkbookError
from ftroi.plan import calculate
from ftroi.termsheet.own_formulas import OwnFormula
from ftroi.workbook.write import write_workbook
from tests.support.edited import fine_tuning_by_id, read_plan, small_plan

LINE, OPTION = "data_labelling", "rag"


def test_a_workbook_keeps_it_among_the_inputs_and_reads_it_back(tmp_path: Path) -> None:
    plan = small_plan().with_formulas((OwnFormula(OPTION, LINE, "IF(month<=3,700,operate_flag*250)"),))
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    read = read_plan(path, fine_tuning_by_id)
    assert read.own_formulas == plan.own_formulas
    assert calculate(read).number("tco", OPTION) == calculate(plan).number("tco", OPTION)


def test_one_that_the_template_cannot_compute_is_a_finding_with_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(small_plan().with_formulas((OwnFormula(OPTION, LINE, "operate_flag"),)), path)
    book = load_workbook(path)
    cell = next(one for row in book["Assumptions"].iter_rows() for one in row if one.value == "operate_flag")
    cell.value = "no_such_name"
    book.save(path)
    with pytest.raises(WorkbookError, match=f"Assumptions!{cell.coordinate}.*no_such_name"):
        read_plan(path, fine_tuning_by_id)
