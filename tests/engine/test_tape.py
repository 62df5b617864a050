"""Many scenarios, computed from a tape, are the very figures of a program that runs straight through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from ftroi.engine import Inputs, Results, evaluate
from ftroi.engine.recorded import NAMES
from ftroi.engine.replay import Replay
from ftroi.engine.tape import SAMPLE, Figure, Tape
from ftroi.errors import EvaluationError
from ftroi.plan import inputs_of
from tests.support.plans import FT, fine_tuning, toy_plan
from tests.support.random_plans import random_plan

BEYOND = 7
"""Scenarios beyond a whole chunk, so that the last one is not full."""


def scattered(inputs: Inputs, scenarios: int, seed: int, names: Iterable[str] | None = None) -> Inputs:
    """Give inputs of which some, or every uncertain one, vary by scenario, by a tenth downwards."""
    draw = np.random.default_rng(seed)
    uncertain = [name for name, one in fine_tuning().assumptions.items() if one.table.kind == "uncertain"]
    values = dict(inputs.values)
    for name in uncertain if names is None else names:
        values[name] = values[name] * draw.uniform(0.9, 1.0, (1, 1, scenarios))
    return replace(inputs, values=values)


def straight(inputs: Inputs, start: int, stop: int) -> Results:
    assert stop - start <= inputs.chunk
    return evaluate(fine_tuning(), inputs.part(start, stop))


@pytest.mark.parametrize("seed", range(8))
def test_every_line_of_a_random_plan_is_bit_for_bit_the_same(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the options kept together, or apart."""
    monkeypatch.setattr("ftroi.engine.taped.WORTH_PARTING", 0 if seed % 4 == 1 else 1_000_000)
    inputs = inputs_of(random_plan(seed))
    inputs = scattered(inputs, inputs.chunk + BEYOND, seed)
    made = evaluate(fine_tuning(), inputs)
    for start, stop in ((0, inputs.chunk), (inputs.chunk, inputs.scenarios)):
        for name, array in straight(inputs, start, stop).arrays.items():
            part = made.arrays[name] if made.arrays[name].shape[2] == 1 else made.arrays[name][:, :, start:stop]
            found, expected = np.broadcast_arrays(part, array)
            assert np.array_equal(found, expected, equal_nan=True), name


@pytest.mark.parametrize("worth", [0, 1_000_000])
def test_the_options_shown_are_those_of_all(worth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ftroi.engine.taped.WORTH_PARTING", worth)
    inputs = inputs_of(random_plan(3))
    first, *_, last = inputs.options
    for many in (inputs, scattered(inputs, inputs.chunk + BEYOND, 1)):
        every, found = evaluate(fine_tuning(), many), evaluate(fine_tuning(), many, shown=(last, first))
        assert found.options == (last, first)
        for name in every.arrays:
            for option in found.options:
                assert np.array_equal(found.row(name, option, 5), every.row(name, option, 5), equal_nan=True), name
        assert found.measures(last) == every.measures(last)


def test_what_does_not_vary_is_not_repeated() -> None:
    inputs = inputs_of(toy_plan())
    made = evaluate(fine_tuning(), scattered(inputs, inputs.chunk + 1, 1, ["audit_per_year"]), ["requests", "tco"])
    assert made.arrays["requests"].shape[2] == 1
    assert made.arrays["tco"].shape[2] == inputs.chunk + 1


def test_other_inputs_are_not_answered_from_the_tape_before() -> None:
    inputs = inputs_of(toy_plan())
    many = scattered(inputs, inputs.chunk + 1, 1, ["audit_per_year"])
    before = evaluate(fine_tuning(), many, ["tco"]).draws("tco", FT)
    dearer = replace(many, values=dict(many.values) | {"licence_per_year": np.full((1, 1, 1), 12_000.0)})
    after = evaluate(fine_tuning(), dearer, ["tco"]).draws("tco", FT)
    assert after - before == pytest.approx(36_000)


def test_a_fault_in_a_later_chunk_is_named() -> None:
    inputs = inputs_of(toy_plan())
    ages = np.ones((1, 1, inputs.chunk + BEYOND))
    ages[0, 0, -1] = 0
    inputs = replace(inputs, values=dict(inputs.values) | {"productive_hours": ages})
    with pytest.raises(EvaluationError, match="engineer_hour_cost"):
        evaluate(fine_tuning(), inputs)
    bases = np.full_like(ages, 0.05)
    bases[0, 0, -1] = -1
    inputs = replace(inputs_of(toy_plan()), values=dict(inputs_of(toy_plan()).values) | {"inflation": bases})
    with pytest.raises(EvaluationError, match="price_index"):
        evaluate(fine_tuning(), inputs)


def steps_of(source: str) -> tuple[int, np.ndarray]:
    """Give how many steps a formula of the varying x takes, and its outcome for x = 3 and 4."""
    tape = Tape()
    x = tape.input("x", np.array([[[3.0, 4.0]]]))
    outcome = eval(source, NAMES | {"x": x})  # noqa: S307 - the test's own text
    if not isinstance(outcome, Figure):
        return 0, outcome
    replay = Replay(tape, {"outcome": outcome}, SAMPLE)
    return replay.operations, replay.run({"x": np.array([[[3.0, 4.0]]])})["outcome"]


@pytest.mark.parametrize(
    "source, steps, outcome",
    [
        ("(x + 1) * (x + 1)", 2, [16, 25]),
        ("x * 0.0 + 5.0", 0, 5),
        ("x * 1.0 / 1.0 - 0.0 + 0.0", 0, [3, 4]),
        ("1.0 * (0.0 + x)", 0, [3, 4]),
        ("np.where(np.logical_and(x > 3, False), x, 2.0)", 0, 2),
        ("np.where(np.logical_or(x > 3, True), x, 2.0)", 0, [3, 4]),
        ("np.where(x > 3, 1.0, 0.0)", 2, [0, 1]),
        ("np.where(np.where(x > 3, 1.0, 0.0) == 1.0, 7.0, 8.0)", 2, [8, 7]),
        ("np.where(np.where(x > 3, 1.0, 0.0) == 0.0, 7.0, 8.0)", 3, [7, 8]),
        ("x - x", 1, [0, 0]),
        ("0.0 - x", 1, [-3, -4]),
        ("1.0 / x", 1, [1 / 3, 0.25]),
        ("x * np.ones((1, 2, 1))", 1, [[3, 4], [3, 4]]),
        ("np.where(x > 3, np.nan, x) * 0.0", 3, [0, np.nan]),
    ],
)
def test_idle_operations_are_left_out(source: str, steps: int, outcome: list[float]) -> None:
    taken, found = steps_of(source)
    assert taken == steps
    assert np.array_equal(np.squeeze(found), np.array(outcome, dtype=float), equal_nan=True)
