"""The journal of an installation, written before and after each step; resuming and uninstalling rely on it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ftroi.atomic import write_text
from ftroi.errors import Finding, HostError
from ftroi.installer.machine import Machine
from ftroi.installer.operations import Operation, fingerprint

FILE_NAME = "addin.json"


@dataclass(frozen=True)
class Entry:
    """One step that was begun: whether it was finished, and the fingerprint of the file that it passed on."""

    operation: Operation
    finished: bool = False
    handed_over: str = ""

    def as_json(self) -> dict[str, Any]:
        """The entry as stored in the file."""
        return {"operation": self.operation.as_json(), "finished": self.finished, "handed_over": self.handed_over}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Entry:
        """Read an entry; raises KeyError or TypeError for anything else."""
        operation = Operation.from_json(fields["operation"])
        return cls(operation, bool(fields["finished"]), str(fields["handed_over"]))


class Journal:
    """The steps of an installation in the order in which they were begun, stored in a file."""

    def __init__(self, path: Path, entries: list[Entry], versions: dict[str, str]) -> None:
        """A journal with these entries and versions of packages; ``path`` is its file."""
        self.path = path
        self.entries = entries
        self.versions = versions

    @classmethod
    def of(cls, machine: Machine) -> Journal:
        """Read the user's journal; a missing file counts as an empty journal.

        Raises HostError if it cannot be read, as it is then unknown what must be undone.
        """
        path = machine.settings / FILE_NAME
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            versions = {str(name): str(version) for name, version in held["versions"].items()}
            return cls(path, [Entry.from_json(fields) for fields in held["steps"]], versions)
        except FileNotFoundError:
            return cls(path, [], {})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            cure = "move it away, and take back by hand what docs/it.md names"
            raise HostError(Finding(str(path), "the list of what was installed cannot be read", cure)) from error

    def entry(self, operation: Operation) -> Entry | None:
        """The entry of a step, finished or not; None if there is none."""
        return next((entry for entry in self.entries if entry.operation.identity == operation.identity), None)

    def begin(self, operation: Operation) -> None:
        """Record that a step is begun; a step that is recorded already keeps its position."""
        self._put(Entry(operation))

    def finish(self, operation: Operation) -> None:
        """Record that a step is done."""
        handed = fingerprint(operation.source) if operation.kind == "run" and operation.source else ""
        self._put(Entry(operation, finished=True, handed_over=handed))

    def retain(self, operations: Iterable[Operation], versions: dict[str, str]) -> None:
        """Drop all other steps, and record the versions of packages that were installed."""
        kept = {operation.identity for operation in operations}
        self.entries = [entry for entry in self.entries if entry.operation.identity in kept]
        self.versions = versions
        self.save()

    def _put(self, entry: Entry) -> None:
        for number, earlier in enumerate(self.entries):
            if earlier.operation.identity == entry.operation.identity:
                self.entries[number] = replace(entry, handed_over=entry.handed_over or earlier.handed_over)
                break
        else:
            self.entries.append(entry)
        self.save()

    def save(self) -> None:
        """Write the journal atomically."""
        held = {"versions": self.versions, "steps": [entry.as_json() for entry in self.entries]}
        write_text(self.path, json.dumps(held, indent=2) + "\n")
