"""A hundred edited workbooks and a process that is killed: nothing that people entered is ever lost."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ftroi.workbook.regeneration.regenerate import Examination, examine, regenerate
from ftroi.workbook.xlsx.package_parts import open_parts
from ftroi.workbook.xlsx.safe_files import stamp_of
from tests.support.depth import seeds
from tests.support.edited import fine_tuning_by_id, light_workbook, read_plan
from tests.support.kept import OWN_SHEET, left_behind

TODAY = date(2026, 11, 23)
FEWEST_STEPS, MOST_STEPS = 5, 60


@pytest.mark.parametrize("seed", seeds(2, 100))
def test_everything_entered_into_an_edited_workbook_survives(seed: int, tmp_path: Path) -> None:
    left = left_behind(seed, tmp_path)
    old = read_plan(left.path, fine_tuning_by_id)
    assert (old.remarks, old.gates, old.log) == (left.plan.remarks, left.plan.gates, left.plan.log)
    found = examine(left.path, fine_tuning_by_id)
    assert {f"{one.sheet}!{one.cells}": one.was for one in found.edits} == left.edits
    assert (found.own_sheets, found.not_kept, found.is_exact) == ((OWN_SHEET,), (), True)
    regenerate(found, fine_tuning_by_id, TODAY)
    new = read_plan(left.path, fine_tuning_by_id)
    assert (new.settings, new.entries, new.own_costs) == (old.settings, old.entries, old.own_costs)
    assert (new.remarks, new.gates, new.log[: len(old.log)]) == (old.remarks, old.gates, old.log)
    told = {(one.what, one.was) for one in new.log[len(old.log) :]}
    assert {(f"Formula put back: {cell}", formula) for cell, formula in left.edits.items()} <= told
    with open_parts(left.path) as parts:
        kept = parts.filled(OWN_SHEET)
    assert [kept[row, 1].value for row in (1, 2, 3)] == ["=kept as a text", 12.5, 25]


def test_the_workbook_that_was_compared_is_the_one_written(tmp_path: Path) -> None:
    """It is filled once; where another process examined the old one it is filled anew, and is the same."""
    path = light_workbook(tmp_path)
    old, found = path.read_bytes(), examine(path, fine_tuning_by_id)
    assert found.fresh is not None
    regenerate(found, fine_tuning_by_id, TODAY)
    written = path.read_bytes()
    path.write_bytes(old)
    regenerate(replace(examine(path, fine_tuning_by_id), fresh=None), fine_tuning_by_id, TODAY)
    assert path.read_bytes() == written


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied, which Windows does not do")
def test_killed_at_any_step_either_the_old_or_the_new_workbook_is_whole(tmp_path: Path) -> None:
    """The process is killed before the first, the second, ... of all that it does with files in the folder."""
    path = light_workbook(tmp_path)
    before, saved_at = path.read_bytes(), path.stat().st_mtime_ns
    found = examine(path, fine_tuning_by_id)
    for step in range(1, MOST_STEPS):
        for one in tmp_path.iterdir():
            one.unlink()
        path.write_bytes(before)
        os.utime(path, ns=(saved_at, saved_at))
        has_ended = regenerated_until(step, replace(found, stamp=stamp_of(path)))
        if path.read_bytes() != before:
            assert read_plan(path, fine_tuning_by_id).log[-1].by == "ftroi regenerate"
            assert before in [one.read_bytes() for one in tmp_path.glob("*(backup *")]
        if has_ended:
            assert path.read_bytes() != before
            assert step > FEWEST_STEPS
            return
    pytest.fail("it never came to its end")


def regenerated_until(step: int, found: Examination) -> bool:
    """Regenerate in a copy of this process that kills itself at a step; say whether it came to its end."""
    child = os.fork()
    if child == 0:
        _kill_at(step, str(found.path.parent))
        try:
            regenerate(found, fine_tuning_by_id, TODAY)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)


def _kill_at(step: int, folder: str) -> None:
    """Kill this process at a step; a step is whatever writes, renames, removes or copies a file in the folder."""
    left = [step]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        is_write = event == "open" and arguments[1] not in ("r", "rb")
        if (is_write or event in ("os.rename", "os.remove", "os.chmod", "os.utime")) and folder in str(arguments[0]):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
