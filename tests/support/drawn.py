"""Inputs with many draws, for benchmarks and for the tests of their yardsticks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ftroi.engine import Inputs
from tests.support.plans import fine_tuning


def scattered(inputs: Inputs, draws: int, seed: int = 1) -> Inputs:
    """Inputs in which every uncertain assumption varies by draw, up to a twentieth below its figure."""
    source = np.random.default_rng(seed)
    values = dict(inputs.values)
    for name, assumption in fine_tuning().assumptions.items():
        if assumption.table.kind == "uncertain":
            values[name] = values[name] * source.uniform(0.95, 1.0, (1, 1, draws))
    return replace(inputs, values=values)
