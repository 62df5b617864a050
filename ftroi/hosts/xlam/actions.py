"""What the ribbon's buttons run: the command line's own commands, in a Python of their own."""

from __future__ import annotations

import subprocess
import sys

ACTIONS: dict[str, tuple[str, ...]] = {
    "new": ("new",),
    "regenerate": ("regenerate",),
    "check": ("check",),
    "simulate": ("simulate",),
    "simulate_write": ("simulate", "--write"),
    "report": ("report", "--force"),  # an earlier report is kept under a dated name
}
"""The command behind each button."""

MACRO_FREE = ".xlsx"
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def run(action: str, path: str) -> str:
    """Run one of the buttons' commands on a workbook; give what it prints, findings included.

    Raises ValueError for anything that is no button.
    """
    if action not in ACTIONS:
        raise ValueError(f"no button runs {action!r}")
    done = subprocess.run(  # noqa: S603 - our own interpreter and command; the path is one argument, never a shell's
        [sys.executable, "-E", "-s", "-P", "-X", "utf8", "-m", "ftroi", *words(action, path), "--", path],
        capture_output=True,
        check=False,
        creationflags=NO_WINDOW,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
    )
    return (done.stdout + done.stderr).strip() or "Done."


def words(action: str, path: str) -> tuple[str, ...]:
    """A button's command; a new workbook without macros calls the add-in as Excel itself stores it."""
    is_linked = action == "new" and path.lower().endswith(MACRO_FREE)
    return (*ACTIONS[action], "--functions", "excel") if is_linked else ACTIONS[action]
