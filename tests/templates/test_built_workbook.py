"""The workbook that comes with the template is the one that the template makes."""

from __future__ import annotations

from pathlib import Path

from ftroi.cli.plan_source import DEFAULT_PRESET, DEFAULT_TEMPLATE
from ftroi.plan import plan_from_preset
from ftroi.resources import templates_folder
from ftroi.workbook.write import write_workbook
from tests.support.package import parts
from tests.support.plans import fine_tuning

BUILT = templates_folder() / f"{DEFAULT_TEMPLATE}.xlsx"
ANEW = f"ftroi new {BUILT.parent.name}/{BUILT.name} --force"


def test_the_built_workbook_is_not_stale(tmp_path: Path) -> None:
    write_workbook(plan_from_preset(fine_tuning(), DEFAULT_PRESET), tmp_path / "fresh.xlsx")
    fresh, built = parts(tmp_path / "fresh.xlsx"), parts(BUILT)
    stale = sorted(name for name in fresh.keys() | built.keys() if fresh.get(name) != built.get(name))
    assert stale == [], f"{BUILT} is stale: write it anew with '{ANEW}'"


def test_a_stale_workbook_would_be_noticed(tmp_path: Path) -> None:
    plan = plan_from_preset(fine_tuning(), DEFAULT_PRESET, ["rag"])
    write_workbook(plan.with_base("discount_rate", 0.101), tmp_path / "other.xlsx")
    assert parts(tmp_path / "other.xlsx") != parts(BUILT)
