"""Planning: the steps that install the add-ins on a machine, and those that undo an installation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ftroi.installer import excel, libre_office
from ftroi.installer.journal import FILE_NAME, Journal
from ftroi.installer.machine import WINDOWS, Machine
from ftroi.installer.operations import Kind, Operation, is_listed
from ftroi.installer.registry import USER

LOGS_FOLDER = "logs"
"""The folder for logs, below the user's folder of ftroi."""

_REGISTER = "templates.json"
"""The register of templates, the same name as in `ftroi.termsheet.catalogue`."""

KEPT_FOLDER = "replaced"
"""The folder for backups of replaced files, below the user's folder of ftroi."""


@dataclass(frozen=True)
class Plan:
    """The steps in order, and remarks for the user.

    `stale` are steps to perform first, which undo what an earlier installation did and this one does not.
    """

    operations: tuple[Operation, ...]
    remarks: tuple[str, ...] = ()
    stale: tuple[Operation, ...] = ()


def plan_install(machine: Machine, journal: Journal, *, in_add_ins: bool = False) -> Plan:
    """Plan an installation; on the same machine the second plan is the same as the first.

    `in_add_ins` puts Excel's add-in into the folder of add-ins, in place of the start folder.
    """
    remarks = tuple(one for one in (excel.remark(machine), libre_office.remark(machine)) if one)
    into_programs = [*_into_excel(machine, journal, in_add_ins=in_add_ins), *_into_office(machine)]
    if not into_programs:
        return Plan((), remarks)
    noting = Operation("write_journal", str(journal.path))
    steps = [*_folders(machine.settings, journal), noting, *_build(machine), *into_programs]
    each_once = {step.identity: step for step in steps}.values()
    return Plan(tuple(each_once), remarks, tuple(_stale(each_once, machine, journal)))


def _build(machine: Machine) -> Iterator[Operation]:
    """The steps that build the add-in that this system's programs load, with the Python that it will run."""
    host, name = ("excel", excel.ADD_IN) if machine.system == WINDOWS else ("calc", libre_office.EXTENSION)
    folder = machine.built
    yield Operation("make_folder", str(folder))
    build = (str(machine.interpreter), "-P", "-m", "ftroi", "addin", "build")
    command = (*build, "--host", host, "--output", str(folder))
    yield Operation("run", str(folder), command=command, makes=(str(folder / name),))


def _into_excel(machine: Machine, journal: Journal, *, in_add_ins: bool) -> Iterator[Operation]:
    """The steps that put the add-in where Excel loads it by itself."""
    if not excel.find_excels(machine):
        return
    add_in = excel.add_in_path(machine, in_add_ins=in_add_ins)
    copy = Operation("write_file", str(add_in), source=str(machine.built / excel.ADD_IN))
    yield from _folders(add_in.parent, journal)
    yield from _backup_steps(copy, machine, journal)
    yield copy
    if in_add_ins:
        yield from _keys(excel.OPTIONS_KEY, machine, journal)
        yield excel.set_slot(machine, add_in)


def _into_office(machine: Machine) -> Iterator[Operation]:
    """The step that adds the extension to LibreOffice."""
    office = libre_office.find_office(machine)
    if office and not libre_office.remark(machine):
        yield libre_office.add_extension(machine, office)


def _backup_steps(copy: Operation, machine: Machine, journal: Journal) -> Iterator[Operation]:
    """The steps that back up a foreign file in the place of ours."""
    keep = _keep_step(copy, machine)
    is_foreign = Path(copy.target).exists() and not journal.entry(copy)
    if is_foreign or journal.entry(keep):
        yield Operation("make_folder", str(Path(keep.source).parent))
        yield keep


def _keep_step(copy: Operation, machine: Machine) -> Operation:
    backup = machine.settings / KEPT_FOLDER / Path(copy.target).name
    return Operation("keep_file", copy.target, source=str(backup))


def _folders(folder: Path, journal: Journal) -> Iterator[Operation]:
    """A step for each folder in the path of `folder` that is missing, or that an earlier installation made."""
    for part in (*reversed(folder.parents), folder):
        step = Operation("make_folder", str(part))
        if not part.is_dir() or journal.entry(step):
            yield step


