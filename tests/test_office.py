"""The driver of LibreOffice itself: what the other tests take for granted."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.support.office import Document, Office


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Write a workbook with formulas that carry no values yet, two errors and a name."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Inputs"
    sheet.append(["price", 3])
    sheet.append(["twice", "=2*price"])
    sheet.append(["wrong", "=1/0", "=no_such_name"])
    book.defined_names["price"] = openpyxl.workbook.defined_name.DefinedName("price", attr_text="Inputs!$B$1")
    book.create_sheet("Empty")
    path = tmp_path / "small.xlsx"
    book.save(path)
    return path


def type_price(office: Office, document: Document, price: float) -> object:
    """Type a price and read what the formula makes of it."""
    office.named(document, "price").Value = price
    return office.cell(document, "Inputs", "B2").Value


def test_values_are_calculated_on_opening(office: Office, workbook: Path) -> None:
    with office.opened(workbook) as document:
        values = office.values(document)
    assert values["Inputs"] == (("price", 3.0, ""), ("twice", 6.0, ""), ("wrong", None, None))
    assert values["Empty"] == (("",),)


def test_errors_are_listed_by_cell(office: Office, workbook: Path) -> None:
    with office.opened(workbook) as document:
        assert office.errors(document) == {"Inputs.B3": "#DIV/0!", "Inputs.C3": "#NAME?"}


def test_an_edit_is_followed_by_the_formulas(office: Office, workbook: Path) -> None:
    with office.opened(workbook) as document:
        assert type_price(office, document, 5) == 10


def test_a_stale_lock_file_is_no_obstacle(office: Office, workbook: Path) -> None:
    workbook.with_name(f".~lock.{workbook.name}#").write_text(",someone,elsewhere,,;", encoding="utf-8")
    with office.opened(workbook) as document:
        assert type_price(office, document, 7) == 14


def test_saved_and_printed(office: Office, workbook: Path, tmp_path: Path) -> None:
    with office.opened(workbook) as document:
        type_price(office, document, 4)
        office.save(document, tmp_path / "saved.xlsx")
        office.to_pdf(document, tmp_path / "printed.pdf")
    assert openpyxl.load_workbook(tmp_path / "saved.xlsx", data_only=True)["Inputs"]["B2"].value == 8
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


def test_a_new_document_takes_formulas(office: Office) -> None:
    document = office.new()
    office.cell(document, "Sheet1", "A1").Formula = "=ROUNDUP(1.21*100;0)"
    assert office.values(document) == {"Sheet1": ((121.0,),)}
    office.discard(document)
