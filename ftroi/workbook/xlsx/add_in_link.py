"""The link to the add-in that Excel itself writes where a cell calls a function of one: `[1]!FT_TCO(...)`.

The link names the add-in's file in Excel's start-up folder, without any path, and so holds on every
machine. openpyxl makes no such link; it is added to the file, part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ftroi.workbook.xlsx.add_in_calls import EXCEL, SPELLINGS
from ftroi.workbook.xlsx.file import Addition, File

ADD_IN = "ftroi.xlam"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_START_UP = "http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath/xlStartup"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
_BESIDE_BOOK = "externalLinks/externalLink1.xml"
_PART = f"xl/{_BESIDE_BOOK}"
_RELATIONS = "xl/externalLinks/_rels/externalLink1.xml.rels"
_ID = "rIdAddIn"
_SIGN = SPELLINGS[EXCEL]
_CALL = re.compile(rf"{re.escape(_SIGN)}(FT_[A-Z_]+)")


def link(file: File) -> Addition:
    """The link for a workbook in the making without any other, with the functions that its cells call."""
    formulas = (formula for sheet in file.sheets.values() for _, formula in sheet.written())
    called = {name for formula in formulas if _SIGN in formula for name in _CALL.findall(formula)}
    return Addition(_changed, {_PART: _link(sorted(called)).encode(), _RELATIONS: _target().encode()})


def has_link(names: list[str]) -> bool:
    """Say whether a workbook with these parts has an external link."""
    return _PART in names


def _link(names: Iterable[str]) -> str:
    functions = "".join(f'<definedName name="{name}"/>' for name in names)
    book = f'<externalBook xmlns:r="{_OFFICE}" r:id="rId1"><definedNames>{functions}</definedNames></externalBook>'
    return f'{_HEAD}<externalLink xmlns="{_MAIN}">{book}</externalLink>'


def _target() -> str:
    one = f'<Relationship Id="rId1" Type="{_START_UP}" Target="{ADD_IN}" TargetMode="External"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{one}</Relationships>'


def _changed(name: str, content: bytes) -> bytes:
    """A part with the mention of the link that it needs."""
    added = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/{_PART}" ContentType="{_TYPE}"/></Types>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="{_ID}" Type="{_OFFICE}/externalLink" Target="{_BESIDE_BOOK}"/></Relationships>',
        ),
        "xl/workbook.xml": (
            "</sheets>",
            f'</sheets><externalReferences><externalReference xmlns:r="{_OFFICE}" r:id="{_ID}"/></externalReferences>',
        ),
    }
    if name not in added:
        return content
    return re.sub(re.escape(added[name][0]), lambda _: added[name][1], content.decode(), count=1).encode()
