"""Installing the add-ins into spreadsheet programs, and uninstalling them, with the standard library only.

An installation is a list of operations (`operations`), which is planned (`plan`), can be shown in advance, and is
carried out step by step (`carry_out`). Each step is recorded in a journal (`journal`), so that an installation that was
interrupted continues where it stopped, and can be undone.
"""

from ftroi.installer.carry_out import install, status, status_lines, uninstall
from ftroi.installer.journal import Journal
from ftroi.installer.machine import Machine, this_machine
from ftroi.installer.operations import Operation
from ftroi.installer.plan import Plan, keeps_more, plan_install, plan_uninstall

__all__ = [
    "Journal",
    "Machine",
    "Operation",
    "Plan",
    "install",
    "keeps_more",
    "plan_install",
    "plan_uninstall",
    "status",
    "status_lines",
    "this_machine",
    "uninstall",
]
