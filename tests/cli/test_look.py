"""``--look`` of ``new`` and ``regenerate``, and the commands that keep the look that a workbook was given."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from ftroi.api import read
from ftroi.resources import templates_folder
from tests.support.edited import light_workbook
from tests.support.running import Ftroi

SHIPPED = templates_folder() / "fine_tuning" / "look.xlsx"


def company_look(folder: Path, font: str) -> Path:
    """The shipped look in another font."""
    book = load_workbook(SHIPPED)
    sample = next(two for one, two, *_ in book["Look"].iter_rows() if one.value == "FT text")
    sample.font = Font(name=font)
    path = folder / f"{font}.xlsx"
    book.save(path)
    return path


def fonts(path: Path) -> set[str]:
    """The fonts of the figures of a workbook."""
    sheet = load_workbook(path)["Dashboard"]
    return {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_a_workbook_begins_in_the_look_that_is_asked_for(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    ftroi.done("new", path, "--options", "rag", "--look", company_look(tmp_path, "Lato"))
    assert fonts(path) == {"Lato"}
    ftroi.done("check", path)


def test_a_workbook_is_given_a_look_and_keeps_it(ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    before = fonts(path)
    ftroi.done("regenerate", path, "--look", company_look(tmp_path, "Lato"))
    assert fonts(path) == {"Lato"}
    ftroi.done("regenerate", path)
    assert fonts(path) == {"Lato"}
    ftroi.done("simulate", path, "--draws", "100", "--write")
    assert fonts(path) == {"Lato"}
    ftroi.done("regenerate", path, "--look", SHIPPED)
    assert fonts(path) == before


def test_the_paper_of_a_workbook_wears_its_look(ftroi: Ftroi, tmp_path: Path) -> None:
    path, paper = light_workbook(tmp_path), tmp_path / "plan.html"
    ftroi.done("regenerate", path, "--look", company_look(tmp_path, "Lato"))
    ftroi.done("report", path, "--output", paper)
    assert "Lato" in paper.read_text()
    assert "Calibri" not in paper.read_text()


def test_a_plan_that_a_script_reads_and_writes_keeps_its_look(ftroi: Ftroi, tmp_path: Path) -> None:
    path, written = light_workbook(tmp_path), tmp_path / "written.xlsx"
    ftroi.done("regenerate", path, "--look", company_look(tmp_path, "Lato"))
    read(path).set(discount_rate=0.08).write(written)
    assert fonts(written) == {"Lato"}


def test_what_a_look_lacks_is_told_and_the_workbook_made(ftroi: Ftroi, tmp_path: Path) -> None:
    look, path = tmp_path / "company.xlsx", tmp_path / "plan.xlsx"
    look.write_text("no workbook")
    answer = ftroi.done("new", path, "--options", "rag", "--look", look)
    assert "company.xlsx" in answer.err
    assert "standard look" in answer.err
    assert fonts(path) == {"Calibri"}


@pytest.mark.parametrize("command", ["new", "regenerate"])
def test_a_look_that_is_not_there_is_refused_and_nothing_written(command: str, ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx" if command == "new" else light_workbook(tmp_path)
    before = path.read_bytes() if path.exists() else None
    answer = ftroi(command, path, "--look", tmp_path / "company.xlsx")
    assert (answer.code, "company.xlsx: there is no such look" in answer.err) == (2, True)
    assert (path.read_bytes() if path.exists() else None) == before
