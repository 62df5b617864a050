"""A reader that has seen enough, such as ``head``, is no fault of the command's."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SAMPLE = ("--preset", "support_assistant")


@pytest.mark.skipif(sys.platform == "win32", reason="other systems end a pipe in another way")
@pytest.mark.parametrize("words", [("calc", *SAMPLE), ("calc", *SAMPLE, "--json"), ("compare", *SAMPLE), ("--help",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_command_ends_quietly_when_nobody_reads_on(words: tuple[str, ...], unbuffered: str) -> None:
    command = [sys.executable, "-m", "ftroi", *words]
    environment = {"PYTHONUNBUFFERED": unbuffered} if unbuffered else {}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
        assert running.wait(timeout=60) == 0, told
    assert "Traceback" not in told
    assert "Broken" not in told
