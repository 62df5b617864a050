"""Compiled months give numpy's figures, name the same faults, and are done without where they cannot be.

Compiling takes seconds, so that most tests here share one kernel: that of all figures of the fine-tuning template, or
that of a small template with a line for each way in which a formula can be printed.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ftroi.engine import Inputs, Results, evaluate, program_of
from ftroi.engine.numba_backend import compile as kernels
from ftroi.errors import EvaluationError
from ftroi.language import FUNCTIONS
from ftroi.plan import inputs_of, plan_from_preset
from ftroi.resources import HOME_VARIABLE
from ftroi.termsheet import Template, flat, load_template
from tests.support.depth import seeds
from tests.support.drawn import scattered
from tests.support.plans import fine_tuning, toy_plan
from tests.support.random_plans import random_plan
from tests.support.small_template import small_template

if importlib.util.find_spec("numba") is None:
    pytest.skip("there is no numba here", allow_module_level=True)

MEASURES = (
    "tco",
    "tco_pv",
    "value",
    "npv",
    "npv_over_nothing",
    "roi",
    "irr",
    "discounted_payback_months",
    "npv_abandoned",
)
WANTED = (*MEASURES, *(flat(one) for one in fine_tuning().categories), "serving_gpu_count")
DRAWS = 70
MANY = kernels.WORTH_COMPILING
FORMULAS = (
    "live_flag * price * ROUND(month / divisor, 1)",
    "live_flag * price * (ROUNDUP(ROUND(month / divisor, 1), 0) + ROUNDDOWN(ROUND(-(month / divisor), 1), 0))",
    "live_flag * price * INT(ROUND(month / divisor, 1))",
    "live_flag * price * ROUND(-(month / divisor), 0)",
    "live_flag * price * (ROUNDUP(ROUND(month / divisor, 1), 1) + ROUNDDOWN(ROUND(-month / divisor, 1), 1))",
    "live_flag * price * ROUND(month / divisor, live_flag)",
    "IF(OR(month < divisor, NOT(month > divisor)), SQRT(month / divisor), LN(month / divisor)) * price",
    "live_flag * price * ABS(divisor - month) / divisor * EXP(-(month / divisor))",
    "MAX(price, price * month / divisor, 0) + MIN(price, live_flag * price * month / divisor)",
    "price * TO_DATE(live_flag) / divisor",
    "live_flag * price * (1 + 1) ^ (-((month - divisor) / divisor))",
    "live_flag * price * (month / divisor) ^ (divisor / month)",
    "IF(month > divisor, price * ((month - divisor) / divisor) ^ (1 / 1), 0)",
    "IF(month > divisor, price * month / (month - divisor), 0)",
    "live_flag * (REFERENCE(gain) + NOTHING(work) + CANDIDATE(work) + INCUMBENT(work)) * month / divisor",
    "live_flag * (PREV(stock) + REFERENCE(work) + PREV(month) * price / divisor)",
    "IF(AND(month > divisor, live_flag = 1), IF(month < divisor, 0, price * month / (month - divisor)), price)",
    "live_flag * price * MOD(month, horizon_months) / divisor",
    "live_flag * price * YEAR(start_date * (1 + month / divisor)) / YEAR(start_date)",
    "live_flag * price * MONTH(start_date * (1 + month / divisor)) / MONTH(start_date)",
)
REFUSED = ("month / (divisor - month)", "LN((month - divisor) / divisor)", "SQRT((month - divisor) / divisor)")


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


def compiled(
    inputs: Inputs, wanted: tuple[str, ...] = WANTED, template: Template | None = None
) -> dict[str, np.ndarray]:
    one = template or fine_tuning()
    assert kernels.with_compiled_months(one, program_of(one, frozenset(wanted)), MANY) is not None
    return dict(evaluate(one, inputs, wanted, total=MANY).arrays)


def by_numpy(inputs: Inputs, wanted: tuple[str, ...] = WANTED, template: Template | None = None) -> Results:
    return evaluate(template or fine_tuning(), inputs, wanted)


def assert_alike(found: dict[str, np.ndarray], results: Results) -> None:
    """Compare to a part in 10^12; what is left of two sums against the larger of them, the lifetime cost or value."""
    expected = results.arrays
    assert set(found) == set(expected)
    sums = max(float(np.abs(expected[name]).max()) for name in ("tco", "value", "rest") if name in expected)
    for name, figures in expected.items():
        one, other = np.broadcast_arrays(found[name], figures)
        least = sums if name in ("tco", "rest") or is_money(name) else np.nanmax(np.abs(other), initial=0)
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12 * least, err_msg=name)


def is_money(name: str) -> bool:
    line = fine_tuning().lines.get(name)
    return line is not None and line.unit.startswith("money")


@pytest.mark.parametrize("seed", seeds(5, 30))
def test_random_plans_come_out_as_numpy_computes_them(seed: int) -> None:
    inputs = scattered(inputs_of(random_plan(seed)), DRAWS, seed)
    assert_alike(compiled(inputs), by_numpy(inputs))


def test_several_blocks_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["ftroi.engine.evaluate"], "COMPILED_BLOCK", 33)
    inputs = scattered(inputs_of(random_plan(3)), DRAWS, 3)
    assert_alike(compiled(inputs), by_numpy(inputs))


def test_a_fault_is_named_as_numpy_names_it() -> None:
    inputs = scattered(inputs_of(toy_plan()), DRAWS, 1)
    hours = np.ones((1, 1, DRAWS))
    hours[0, 0, -1] = 0
    inputs = replace(inputs, values=dict(inputs.values) | {"productive_hours": hours})
    with pytest.raises(EvaluationError, match="people_hour_cost"):
        compiled(inputs)


@pytest.mark.parametrize(
    "figures, message",
    [
        ({"build_fte_months": 1e200, "engineer_salary": 1e200}, "build_labour|engine"),
        ({"gpu_throughput": 1e200, "hours_per_month": 1e200}, "gpus_needed|engine"),
        ({"deferral_months": 1e305, "backfill_months": 1.7976e308}, "diverted|engine"),
        ({"quality_ceiling": -1e308, "quality_level": 1e308}, "level|engine"),
    ],
)
def test_what_overflows_is_refused_even_where_no_figure_shows_it(figures: dict[str, float], message: str) -> None:
    inputs = scattered(inputs_of(toy_plan()), DRAWS, 1)
    changed = {name: np.full((1, 1, DRAWS), figure) for name, figure in figures.items()}
    inputs = replace(inputs, values={**inputs.values, **changed})
    with pytest.raises(EvaluationError, match=message):
        compiled(inputs)


def test_columns_are_read_where_they_lie() -> None:
    """One that is a part of a larger array, one whose scenarios do not lie side by side, and one for all options."""
    inputs = scattered(inputs_of(toy_plan()), DRAWS, 1)
    options = len(inputs.options)
    wide = np.random.default_rng(1).uniform(0.9, 1.1, (1, options, 2 * DRAWS)) * inputs.values["evaluation_cost"].max()
    apart = wide[:, :, ::2]
    for cut in (wide[:, :, 5 : 5 + DRAWS], apart, wide[:, :1, DRAWS:]):
        changed = replace(inputs, values={**inputs.values, "evaluation_cost": cut})
        expected = replace(inputs, values={**inputs.values, "evaluation_cost": np.ascontiguousarray(cut)})
        assert_alike(compiled(changed), by_numpy(expected))


# --- every way in which a formula is printed ---------------------------------------------------------------


STOCK = """[stock]
label = "Stock"
unit = "money/month"
opening = "price"
formula = "PREV(stock) + live_flag * price"
note = "Later than the stock of the reference."

