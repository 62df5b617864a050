"""Every command that writes, killed or stopped by Ctrl-C at any moment: nothing half-written, nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.depth import at_depth
from tests.support.killed import PLAN, WRITINGS, is_hidden

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied, which Windows does not do")

MOMENTS = at_depth(3, 300)
ENDS = {9: (-9, 0), 2: (130, -2, 0)}
"""The exit codes of a process that was sent this signal, or had come to its end before."""

Told = Mapping[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stopped")


@pytest.fixture(scope="module")
def told(folder: Path) -> Told:
    """What each command left at each moment; all are stopped in one process, which imports everything once."""
    words = [sys.executable, "-m", "tests.support.killed", str(folder), str(MOMENTS)]
    lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()
    found: dict[str, list[dict[str, Any]]] = {}
    waiting: list[dict[str, Any]] = []
    for line in map(json.loads, lines):
        waiting.append(line)
        if "command" in line:
            found[line["command"]], waiting = waiting, []
    return found


@pytest.mark.parametrize("command", [name for name in WRITINGS if name != "check"])
def test_a_stopped_command_leaves_the_old_files_or_the_new_ones(command: str, told: Told) -> None:
    begun, *moments, last = told[command]
    assert begun["made"]
    assert len(moments) == MOMENTS
    for one in moments:
        assert (one["odd"], one["gone"], one["trace"]) == ([], [], False), one
        assert one["code"] in ENDS[one["signal"]], one
        assert one["hidden"] <= (one["signal"] == 9), one
    assert last["ended"] == 0


def test_what_a_killed_command_left_hidden_is_taken_away_by_the_next(folder: Path, told: Told) -> None:
    work = folder / "regenerate" / "work"
    assert max(one.get("hidden", 0) for one in told["regenerate"]) == 1
    (left,) = [path for path in work.iterdir() if is_hidden(path.name)]
    subprocess.run([sys.executable, "-m", "ftroi", "regenerate", PLAN], cwd=work, check=True, capture_output=True)
    assert not left.exists()
    assert [path for path in work.iterdir() if is_hidden(path.name)] == []


def test_check_writes_nothing(told: Told) -> None:
    assert told["check"] == [{"code": 0, "same": True}, {"command": "check", "ended": 0}]
