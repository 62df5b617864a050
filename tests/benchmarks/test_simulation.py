"""How fast a simulation is, beside a twin by hand, numpy.exp and a spreadsheet: figures of one run, never a verdict.

Run by itself: ``pytest -m benchmark tests/benchmarks/test_simulation.py``. Goals stand beside the figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ftroi.analysis.risk.ahead import compile_ahead
from ftroi.analysis.risk.draws import of_options
from ftroi.analysis.risk.simulation import Setup, simulate
from ftroi.analysis.risk.statistics import simulated_names
from ftroi.engine import Inputs, evaluate
from ftroi.engine.numba_backend import compile as kernels
from ftroi.plan import Plan, inputs_of, plan_from_preset
from ftroi.resources import HOME_VARIABLE
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.drawn import scattered
from tests.support.memory import IS_TOLD
from tests.support.office import Office
from tests.support.plans import DN, FT, PE, fine_tuning
from tests.support.typing_in import type_figures

pytestmark = pytest.mark.benchmark

DRAWS = 100_000
TYPED = 20
Report = Callable[[str], None]


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The shortest of several runs, in seconds, after one that does not count."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def support() -> Plan:
    return plan_from_preset(fine_tuning(), "support_assistant")


def alone(option: str) -> Inputs:
    """Many draws of one option, which is its own reference."""
    inputs = of_options(scattered(inputs_of(support()), DRAWS), [option])
    return replace(inputs, parties=dict.fromkeys(inputs.parties, option))


@pytest.fixture
def by_numpy(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], float]:
    """The seconds of some work that numpy does alone."""

    def seconds(work: Callable[[], object]) -> float:
        with monkeypatch.context() as patch:
            patch.setattr(kernels, "WORTH_LOADING", DRAWS * 100)
            return best(work, 3)

    return seconds


Timed = Callable[[Callable[[], object]], float]


def test_one_option_beside_its_twin(
    report: Report, by_numpy: Timed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    twin = pytest.importorskip("tests.support.twin", exc_type=ImportError)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    inputs = alone(FT)
    records, own, out = twin.twin_records(inputs, FT), twin.twin_own_costs(inputs, FT), np.empty(DRAWS)
    by_hand = best(lambda: twin.present_costs(records, own, out))
    numbers = np.linspace(0, 1, inputs.months * DRAWS)
    yardstick = best(lambda: np.exp(numbers))
    work = partial(evaluate, fine_tuning(), inputs, ["tco_pv"], sums=True)
    plain = by_numpy(work)
    start = time.perf_counter()
    work()
    first, fast = time.perf_counter() - start, best(work)
    report(
        f"the twin, {DRAWS:,} draws x {inputs.months} months: {by_hand:.3f} s, {by_hand / yardstick:.0f} x numpy.exp"
    )
    report(f"numpy on one thread: {plain:.3f} s, {plain / by_hand:.1f} x the twin")
    report(f"compiled: {fast:.3f} s, {fast / by_hand:.2f} x the twin (goal 1.5); first time {first:.1f} s")


def test_one_option_and_its_reference_beside_their_twin(
    report: Report, by_numpy: Timed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    twin = pytest.importorskip("tests.support.twin", exc_type=ImportError)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    plan = support().with_settings(incumbent=PE)
    inputs = of_options(scattered(inputs_of(plan), DRAWS), [PE, FT])
    both: list[Any] = []
    for option in (FT, PE, PE):
        both.extend((twin.twin_records(inputs, option), twin.twin_own_costs(inputs, option)))
    out = np.empty((2, DRAWS))
    by_hand = best(lambda: twin.present_costs_and_npv(*both, out))
    work = partial(evaluate, fine_tuning(), inputs, ("tco_pv", "npv"), sums=True)
    plain, fast = by_numpy(work), best(work)
    ratios = f"numpy {plain / by_hand:.1f} x, compiled {fast / by_hand:.2f} x (goal 1.5)"
    report(f"tco_pv and npv of an option and its reference: twin {by_hand:.3f} s, {ratios}")


def test_a_whole_simulation(report: Report, by_numpy: Timed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All figures that are shown, events and sampling included, of as many draws as FT_SIMULATE makes, and of many."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    plan = support()
    assert compile_ahead(plan.template)
    for draws, goal in ((10_000, 1), (DRAWS, 4)):
        work = partial(simulate, plan, [FT], simulated_names(plan), Setup(draws))
        report(f"{draws:,} draws: numpy {by_numpy(work):.2f} s, compiled {best(work, 3):.2f} s (goal {goal})")


def test_a_whole_simulation_as_a_command(report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert compile_ahead(fine_tuning())
    command = [sys.executable, "-m", "ftroi", "simulate", "--preset", "support_assistant", "--draws", str(DRAWS)]
    bare = best(lambda: subprocess.run([sys.executable, "-c", "import numpy, scipy.stats, typer"], check=True), 3)
    ours = best(lambda: subprocess.run(command, check=True, capture_output=True), 3)
    report(f"ftroi simulate --draws {DRAWS}: {ours:.1f} s (goal 4), {ours / bare:.1f} x its imports")


@pytest.mark.skipif(not IS_TOLD, reason="memory is read where Linux tells it")
def test_a_million_draws(report: Report) -> None:
    code = (
        "import time\n"
        "from ftroi.analysis.risk.simulation import Setup, simulate\n"
        "from ftroi.analysis.risk.statistics import simulated_names\n"
        "from ftroi.plan import plan_from_preset\n"
        "from tests.support.memory import peak_memory\n"
        "from tests.support.plans import FT, fine_tuning\n"
        "plan = plan_from_preset(fine_tuning(), 'support_assistant')\n"
        "start = time.perf_counter()\n"
        "simulate(plan, [FT], simulated_names(plan), Setup(DRAWS))\n"
        "print(time.perf_counter() - start)\n"
        "print(peak_memory())\n"
    )
    environment = dict(os.environ) | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for draws in (125_000, 1_000_000):
        command = [sys.executable, "-c", code.replace("DRAWS", str(draws))]
        ran = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        seconds, peak = (float(one) for one in ran.stdout.split())
        report(f"{draws:,} draws in a process of its own: {seconds:.1f} s, {peak / 1e6:.0f} MB at most (goal 600)")


def test_beside_a_spreadsheet(office: Office, report: Report, tmp_path: Path) -> None:
    """Type a few draws into the generated workbook of three options, all figures in one stroke, and calculate once."""
    plan = plan_from_preset(fine_tuning(), "support_assistant", [DN, PE, FT])
    inputs = scattered(inputs_of(plan), DRAWS)
    seconds = best(lambda: evaluate(fine_tuning(), inputs, ["npv"], sums=True), 3)
    figures = evaluate(fine_tuning(), inputs, ["npv"], sums=True).draws("npv", FT)
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    layout = layout_of(plan)
    with office.opened(path, editable=True) as document:
        document.enableAutomaticCalculation(False)  # noqa: FBT003 - the interface takes its arguments by position
        sheet, spent = document.Sheets.getByName(ASSUMPTIONS), 0.0
        for draw in range(TYPED):
            typed = drawn_plan(plan, inputs, draw)
            start = time.perf_counter()
            type_figures(sheet, typed, layout)
            document.calculate()
            found = office.named(document, "npv", layout.sheets[FT]).getCellByPosition(0, 0).Value
            spent += time.perf_counter() - start
            assert found == pytest.approx(figures[draw], rel=1e-9)
    ratio = spent / TYPED / (seconds / DRAWS)
    report(f"one draw typed into LibreOffice Calc and recalculated: {spent / TYPED * 1e3:.0f} ms")
    report(f"one draw of as many options in the engine: {seconds / DRAWS * 1e6:.1f} µs, {ratio:,.0f} times as fast")


def drawn_plan(plan: Plan, inputs: Inputs, draw: int) -> Plan:
    """The plan with the figures of one draw."""
    entries = {}
    for name, entry in plan.entries.items():
        figures = inputs.values[name][0]
        by_option = figures[:, min(draw, figures.shape[1] - 1)]
        own = {one: float(by_option[min(n, len(by_option) - 1)]) for n, one in enumerate(inputs.options)}
        scoped = plan.template.assumptions[name].table.scope == "option"
        entries[name] = replace(entry, base=float(by_option[0]), own=own if scoped else {})
    return replace(plan, entries=entries)
