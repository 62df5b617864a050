"""Saving a workbook of openpyxl's whose rows are given as text, the same file from the same content each time.

openpyxl writes formulas without their values, and takes a second for 30,000 cells. Everything but rows is left to it.
This is the one module that knows how openpyxl writes; the classes below are not part of its public interface, which is
why its version is pinned and ``missing_in_openpyxl`` says what has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
from lxml import etree
from openpyxl import Workbook
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    ARC_SHARED_STRINGS,
    ARC_STYLE,
    ARC_WORKBOOK_RELS,
    REL_NS,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
)

_ROWS = "@@rows@@"
_DAY_ZERO = (1980, 1, 1, 0, 0, 0)
"""The time of every part; a zip file knows no earlier one."""

_RIGHTS = 0o600 << 16
_NEEDED: Mapping[type, tuple[str, ...]] = {
    WorksheetWriter: ("write", "write_rows", "write_dimensions", "write_hyperlinks", "_rels"),
    ExcelWriter: ("write_data", "write_worksheet", "_write_worksheets", "_archive", "manifest"),
    SpreadsheetDrawing: ("_chart_frame", "_picture_frame", "charts", "images"),
}


@dataclass
class Rows:
    """What a sheet holds besides what openpyxl is told: its rows as XML, their area, links, and texts of drawings.

    ``descriptions`` are the alternative texts of the sheet's charts and pictures, in this order.
    """

    xml: Callable[[], str]
    area: str
    links: Sequence[Hyperlink] = ()
    comments: Sequence[CommentRecord] = ()
    descriptions: Sequence[str] = field(default_factory=list)


_MENTIONS = {
    ARC_CONTENT_TYPES: ("</Types>", f'<Override PartName="/{ARC_SHARED_STRINGS}" ContentType="{SHARED_STRINGS}"/>'),
    ARC_WORKBOOK_RELS: (
        "</Relationships>",
        f'<Relationship Id="rIdTexts" Type="{REL_NS}/sharedStrings" Target="/{ARC_SHARED_STRINGS}"/>',
    ),
}

_OF_FONTS = [
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
]  # fmt: skip
"""What a font says, in the order of the schema that Excel follows."""

Change = Callable[[str, bytes], bytes]
"""A part's content as it is to be written, from its name and what openpyxl made of it."""


def save(
    book: Workbook, path: Path | BytesIO, rows: Mapping[str, Rows], texts: Callable[[], str],
    change: Change, added: Mapping[str, bytes],
) -> None:  # fmt: skip
    """Write a workbook with the rows of its sheets by their titles, and with further parts by their names.

    ``texts`` gives the part with the texts that the rows share, once these have been written.
    """
    with _Archive(path, lambda name, content: change(name, _finished(name, content))) as archive:
        _Excel(book, archive, rows).write_data()
        for name, content in {ARC_SHARED_STRINGS: texts().encode(), **added}.items():
            archive.writestr(name, content)


def _finished(name: str, content: bytes) -> bytes:
    """A part with what openpyxl leaves out of it, and in the order of the schema."""
    if name == ARC_STYLE:
        return _with_fonts_in_order(content)
    if name not in _MENTIONS:
        return content
    end, mention = _MENTIONS[name]
    return content.replace(end.encode(), f"{mention}{end}".encode(), 1)


def _with_fonts_in_order(styles: bytes) -> bytes:
    """Styles whose fonts say things in the order in which Excel itself does; openpyxl begins with their names."""
    tree = etree.fromstring(styles)
    for font in tree.iter(f"{{{SHEET_MAIN_NS}}}font"):
        font[:] = sorted(font, key=lambda one: _OF_FONTS.index(etree.QName(one).localname))
    return etree.tostring(tree, encoding="utf-8")


