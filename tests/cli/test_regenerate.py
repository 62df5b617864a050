"""``ftroi regenerate``, and the edited formulas that ``ftroi check`` tells of."""

from __future__ import annotations

from pathlib import Path

from tests.support.edited import Inputs, light_workbook, small_workbook
from tests.support.running import Ftroi


def with_own_sheet(path: Path) -> Path:
    inputs = Inputs(path)
    own = inputs.book.create_sheet("Mine")
    own["A1"] = "kept"
    own["A2"] = "=Gone!B2"
    return inputs.save()


def test_a_dry_run_tells_and_writes_nothing(ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    before = path.read_bytes()
    answer = ftroi.done("regenerate", path, "--dry-run")
    assert "no formula was edited" in answer.out
    assert f"Would be regenerated: {path}" in answer.out
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_is_regenerated_and_the_old_one_kept(ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    before = path.read_bytes()
    report = ftroi.done("regenerate", path, "--json").json["workbooks"][0]
    assert report["status"] == "regenerated"
    assert Path(report["backup"]).read_bytes() == before
    assert path.read_bytes() != before
    ftroi.done("check", path)


def test_one_bad_workbook_does_not_stop_the_others(ftroi: Ftroi, tmp_path: Path) -> None:
    good, bad = light_workbook(tmp_path, "good.xlsx"), tmp_path / "bad.xlsx"
    bad.write_text("no workbook")
    answer = ftroi("regenerate", bad, good, tmp_path / "missing.xlsx")
    assert answer.code == 2
    assert f"Regenerated: {good}" in answer.out
    assert "bad.xlsx: is not an Excel workbook" in answer.err
    assert "missing.xlsx: there is no such file" in answer.err
    assert "2 of 3 cannot be regenerated" in answer.err
    assert bad.read_text() == "no workbook"


def test_what_cannot_be_kept_is_told_before_anything_is_written(ftroi: Ftroi, tmp_path: Path) -> None:
    path = with_own_sheet(light_workbook(tmp_path))
    before = path.read_bytes()
    answer = ftroi("regenerate", path)
    assert answer.code == 2
    assert "Not kept: Mine: formulas that look at Gone" in answer.out
    assert "--yes" in answer.err
    assert path.read_bytes() == before
    assert "Mine" in Inputs(path).book.sheetnames


def test_with_yes_the_rest_of_ones_own_sheets_is_kept(ftroi: Ftroi, tmp_path: Path) -> None:
    path = with_own_sheet(light_workbook(tmp_path))
    ftroi.done("regenerate", path, "--yes")
    book = Inputs(path).book
    assert book["Mine"]["A1"].value == "kept"
    assert [cell.value for cell in book["Log"]["B"]][-1] is None
    assert any("Not kept: Mine: formulas that look at Gone" in str(cell.value) for cell in book["Log"]["B"])


def test_ones_own_sheets_are_left_out_when_asked(ftroi: Ftroi, tmp_path: Path) -> None:
    path = with_own_sheet(light_workbook(tmp_path))
    ftroi.done("regenerate", path, "--drop-sheets")
    book = Inputs(path).book
    assert "Mine" not in book.sheetnames
    assert "Sheets dropped as asked: Mine" in [cell.value for cell in book["Log"]["B"]]


def test_a_workbook_that_is_open_elsewhere_is_refused(ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    (tmp_path / f"~${path.name}").write_bytes(b"\x03Ann")
    assert "is open in Excel (Ann)" in ftroi.refused("regenerate", path)


def test_check_tells_of_an_edited_formula(ftroi: Ftroi, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    inputs = Inputs(path)
    inputs.book["Compare"]["E14"] = 12
    inputs.save()
    answer = ftroi("check", path)
    assert answer.code == 1
    assert "Compare!E14: edited: 12 stands in place of =" in answer.out
    ftroi.done("regenerate", path)
    assert "no problems found" in ftroi.done("check", path).out
