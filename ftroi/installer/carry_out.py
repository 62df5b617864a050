"""Carrying a plan out step by step, and telling how far an installation has come."""

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
    """Carry out an installation; what is done already is passed over. Every step is noted before it is begun.

    Raises HostError where a step fails: done again, the installation goes on from there.
    """
    for step in plan.stale:
        _do(step, machine, tell)
    for step in plan.operations:
        _note_and_do(step, machine, journal, tell)
    if plan.operations:
        journal.retain(plan.operations, installed_versions(machine))


def _note_and_do(step: Operation, machine: Machine, journal: Journal, tell: Tell) -> None:
    """Do a step unless it is done. What is built is built each time: it depends on all that is installed."""
    earlier = journal.entry(step)
    done = is_done(step, machine, earlier.handed_over if earlier else "") and not step.makes
    if done and earlier and earlier.finished:
        return
    journal.begin(step)
    if not done:
        _do(step, machine, tell)
    journal.finish(step)


def uninstall(plan: Plan, machine: Machine, tell: Tell) -> None:
    """Carry out a plan that takes back. Raises HostError where a step fails; planned again, it goes on from there."""
    for step in plan.operations:
        _do(step, machine, tell)


def _do(step: Operation, machine: Machine, tell: Tell) -> None:
    tell(f"  {step}")
    perform(step, machine)


# --- status ------------------------------------------------------------------------------------------------


def state_of(step: Operation, machine: Machine, journal: Journal) -> State:
    """Tell how far a step has come."""
    entry = journal.entry(step)
    if not is_done(step, machine, entry.handed_over if entry else ""):
        return "missing"
    return "done" if entry and entry.finished else "unfinished"


def status(machine: Machine, journal: Journal) -> dict[str, Any]:
    """Tell what is found, what is installed, and how far; nothing is started and nothing is changed."""
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
        "excel": [str(one.program) for one in excel.find_excels(machine)],
        "libreoffice": str(office.programs) if office else None,
        "journal": str(journal.path) if journal.entries else None,
        "operations": steps,
        "remarks": list(plan.remarks),
    }


def status_lines(found: dict[str, Any]) -> list[str]:
    """Say in lines what `status` found."""
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
    """An operation of `status` as it was before its state was added."""
    return {name: value for name, value in step.items() if name != "state"}
