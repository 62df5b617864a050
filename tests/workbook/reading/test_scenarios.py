"""Scenarios are read as they were typed, whatever it was, and gaps between them are none."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from ftroi.plan import NamedScenario
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.layout.scenarios import CHANGES, NAME
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.schema import SCENARIOS, SCENARIOS_SHEET
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import light_workbook, small_plan, small_workbook


def test_typed_rows_are_read_in_their_order(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    book = load_workbook(path)
    sheet, first = book[SCENARIOS_SHEET], layout_of(small_plan()).scenarios.own[0] + 1
    typed: dict[int, tuple[str | int | None, str | None]] = {
        0: (" Slow ", "ramp_months=18"),
        3: (2027, None),
        5: (None, "x"),
    }
    for offset, (name, changes) in typed.items():
        sheet.cell(first + offset, NAME + 1, name)
        sheet.cell(first + offset, CHANGES + 1, changes)
    book.save(path)
    found = read_workbook(path, template_of_id).plan.scenarios
    assert found == (NamedScenario("Slow", "ramp_months=18"), NamedScenario("2027", ""), NamedScenario("", "x"))


def test_a_workbook_without_the_sheet_has_none(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    book = load_workbook(path)
    if SCENARIOS in book.defined_names:
        del book.defined_names[SCENARIOS]
    book.save(path)
    assert read_workbook(path, template_of_id).plan.scenarios == ()
