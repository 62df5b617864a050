"""One of the user's own sheets comes through a regeneration with all that openpyxl can carry."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.write import write_workbook
from tests.support.edited import fine_tuning_by_id, small_plan
from tests.support.excel_limits import breaches
from tests.support.package import parts, rewrite

OWN = "My figures"


def furnish(sheet: Any) -> None:
    """Put something of every kind onto a sheet."""
    for row in (("Month", "Amount"), (1, 10.5), (2, 20.25)):
        sheet.append(row)
    sheet["B2"].font, sheet["B2"].fill = Font(bold=True, color="FF112233"), PatternFill("solid", fgColor="FFEEDDCC")
    sheet["B2"].number_format = "0.000"
    sheet["B2"].comment = Comment("seen by the CFO", "Ann")
    sheet["D1"] = "=SUM(B2:B3)"
    sheet["D2"] = date(2027, 5, 4)
    sheet["D3"], sheet["D3"].hyperlink = "a link", "https://example.com/"
    sheet.merge_cells("F1:G2")
    sheet["F1"] = "merged"
    sheet.column_dimensions["A"].width, sheet.row_dimensions[2].height = 33, 44
    sheet.freeze_panes = "B2"
    sheet.add_table(Table(displayName="Figures", ref="A1:B3"))
    rule = DataValidation("list", formula1='"yes,no"')
    rule.add("E5")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add(
        "B2:B3", Rule("cellIs", operator="greaterThan", formula=["15"], dxf=DifferentialStyle(Font(color="FFFF0000")))
    )
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "A10")
    stream = BytesIO()
    Picture.new("RGB", (30, 20), "#AA3300").save(stream, "PNG")
    sheet.add_image(Image(BytesIO(stream.getvalue())), "F10")
    sheet.auto_filter.ref = "H1:I3"
    sheet.protection.sheet = True


def described(name: str, content: bytes) -> bytes:
    """A drawing whose charts say what they show."""
    if not name.startswith("xl/drawings/drawing"):
        return content
    return re.sub(rb'name="Chart [0-9]+"', rb'name="x" descr="Chart of mine"', content)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sheet after the workbook was regenerated."""
    path = tmp_path_factory.mktemp("own") / "plan.xlsx"
    write_workbook(small_plan(), path)
    book = load_workbook(path)
    furnish(book.create_sheet(OWN))
    book.save(path)
    rewrite(path, described)
    found = examine(path, fine_tuning_by_id)
    assert found.not_kept == ()
    regenerate(found, fine_tuning_by_id, date(2026, 11, 23))
    assert breaches(path) == []
    drawings = [content for name, content in parts(path).items() if name.startswith("xl/drawings/drawing")]
    assert sum(b'descr="Chart of mine"' in one for one in drawings) == 1
    return load_workbook(path)[OWN]


def test_cells_keep_their_values_and_looks(kept: Any) -> None:
    assert [[cell.value for cell in row] for row in kept["A1:B3"]] == [["Month", "Amount"], [1, 10.5], [2, 20.25]]
    assert (kept["D1"].value, kept["D2"].value.date(), kept["F1"].value) == ("=SUM(B2:B3)", date(2027, 5, 4), "merged")
    cell = kept["B2"]
    assert (cell.font.b, cell.font.color.rgb, cell.fill.fgColor.rgb, cell.number_format) == (
        True, "FF112233", "FFEEDDCC", "0.000",
    )  # fmt: skip


def test_comments_links_and_merged_cells_are_kept(kept: Any) -> None:
    assert (kept["B2"].comment.text, kept["B2"].comment.author) == ("seen by the CFO", "Ann")
    assert kept["D3"].hyperlink.target == "https://example.com/"
    assert [str(area) for area in kept.merged_cells.ranges] == ["F1:G2"]


def test_tables_rules_and_conditional_formats_are_kept(kept: Any) -> None:
    assert kept.tables["Figures"].ref == "A1:B3"
    (rule,) = kept.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("E5", '"yes,no"')
    ((area, (format_rule,)),) = ((one.sqref, one.rules) for one in kept.conditional_formatting)
    assert (str(area), format_rule.formula, format_rule.dxf.font.color.rgb) == ("B2:B3", ["15"], "FFFF0000")


def test_charts_and_the_grid_are_kept(kept: Any) -> None:
    (chart,) = kept._charts
    assert chart.series[0].val.numRef.f == f"'{OWN}'!$B$2:$B$3"
    assert (kept.column_dimensions["A"].width, kept.row_dimensions[2].height) == (33, 44.25)
    assert kept.freeze_panes == "B2"


def test_pictures_filters_and_protection_are_kept(kept: Any) -> None:
    (picture,) = kept._images
    assert (picture.anchor._from.col, picture.anchor._from.row) == (5, 9)
    assert (kept.auto_filter.ref, kept.protection.sheet) == ("H1:I3", True)
