"""FT_SIMULATE, FT_PERCENTILE and FT_PROBABILITY: the figures of ``ftroi simulate`` and of the sheet Risk."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ftroi.analysis import judge_plan
from ftroi.analysis.risk.simulation import Setup, simulate
from ftroi.analysis.risk.snapshot import kept_of, stored_simulation
from ftroi.analysis.risk.statistics import simulated_names
from ftroi.functions.call import call
from ftroi.functions.question import Table
from ftroi.plan import calculate
from ftroi.workbook.schema import GATES, INPUTS, RISK_FIGURES
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.edited import small_plan

OPTION = "lora_hosted"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with the simulation that the command makes when it is told nothing else."""
    plan, setup = small_plan(), Setup()
    made = simulate(plan, plan.settings.options, simulated_names(plan), setup)
    kept = {option: kept_of(made, option, None) for option in made.options}
    path = tmp_path_factory.mktemp("functions") / "plan.xlsx"
    write_workbook(replace(plan, simulated=stored_simulation(plan, setup, kept, "now", None)), path)
    return path


@cache
def ranges(path: Path) -> dict[str, tuple[tuple[Any, ...], ...]]:
    with open_parts(path) as parts:
        areas = {name: parts.area_named(name) for name in (INPUTS, GATES, RISK_FIGURES)}
        return {
            name: tuple(tuple(cell.value for cell in row) for row in parts.cells(area))
            for name, area in areas.items()
            if area is not None
        }


class Workbook:
    """The named ranges of the workbook, or some of them; its days count from 1900."""

    days_offset = 0

    def __init__(self, path: Path, *names: str) -> None:
        self._ranges = {name: rows for name, rows in ranges(path).items() if not names or name in names}

    def range_named(self, name: str) -> tuple[tuple[Any, ...], ...] | None:
        return self._ranges.get(name)


@pytest.fixture(scope="module")
def report(path: Path) -> Any:
    command = [sys.executable, "-m", "ftroi", "simulate", str(path), "--option", OPTION, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["options"][OPTION]


def test_the_table_is_what_the_command_prints(path: Path, report: Any) -> None:
    table = call("FT_SIMULATE", [None, OPTION], Workbook(path))
    assert isinstance(table, tuple)
    headers, *rows = table
    found = {row[0]: dict(zip(headers[1:], row[1:], strict=True)) for row in rows}
    for name, told in report["measures"].items():
        want = {one: told[one] for one in ("mean", "standard_error", "base")} | told["percentiles"]
        assert found[name] == {key: "" if one is None else pytest.approx(one) for key, one in want.items()}
    for name, share in report["odds"].items():
        assert found[name]["mean"] == ("" if share is None else pytest.approx(share))


def test_percentiles_and_odds_are_those_of_the_command_and_of_the_sheet(path: Path, report: Any) -> None:
    sheet = {row[0]: row for row in ranges(path)[RISK_FIGURES]}
    column = sheet["name"].index(OPTION)
    for measure in ("tco", "npv"):
        for share in (0.05, 0.8):
            found = call("FT_PERCENTILE", [measure, share, None, OPTION], Workbook(path))
            assert found == pytest.approx(report["measures"][measure]["percentiles"][f"p{share * 100:.0f}"])
            assert found == pytest.approx(sheet[f"{measure}.p{share * 100:.0f}"][column])
    above = call("FT_PROBABILITY", ["npv", 0, None, OPTION], Workbook(path))
    assert above == report["odds"]["beats_reference"] == pytest.approx(sheet["beats_reference"][column])
    base = report["measures"]["tco"]["base"]
    above = call("FT_PROBABILITY", ["tco", base, None, OPTION], Workbook(path))
    assert above == pytest.approx(1 - sheet["tco_within_base"][column])


def test_any_measure_can_be_asked_for(path: Path) -> None:
    low, high = (call("FT_PERCENTILE", ["hidden_share", at], Workbook(path)) for at in ("10%", 0.9))
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert 0 < low < high < 1
    assert call("FT_PROBABILITY", ["hidden_share", high], Workbook(path)) == pytest.approx(0.1, abs=1e-3)


@pytest.mark.parametrize(
    "function, arguments, says",
    [
        ("FT_PERCENTILE", ["tcoo", 0.5], "no measure 'tcoo'; did you mean 'tco'"),
        ("FT_PERCENTILE", ["tco", 90], "no percentile at 90"),
        ("FT_PERCENTILE", ["roi", 0.5, None, "prompt_engineering"], "a number in none"),
        ("FT_PROBABILITY", ["tco", "much"], "not a number"),
    ],
)
def test_what_makes_no_sense_is_told(path: Path, function: str, arguments: list[Any], says: str) -> None:
    assert says in str(call(function, arguments, Workbook(path)))


def test_gates_of_odds_are_judged_by_the_workbooks_own_simulation(path: Path) -> None:
    def status(*names: str) -> Any:
        table = call("FT_GATES", [], Workbook(path, *names))
        assert isinstance(table, tuple)
        return gate_in(table)

    assert status() in ("pass", "fail")
    assert status(INPUTS, GATES) == "evidence pending"
    plan = small_plan()
    assert gate_in(tuple((one.id, "", one.word) for one in judge_plan(plan, calculate(plan)))) == "evidence pending"


def gate_in(table: Table) -> Any:
    return next(row[2] for row in table if row[0] == "probability_npv_positive")
