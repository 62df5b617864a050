"""How fast it is: figures and ratios of one run, printed, never a verdict.

Each figure stands beside a yardstick taken in the same run, because machines differ: numpy.exp
over as many numbers, or the start of Python with the libraries that a command needs anyway.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ftroi.engine import Inputs, evaluate
from ftroi.plan import Plan, calculate, inputs_of, plan_from_preset
from ftroi.resources import templates_folder
from ftroi.termsheet import load_template
from tests.support.plans import FT, fine_tuning
from tests.support.timing import Report, best

pytestmark = pytest.mark.benchmark

SCENARIOS = 10_000


def support() -> Plan:
    """The plan with ten options."""
    return plan_from_preset(fine_tuning(), "support_assistant")


def scattered(plan: Plan, scenarios: int) -> Inputs:
    """Inputs in which every uncertain assumption varies by scenario, for one option by itself."""
    alone = plan.with_settings(options=(FT,), option=FT, reference=FT, candidate=FT)
    inputs = inputs_of(alone)
    draw = np.random.default_rng(1)
    values = dict(inputs.values)
    for name, assumption in plan.template.assumptions.items():
        if assumption.table.kind == "uncertain":
            values[name] = values[name] * draw.uniform(0.95, 1.0, (1, 1, scenarios))
    return replace(inputs, values=values)


def test_loading_and_checking_the_template(report: Report) -> None:
    seconds = best(lambda: load_template(templates_folder() / "fine_tuning"))
    report(f"load and check the template: {seconds * 1e3:.0f} ms (goal 150)")


def test_all_ten_options_of_one_plan(report: Report) -> None:
    plan = support()
    calculate(plan)
    seconds = best(lambda: calculate(plan), 20)
    cells = sum(array.size for array in calculate(plan).arrays.values())
    numbers = np.ones(cells)
    yardstick = best(lambda: np.exp(numbers), 20)
    report(f"ten options, 36 months, warm: {seconds * 1e3:.1f} ms (goal 10), {seconds / yardstick:.0f} x numpy.exp")


def test_ten_thousand_scenarios_of_one_option(report: Report) -> None:
    plan = support()
    inputs = scattered(plan, SCENARIOS)
    wanted = ("tco", "tco_pv", "value")
    evaluate(plan.template, inputs, wanted)
    seconds = best(lambda: evaluate(plan.template, inputs, wanted))
    numbers = np.ones(36 * SCENARIOS)
    yardstick = best(lambda: np.exp(numbers))
    report(f"10,000 scenarios of one option: {seconds:.3f} s (goal 0.2), {seconds / yardstick:.0f} rows of numpy.exp")


def process(*arguments: str) -> float:
    """The shortest of several whole processes, in seconds."""
    return best(lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True), 5)


def test_help_of_the_command_line(report: Report) -> None:
    bare, ours = process("-c", "import typer"), process("-m", "ftroi", "--help")
    report(f"ftroi --help: {ours:.2f} s, {ours / bare:.1f} x python -c 'import typer' (goal 3)")


def test_a_new_workbook_as_a_whole_process(report: Report, tmp_path: Path) -> None:
    bare = process("-c", "import numpy, openpyxl, pydantic, typer")
    path = tmp_path / "plan.xlsx"
    seconds = process("-m", "ftroi", "new", str(path), "--force")
    size = path.stat().st_size / 1e6
    report(f"ftroi new: {seconds:.2f} s (goal 3), {seconds / bare:.1f} x its imports, {size:.2f} MB")
