"""A workbook in the making: names in their scopes, what the file says of itself, and the sheet that it opens on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from ftroi.workbook.xlsx.file import File


def test_names_are_the_workbooks_or_one_sheets_and_say_what_they_are(tmp_path: Path) -> None:
    file = File()
    for name in ("One", "Two & more"):
        file.add_worksheet(name)
        file.define_name("rate", f"'{name}'!$A$1", sheet=name)
    file.define_name("rate", "=One!$B$1", about="The rate of the whole plan")
    file.save(tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    assert book.defined_names["rate"].attr_text == "One!$B$1"
    assert book.defined_names["rate"].comment == "The rate of the whole plan"
    assert book["Two & more"].defined_names["rate"].attr_text == "'Two & more'!$A$1"


def test_the_file_says_what_it_is_and_opens_on_the_sheet_that_is_wanted(tmp_path: Path) -> None:
    file, made = File(), datetime(2027, 1, 1)  # noqa: DTZ001 - a bare date
    for name in ("One", "Two"):
        file.add_worksheet(name)
    file.show_first("Two")
    file.describe("Project", "Template", "formulas abc", made)
    file.save(tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    about = book.properties
    assert (about.title, about.subject, about.description) == ("Project", "Template", "formulas abc")
    assert (about.created, about.modified) == (made, made)
    assert book.active is book["Two"]
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [False, True]
