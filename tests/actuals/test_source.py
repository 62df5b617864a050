"""What a file is: its kind, encoding, delimiter, lines; what is no bill is refused."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ftroi.actuals.read import read_bill
from ftroi.errors import BillError
from tests.support.bills import (
    FOCUS,
    OPENAI_COSTS,
    focus,
    openai,
    table,
)
from tests.support.reading_bills import read, refused


@pytest.mark.parametrize(
    "content,words",
    [
        (b"", "is empty"),
        (b"PAR1....", "Parquet"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office format"),
        (b"a,b\n\x00\x01", "zero bytes"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (gzip.compress(b"a,b\n1,2\n" * 1000, mtime=0)[:-40], "damaged or cut off"),
        (b"colour,taste\nred,sweet\n", "none of the known bills"),
        ((",".join(f"c{n}" for n in range(1_000_000)) + "\n").encode(), "a first line of more than"),
        ((",".join(f"c{n}" for n in range(5_000)) + "\n").encode(), "5,000 columns"),
    ],
)
def test_what_is_no_bill_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in refused(tmp_path, content)


def test_a_bill_that_lacks_a_column_is_told_which(tmp_path: Path) -> None:
    text = table(FOCUS, [focus(1, 1, 1)]).replace("EffectiveCost", "EfectiveCost")
    message = refused(tmp_path, text)
    assert "focus" in message
    assert "lacks EffectiveCost" in message
    assert "did you mean 'EfectiveCost'" in message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BillError, match="cannot be read"):
        read_bill(tmp_path / "no.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_are_found(delimiter: str, encoding: str, tmp_path: Path) -> None:
    rows = [openai(1, 1.25, "Müller"), openai(2, 2.5, "b"), openai(3, 0.5, "c")]
    bill = read(tmp_path, table(OPENAI_COSTS, rows, delimiter).encode(encoding))
    assert bill.charges["amount"].sum() == 4.25
    assert bill.charges["description"].tolist()[0] == "Müller"
    assert bill.charges["line"].tolist() == [2, 3, 4]


def test_a_packed_bill_is_unpacked(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(table(FOCUS, [focus(1, 5, 5)]).encode())).charges["amount"].sum() == 5


def test_lines_are_those_of_the_file_though_a_text_has_a_line_break(tmp_path: Path) -> None:
    rows = [openai(1, 1, "two\nlines"), openai(2, 2, "one"), openai(3, 4, "one more")]
    bill = read(tmp_path, table(OPENAI_COSTS, rows))
    assert bill.charges["line"].tolist() == [2, 4, 5]
    assert bill.charges["amount"].sum() == 7


def test_a_torn_line_is_named(tmp_path: Path) -> None:
    text = table(FOCUS, [focus(1, 1, 1), focus(2, 1, 1)]) + ",".join("x" * 20) + "\n"
    assert "bill.csv:4: has more cells than the 15 headings" in refused(tmp_path, text)


def test_an_account_keeps_its_zeros(tmp_path: Path) -> None:
    text = table(FOCUS, [focus(1, 1, 1)]).replace("1001", "0001001")
    assert read(tmp_path, text).charges["account"].tolist() == ["0001001"]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_with_its_lines(tmp_path: Path) -> None:
    head: list[object] = ["month", "person", "role", "hours", "cost", "currency"]
    rows: list[list[object]] = [
        ["Hours of the team"], [], head,
        [date(2026, 3, 1), "Ann", "ML engineer", 80, 8000.5, "USD"],
        ["2026-04", "Bob", "SME", 10, 1000, "USD"],
        ["Total", None, None, 90, 9000.5, None],
    ]  # fmt: skip
    bill = read_bill(workbook(tmp_path / "hours.xlsx", rows))
    assert bill.format == "people"
    assert bill.charges["line"].tolist() == [4, 5]
    assert bill.charges["amount"].tolist() == [8000.5, 1000]
    assert bill.charges["month"].tolist() == ["2026-03", "2026-04"]
    assert bill.total == 9000.5


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BillError, match="none of the known bills"):
        read_bill(workbook(tmp_path / "x.xlsx", [["a", "b"], [1, 2]]))


def test_rows_of_bigquery_as_json_with_nested_names(tmp_path: Path) -> None:
    row = {
        "billing_account_id": "01", "service": {"description": "Vertex AI"}, "sku": {"description": "Gemini"},
        "usage_start_time": "2026-03-01T00:00:00Z", "cost": 2.5, "currency": "USD", "cost_type": "regular",
        "credits": [{"name": "Free", "amount": -0.5}], "usage": {"amount": 3, "unit": "count"},
    }  # fmt: skip
    path = tmp_path / "bill.json"
    path.write_text(json.dumps(row) + "\n\n" + json.dumps(row | {"cost": 4}) + "\n")
    charges = read_bill(path).charges
    assert charges["amount"].tolist() == [2.5, 4, -0.5, -0.5]
    assert charges["kind"].tolist() == ["usage", "usage", "credit", "credit"]
    path.write_text(json.dumps([row]))
    assert read_bill(path).charges["amount"].sum() == 2


def test_torn_json_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bill.json"
    path.write_text('{"cost": 1}\n{"cost":')
    with pytest.raises(BillError):
        read_bill(path)
