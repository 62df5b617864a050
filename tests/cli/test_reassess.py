"""``ftroi reassess``: told first, written only where accepted, with the Log."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from ftroi.workbook.reading.file import read_plan
from tests.support.edited import Inputs, fine_tuning_by_id, small_workbook
from tests.support.running import Ftroi


def test_what_is_accepted_is_written_and_noted(ftroi: Ftroi, tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    inputs.cell("gpu_price").value = 6.0
    path = inputs.save()
    before = path.read_bytes()
    told = ftroi.done("reassess", path, "--model", "rag=gpt-4o-mini", "--json").json
    assert told["moves"]["gpu_price"]["was"] == 6
    assert told["prices"]["package"] == "genai-prices"
    assert path.read_bytes() == before
    assert "has not moved" in ftroi.refused("reassess", path, "--accept", "gpu_prise")
    out = ftroi.done("reassess", path, "--accept", "gpu_price").out
    assert "Written to" in out
    now = read_plan(path, fine_tuning_by_id)
    assert now.entries["gpu_price"].base == told["moves"]["gpu_price"]["now"]
    log = [[cell.value for cell in row] for row in load_workbook(path)["Log"].iter_rows()]
    assert any(row[1] == "Price: gpu_price" and row[2] == 6 and row[4] == "ftroi reassess" for row in log)
    assert any(str(row[1]).startswith("TCO of the proposed option") for row in log)
    again = ftroi.done("reassess", path, "--json").json
    assert "gpu_price" not in again["moves"]
