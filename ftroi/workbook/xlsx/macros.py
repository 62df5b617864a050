"""The macros that a workbook of the kind .xlsm carries: put in whole, and never run here.

What they are is the hosts' business; here stands how they are tied to the workbook and its sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from ftroi.workbook.xlsx.repack import repack

WITH_MACROS, MACRO_FREE = ".xlsm", ".xlsx"
"""The endings of workbooks; Excel opens no file whose ending and content differ in this."""

PROJECT_PART = "xl/vbaProject.bin"

FUNCTION_GROUPS = '<functionGroups builtInGroupCount="19"><functionGroup name="ftroi"/></functionGroups>'
"""The function wizard's category, the first behind Excel's own; it stands behind the list of sheets."""

_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_LINK = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Macros:
    """What a workbook with macros carries.

    ``project`` gives its VBA project from the code names of the workbook and of its sheets; ``ribbon`` is the XML of
    its buttons; ``others`` names, in a project that was saved, the modules with somebody else's code.
    """

    project: Callable[[Sequence[str]], bytes]
    ribbon: str
    others: Callable[[bytes], Sequence[str]]


def embed(file: Workbook, macros: Macros) -> None:
    """Put the project into a workbook in the making, all of whose sheets are there."""
    sheets = [f"Sheet{number}" for number, _ in enumerate(file.worksheets(), start=1)]
    code_names = ["ThisWorkbook", *sheets]
    file.set_vba_name(code_names[0])
    for sheet, name in zip(file.worksheets(), sheets, strict=True):
        sheet.set_vba_name(name)
    file.add_vba_project(BytesIO(macros.project(code_names)), is_stream=True)


def add_ribbon(path: Path, macros: Macros) -> None:
    """Add the buttons to a finished workbook; the rest of the file stays as it is."""
    repack(path, _linked, {_RIBBON_PART: _HEAD + macros.ribbon})


def _linked(name: str, content: bytes) -> bytes:
    """Give a part with the mention of what it needs to know."""
    if name == "xl/workbook.xml":
        return content.replace(b"</sheets>", f"</sheets>{FUNCTION_GROUPS}".encode())
    if name != "_rels/.rels":
        return content
    link = f'<Relationship Id="rIdRibbon" Type="{_RIBBON_LINK}" Target="{_RIBBON_PART}"/>'
    return content.replace(b"</Relationships>", f"{link}</Relationships>".encode())
