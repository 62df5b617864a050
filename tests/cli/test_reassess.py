"""``ftroi reassess``: told first, written only where accepted, with the Log."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from tests.support.edited import Inputs, fine_tuning_by_id, read_plan, small_workbook
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


def test_in_a_terminal_each_price_is_asked_for(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    inputs.cell("gpu_price").value = 6.0
    path = inputs.save()
    plan = read_plan(path, fine_tuning_by_id)
    tokens = plan.entries["input_token_price"]
    terminal, ours = pty.openpty()
    command = [sys.executable, "-m", "ftroi", "reassess", str(path), "--model", "rag=gpt-4o-mini"]
    with subprocess.Popen(command, stdin=ours, stdout=ours, stderr=ours, close_fds=True) as running:
        os.close(ours)
        told = answered(terminal, {"gpu_price": b"y\n", "rag.": b"n\n"})
        assert running.wait(120) == 0, told
    os.close(terminal)
    assert "Write gpu_price: " in told
    assert "Write rag.input_token_price: " in told
    assert "Written to" in told
    now = read_plan(path, fine_tuning_by_id)
    assert now.entries["gpu_price"].base != 6
    assert now.entries["input_token_price"].own.get("rag") == tokens.own.get("rag")


def answered(terminal: int, answers: dict[str, bytes]) -> str:
    """Type an answer to each question, by what it is about, until the command ends; give all that was shown."""
    told, seen = "", 0
    while True:
        try:
            told += os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:  # the other end is closed
            return " ".join(told.split())
        while (end := told.find("[y/N]:", seen)) >= 0:
            question, seen = told[seen:end].rpartition("Write ")[2], end + 1
            os.write(terminal, next(answer for key, answer in answers.items() if question.startswith(key)))
