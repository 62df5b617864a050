"""The state that the checks examine: the machine, the journal of the installation, and the user's workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ftroi.installer import Journal, Machine, Operation
from ftroi.installer.excel import ADD_IN, Excel, find_excels

AGAIN = "run setup_addin.py again, with Excel and LibreOffice closed"


@dataclass(frozen=True)
class Patient:
    """A machine with its journal; its environment is the one from which the add-ins were installed."""

    machine: Machine
    journal: Journal
    workbooks: Sequence[Path] = ()

    @classmethod
    def of(cls, machine: Machine, workbooks: Sequence[Path] = ()) -> Patient:
        """The state of a machine; raises HostError if its journal cannot be read."""
        journal = Journal.of(machine)
        builds = [entry.operation for entry in journal.entries if entry.operation.makes]
        environment = Path(builds[0].target).parent if builds else machine.environment
        return cls(replace(machine, environment=environment), journal, tuple(workbooks))

    @property
    def is_installed(self) -> bool:
        """Say whether anything was installed."""
        return bool(self.journal.entries)

    @property
    def steps(self) -> list[Operation]:
        """The steps that were installed."""
        return [entry.operation for entry in self.journal.entries]

    @property
    def add_in(self) -> Path | None:
        """The path of Excel's add-in; None if it was not installed."""
        copied = [Path(step.target) for step in self.steps if step.kind == "write_file"]
        return next((path for path in copied if path.name == ADD_IN), None)

    @property
    def excels(self) -> list[Excel]:
        """All Excel programs of the machine."""
        return find_excels(self.machine)
