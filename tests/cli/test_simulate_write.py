"""``ftroi simulate --write``: the sheet Risk of the user's own workbook, and nothing else of it changed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.analysis.risk.freshness import state_of
from ftroi.analysis.risk.simulation import MOST_DRAWS
from ftroi.plan.simulated import FRESH
from ftroi.workbook.layout.workbook import LOG
from tests.support.edited import Inputs, fine_tuning_by_id, read_plan, small_workbook
from tests.support.running import Ftroi

OWN = {
    "label": "Audit", "option": "all", "category": "hidden.compliance", "nature": "cash", "first_month": 1,
    "last_month": 12, "amount": 100,
}  # fmt: skip
FEW = ("--draws", "256", "--seed", "7")


def edited(folder: Path) -> Path:
    """A workbook with a typed figure, an own cost and a sheet of the user's own."""
    inputs = Inputs(small_workbook(folder))
    inputs.cell("discount_rate").value = 0.12
    inputs.own_cost(1, **OWN)
    inputs.book.create_sheet("Mine")["A1"] = "kept"
    return inputs.save()


def test_the_sheet_is_written_and_inputs_are_kept(ftroi: Ftroi, tmp_path: Path) -> None:
    path = edited(tmp_path)
    before = path.read_bytes()
    report = ftroi.done("simulate", path, "--write", "--all", "--json", *FEW).json
    assert report["written"] == str(path)
    assert Path(report["backup"]).read_bytes() == before
    plan = read_plan(path, fine_tuning_by_id)
    assert plan.entries["discount_rate"].base == 0.12
    assert [cost.label for cost in plan.own_costs] == ["Audit"]
    book = load_workbook(path)
    assert book["Mine"]["A1"].value == "kept"
    told = [str(cell.value) for row in book[LOG].iter_rows() for cell in row]
    assert any(text.startswith("Simulated: 256 draws (sobol), seed 7") for text in told)
    assert "ftroi simulate" in told


def test_the_sheet_has_the_figures_of_the_command(ftroi: Ftroi, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    report = ftroi.done("simulate", path, "--write", "--all", "--json", *FEW).json
    plan = read_plan(path, fine_tuning_by_id)
    assert state_of(plan) == FRESH
    simulated = plan.simulated
    assert simulated is not None
    assert (simulated.stamp.draws, simulated.stamp.seed, simulated.stamp.method) == (256, 7, "sobol")
    for option, told in report["options"].items():
        for measure in ("tco", "npv"):
            found = told["measures"][measure]
            assert simulated.number(f"{measure}.mean", option) == pytest.approx(found["mean"], rel=1e-12)
            for at, figure in found["percentiles"].items():
                assert simulated.number(f"{measure}.{at}", option) == pytest.approx(figure, rel=1e-12)
        for name, share in told["odds"].items():
            assert simulated.number(name, option) == (None if share is None else pytest.approx(share, rel=1e-12))


def test_what_makes_no_sense_is_refused_before_anything_is_drawn(ftroi: Ftroi, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    before = path.read_bytes()
    assert "there is no workbook" in ftroi.refused("simulate", "--preset", "support_assistant", "--write")
    assert "--set changes others" in ftroi.refused("simulate", path, "--write", "--set", "discount_rate=9%")
    lock = tmp_path / f".~lock.{path.name}#"
    lock.write_text(",ann,desk,")
    assert "is open in LibreOffice (ann on desk)" in ftroi.refused("simulate", path, "--write")
    lock.unlink()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_edited_formula_is_not_lost_unasked(ftroi: Ftroi, tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    sheet = inputs.book["Compare"]
    cell = next(one for row in sheet.iter_rows() for one in row if str(one.value).startswith("="))
    cell.value = "=1"
    path = inputs.save()
    before = path.read_bytes()
    message = ftroi.refused("simulate", path, "--write", *FEW)
    assert f"Compare!{cell.coordinate} was edited" in message
    assert "--yes" in message
    assert path.read_bytes() == before
    ftroi.done("simulate", path, "--write", "--yes", *FEW)
    assert state_of(read_plan(path, fine_tuning_by_id)) == FRESH


def is_written(folder: Path) -> bool:
    """Say whether the new file is in the making."""
    return any(path.name.startswith(".ftroi-") for path in folder.iterdir())


def test_killed_outright_it_leaves_the_old_workbook(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    before = path.read_bytes()
    command = [sys.executable, "-m", "ftroi", "simulate", str(path), "--write", "--draws", "256"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not is_written(tmp_path):
            time.sleep(0.005)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert state_of(read_plan(path, fine_tuning_by_id)) == "not simulated yet"


def interrupted(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Press Ctrl+C, and again after a while: Python drops one that falls into a clean-up of its own."""
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        try:
            return process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("it does not stop")


@pytest.mark.parametrize("draws, moment", [(MOST_DRAWS, lambda _folder: True), (256, is_written)])
def test_stopping_leaves_the_old_workbook_and_nothing_else(
    tmp_path: Path, draws: int, moment: Callable[[Path], bool]
) -> None:
    """Stop it while it draws, and while it writes."""
    path = small_workbook(tmp_path)
    before = path.read_bytes()
    command = [sys.executable, "-m", "ftroi", "simulate", str(path), "--write", "--draws", str(draws)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(1.5 if draws == MOST_DRAWS else 0)
        while process.poll() is None and not moment(tmp_path):
            time.sleep(0.005)
        out, err = interrupted(process)
    assert process.returncode not in (0, 2), out + err
    assert "Traceback" not in err
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
