"""Sums over the months, regrouped, are the sums of the months as they stand, and take fewer operations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftroi.analysis.risk.statistics import MEASURES
from ftroi.engine import Inputs, evaluate
from ftroi.engine.recorded import NAMES
from ftroi.engine.regroup import regrouped
from ftroi.engine.replay import Replay
from ftroi.engine.tape import SAMPLE, Figure, Tape, is_row, needed
from ftroi.errors import EvaluationError
from ftroi.plan import inputs_of
from ftroi.termsheet import flat
from tests.engine.test_tape import scattered
from tests.support.plans import FT, fine_tuning, toy_plan
from tests.support.random_plans import random_plan

DRAWS = 200
"""A block of three chunks, the smallest ones, and one that is not full."""
WANTED = tuple(dict.fromkeys((*MEASURES, "irr", "npv_abandoned", *(flat(one) for one in fine_tuning().categories))))


DIVISOR = "increment_cost_pv"
"""What roi is a share of."""


@given(st.integers(0, 10_000), st.booleans())
@settings(max_examples=8, deadline=None, derandomize=True)
def test_sums_of_random_plans_are_those_of_their_months(seed: int, parted: bool) -> None:
    inputs = scattered(inputs_of(random_plan(seed)), DRAWS, seed)
    wanted = tuple(name for name in WANTED if name != "irr" or not parted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ftroi.engine.inputs.ROW", 1)
        patch.setattr("ftroi.engine.inputs.ROW_OF_ONE", 1)
        patch.setattr("ftroi.engine.taped.WORTH_PARTING", 0 if parted else DRAWS + 1)
        found = evaluate(fine_tuning(), inputs, wanted, sums=True)
    expected = evaluate(fine_tuning(), inputs, (*WANTED, "value", DIVISOR))
    largest = max(float(np.abs(months(expected.arrays[name], inputs)).sum(axis=0).max()) for name in ("tco", "value"))
    for name in wanted:
        is_row = name in fine_tuning().series
        sums = months(expected.arrays[name], inputs).sum(axis=0, keepdims=True) if is_row else expected.arrays[name]
        one, other = np.broadcast_arrays(found.arrays[name], sums)
        # What is left of two sums is compared with the larger of them, the lifetime cost or value.
        least = largest if fine_tuning().lines[name].unit.startswith("money") else np.nanmax(np.abs(other), initial=0)
        if name == "roi":
            # Its divisor is what is left of two sums: the less of it is left, the fewer digits of it are certain.
            with np.errstate(divide="ignore"):
                least = np.nan_to_num(largest * (1 + np.abs(other)) / np.abs(expected.arrays[DIVISOR]))
        apart = np.abs(one - other) - 1e-11 * np.abs(other) - 1e-12 * least
        assert np.array_equal(np.isnan(one), np.isnan(other)), name
        assert np.nanmax(apart, initial=0) <= 0, name


def months(array: np.ndarray, inputs: Inputs) -> np.ndarray:
    """Give every month of a line, of which one stands for all where it does not move."""
    return np.broadcast_to(array, (inputs.months, *array.shape[1:])) if array.shape[0] == 1 else array


def test_a_fault_is_named_as_without_regrouping(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = scattered(inputs_of(toy_plan()), DRAWS, 1)
    hours = np.ones((1, 1, DRAWS))
    hours[0, 0, -1] = 0
    inputs = replace(inputs, values=dict(inputs.values) | {"productive_hours": hours})
    monkeypatch.setattr("ftroi.engine.inputs.ROW", 1)
    with pytest.raises(EvaluationError, match="engineer_hour_cost"):
        evaluate(fine_tuning(), inputs, ["tco_pv"], sums=True)


def test_where_regrouping_alone_has_no_answer_the_plain_figures_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = scattered(inputs_of(toy_plan()), DRAWS, 1)
    expected = evaluate(fine_tuning(), inputs, ["tco"], sums=True).draws("tco", FT)
    monkeypatch.setattr("ftroi.engine.inputs.ROW", 1)

    def refuse(*_: object) -> None:
        raise FloatingPointError

    monkeypatch.setattr(Replay, "run", refuse)
    assert np.array_equal(evaluate(fine_tuning(), inputs, ["tco"], sums=True).draws("tco", FT), expected)


MONTHS = np.arange(1.0, 7.0).reshape(6, 1, 1)
BUILD = (MONTHS <= 2).astype(float)
X, Y = np.array([[[3.0, 4.0]]]), np.array([[[0.5, 0.25]]])


def outcome_of(source: str) -> tuple[int, np.ndarray, np.ndarray]:
    """Give the operations on months × scenarios of a regrouped formula, its figures, and the figures as written."""
    tape = Tape()
    names = {"build": BUILD, "run": 1 - BUILD, "month": MONTHS}
    plain = eval(source, NAMES | names | {"x": X, "y": Y})  # noqa: S307 - the test's own text
    known = NAMES | names | {"x": tape.input("x", X), "y": tape.input("y", Y)}
    with np.errstate(all="raise"):
        new, outcomes = regrouped(tape, {"one": eval(source, known)})  # noqa: S307 - the same
        nodes = needed(new, [one.node for one in outcomes.values() if isinstance(one, Figure)])
        figures = Replay(new, outcomes, SAMPLE).run({"x": X, "y": Y})["one"]
    return sum(is_row(node) and node.source is None for node in nodes), figures, plain


INDEX = "power(1.0 + y, (month - 1.0) / 12.0)"


@pytest.mark.parametrize(
    "source, operations",
    [
        ("total(x * month * y + y * month * 2.0, 6)", 0),
        ("total((x * build + y * run) / x, 6)", 0),
        (f"total(x * {INDEX}, 6)", 1),
        (f"total(x * build * {INDEX} + y * run * {INDEX} - x * {INDEX}, 6)", 1),
        (f"total(x * {INDEX} * np.minimum(x, month), 6)", 5),
        ("total(power(0.5, month / x), 6)", 1),
        (f"total(np.where(month < x, x * {INDEX}, 0.0), 6)", 4),
        (f"total(np.where(x > 3.0, 0.0, x * {INDEX}), 6)", 1),
        ("total(1.0 / np.where(month > x, month - x, 1.0), 6)", 8),
        (f"total(x * {INDEX} - x * {INDEX}, 6)", 1),
        ("total(x * month - month * x + build, 6)", 0),
        (f"total((x + {INDEX}) * (y + {INDEX}), 6)", 5),
        ("picked(total(x * month * np.ones((1, 2, 1)), 6), 1)", 0),
        ("total(picked(x * month * np.ones((1, 2, 1)) * np.minimum(x, month), 1), 6)", 3),
        (f"x * build * {INDEX} + y * run * {INDEX}", 6),
    ],
)
def test_operations_on_months_and_scenarios(source: str, operations: int) -> None:
    taken, found, plain = outcome_of(source)
    assert np.broadcast_to(found, np.shape(plain)) == pytest.approx(plain, rel=1e-13, abs=1e-13)
    assert taken <= operations, f"{taken} operations"
