"""What is used of openpyxl's inner classes is there; the file is the same each time."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from openpyxl.worksheet.hyperlink import Hyperlink

from ftroi.workbook.xlsx.file import Addition, File
from ftroi.workbook.xlsx.splice import missing_in_openpyxl
from tests.support.package import parts


def test_openpyxl_still_has_the_classes_that_rows_are_spliced_into() -> None:
    told = f"openpyxl {version('openpyxl')} writes otherwise: look through ftroi/workbook/xlsx/splice.py"
    assert missing_in_openpyxl() == [], told


def filled() -> File:
    """A workbook with a bit of everything that goes another way than openpyxl's own."""
    file = File()
    sheet = file.add_worksheet("One & two")
    sheet.write_string(0, 0, "text")
    sheet.write_formula(4, 3, "A1", value="text")
    sheet.links.append(Hyperlink(ref="A1", location="'One & two'!A1", display="text"))
    return file


def test_rows_links_and_the_used_area_are_written(tmp_path: Path) -> None:
    filled().save(tmp_path / "book.xlsx")
    xml = parts(tmp_path / "book.xlsx")["xl/worksheets/sheet1.xml"].decode()
    assert '<dimension ref="A1:D5"' in xml
    assert xml.index("<sheetData>") < xml.index('<row r="1">') < xml.index('<row r="5">') < xml.index("</sheetData>")
    assert xml.count("<hyperlink ") == 1


def test_the_same_content_gives_the_same_bytes_at_another_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        filled().save(tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


def test_parts_are_added_and_changed(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</Types>", b"<!-- seen --></Types>") if name == "[Content_Types].xml" else content

    filled().save(tmp_path / "book.xlsx", Addition(change, {"custom/part.bin": b"more"}))
    found = parts(tmp_path / "book.xlsx")
    assert found["custom/part.bin"] == b"more"
    assert b"<!-- seen -->" in found["[Content_Types].xml"]
