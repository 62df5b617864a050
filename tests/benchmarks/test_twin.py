"""The twin of the benchmarks is the same model as the term sheet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ftroi.analysis.risk.draws import of_options
from ftroi.engine import Inputs, evaluate
from ftroi.plan import inputs_of, plan_from_preset
from tests.support.plans import FT, PE, fine_tuning
from tests.support.random_plans import random_plan

pytest.importorskip("numba")

from tests.support import twin
from tests.support.drawn import scattered

DRAWS = 200


def engine(inputs: Inputs, option: str) -> list[np.ndarray]:
    found = evaluate(fine_tuning(), inputs, ("tco_pv", "npv"))
    return [np.broadcast_to(found.draws(name, option), DRAWS) for name in ("tco_pv", "npv")]


def by_hand(inputs: Inputs, option: str) -> np.ndarray:
    out = np.empty((2, inputs.scenarios))
    both = [
        (twin.twin_records(inputs, one), twin.twin_own_costs(inputs, one))
        for one in (option, inputs.parties["REFERENCE"], inputs.parties["INCUMBENT"])
    ]
    twin.present_costs_and_npv(*both[0], *both[1], *both[2], out)
    return out


@pytest.mark.parametrize("seed", range(25))
def test_the_twin_gives_the_engine_s_figures_of_random_plans(seed: int) -> None:
    inputs = scattered(inputs_of(random_plan(seed)), DRAWS, seed)
    for option in inputs.options:
        if option != inputs.parties["REFERENCE"]:
            found, expected = by_hand(inputs, option), engine(inputs, option)
            scale = np.abs(expected).max()
            assert found == pytest.approx(np.array(expected), rel=1e-9, abs=1e-9 * scale), option


def test_the_twin_of_one_option_alone_gives_its_cost() -> None:
    inputs = scattered(inputs_of(plan_from_preset(fine_tuning(), "support_assistant")), DRAWS, 1)
    for option in (FT, PE):
        alone = replace(of_options(inputs, [option]), parties=dict.fromkeys(inputs.parties, option))
        out = np.empty(DRAWS)
        twin.present_costs(twin.twin_records(alone, option), twin.twin_own_costs(alone, option), out)
        assert out == pytest.approx(evaluate(fine_tuning(), alone, ("tco_pv",)).draws("tco_pv", option), rel=1e-9)
