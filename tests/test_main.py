"""Ctrl-C from the first import of ftroi's to the last moment of the process: a quiet end, never a trace."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.support.depth import at_depth

INTERRUPTED = """
import os, signal, sys
wanted, seen = int(sys.argv[1]), 0
class Watch:
    def find_spec(self, name, path=None, target=None):
        global seen
        seen += 1
        if seen == wanted:
            os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["ftroi", "calc", "--preset", "support_assistant"]
from ftroi.__main__ import main
sys.meta_path.insert(0, Watch())
try:
    main()
finally:
    print(seen, file=sys.stderr)
"""
"""Sends itself Ctrl-C at the import of a number, and tells in the end how many there were."""


def interrupted_at(number: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", INTERRUPTED, str(number)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to itself")
def test_ctrl_c_at_any_import_ends_it_without_a_trace() -> None:
    whole = interrupted_at(0)
    assert whole.returncode == 0
    imports = int(whole.stderr.split()[-1])
    moments = at_depth(6, 60)
    for number in range(1, imports + 1, imports // moments):
        answer = interrupted_at(number)
        assert answer.returncode in (-signal.SIGINT, 130), (number, answer)
        assert "Traceback" not in answer.stderr, (number, answer)
        assert "did not expect" not in answer.stderr, (number, answer)


def test_ctrl_c_that_a_shell_has_switched_off_stays_off() -> None:
    ignoring = INTERRUPTED.replace("wanted, seen", "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwanted, seen")
    command = [sys.executable, "-c", ignoring, "5"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "Option: Managed LoRA" in answer.stdout