def _keys(key: str, machine: Machine, journal: Journal) -> Iterator[Operation]:
    """A step for each key in the path of `key` that is missing, or that an earlier installation made."""
    parts = key.split("\\")
    for count in range(2, len(parts) + 1):
        step = Operation("make_key", "\\".join(parts[:count]))
        if key.startswith(USER) and (not machine.registry.exists(step.target) or journal.entry(step)):
            yield step


def _stale(steps: Iterable[Operation], machine: Machine, journal: Journal) -> Iterator[Operation]:
    """The steps that undo what an earlier installation did and this one does not."""
    wanted = {step.identity for step in steps}
    for entry in reversed(journal.entries):
        if entry.operation.identity not in wanted:
            yield from _undo(entry.operation, machine, journal)


# --- uninstalling ------------------------------------------------------------------------------------------


def plan_uninstall(machine: Machine, journal: Journal, *, forget: bool = False) -> Plan:
    """Plan to undo all steps in the journal, in reverse order; after an interruption, a new plan continues from there.

    `forget` also removes the user's other data: the register of templates, and logs of errors.
    """
    steps = [step for entry in reversed(journal.entries) for step in _undo(entry.operation, machine, journal)]
    around = {str(folder) for folder in (machine.settings, *machine.settings.parents)}
    last = [step for step in steps if step.kind == "remove_folder" and step.target in around]
    own = _own_files(machine, journal, forget=forget)
    return Plan((*(step for step in steps if step not in last), *own, *last))


def keeps_more(machine: Machine) -> bool:
    """Say whether the user's folder holds more than the journal, backups and empty logs."""
    folder, logs = machine.settings, machine.settings / LOGS_FOLDER
    own = {FILE_NAME, KEPT_FOLDER} | (set() if logs.is_dir() and any(logs.iterdir()) else {LOGS_FOLDER})
    return folder.is_dir() and any(path.name not in own for path in folder.iterdir())


def _own_files(machine: Machine, journal: Journal, *, forget: bool) -> Iterator[Operation]:
    """The steps that remove the journal and, with `forget`, all else that ftroi wrote into the user's folder.

    FTROI_HOME may name a folder with other files: these stay.
    """
    files = [journal.path]
    if forget:
        files += [machine.settings / _REGISTER, *sorted((machine.settings / LOGS_FOLDER).glob("*.log*"))]
    yield from (Operation("remove_file", str(path)) for path in files if path.is_file())
    # The logs' folder is made when the functions were first called, and is often empty.
    folders = (machine.settings / LOGS_FOLDER, *((machine.settings,) if forget else ()))
    yield from (Operation("remove_folder", str(folder)) for folder in folders if folder.is_dir())


def _undo(step: Operation, machine: Machine, journal: Journal) -> list[Operation]:
    """The steps that undo one step; they are harmless if it was begun and never done."""
    if step.kind == "set_key":
        return excel.clear_slot(machine, step.source)
    if step.kind == "run":
        return [*_undo_run(step), *(libre_office.remove_copies(machine) if step.undo else ())]
    if step.kind == "write_journal":
        return []  # it is removed when all else is done
    if step.kind == "write_file" and journal.entry(_keep_step(step, machine)):
        return []  # the backup of the foreign file is restored in its place
    kind, source = _INVERSES[step.kind], step.source if step.kind == "keep_file" else ""
    return [Operation(kind, step.target, source=source)]


_INVERSES: dict[Kind, Kind] = {
    "make_folder": "remove_folder",
    "write_file": "remove_file",
    "keep_file": "restore_file",
    "make_key": "remove_key",
}


def _undo_run(step: Operation) -> list[Operation]:
    """The steps that undo a command: its undo command if its result exists, and removing the files that it made."""
    steps = [Operation("remove_file", made) for made in step.makes]
    return [*steps, Operation("run", step.target, command=step.undo)] if step.undo and is_listed(step) else steps
