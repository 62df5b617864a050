"""Many scenarios, computed block by block, are the figures of each scenario by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ftroi.analysis.risk.statistics import measures_shown
from ftroi.engine import Inputs, evaluate
from ftroi.errors import EvaluationError
from ftroi.plan import inputs_of, plan_from_preset
from ftroi.termsheet import flat, load_template
from tests.support.drawn import scattered
from tests.support.plans import FT, fine_tuning, toy_plan
from tests.support.random_plans import random_plan
from tests.support.small_template import small_template

BEYOND = 7
"""Scenarios beyond a whole block, so that the last one is not full."""

WANTED = tuple(
    dict.fromkeys(
        (*measures_shown(fine_tuning()), "irr", "npv_abandoned", *(flat(one) for one in fine_tuning().categories))
    )
)


def varied(inputs: Inputs, name: str, *figures: float) -> Inputs:
    """Inputs of a block and more in which one assumption is 1, and something else in the last scenarios."""
    values = np.ones((1, 1, inputs.block + BEYOND))
    values[0, 0, -len(figures) :] = figures
    return replace(inputs, values=dict(inputs.values) | {name: values})


@pytest.mark.parametrize("seed", range(2))
def test_every_line_of_a_scenario_is_what_it_is_by_itself(seed: int) -> None:
    inputs = inputs_of(random_plan(seed))
    inputs = scattered(inputs, inputs.block + BEYOND, seed)
    made = evaluate(fine_tuning(), inputs)
    for at in (0, inputs.block - 1, inputs.block, inputs.scenarios - 1):
        alone = evaluate(fine_tuning(), inputs.part(at, at + 1))
        for name in alone.arrays:
            for option in inputs.options:
                found, expected = made.row(name, option, at), alone.row(name, option)
                scale = np.abs(expected[np.isfinite(expected)]).max(initial=1.0)
                np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12 * scale, err_msg=name)


def test_the_options_shown_are_those_of_all() -> None:
    inputs = inputs_of(random_plan(3))
    first, *_, last = inputs.options
    for many in (inputs, scattered(inputs, inputs.block + BEYOND, 1)):
        every, found = evaluate(fine_tuning(), many), evaluate(fine_tuning(), many, shown=(last, first))
        assert found.options == (last, first)
        for name in every.arrays:
            for option in found.options:
                assert np.array_equal(found.row(name, option, 5), every.row(name, option, 5), equal_nan=True), name
        assert found.measures(last) == every.measures(last)


def test_what_does_not_vary_is_not_repeated() -> None:
    inputs = varied(inputs_of(toy_plan()), "audit_per_year", 2.0)
    made = evaluate(fine_tuning(), inputs, ["requests", "tco"])
    assert made.arrays["requests"].shape[2] == 1
    assert made.arrays["tco"].shape[2] == inputs.scenarios
    dearer = made.draws("tco", FT)
    assert dearer[-1] - dearer[0] == pytest.approx(2.75)  # one money more a year, for 33 months of operation
    assert np.ptp(dearer[:-1]) == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_are_those_of_the_months(seed: int) -> None:
    inputs = scattered(inputs_of(random_plan(seed)), 200, seed)
    sums, rows = evaluate(fine_tuning(), inputs, WANTED, sums=True), evaluate(fine_tuning(), inputs, WANTED)
    for name in WANTED:
        expected = rows.arrays[name]
        if name in fine_tuning().series:
            expected = np.broadcast_to(expected, (inputs.months, *expected.shape[1:])).sum(axis=0, keepdims=True)
        one, other = np.broadcast_arrays(sums.arrays[name], expected)
        assert one == pytest.approx(other, rel=1e-12, nan_ok=True), name


@pytest.mark.parametrize("name, figure, line", [("productive_hours", 0, "people_hour_cost"), ("inflation", -2, "pri")])
def test_a_fault_in_a_later_block_is_named(name: str, figure: float, line: str) -> None:
    inputs = varied(inputs_of(toy_plan()), name, figure, 1.0)
    for sums in (True, False):
        with pytest.raises(EvaluationError, match=line):
            evaluate(fine_tuning(), inputs, sums=sums)


@pytest.mark.parametrize("unreached", ["month / (divisor - divisor)", "EXP(month / divisor)", "LN(-month / divisor)"])
def test_what_no_scenario_reaches_is_no_fault(tmp_path: Path, unreached: str) -> None:
    formula = f"IF(price < 0, price * ({unreached}) * live_flag, live_flag * price)"
    ratio = "live_flag * price * month / (divisor - month)"
    template = load_template(small_template(tmp_path, lines_all=(ratio, formula)))
    inputs = inputs_of(plan_from_preset(template, "plain").with_base("divisor", 0.01))
    inputs = replace(inputs, values=dict(inputs.values) | {"price": np.linspace(1, 400, 500).reshape(1, 1, -1)})
    for sums in (True, False):
        found = evaluate(template, inputs, ["tco", "rest"], sums=sums)
        assert found.draws("tco", "act") == pytest.approx(2 * 12 * np.linspace(1, 400, 500))
    reached = replace(inputs, values=dict(inputs.values) | {"price": np.linspace(-1, 400, 500).reshape(1, 1, -1)})
    with pytest.raises(EvaluationError, match=r"\[rest\] of do_nothing in month"):
        evaluate(template, reached, ["tco", "rest"])
