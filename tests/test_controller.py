"""A controller's first months: a plan in January, three months of bills, prices in April, the board in May."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.termsheet import serial
from ftroi.workbook.layout.dashboard import PROMISED_KEYS
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.schema import ACTUALS_SHEET
from ftroi.workbook.sheets.dashboard.promised import DELIVERED, PROMISED
from ftroi.workbook.sheets.registry import layout_of
from tests.support.bills import OPENAI_COSTS, table
from tests.support.edited import Inputs, fine_tuning_by_id, read_plan
from tests.support.running import Ftroi

_DAY = 86_400
_JANUARY = 1_798_761_600
"""The first second of 2027."""


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ftroi:
    """The command line, with a home of its own."""
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")
    return Ftroi(capsys)


def bill(folder: Path, month: int, amount: float) -> Path:
    """OpenAI's costs of a month of 2027: tokens, and something that no rule knows."""
    first = date(2027, month, 1)
    start = _JANUARY + (first - date(2027, 1, 1)).days * _DAY
    iso = f"{first}T00:00:00+00:00"
    rows = [
        (start, start + _DAY, iso, iso, part, "USD", item, "p", "org", "Acme")
        for part, item in ((amount, "gpt-4o-mini, input"), (9.5, "Parking"))
    ]
    path = folder / f"{first:%B}.csv"
    path.write_text(table(OPENAI_COSTS, rows))
    return path


def told_on_dashboard(path: Path, key: str) -> str:
    """What stands in a row of Promised and delivered."""
    rows = layout_of(read_plan(path, fine_tuning_by_id)).dashboard.promised
    assert set(rows) == set(PROMISED_KEYS)
    return str(load_workbook(path, data_only=True)[DASHBOARD].cell(rows[key] + 1, PROMISED + 1).value)


def test_a_plan_lives_from_january_to_may(ftroi: Ftroi, tmp_path: Path) -> None:
    path, january = tmp_path / "plan.xlsx", tmp_path / "january.xlsx"

    # January: the plan, and its approval.
    ftroi.done("new", path, "--preset", "support_assistant", "--options", "rag", "--set", "start=2027-01-01")
    approved = ftroi.done("approve", path, "--by", "A. Smith, CFO", "--json").json
    shutil.copy(path, january)
    assert "A. Smith, CFO" in told_on_dashboard(path, "approval")
    assert "Approved: the inputs are those of the approval" in told_on_dashboard(path, "approval")

    # February to April: a bill each month.
    for month, amount in ((1, 1_200.0), (2, 1_350.0), (3, 1_500.0)):
        written = ftroi.done("actuals", path, bill(tmp_path, month, amount), "--write", "--json").json
        assert written["months_to_date"] == month
    assert written["approved"] == pytest.approx(approved["cost"])
    assert written["apart"]["not assigned"] == pytest.approx(3 * 9.5)
    assert written["billed"] == pytest.approx(1_200 + 1_350 + 1_500)
    assert read_plan(path, fine_tuning_by_id).actuals is not None

    # April: a price of the plan is above the list, and the vendor announces a withdrawal.
    inputs = Inputs(path)
    inputs.cell("gpu_price").value = 6.0
    inputs.cell("withdrawal_date", "lora_hosted").value = serial(date(2028, 6, 30))
    inputs.save()
    found = ftroi.done("reassess", path, "--json").json
    assert found["moves"]["gpu_price"]["was"] == 6
    assert found["moves"]["gpu_price"]["alone"]["cost"] <= found["before"]["cost"]
    assert any("withdraws it on 2028-06-30" in one for one in found["warnings"])
    ftroi.done("reassess", path, "--accept", "gpu_price")
    assert "Void: inputs were changed" in told_on_dashboard(path, "approval")

    # A figure of the Dashboard is followed to its bills, their lines and rules, and to the Log.
    behind = ftroi.done("explain", path, "visible.serving", "--option", "lora_hosted", "--json").json["history"]
    assert [(one["file"], one["first_line"], one["amount"], one["rule"]) for one in behind["billed"]] == [
        ("January.csv", 2, 1_200, "tokens"), ("February.csv", 2, 1_350, "tokens"), ("March.csv", 2, 1_500, "tokens"),
    ]  # fmt: skip
    for one in behind["billed"]:
        assert f',{one["amount"]:.1f},USD,"gpt-4o-mini, input",' in (tmp_path / one["file"]).read_text().splitlines()[1]
    dashboard = layout_of(read_plan(path, fine_tuning_by_id)).dashboard
    delivered = load_workbook(path)[DASHBOARD].cell(dashboard.promised["to_date"] + 1, DELIVERED + 1).value
    assert str(delivered).startswith("=Actuals!")
    assert sum(one["amount"] for one in behind["billed"]) == written["billed"]
    told = [one["what"].partition(";")[0] for one in behind["log"]]
    assert told[1:4] == [f"Bills read: {month}.csv" for month in ("January", "February", "March")]
    assert behind["template"].startswith("fine_tuning ")
    assert (behind["approval"]["by"], behind["approval"]["holds"]) == ("A. Smith, CFO", False)
    out = ftroi.done("explain", path, "visible.serving", "--option", "lora_hosted").out
    assert "2027-02 1,350.00 visible.serving: February.csv, line 2, rule tokens" in out

    # May: what does the board ask? What was promised, what changed, and whether to go on.
    told = ftroi.done("actuals", path, bill(tmp_path, 3, 1_500.0), "--json").json
    assert told["against"].startswith("the plan approved by A. Smith, CFO on ")
    changed = ftroi.done("diff", january, path, "--json").json
    # The accepted price is January's again: the withdrawal is what changed.
    assert "withdrawal_date" in {one["name"] for one in changed["changes"]}
    for name, figures in changed["figures"].items():
        assert sum(step[name] for step in changed["waterfall"]) == pytest.approx(figures["change"])
    ftroi.done("report", path, "--since", january, "--output", tmp_path / "board.html")
    page = (tmp_path / "board.html").read_text(encoding="utf-8")
    assert "What changed since january.xlsx" in page
    assert told_on_dashboard(path, "decision") in ("Go on", "Stop", "Switch to the baseline option")
    assert ACTUALS_SHEET in load_workbook(path, read_only=True).sheetnames
    log = [one.what for one in read_plan(path, fine_tuning_by_id).log]
    assert any(one.startswith("Approved: lora_hosted") for one in log)
    assert sum(one.startswith("Bills read") for one in log) == 3
    assert "Price: gpu_price" in log
