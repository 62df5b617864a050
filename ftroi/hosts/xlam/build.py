"""Builds ``ftroi.xlam`` on the machine that uses it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from ftroi.hosts.xlam import ribbon, support, wrappers
from ftroi.hosts.xlam.package import SHEET_NAME, WORKBOOK_NAME, write_package
from ftroi.hosts.xlam.vba_project import WORKBOOK_CLASS, WORKSHEET_CLASS, Module, write_project
from ftroi.hosts.xlam.wrappers import WrappedFunction

FILE_NAME = "ftroi.xlam"
PROJECT_NAME = "ftroi"


def build_xlam(interpreter: PurePath, output: Path, functions: Sequence[WrappedFunction]) -> Path:
    """Write ``ftroi.xlam`` into the folder `output`, made if need be; its functions run in `interpreter`, a full path.

    Gives the file's path. Raises HostError where xlwings is missing or not the one that ftroi knows, and where the
    interpreter's path cannot be written into a macro; nothing is written then.
    """
    project = write_project(PROJECT_NAME, modules(interpreter, functions))
    content = write_package(project, ribbon.ribbon_xml())
    output.mkdir(parents=True, exist_ok=True)
    path = output / FILE_NAME
    path.write_bytes(content)
    return path


def modules(interpreter: PurePath, functions: Sequence[WrappedFunction]) -> list[Module]:
    """Give all modules of the add-in: the workbook's, its sheet's, the link to Python, the functions, the ribbon."""
    return [
        Module(WORKBOOK_NAME, ribbon.WORKBOOK_CODE, WORKBOOK_CLASS),
        Module(SHEET_NAME, "", WORKSHEET_CLASS),
        Module(support.NAME, support.support_code(interpreter)),
        Module(wrappers.NAME, wrappers.wrappers_code(functions)),
        Module(ribbon.NAME, ribbon.CODE),
    ]