def missing_in_openpyxl() -> list[str]:
    """What this module needs of openpyxl's inner classes and no longer finds there."""
    book: Any = Workbook()
    instances: Mapping[type, object] = {
        WorksheetWriter: WorksheetWriter(book.active, BytesIO()),
        ExcelWriter: ExcelWriter(book, ZipFile(BytesIO(), "w")),
        SpreadsheetDrawing: SpreadsheetDrawing(),
    }
    return [
        f"openpyxl {openpyxl.__version__}: {kind.__name__}.{name}"
        for kind, names in _NEEDED.items()
        for name in names
        if not hasattr(instances[kind], name)
    ]


class _Archive(ZipFile):
    """A zip file whose parts bear no times."""

    def __init__(self, path: Path | BytesIO, change: Change) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._change = change

    def writestr(self, name: Any, data: Any, *_: Any, **__: Any) -> None:  # type: ignore[override]  # noqa: ANN401
        """Write a part as openpyxl hands it over."""
        info = ZipInfo(str(name), _DAY_ZERO)
        info.compress_type, info.external_attr = ZIP_DEFLATED, _RIGHTS
        super().writestr(info, self._change(str(name), data.encode() if isinstance(data, str) else data))


class _Sheet(WorksheetWriter):
    """Writes a worksheet around rows that are put in afterwards."""

    _rels: Any
    xf: Any

    def __init__(self, sheet: Any, rows: Rows) -> None:  # noqa: ANN401 - openpyxl's types lack what is set below
        self._stream = BytesIO()
        super().__init__(sheet, self._stream)
        self._given = rows
        sheet._hyperlinks, sheet._comments = list(rows.links), list(rows.comments)  # noqa: SLF001 - as while it writes cells

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(self._given.area).to_tree())

    def write_rows(self) -> None:
        inside = self.xf.send(True)  # noqa: FBT003 - how openpyxl asks for its stream
        with inside.element("sheetData"):
            inside.write(_ROWS)
        self.xf.send(None)

    def written(self) -> bytes:
        self.write()
        before, _, after = self._stream.getvalue().partition(_ROWS.encode())
        return before + self._given.xml().encode() + after


class _Drawing(SpreadsheetDrawing):
    """The drawings of a sheet, each with a text for those who cannot see it."""

    __elements__ = SpreadsheetDrawing.__elements__  # openpyxl's classes do not hand them down

    def __init__(self, sheet: Any, descriptions: Sequence[str]) -> None:  # noqa: ANN401 - openpyxl's types say less
        super().__init__()
        self.charts, self.images = sheet._charts, sheet._images  # noqa: SLF001 - as openpyxl's own writer does
        self._descriptions = descriptions

    def _chart_frame(self, idx: int) -> Any:  # noqa: ANN401 - openpyxl's types say less
        frame = super()._chart_frame(idx)  # type: ignore[misc]  # openpyxl's types lack it
        if idx <= len(self._descriptions) and self._descriptions[idx - 1]:
            frame.nvGraphicFramePr.cNvPr.descr = self._descriptions[idx - 1]
        return frame

    def _picture_frame(self, idx: int) -> Any:  # noqa: ANN401 - openpyxl's types say less
        picture = super()._picture_frame(idx)  # type: ignore[misc]  # openpyxl's types lack it
        if idx <= len(self._descriptions) and self._descriptions[idx - 1]:
            picture.nvPicPr.cNvPr.descr = self._descriptions[idx - 1]
        return picture


class _Excel(ExcelWriter):
    """Writes a workbook whose sheets' rows are given."""

    _archive: Any

    def __init__(self, book: Workbook, archive: ZipFile, rows: Mapping[str, Rows]) -> None:
        super().__init__(book, archive)
        self._rows = rows

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - openpyxl's types lack what is set below
        rows = self._rows[ws.title]
        ws._drawing = _Drawing(ws, rows.descriptions)  # noqa: SLF001 - as openpyxl's own writer does
        writer = _Sheet(ws, rows)
        content = writer.written()
        ws._rels = writer._rels  # noqa: SLF001 - as openpyxl's own writer does
        self._archive.writestr(ws.path[1:], content)
        self.manifest.append(ws)
