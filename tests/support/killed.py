"""Regenerating a workbook again and again, killed each time at another moment: ``python -m tests.support.killed``.

The workbook is read and written by a forked process, so that no time goes by with starting; what the folder holds
after each kill is printed as JSON, a line a moment.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ftroi.workbook.regeneration.regenerate import examine, regenerate
from tests.support.edited import fine_tuning_by_id

TODAY = date(2026, 11, 27)


def run(path: Path) -> int:
    """Begin to regenerate a workbook in a process of its own, and give its number."""
    child = os.fork()
    if child == 0:
        regenerate(examine(path, fine_tuning_by_id), fine_tuning_by_id, TODAY)
        os._exit(0)
    return child


def states(path: Path, moments: int) -> Iterator[dict[str, object]]:
    """What the folder holds after each kill; half of the moments lie about its end, where files are written."""
    old, folder = path.read_bytes(), path.parent
    begun = time.monotonic()
    os.waitpid(run(path), 0)
    whole, new = time.monotonic() - begun, path.read_bytes()
    for number in range(moments):
        for one in folder.glob("*backup*"):
            one.unlink()
        path.write_bytes(old)
        share = number / moments
        child = run(path)
        time.sleep(whole * (1.6 * share if share < 1 / 2 else 0.8 + share - 1 / 2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        backups = [one.read_bytes() == old for one in folder.glob("*backup*")]
        hidden = [one.name for one in folder.iterdir() if one.name.startswith(".ftroi-")]
        others = [one.name for one in folder.iterdir() if one != path and "backup" not in one.name]
        found = path.read_bytes()
        yield {
            "whole": found in (old, new), "new": found == new, "backups": backups, "hidden": len(hidden),
            "others": sorted(set(others) - set(hidden)),
        }  # fmt: skip


if __name__ == "__main__":
    for state in states(Path(sys.argv[1]), int(sys.argv[2])):
        print(json.dumps(state), flush=True)  # noqa: T201 - what the test reads
