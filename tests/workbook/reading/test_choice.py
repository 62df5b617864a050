"""Which options a workbook is to have: said on Start, brought into effect by a regeneration."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.plan import plan_from_preset
from ftroi.workbook.layout.start import ANSWER, StartLayout
from ftroi.workbook.sheets.registry import layout_of
from tests.support.plans import fine_tuning
from tests.support.running import Ftroi


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str]) -> Ftroi:
    return Ftroi(capsys)


def test_start_chooses_the_options_and_everything_else_is_kept(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    ftroi.done("new", path, "--set", "requests_per_month=2M", "--set", "rag.run_fte=0.9")
    rows = layout_of(plan_from_preset(fine_tuning(), "support_assistant")).of(StartLayout).options
    book = load_workbook(path)
    for option, answer in (("distillation", "Yes"), ("bigger_model_few_shot", "no"), ("lora_hosted", "no")):
        book["Start"].cell(rows[option] + 1, ANSWER + 1).value = answer
    book.save(path)
    told = ftroi.done("regenerate", path).out
    assert "distillation" in told
    found = ftroi.done("compare", path, "--json").json["options"]
    assert list(found) == [
        "do_nothing", "prompt_engineering", "rag", "lora_hosted", "lora_self_hosted", "distillation",
    ]  # fmt: skip  # the proposed option stays, whatever was answered
    changes = ("--set", "requests_per_month=2M", "--set", "rag.run_fte=0.9")
    expected = ftroi.done("compare", "--preset", "support_assistant", *changes, "--json").json["options"]
    assert found["rag"]["tco"] == expected["rag"]["tco"]