"""


def small(folder: Path, *formulas: str) -> tuple[Template, Inputs]:
    """A small template with lines of formulas, and inputs in which its price varies."""
    lines = [
        f'[line_{place}]\nlabel = "Line {place}"\ncategory = "hidden.rest"\nunit = "money/month"\n'
        f'nature = "economic"\nformula = "{formula}"\nnote = "As printed."\n\n'
        for place, formula in enumerate(formulas)
    ]
    template = load_template(small_template(folder, lines_all=("[gain]", f"{STOCK}{''.join(lines)}[gain]")))
    inputs = inputs_of(plan_from_preset(template, "plain").with_base("divisor", 7.5))
    values = dict(inputs.values)
    values["price"] = values["price"] * np.linspace(0.9, 1, DRAWS).reshape(1, 1, -1) + 1
    return template, replace(inputs, values=values)


def test_every_function_and_operator_is_compiled(tmp_path: Path) -> None:
    template, inputs = small(tmp_path, *FORMULAS)
    wanted = ("tco", *(f"line_{place}" for place in range(len(FORMULAS))))
    assert_alike(compiled(inputs, wanted, template), by_numpy(inputs, wanted, template))
    named = {name for name in FUNCTIONS if any(f"{name}(" in one for one in (*FORMULAS, "IRR(x) FIRST(x) TOTAL(x)"))}
    assert named == set(FUNCTIONS)


@pytest.mark.parametrize("part", REFUSED)
def test_what_has_no_answer_in_a_month_is_named(tmp_path: Path, part: str) -> None:
    template, inputs = small(tmp_path, f"MIN(price, live_flag * price * ({part}))")
    inputs = replace(inputs, values=dict(inputs.values) | {"divisor": np.full((1, 1, 1), 7.0)})
    with pytest.raises(EvaluationError, match=r"\[line_0\] of .* in month"):
        compiled(inputs, ("line_0",), template)


# --- done without ------------------------------------------------------------------------------------------


def test_few_scenarios_wait_for_no_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not compiled yet, months are compiled for very many scenarios alone; compiled, they are loaded for fewer."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    template, inputs = small(tmp_path / "template")
    program = program_of(template, frozenset(("tco",)))
    for scenarios in (2, kernels.WORTH_LOADING, MANY - 1):
        assert kernels.with_compiled_months(template, program, scenarios) is None
    assert kernels.with_compiled_months(template, program, MANY) is not None
    assert kernels.with_compiled_months(template, program, kernels.WORTH_LOADING) is not None
    assert kernels.with_compiled_months(template, program, kernels.WORTH_LOADING - 1) is None
    assert_alike(compiled(inputs, ("tco", "rest"), template), by_numpy(inputs, ("tco", "rest"), template))


def test_a_line_that_reads_another_s_sum_is_left_to_numpy(tmp_path: Path) -> None:
    template, inputs = small(tmp_path, "live_flag * TOTAL(work) / horizon_months")
    assert kernels.with_compiled_months(template, program_of(template, frozenset(("tco",))), MANY) is None
    many, few = (evaluate(template, inputs, ["tco"], total=total).arrays["tco"] for total in (MANY, 0))
    assert np.array_equal(many, few)


def test_what_numba_refuses_is_told_and_left_to_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template, inputs = small(tmp_path, FORMULAS[1])
    monkeypatch.setattr("ftroi.engine.numba_backend.month_kernel.LANES", "'many'")
    with pytest.warns(RuntimeWarning, match="the months could not be compiled"):
        assert kernels.with_compiled_months(template, program_of(template, frozenset(("tco",))), MANY) is None
    assert np.isfinite(evaluate(template, inputs, ["tco"], total=MANY).arrays["tco"]).all()


def test_a_file_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv(HOME_VARIABLE, str(blocked))
    template, inputs = small(tmp_path / "template", FORMULAS[0])
    assert_alike(compiled(inputs, ("tco", "rest"), template), by_numpy(inputs, ("tco", "rest"), template))


def test_without_numba_numpy_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    template, inputs = small(tmp_path, FORMULAS[0])
    assert kernels.with_compiled_months(template, program_of(template, frozenset(("tco",))), MANY) is None
    many, few = (evaluate(template, inputs, ["tco"], total=total).arrays["tco"] for total in (MANY, 0))
    assert np.array_equal(many, few)


# --- kept for the next time --------------------------------------------------------------------------------


def test_what_was_compiled_is_found_again_by_another_process(tmp_path: Path) -> None:
    template, _ = small(tmp_path / "template", FORMULAS[0])
    work = (
        "import sys, pathlib\n"
        "from ftroi.engine import program_of\n"
        "from ftroi.engine.numba_backend import compile as kernels\n"
        "from ftroi.termsheet import load_template\n"
        "template = load_template(pathlib.Path(sys.argv[1]))\n"
        "program = program_of(template, frozenset(['tco']))\n"
        "one = kernels.with_compiled_months(template, program, int(sys.argv[2]))\n"
        "months = one and one.run.__globals__['compiled'].kernel\n"
        "print(*(sum(one.values()) for one in (months.stats.cache_hits, months.stats.cache_misses)) if one else 'no')\n"
    )
    environment = dict(os.environ) | {HOME_VARIABLE: str(tmp_path / "home"), "PYTHONPATH": os.pathsep.join(sys.path)}

    def hits_and_misses(scenarios: int) -> str:
        command = [sys.executable, "-c", work, str(template.folder), str(scenarios)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    assert hits_and_misses(kernels.WORTH_LOADING) == "n o"
    assert hits_and_misses(MANY) == "0 1"
    assert hits_and_misses(kernels.WORTH_LOADING) == "1 0"
    for kept in (tmp_path / "home").rglob("*.nbc"):
        kept.write_bytes(b"damaged")
    assert hits_and_misses(MANY) == "0 1"
