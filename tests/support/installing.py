"""Installing on made-up machines, and plans as tables that compare with those written by hand."""

from __future__ import annotations

from ftroi.installer import Journal, Machine, install, plan_install, plan_uninstall, uninstall

SILENT = lambda _line: None  # noqa: E731 - as short as it is meant


def table(plan_text: str, machine: Machine) -> str:
    """Shorten a machine's own paths, so that a plan compares with a table written by hand."""
    places = {str(machine.environment): "ENV", str(machine.root): "ROOT", str(machine.home): "~"}
    for path, short in places.items():
        plan_text = plan_text.replace(path, short)
    return plan_text.replace("'", "")


def steps(machine: Machine, **wishes: bool) -> str:
    plan = plan_install(machine, Journal.of(machine), **wishes)
    return table("".join(f"{step}\n" for step in (*plan.stale, *plan.operations)), machine)


def removal(machine: Machine, **wishes: bool) -> str:
    plan = plan_uninstall(machine, Journal.of(machine), **wishes)
    return table("".join(f"{step}\n" for step in plan.operations), machine)


def do_install(machine: Machine, **wishes: bool) -> list[str]:
    """Install, and give what was told: the steps that were done."""
    told: list[str] = []
    journal = Journal.of(machine)
    install(plan_install(machine, journal, **wishes), machine, journal, told.append)
    return told


def do_uninstall(machine: Machine, **wishes: bool) -> None:
    uninstall(plan_uninstall(machine, Journal.of(machine), **wishes), machine, SILENT)
