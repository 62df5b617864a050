"""``ftroi addin``: the add-ins of the spreadsheet programs as files, and a workbook to try them with."""

from __future__ import annotations

from pathlib import Path

from ftroi.cli.console import print_json, say, warn
from ftroi.cli.plan_source import default_preset
from ftroi.dates import local_day
from ftroi.errors import HostError
from ftroi.hosts.build import BUILDERS, build_add_in, macros_for
from ftroi.hosts.checklist import write_checklist
from ftroi.plan import plan_from_preset
from ftroi.termsheet.catalogue import find_template
from ftroi.termsheet.load import DEFAULT_TEMPLATE
from ftroi.workbook.xlsx.add_in_calls import PLAIN
from ftroi.workbook.xlsx.macros import MACRO_FREE, WITH_MACROS
from ftroi.workbook.xlsx.safe_files import put_in_place

NEXT = {
    "calc": "close LibreOffice, then unopkg add --force {path}",
    "excel": "close Excel, then copy {path} into Excel's XLSTART folder",
}
"""What to do with each add-in; setup_addin.py does it by itself."""


def build(output: Path, host: str | None, *, as_json: bool) -> None:
    """Build one program's add-in, or all that can be built on this machine, and say where they are.

    Raises HostError where the one asked for, or every one, cannot be built here.
    """
    built, errors = {}, []
    for name in [host] if host else list(BUILDERS):
        try:
            built[name] = build_add_in(name, output)
        except HostError as error:
            errors.append(error)
    findings = [finding for error in errors for finding in error.findings]
    if not built:
        raise HostError(*findings)
    warn(f"not built: {finding}" for finding in findings)
    if as_json:
        print_json({"built": {name: str(path) for name, path in built.items()}, "not_built": [*map(str, findings)]})
        return
    for name, path in built.items():
        say(f"Written: {path}", f"Next: {NEXT[name].format(path=path)}")


def checklist(path: Path, preset: str | None, functions: str, *, replace: bool) -> None:
    """Write the checklist and say how to use it.

    Raises PlanError, WorkbookError or HostError, and leaves an existing file as it was.
    """
    template = find_template(DEFAULT_TEMPLATE)
    plan = plan_from_preset(template, preset or default_preset(template), ())
    macros = macros_for(path)
    spelling = PLAIN if macros else functions
    today = local_day()  # names the copy of what is replaced; the workbook bears no clock
    ending = WITH_MACROS if macros else MACRO_FREE
    backup = put_in_place(
        path, lambda fresh: write_checklist(plan, fresh, spelling, macros), today, replace=replace, ending=ending
    )
    say(f"Written: {path}")
    if backup:
        say(f"What was there before: {backup}")
    keys = "Excel: Ctrl+Alt+F9; LibreOffice: Ctrl+Shift+F9"
    say(f"Next: open it where the add-in is loaded, calculate ({keys}), and look at the column Mark")
