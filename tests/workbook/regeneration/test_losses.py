"""What of an own sheet is not carried over is told by its name; what is carried over is not told."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from ftroi.workbook.regeneration.losses import descriptions, losses
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.package import parts, rewrite, rewrite_part

SHEET, DRAWING = "xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def workbook(folder: Path) -> Path:
    """Write a workbook with everything that is carried over."""
    book, path = Workbook(), folder / "own.xlsx"
    sheet: Any = book.active
    for row in (("Month", "Amount"), (1, 10.5), (2, 20.25)):
        sheet.append(row)
    sheet["B2"].comment = Comment("seen", "Ann")
    sheet.add_table(Table(displayName="Figures", ref="A1:B3"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D1")
    stream = BytesIO()
    Picture.new("RGB", (3, 3)).save(stream, "PNG")
    sheet.add_image(Image(BytesIO(stream.getvalue())), "J1")
    sheet.protection.sheet = True
    book.save(path)
    return path


def told(path: Path) -> list[str]:
    with open_parts(path) as opened:
        return losses(opened, "Sheet", opened.raw("Sheet"))


def test_what_is_carried_over_is_not_told(tmp_path: Path) -> None:
    assert told(workbook(tmp_path)) == []


def related(kind: str) -> tuple[str, str, str]:
    return (
        RELATIONS,
        "</Relationships>",
        f'<Relationship Id="x" Type="{KIND}{kind}" Target="/xl/x.xml"/></Relationships>',
    )


def extension(inside: str) -> tuple[str, str, str]:
    return SHEET, "</worksheet>", f"<extLst><ext>{inside}</ext></extLst></worksheet>"


def drawn(kind: str) -> tuple[str, str, str]:
    return DRAWING, "</oneCellAnchor>", f"<{kind}/></oneCellAnchor>"


LOST = {
    "buttons and other controls": (SHEET, "</worksheet>", "<controls/></worksheet>"),
    "embedded objects": (SHEET, "</worksheet>", "<oleObjects/></worksheet>"),
    "ranges with passwords of their own": (SHEET, "</worksheet>", "<protectedRanges/></worksheet>"),
    "sparklines": extension("<sparklineGroup/>"),
    "conditional formats of newer kinds": extension("<cfRule/>"),
    "features of newer programs": extension("<unheardOf/>"),
    "pivot tables": related("pivotTable"),
    "queries": related("queryTable"),
    "shapes or text boxes": drawn("sp"),
    "charts, slicers or shapes of newer kinds": drawn("AlternateContent"),
    "pictures or linked data within cells": (SHEET, "<c ", '<c vm="1" '),
    "formats of single words within a cell": (SHEET, "<t>Month</t>", "<r><t>Mon</t></r><r><t>th</t></r>"),
}


@pytest.mark.parametrize("lost,change", LOST.items(), ids=list(LOST))
def test_what_is_lost_is_told(lost: str, change: tuple[str, str, str], tmp_path: Path) -> None:
    path = workbook(tmp_path)
    rewrite_part(path, *change)
    assert told(path) == [lost]


def test_formats_of_words_are_found_where_sheets_share_texts(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    texts = b"<sst><si><t>plain</t></si><si><r><t>Mon</t></r><r><t>th</t></r></si></sst>"

    inline = b't="inlineStr"><is><t>Month</t></is>'
    rewrite(path, lambda _, content: content.replace(inline, b't="s"><v>1</v>'))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/sharedStrings.xml", texts)
    assert told(path) == ["formats of single words within a cell"]


def test_alternative_texts_are_found_by_chart_and_picture(tmp_path: Path) -> None:
    path = workbook(tmp_path)

    def described(name: str, content: bytes) -> bytes:
        return (
            content.replace(b'name="Chart 1"', b'name="Chart 1" descr="Amounts by month"')
            if name == DRAWING
            else content
        )

    rewrite(path, described)
    assert b"Amounts by month" in parts(path)[DRAWING]
    with open_parts(path) as opened:
        charts, pictures = descriptions(opened, "Sheet")
    assert (charts, len(pictures)) == (["Amounts by month"], 1)
