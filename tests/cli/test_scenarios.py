"""``ftroi scenarios``: the cases and named changes side by side; what is no scenario is refused."""

from __future__ import annotations

from pathlib import Path

from tests.support.running import Ftroi

SAMPLE = ("--preset", "support_assistant")


def test_cases_and_named_changes_stand_side_by_side(ftroi: Ftroi) -> None:
    change = "Slow start: ramp_months=18; requests_per_month=200k"
    told = ftroi.done("scenarios", *SAMPLE, "--named", change, "--json").json
    names = [one["name"] for one in told["scenarios"]]
    assert names == ["optimistic", "base", "pessimistic", "Slow start"]
    slow = told["scenarios"][-1]
    wanted = ftroi.done("calc", *SAMPLE, "--set", "ramp_months=18", "--set", "requests_per_month=200k", "--json").json
    assert slow["measures"]["npv"] == wanted["measures"]["npv"]
    assert slow["changes"] == ["ramp_months=18", "requests_per_month=200k"]
    text = ftroi.done("scenarios", *SAMPLE, "--named", change).out
    for words in (*names, "Best option", "Slow start: ramp_months=18, requests_per_month=200k"):
        assert words in text


def test_scenarios_are_written_kept_and_computed_again(ftroi: Ftroi, tmp_path: Path) -> None:
    plan = tmp_path / "plan.xlsx"
    ftroi.done("new", plan, "--options", "do_nothing,prompt_engineering,lora_hosted")
    slow = ("--named", "Slow start: ramp_months=18")
    told = ftroi.done("scenarios", plan, *slow, "--write").out
    assert "Written to the sheet Scenarios of" in told
    ftroi.done("regenerate", plan)
    again = ftroi.done("scenarios", plan, "--json").json["scenarios"]
    assert [one["name"] for one in again][3:] == ["Slow start"]
    wanted = ftroi.done("scenarios", plan, "--named", "Other: ramp_months=18", "--json").json["scenarios"]
    assert again[3]["measures"] == wanted[-1]["measures"]
    assert ftroi.done("check", plan).out


def test_write_wants_the_workbooks_own_inputs(ftroi: Ftroi, tmp_path: Path) -> None:
    assert "no workbook" in ftroi.refused("scenarios", *SAMPLE, "--write")
    plan = tmp_path / "plan.xlsx"
    ftroi.done("new", plan, "--options", "do_nothing,prompt_engineering,lora_hosted")
    assert "--set" in ftroi.refused("scenarios", plan, "--write", "--set", "ramp_months=3")


def test_what_is_no_scenario_is_refused(ftroi: Ftroi) -> None:
    assert "is no scenario" in ftroi.refused("scenarios", *SAMPLE, "--named", "ramp_months=18")
    assert "name of another scenario" in ftroi.refused("scenarios", *SAMPLE, "--named", "base: ramp_months=18")
    assert "ramp_moths" in ftroi.refused("scenarios", *SAMPLE, "--named", "Slow: ramp_moths=18")
