"""What a simulation computes is compiled ahead, and found again by the next one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from ftroi.analysis.risk.ahead import compile_ahead
from ftroi.analysis.risk.simulation import lines_of
from ftroi.analysis.risk.statistics import simulated_names
from ftroi.engine import program_of
from ftroi.engine.numba_backend.compile import WORTH_LOADING, with_compiled_months
from ftroi.plan import plan_from_preset
from ftroi.resources import HOME_VARIABLE
from ftroi.termsheet import load_template
from tests.support.small_template import small_template

NET = """
[net]
label = "Net"
unit = "money"
formula = "TOTAL(gain) - tco"
note = "What is left."
"""


def with_net_measure(folder: Path) -> Path:
    """Write the small template with the measure whose odds a simulation shows."""
    return small_template(
        folder, measures=("[tco]", f"{NET}\n[tco]"), views=('cost = "tco"', 'cost = "tco"\ngain = "net"')
    )


@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="there is no numba here")
def test_what_a_simulation_shows_is_compiled_and_serves_few_draws_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    template = load_template(with_net_measure(tmp_path / "template"))
    plan = plan_from_preset(template, "plain")
    program = program_of(template, frozenset(lines_of(plan, simulated_names(plan))), sums=True)
    assert with_compiled_months(template, program, WORTH_LOADING) is None
    assert compile_ahead(template)
    assert with_compiled_months(template, program, WORTH_LOADING) is not None


def test_without_numba_it_says_that_nothing_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert not compile_ahead(load_template(with_net_measure(tmp_path)))
