"""Setup that was killed while the environment is made goes on when it is run again, with the real venv and pip."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import setup_addin
from ftroi.installer.environment import Environment, Notes
from tests.support.depth import at_depth

SCRIPT = Path(setup_addin.__file__)
MOMENTS = at_depth(2, 30)
NO_INDEX = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
"""No package is fetched: pip ends in a message of its own, and is as far as a run can come here."""


def begin(folder: Path, home: Path) -> subprocess.Popen[str]:
    """Begin to set up, with children that a signal reaches too, as Ctrl-C in a terminal does."""
    command = [sys.executable, str(SCRIPT), "install", "--venv", str(folder)]
    variables = {**os.environ, **NO_INDEX, "HOME": str(home), "FTROI_HOME": str(home / "ftroi")}
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=variables, start_new_session=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes that a signal reaches")
def test_setup_killed_at_any_moment_goes_on_when_run_again(tmp_path: Path) -> None:
    began = time.monotonic()
    _, told = begin(tmp_path / "first", tmp_path).communicate()
    whole = time.monotonic() - began
    assert "the package index cannot be reached" in told
    folder = tmp_path / "environment"
    for number in range(MOMENTS):
        kind = (signal.SIGKILL, signal.SIGINT)[number % 2]
        running = begin(folder, tmp_path)
        time.sleep(whole * (number + 0.5) / MOMENTS)
        os.killpg(running.pid, kind)
        running.communicate()
    _, told = begin(folder, tmp_path).communicate()
    assert "the package index cannot be reached" in told
    assert Notes.read(Environment(folder, tmp_path).notes).made_here


def test_a_record_in_the_making_is_no_folder_of_somebody_else(tmp_path: Path) -> None:
    """Killed in the instant in which the record is written, the folder holds that file alone."""
    environment = Environment(tmp_path / "environment", tmp_path, tell=lambda _text: None)
    environment.folder.mkdir()
    (environment.folder / ".ftroi-00000000-1-x.json").touch()
    list(environment.make())
    assert environment.works()
    assert Notes.read(environment.notes).made_here
