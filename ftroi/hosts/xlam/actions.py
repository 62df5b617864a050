"""What the ribbon's buttons run: the command line's own commands, in a Python of their own."""

from __future__ import annotations

import subprocess
import sys

ACTIONS = frozenset({"new", "regenerate", "check", "simulate", "report"})
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def run(action: str, path: str) -> str:
    """Run one of the buttons' commands on a workbook; give what it prints, findings included.

    Raises ValueError for anything that is no button.
    """
    if action not in ACTIONS:
        raise ValueError(f"no button runs {action!r}")
    done = subprocess.run(  # noqa: S603 - our own interpreter and command; the path is one argument, never a shell's
        [sys.executable, "-E", "-s", "-P", "-m", "ftroi", action, "--", path],
        capture_output=True,
        check=False,
        creationflags=NO_WINDOW,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
    )
    return (done.stdout + done.stderr).strip() or "Done."
