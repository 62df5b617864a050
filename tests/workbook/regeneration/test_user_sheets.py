"""The user's own sheets through a regeneration: what looks at something gone or moved, names, and huge sheets."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from ftroi.errors import WorkbookError
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.xlsx.package_parts import MOST_TAGS
from tests.support.depth import at_depth
from tests.support.edited import fine_tuning_by_id, light_workbook, small_workbook
from tests.support.excel_limits import breaches
from tests.support.package import rewrite

OWN, TODAY = "Mine", date(2026, 11, 27)


def changed(path: Path, change: Callable[[Workbook], None]) -> Path:
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def regenerated(path: Path) -> tuple[str, ...]:
    """Regenerate a workbook, and give what was told before."""
    found = examine(path, fine_tuning_by_id)
    regenerate(found, fine_tuning_by_id, TODAY)
    assert breaches(path) == []
    return found.not_kept


def test_a_fresh_workbook_has_nothing_of_the_users_own(tmp_path: Path) -> None:
    found = examine(small_workbook(tmp_path), fine_tuning_by_id)
    assert (found.own_sheets, found.not_kept) == ((), ())


def rules_and_chart(sheet: Any, elsewhere: str) -> None:
    """Rules and a chart that look at another sheet."""
    entries = DataValidation("list", formula1=f"{elsewhere}!$A$1:$A$3")
    entries.add("B1:B9")
    sheet.add_data_validation(entries)
    sheet.conditional_formatting.add(
        "C1", Rule("expression", formula=[f"{elsewhere}!$A$1>0"], dxf=DifferentialStyle(Font(b=True)))
    )
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=3))
    chart.series[0].val.numRef.f = f"{elsewhere}!$A$1:$A$3"
    sheet.add_chart(chart, "E5")


def test_what_looks_at_a_sheet_that_is_gone_is_told_with_its_place_and_leaves_a_sound_file(tmp_path: Path) -> None:
    def furnish(book: Workbook) -> None:
        sheet: Any = book.create_sheet(OWN)
        sheet["A1"] = "=Gone!B2+1"
        sheet["A2"] = "=A1"
        rules_and_chart(sheet, "Gone")

    path = changed(light_workbook(tmp_path), furnish)
    (told,) = regenerated(path)
    assert told.startswith(f"{OWN}: formulas that look at Gone (cells keep their values, rules and charts go): A1, ")
    for place in ("the conditional format of C1", "the rule for entries in B1:B9", "a chart"):
        assert place in told
    sheet: Any = load_workbook(path)[OWN]
    assert (sheet["A2"].value, sheet._charts, sheet.data_validations.count) == ("=A1", [], 0)
    assert list(sheet.conditional_formatting) == []


def test_what_looks_at_a_sheet_of_the_plan_is_kept(tmp_path: Path) -> None:
    def furnish(book: Workbook) -> None:
        sheet: Any = book.create_sheet(OWN)
        sheet["A1"] = f"={DASHBOARD}!K2"
        rules_and_chart(sheet, DASHBOARD)

    path = changed(light_workbook(tmp_path), furnish)
    assert regenerated(path) == ()
    sheet: Any = load_workbook(path)[OWN]
    assert (len(sheet._charts), sheet.data_validations.count, len(sheet.conditional_formatting)) == (1, 1, 1)


def row_of(book: Workbook, text: str) -> int:
    return next(cell.row for row in book[DASHBOARD].iter_rows() for cell in row if cell.value == text)


def test_cells_that_stand_elsewhere_afterwards_are_told_by_name(tmp_path: Path) -> None:
    """Somebody put a row into the Dashboard, which a fresh workbook has not: what looks below it sees another row."""
    rows: list[int] = []

    def insert(book: Workbook) -> None:
        book[DASHBOARD].insert_rows(row_of(book, "The verdict in full"))
        row = row_of(book, "The verdict in full") + 1
        rows.append(row)
        sheet = book.create_sheet(OWN)
        sheet["B3"], sheet["B4"] = f"={DASHBOARD}!E{row}", f"=SUM({DASHBOARD}!$K$2:$K$3)"
        book.defined_names["my_verdict"] = DefinedName("my_verdict", attr_text=f"{DASHBOARD}!$E${row}")

    path = changed(light_workbook(tmp_path), insert)
    told = examine(path, fine_tuning_by_id).not_kept
    looks = "other figures stand where its formulas look, so point them there anew"
    assert told == (
        f"{OWN}: {looks}: B3 looks at {DASHBOARD}!E{rows[0]}",
        f"other figures stand where the name my_verdict looks: {DASHBOARD}!$E${rows[0]}",
    )


def test_names_that_a_person_has_given_are_kept(tmp_path: Path) -> None:
    texts = {"vat": "0.19", "my_cells": f"{OWN}!$A$1:$B$2", "my_option": f"{DASHBOARD}!$K$2"}

    def name(book: Workbook) -> None:
        book.create_sheet(OWN)["A1"] = "=vat*2"
        for one, text in (texts | {"lost": "Gone!$A$1"}).items():
            book.defined_names[one] = DefinedName(one, attr_text=text)

    path = changed(light_workbook(tmp_path), name)
    assert regenerated(path) == ("the name lost, which looks at Gone",)
    names = load_workbook(path).defined_names
    assert {one: names[one].attr_text for one in texts} == texts
    assert "lost" not in names


def test_a_cell_far_away_and_whole_merged_columns_take_no_longer_than_others(tmp_path: Path) -> None:
    """Openpyxl would go through all the 17 billion cells between, and make each cell of merged columns."""

    def furnish(book: Workbook) -> None:
        sheet = book.create_sheet(OWN)
        sheet["A1"], sheet["XFD1048576"] = "near", "far"

    path = changed(light_workbook(tmp_path), furnish)
    merged = b'<mergeCells><mergeCell ref="A1:C1048576"/></mergeCells>'
    rewrite(path, lambda _, part: part.replace(b"<pageMargins", merged + b"<pageMargins") if b"XFD1" in part else part)
    begun = time.monotonic()
    assert regenerated(path) == ()
    assert time.monotonic() - begun < 60
    with closing(load_workbook(path, read_only=True)) as book:
        assert book[OWN]["XFD1048576"].value == "far"


def test_many_cells_are_kept_and_too_many_refused(tmp_path: Path) -> None:
    count = at_depth(20_000, 600_000)

    def furnish(book: Workbook) -> None:
        sheet = book.create_sheet(OWN)
        for row in range(count // 20):
            sheet.append([row + column / 7 for column in range(20)])

    path = changed(light_workbook(tmp_path), furnish)
    assert regenerated(path) == ()
    with closing(load_workbook(path, read_only=True)) as book:
        rows = book[OWN].iter_rows(values_only=True)
        assert sum(1 for row in rows for value in row if value is not None) == count
    cells = b"<c/>" * (MOST_TAGS + 1)
    name = "xl/worksheets/sheet4.xml"
    rewrite(path, lambda one, content: content.replace(b"</row>", cells + b"</row>", 1) if one == name else content)
    with pytest.raises(WorkbookError, match=r"more than any plan's.*move large tables of your own"):
        examine(path, fine_tuning_by_id)


def test_a_chart_that_is_a_sheet_is_told(tmp_path: Path) -> None:
    def furnish(book: Workbook) -> None:
        sheet: Any = book.create_sheet(OWN)
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=3))
        book.create_chartsheet("Chart alone").add_chart(chart)

    path = changed(light_workbook(tmp_path), furnish)
    (told,) = regenerated(path)
    assert told.startswith("Chart alone: the whole sheet")
    assert load_workbook(path).sheetnames[-1] == OWN
