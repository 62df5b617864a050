"""Builds ``ftroi.xlam``, and the macros of a workbook that has the functions in itself, where they are used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from ftroi.hosts.xlam import ribbon, support, wrappers
from ftroi.hosts.xlam.package import SHEET_NAME, WORKBOOK_NAME, write_package
from ftroi.hosts.xlam.read_project import read_project
from ftroi.hosts.xlam.vba_project import WORKBOOK_CLASS, WORKSHEET_CLASS, Module, write_project
from ftroi.hosts.xlam.wrappers import WrappedFunction
from ftroi.workbook.xlsx.macros import Macros

FILE_NAME = "ftroi.xlam"
PROJECT_NAME = "ftroi"
PROJECT_IN_WORKBOOK = "ftroi_plan"
"""Another name than the add-in's, so that both can be open."""

OURS = frozenset({support.NAME, wrappers.NAME, ribbon.NAME})
_CODE = re.compile(r"^(?!\s*$|\s*'|Attribute |Option |(?:BEGIN|END|VERSION)\b|  MultiUse)", re.MULTILINE)
"""A line that does something: no remark, no attribute, nothing that an empty module begins with."""


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
    """All modules of the add-in: the workbook's, its sheet's, the link to Python, the functions, the ribbon."""
    return [
        Module(WORKBOOK_NAME, ribbon.WORKBOOK_CODE, WORKBOOK_CLASS),
        Module(SHEET_NAME, "", WORKSHEET_CLASS),
        Module(support.NAME, support.support_code(interpreter)),
        Module(wrappers.NAME, wrappers.wrappers_code(functions)),
        Module(ribbon.NAME, ribbon.CODE),
    ]


# --- in a workbook -----------------------------------------------------------------------------------------


def macros_of(interpreter: PurePath, functions: Sequence[WrappedFunction]) -> Macros:
    """The macros of a workbook that has the functions in itself; they run in `interpreter`, a full path.

    Raises HostError as `build_xlam` does.
    """
    shared = [
        Module(support.NAME, support.support_code(interpreter)),
        Module(wrappers.NAME, wrappers.wrappers_code(functions, wrappers.BY_ERROR)),
        Module(ribbon.NAME, ribbon.CODE_IN_WORKBOOK),
    ]
    return Macros(
        project=lambda code_names: write_project(PROJECT_IN_WORKBOOK, [*documents(code_names), *shared]),
        ribbon=ribbon.ribbon_xml(ribbon.IN_WORKBOOK),
        others=other_modules,
    )


def documents(code_names: Sequence[str]) -> list[Module]:
    """The modules that stand for the workbook and its sheets, which hold no code."""
    book, *sheets = code_names
    return [Module(book, "", WORKBOOK_CLASS), *(Module(sheet, "", WORKSHEET_CLASS) for sheet in sheets)]


def other_modules(project: bytes) -> list[str]:
    """The names of the modules with code that is not ours; one text where the project cannot be read."""
    try:
        found = read_project(project)
    except ValueError:
        return ["macros that cannot be read"]
    return sorted(name for name, source in found.items() if name not in OURS and _CODE.search(source))


def interpreter_of(project: bytes) -> str:
    """The path of the Python that a workbook's macros start; "" where they are not ours or cannot be read."""
    try:
        return support.interpreter_in(read_project(project).get(support.NAME, ""))
    except ValueError:
        return ""
