"""``ftroi doctor``: why the functions do not work on this machine, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from ftroi.cli.console import print_json, say
from ftroi.hosts.doctor import CHECKS, Complaint, Patient, examine
from ftroi.installer import this_machine

SOUND, UNWELL = 0, 1
"""The exit codes: nothing found but advice, and something that keeps the functions from working."""


def show_examination(workbooks: Sequence[Path], *, as_json: bool) -> int:
    """Examine this machine and these workbooks, show what was found, and give the exit code.

    Raises HostError where the list of what was installed cannot be read.
    """
    found = examine(Patient.of(this_machine(Path(sys.prefix)), workbooks))
    faults = [one for one in found if not one.is_advice]
    if as_json:
        print_json({"sound": not faults, "checks": list(CHECKS), "findings": [_as_json(one) for one in found]})
    else:
        say(*_lines(found, len(faults)))
    return UNWELL if faults else SOUND


def _as_json(one: Complaint) -> dict[str, object]:
    finding = {name: text for name, text in asdict(one.finding).items() if name != "excerpt"}
    return {"check": one.check, "advice": one.is_advice, **finding}


def _lines(found: Sequence[Complaint], faults: int) -> list[str]:
    """Say what was found, each with its cure on a line of its own."""
    count = {0: "nothing that keeps the functions from working", 1: "1 finding"}.get(faults, f"{faults} findings")
    lines = [f"{len(CHECKS)} checks: {count}"]
    for one in found:
        mark = "Note" if one.is_advice else "Fault"
        lines += ["", f"{mark}: {one.finding.where}: {one.finding.what}", f"  What to do: {one.finding.cure}"]
    return lines
