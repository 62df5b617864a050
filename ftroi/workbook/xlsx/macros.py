"""Adding the macros of an .xlsm workbook, which are never run here.

`ftroi.hosts.xlam` builds the macros; this module connects them to the workbook and its sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ftroi.workbook.xlsx.file import Addition, File

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


def embed(file: File, macros: Macros) -> Addition:
    """Name the modules of a workbook in the making, which has all its sheets; gives the project and the buttons."""
    sheets = [f"Sheet{number}" for number, _ in enumerate(file.sheets, start=1)]
    code_names = ["ThisWorkbook", *sheets]
    file.book.code_name = code_names[0]
    for sheet, name in zip(file.sheets.values(), sheets, strict=True):
        sheet.around.sheet_properties.codeName = name
    ribbon = f"{_HEAD}{macros.ribbon}".encode()
    return Addition(_linked, {PROJECT_PART: macros.project(code_names), _RIBBON_PART: ribbon})


def _linked(name: str, content: bytes) -> bytes:
    """A part with the mention of what it needs to know."""
    if name not in _MENTIONS:
        return content
    for before, after in _MENTIONS[name].items():
        content = content.replace(before.encode(), after.encode(), 1)
    return content


_PLAIN_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BOOK_WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_PROJECT_LINK = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_TO_RIBBON = f'<Relationship Id="rIdRibbon" Type="{_RIBBON_LINK}" Target="{_RIBBON_PART}"/>'
_TO_PROJECT = f'<Relationship Id="rIdProject" Type="{_PROJECT_LINK}" Target="vbaProject.bin"/>'
_MENTIONS: Mapping[str, Mapping[str, str]] = {
    "xl/workbook.xml": {"</sheets>": f"</sheets>{FUNCTION_GROUPS}"},
    "_rels/.rels": {"</Relationships>": f"{_TO_RIBBON}</Relationships>"},
    "xl/_rels/workbook.xml.rels": {"</Relationships>": f"{_TO_PROJECT}</Relationships>"},
    "[Content_Types].xml": {
        _PLAIN_BOOK: _BOOK_WITH_MACROS,
        "</Types>": f'<Override PartName="/{PROJECT_PART}" ContentType="{_PROJECT_TYPE}"/></Types>',
    },
}
"""What is written otherwise in a part of a workbook with macros, by what stands there without them."""
