"""Installing the add-ins into spreadsheet programs, and taking them back, with the standard library alone.

An installation is a list of operations: it can be shown before anything is done, is noted step by step, goes on where
it was stopped, and is taken back from the notes.
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
