"""The steps of an installation as data, with functions that test whether a step is done, and perform it."""

from __future__ import annotations

import hashlib
import shlex
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from ftroi.atomic import write_whole
from ftroi.errors import Finding, HostError
from ftroi.installer.machine import Machine

Kind = Literal[
    "make_folder",
    "write_file",
    "write_journal",
    "keep_file",
    "restore_file",
    "remove_file",
    "remove_folder",
    "remove_tree",
    "remove_copies",
    "run",
    "make_key",
    "set_key",
    "delete_key",
    "remove_key",
]

_FILE_KINDS = ("make_folder", "write_file", "keep_file", "restore_file", "remove_file", "remove_folder", "remove_tree")


@dataclass(frozen=True)
class Operation:
    """One step; the meaning of its fields depends on its kind.

    - make_folder, remove_file, remove_folder (only if empty), remove_tree: `target` is the path;
    - write_file: `target` becomes a copy of the file `source`;
    - keep_file: the file `target`, which is not ours, is moved to `source`; restore_file moves it back;
    - write_journal: `target` is the file in which all steps are noted, as they are begun and done;
    - remove_copies: every folder in `target` that holds `name` is removed;
    - run: `command` is run; it changes what is below `target`, and makes the files `makes`. `source` is the file that
      it hands over, `proof` the list that then names it, and `undo` the command that takes it back;
    - make_key, remove_key (only if empty): `target` is the registry's key;
    - set_key, delete_key: `target` is the key and `name` the value's name; `source` is the text that is set.
    """

    kind: Kind
    target: str
    name: str = ""
    source: str = ""
    command: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    proof: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """The key by which steps are compared; without the name of a registry value, as Excel may renumber values."""
        return (self.kind, self.target, self.source if self.kind == "set_key" else "", *self.command)

    def as_json(self) -> dict[str, Any]:
        """The fields that are not empty."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Operation:
        """The inverse of `as_json`; raises TypeError or ValueError for anything else."""
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
        }
        if known.get("kind") not in get_args(Kind):
            raise ValueError(f"no step is called {known.get('kind')!r}")
        return cls(**known)

    def __str__(self) -> str:
        """The step in one line: what it does, and to what."""
        effect = f"makes {', '.join(self.makes)}" if self.makes else f"changes {self.target}"
        words = _WORDS[self.kind].format(**asdict(self), shown=shlex.join(self.command), effect=effect)
        return f"{self.kind:<13} {words}"


_WORDS = {
    **dict.fromkeys(_FILE_KINDS, "{target}"),
    "remove_folder": "{target} (if empty)",
    "write_file": "{target} (from {source})",
    "write_journal": "{target}",
    "keep_file": "{target} (moved to {source})",
    "restore_file": "{target} (back from {source})",
    "remove_copies": "{target} (the folders that hold {name})",
    "run": "{shown} ({effect})",
    "make_key": "{target}",
    "set_key": "{target}, value {name}, text {source}",
    "delete_key": "{target}, value {name}",
    "remove_key": "{target} (if empty)",
}


def fingerprint(path: str | Path) -> str:
    """The SHA-256 of a file's content; "" if it cannot be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


def is_done(operation: Operation, machine: Machine, handed_over: str) -> bool:
    """Say whether the machine is already in the state that the step leaves.

    `handed_over` is the fingerprint of the file that an earlier run of the step passed to its command.
    """
    if operation.kind == "run":
        return _command_is_done(operation, handed_over)
    return operation.kind in _DONE_TESTS and _DONE_TESTS[operation.kind](operation, machine)


def _is_written(operation: Operation, _machine: Machine) -> bool:
    return fingerprint(operation.target) == fingerprint(operation.source) != ""


def _is_set(operation: Operation, machine: Machine) -> bool:
    return machine.registry.values(operation.target).get(operation.name) == operation.source


_DONE_TESTS: dict[Kind, Callable[[Operation, Machine], bool]] = {
    "make_folder": lambda step, _machine: Path(step.target).is_dir(),
    "write_file": _is_written,
    "write_journal": lambda step, _machine: Path(step.target).is_file(),
    "keep_file": lambda step, _machine: Path(step.source).exists(),
    "make_key": lambda step, machine: machine.registry.exists(step.target),
    "set_key": _is_set,
}


def is_listed(operation: Operation) -> bool:
    """Say whether the file that a command installs is named in the list that proves it."""
    try:
        listed = Path(operation.proof).read_bytes() if operation.proof else b""
    except OSError:
        return False
    return bool(operation.source) and Path(operation.source).name.encode() in listed


def _command_is_done(operation: Operation, handed_over: str) -> bool:
    """Say whether a command's result exists: the files that it makes, or the installed file, unchanged since."""
    if operation.makes:
        return all(Path(made).is_file() for made in operation.makes)
    return is_listed(operation) and fingerprint(operation.source) in {handed_over, ""}


def perform(operation: Operation, machine: Machine) -> None:
    """Perform one step; raises HostError, which says what to do, if that fails."""
    try:
        _ACTIONS[operation.kind](operation, machine)
    except OSError as error:
        cure = "close Excel and LibreOffice and try again; what is done so far is noted, and nothing is done twice"
        what = f"{operation.kind.replace('_', ' ')} failed ({error.strerror or error})"
        raise HostError(Finding(operation.target, what, cure)) from error


def _run(operation: Operation, machine: Machine) -> None:
    code, output = machine.run_as_user(operation.command)
    if code:
        cure = "close Excel and LibreOffice and try again; what is done so far is noted, and nothing is done twice"
        words = "; ".join([line.strip() for line in output.splitlines() if line.strip()][-3:]) or f"exit code {code}"
        raise HostError(Finding(shlex.join(operation.command), f"failed: {words}", cure))


def _write_file(operation: Operation, _machine: Machine) -> None:
    """Copy the file atomically, so that a spreadsheet program never sees half of it."""
    write_whole(Path(operation.target), lambda fresh: shutil.copyfile(operation.source, fresh))


def _move(source: str, target: str) -> None:
    """Move a file, unless it has been moved already."""
    if Path(source).exists():
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)


def _remove_folder(operation: Operation, _machine: Machine) -> None:
    """Remove a folder if it exists and is empty."""
    path = Path(operation.target)
    if path.is_dir() and not any(path.iterdir()):
        path.rmdir()


def _remove_copies(operation: Operation, _machine: Machine) -> None:
    """Remove the copies that exist now, which an earlier step may have left."""
    for copy in sorted(Path(operation.target).glob(f"*/{operation.name}")):
        shutil.rmtree(copy.parent)


def _remove_tree(operation: Operation, _machine: Machine) -> None:
    path = Path(operation.target)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


_ACTIONS: dict[Kind, Callable[[Operation, Machine], object]] = {
    "make_folder": lambda step, _machine: Path(step.target).mkdir(parents=True, exist_ok=True),
    "write_file": _write_file,
    "write_journal": lambda _step, _machine: None,  # it is written as steps are noted
    "keep_file": lambda step, _machine: _move(step.target, step.source),
    "restore_file": lambda step, _machine: _move(step.source, step.target),
    "remove_file": lambda step, _machine: Path(step.target).unlink(missing_ok=True),
    "remove_folder": _remove_folder,
    "remove_tree": _remove_tree,
    "remove_copies": _remove_copies,
    "run": _run,
    "make_key": lambda step, machine: machine.registry.make(step.target),
    "set_key": lambda step, machine: machine.registry.write(step.target, step.name, step.source),
    "delete_key": lambda step, machine: machine.registry.delete(step.target, step.name),
    "remove_key": lambda step, machine: machine.registry.remove(step.target),
}
