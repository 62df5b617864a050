"""``ftroi approve``: who, when and of which inputs; void after a later edit."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from ftroi.workbook.layout.actuals import lay_out_actuals
from ftroi.workbook.reading.file import read_plan
from ftroi.workbook.schema import ACTUALS_SHEET
from ftroi.workbook.sheets.actuals.formulas import APPROVED, CHANGED
from tests.support.edited import Inputs, fine_tuning_by_id, small_workbook
from tests.support.running import Ftroi


def state(path: Path) -> object:
    plan = read_plan(path, fine_tuning_by_id)
    cell = lay_out_actuals(plan).value("state").replace("$", "")
    return load_workbook(path, data_only=True)[ACTUALS_SHEET][cell].value


def test_an_approval_is_noted_and_void_after_an_edit(ftroi: Ftroi, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    answer = ftroi.done("approve", path, "--by", "A. Smith", "--json").json
    assert (answer["by"], answer["option"]) == ("A. Smith", "lora_hosted")
    assert state(path) == APPROVED
    told = [[str(cell.value) for cell in row] for row in load_workbook(path)["Log"].iter_rows()]
    assert any("A. Smith" in row and f"inputs {answer['inputs']}" in row[1] for row in told)
    inputs = Inputs(path)
    inputs.cell("discount_rate").value = 0.12
    inputs.save()
    ftroi.done("regenerate", path)
    assert state(path) == CHANGED
    assert "The verdict of this plan: Use retrieval (RAG)" in ftroi.done("approve", path, "--by", "B. Jones").out
    assert state(path) == APPROVED


def test_it_needs_a_name(ftroi: Ftroi, tmp_path: Path) -> None:
    assert "is no name" in ftroi.refused("approve", small_workbook(tmp_path), "--by", "  ")
