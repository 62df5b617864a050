"""Whatever a template says: the figures of what it says, or a refusal with findings; never a trace."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from ftroi.errors import FtroiError
from ftroi.plan import calculate, plan_from_preset
from ftroi.termsheet import load_template
from ftroi.workbook.complete import require_complete
from tests.support.depth import at_depth, seeds
from tests.support.running import Ftroi
from tests.support.template_fuzzer import intended_cost, tampered_template

SECONDS = 30


FEWEST = 4
"""Of twenty templates so many at least are computed, and their figures known."""


@pytest.mark.parametrize("start", seeds(10, 250))
def test_a_tampered_template_works_or_is_refused(start: int, tmp_path: Path) -> None:
    computed = 0
    for seed in range(start * 20, start * 20 + 20):
        folder, what = tampered_template(tmp_path / str(seed), seed)
        before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
        began = time.monotonic()
        found = cost_of(folder)
        if isinstance(found, FtroiError):
            assert all(one.where and one.what for one in found.findings), (seed, what)
        elif (wanted := intended_cost(folder)) is not None:
            computed += 1
            assert found == pytest.approx(wanted, rel=1e-12), (seed, what)
        assert time.monotonic() - began < SECONDS, (seed, what)
        assert before == {path: path.read_bytes() for path in folder.rglob("*.toml")}
    assert computed >= FEWEST


def cost_of(folder: Path) -> float | FtroiError:
    """The cost of acting, once every preset is computed and a workbook was tried; or the refusal of the template."""
    try:
        template = load_template(folder)
        costs = [calculate(plan_from_preset(template, one)).number("tco", "act") for one in template.presets]
    except FtroiError as error:
        return error
    with suppress(FtroiError):  # it names no gain, so that no workbook can be made of it: that is told, and no fault
        require_complete(template)
    return costs[0]


def test_the_command_says_so_too(ftroi: Ftroi, tmp_path: Path) -> None:
    for seed in range(at_depth(20, 200)):
        folder, what = tampered_template(tmp_path / str(seed), seed)
        for words in (("check", folder), ("new", tmp_path / f"{seed}.xlsx", "--template", folder, "--preset", "plain")):
            answer = ftroi(*words)
            assert answer.code in (0, 1, 2), (seed, what, answer)
            assert "Traceback" not in answer.err + answer.out
            assert (answer.code == 0) or answer.err + answer.out
