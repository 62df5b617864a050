"""Whatever a template says: it is loaded, computed and tried as a workbook, or refused with findings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ftroi.errors import FtroiError
from ftroi.plan import calculate, plan_from_preset
from ftroi.termsheet import load_template
from ftroi.workbook.complete import require_complete
from tests.support.depth import seeds
from tests.support.template_fuzzer import tampered_template

SECONDS = 30


@pytest.mark.parametrize("start", seeds(10, 250))
def test_a_tampered_template_works_or_is_refused(start: int, tmp_path: Path) -> None:
    for seed in range(start * 20, start * 20 + 20):
        folder, what = tampered_template(tmp_path / str(seed), seed)
        before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
        began = time.monotonic()
        refusal = refusal_of(folder)
        assert refusal is None or all(one.where and one.what for one in refusal.findings), (seed, what)
        assert time.monotonic() - began < SECONDS, (seed, what)
        assert before == {path: path.read_bytes() for path in folder.rglob("*.toml")}


def refusal_of(folder: Path) -> FtroiError | None:
    """Load, compute and try a template; None where all of it works."""
    try:
        template = load_template(folder)
        for preset in template.presets:
            calculate(plan_from_preset(template, preset))
        require_complete(template)
    except FtroiError as error:
        return error
    return None
