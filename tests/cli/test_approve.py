"""``ftroi approve``: who, when and of which inputs; void after a later edit."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from ftroi.workbook.layout.actuals import lay_out_actuals
from ftroi.workbook.schema import ACTUALS_SHEET
from ftroi.workbook.sheets.actuals.formulas import APPROVED, CHANGED
from tests.support.edited import Inputs, fine_tuning_by_id, read_plan, small_workbook
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


def test_an_approval_that_holds_no_longer_is_told_wherever_the_plan_is_looked_at(ftroi: Ftroi, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    answer = ftroi.done("approve", path, "--by", "A. Smith")
    assert "is no evidence for a gate: type it, with dates, on Gates for Approved budget" in answer.out
    looks = (("check",), ("calc",), ("reassess",), ("report", "--format", "html", "--output", tmp_path / "first.html"))
    told = "The approval by A. Smith of "
    for command, *rest in looks:
        assert told not in ftroi.done(command, path, *rest).err
    inputs = Inputs(path)
    inputs.cell("discount_rate").value = 0.12
    inputs.save()
    for command, *rest in looks[:3]:
        assert told in ftroi.done(command, path, *rest).err
    ftroi.done("report", path, "--format", "html", "--output", tmp_path / "board.html")
    assert (tmp_path / "board.html").read_text("utf-8").count("holds no longer") == 1
    ftroi.done("regenerate", path)
    shown = [str(cell.value) for row in load_workbook(path, data_only=True)["Start"].iter_rows() for cell in row]
    assert any(one.startswith("The approval holds no longer") for one in shown)


def test_prices_that_are_accepted_make_an_approval_void_and_say_so(ftroi: Ftroi, tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    inputs.cell("gpu_price").value = 6.0
    path = inputs.save()
    ftroi.done("approve", path, "--by", "A. Smith")
    moved = ftroi.done("reassess", path, "--accept", "gpu_price")
    assert "Written to" in moved.out
    assert "The approval by A. Smith of " in moved.err
