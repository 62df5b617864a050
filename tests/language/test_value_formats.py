"""How sentences show figures: by hand, and as the spreadsheet's text has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ftroi.language.value_formats import VALUE_FORMATS, format_value, value_to_excel
from tests.support.office import Office


@pytest.mark.parametrize(
    "value, name, shown",
    [
        (184_651.947, "money", "USD 184,652"),
        (-150_714.96, "money", "USD −150,715"),
        (730_209.0, "money_short", "USD 730k"),
        (-150_714.96, "money_short", "USD −151k"),
        (2_346_000.0, "money_short", "USD 2.35m"),
        (999.4, "money_short", "USD 999"),
        (999.5, "money_short", "USD 1k"),
        (999_499.0, "money_short", "USD 999k"),
        (999_500.0, "money_short", "USD 1.00m"),
        (-0.4, "money", "USD 0"),
        (0.2202, "percent", "22.0%"),
        (-0.05, "percent", "−5.0%"),
        (0.825, "whole_percent", "83%"),
        (0.179, "points", "17.9"),
        (0.17, "whole_points_words", "17 points"),
        (0.01, "whole_points_words", "1 point"),
        (0.059, "points_words", "5.9 points"),
        (1.449, "multiple", "1.45×"),
        (6.04, "months", "6.0 months"),
        (3.0, "days", "3.0 days"),
        (2_000_000.0, "whole", "2,000,000"),
        (36.0, "years", "3 years"),
        (12.0, "years", "1 year"),
        (30.0, "years", "30 months"),
        (46_569.0, "day", "1 Jul 2027"),
        ("never within 36 months", "months", "never within 36 months"),
        ("Not yet", "capitals", "NOT YET"),
        ("the board", "", "the board"),
    ],
)
def test_a_figure_is_shown(value: float | str, name: str, shown: str) -> None:
    assert format_value(value, name, "USD") == shown


def test_every_format_has_a_spreadsheets_text_with_all_its_slots_filled() -> None:
    for name, one in VALUE_FORMATS.items():
        printed = value_to_excel("$A$1", name, "$B$1")
        assert "{" not in printed, name
        assert "$A$1" in printed
        assert one.example
        assert name == "capitals" or printed.startswith("IF(ISNUMBER($A$1),")


TIES = (
    10.25, 0.25, 0.5, 2.5, 0.825, 0.1025, 1.445, 2.675, 1.005, 12.5, 24.0, 1_500.5, 999.5, 2_345_000.0, 0.005, 0.0005,
)  # fmt: skip
"""Halves of what some format shows last: binary fractions may lie above or below."""


def test_ties_are_written_alike_by_engine_and_sheet(office: Office, tmp_path: Path) -> None:
    """In LibreOffice, with both signs and every format of numbers."""
    book, asked = Workbook(), []
    (sheet,) = book.worksheets
    sheet["B1"] = "USD"
    for name in sorted(set(VALUE_FORMATS) - {"day", "capitals"}):
        for value in (sign * one for one in TIES for sign in (1, -1)):
            asked.append((name, value))
            sheet.cell(len(asked), 1).value = value
            sheet.cell(len(asked), 3).value = f"={value_to_excel(f'A{len(asked)}', name, '$B$1')}"
    book.save(tmp_path / "ties.xlsx")
    with office.opened(tmp_path / "ties.xlsx") as document:
        cells = document.Sheets.getByIndex(0)
        shown = {one: cells.getCellByPosition(2, row).String for row, one in enumerate(asked)}
    assert {one: format_value(one[1], one[0], "USD") for one in asked} == shown
