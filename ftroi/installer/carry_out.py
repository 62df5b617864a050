"""Executing an installation plan step by step, and reporting its status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from ftroi.installer import excel, libre_office
from ftroi.installer.journal import Journal
from ftroi.installer.machine import Machine
from ftroi.installer.operations import Operation, is_done, perform
from ftroi.installer.packages import installed_versions
from ftroi.installer.plan import Plan, plan_install

State = Literal["done", "unfinished", "missing"]
Tell = Callable[[str], None]


def install(plan: Plan, machine: Machine, journal: Journal, tell: Tell) -> None:
    """Execute an installation; steps that are done already are skipped, and each step is recorded before it begins.

    Raises HostError if a step fails; if called again, the installation continues from there.
    """
    for step in plan.stale:
        _do(step, machine, tell)
    for step in plan.operations:
        _note_and_do(step, machine, journal, tell)
    if plan.operations:
        journal.retain(plan.operations, installed_versions(machine))


def _note_and_do(step: Operation, machine: Machine, journal: Journal, tell: Tell) -> None:
    """Execute a step unless it is done. Add-ins are built each time, as they depend on all that is installed."""
    earlier = journal.entry(step)
    done = is_done(step, machine, earlier.handed_over if earlier else "") and not step.makes
    if done and earlier and earlier.finished:
        return
    journal.begin(step)
    if not done:
        _do(step, machine, tell)
    journal.finish(step)


def uninstall(plan: Plan, machine: Machine, tell: Tell) -> None:
    """Execute a plan that uninstalls. Raises HostError if a step fails; a new plan continues from there."""
    for step in plan.operations:
        _do(step, machine, tell)


def _do(step: Operation, machine: Machine, tell: Tell) -> None:
    tell(f"  {step}")
    perform(step, machine)


# --- status ------------------------------------------------------------------------------------------------


def state_of(step: Operation, machine: Machine, journal: Journal) -> State:
    """The state of a step: done, unfinished or missing."""
    entry = journal.entry(step)
    if not is_done(step, machine, entry.handed_over if entry else ""):
        return "missing"
    return "done" if entry and entry.finished else "unfinished"


def status(machine: Machine, journal: Journal) -> dict[str, Any]:
    """The status of programs and installation as a dictionary for JSON; starts and changes nothing."""
    in_add_ins = any(entry.operation.kind == "set_key" for entry in journal.entries)
    plan = plan_install(machine, journal, in_add_ins=in_add_ins)
    steps = [{**step.as_json(), "state": state_of(step, machine, journal)} for step in plan.operations]
    office = libre_office.find_office(machine)
    return {
        "installed": bool(steps) and all(step["state"] == "done" for step in steps),
        "system": machine.system,
        "environment": str(machine.environment),
        "interpreter_found": machine.interpreter.exists(),
        "versions": installed_versions(machine),
        "excel": [str(installed.program) for installed in excel.find_excels(machine)],
        "libreoffice": str(office.programs) if office else None,
        "journal": str(journal.path) if journal.entries else None,
        "operations": steps,
        "remarks": list(plan.remarks),
    }


def status_lines(found: dict[str, Any]) -> list[str]:
    """The result of `status` as lines of text."""
    programs = [*found["excel"], *([found["libreoffice"]] if found["libreoffice"] else [])]
    marks = {"done": "done", "unfinished": "begun", "missing": "not done"}
    return [
        f"The FT_ functions are {'installed' if found['installed'] else 'not installed, or not wholly'}",
        f"spreadsheet programs: {', '.join(programs) or 'none found'}",
        f"environment: {found['environment']}{'' if found['interpreter_found'] else ' (its Python is not there)'}",
        f"versions: {', '.join(f'{name} {version}' for name, version in found['versions'].items()) or 'none'}",
        *(f"{marks[step['state']]:<9} {Operation.from_json(without_state(step))}" for step in found["operations"]),
        *found["remarks"],
    ]


def without_state(step: dict[str, Any]) -> dict[str, Any]:
    """An operation of `status` without its state."""
    return {name: value for name, value in step.items() if name != "state"}
