"""One family of type, and one format for each kind of cell."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from ftroi.workbook.styles import FONT, NUMBERS, ROLES, Styles


def test_a_format_is_made_once_and_in_the_one_family_of_type(tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "book.xlsx")) as book:
        styles = Styles(book)
        assert styles.of("input", "date") is styles.of("input", "date")
        for role in ROLES:
            for number in NUMBERS:
                assert styles.of(role, number).font_name == FONT
        book.add_worksheet()
