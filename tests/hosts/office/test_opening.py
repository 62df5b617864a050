"""A workbook opened by LibreOffice with the settings of somebody who never changed any: it trusts a file's values."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ftroi.plan import calculate
from ftroi.workbook.layout.dashboard import ENGINE
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED
from tests.conftest import require_office
from tests.support.calc import calc
from tests.support.function_sheet import plan
from tests.support.office import AS_INSTALLED, Document, Office
from tests.support.package import rewrite

WRONG = 12_345.0
"""What a file says that a formula gives, though it gives something else."""


@pytest.fixture(scope="module")
def as_installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    require_office()
    with calc(tmp_path_factory.mktemp("calc"), settings=AS_INSTALLED) as running:
        yield running


@pytest.fixture(scope="module", params=["editable", "read-only"])
def opened(as_installed: Office, path: Path, request: pytest.FixtureRequest) -> Iterator[Document]:
    document = as_installed.open_as_saved(path, editable=request.param == "editable")
    yield document
    as_installed.discard(document)


def engine_cell(document: Document) -> Any:
    """The cell of the Dashboard with the engine's lifetime cost."""
    row = layout_of(plan()).dashboard.headlines["tco"]
    return document.Sheets.getByName(DASHBOARD).getCellByPosition(ENGINE, row)


def test_the_engines_figures_are_there_without_an_edit(opened: Document) -> None:
    wanted = calculate(plan()).number("tco", plan().settings.option)
    assert engine_cell(opened).Value == pytest.approx(wanted, rel=1e-12)


def test_a_plan_whose_automatic_computing_is_off_is_left_alone(
    as_installed: Office, path: Path, tmp_path: Path
) -> None:
    manual = Path(shutil.copy(path, tmp_path / "manual.xlsx"))
    rewrite(manual, lambda _, content: content.replace(b"<calcPr ", b'<calcPr calcMode="manual" '))
    document = as_installed.open_as_saved(manual)
    assert not document.isAutomaticCalculationEnabled()
    assert engine_cell(document).String == NOT_LOADED
    as_installed.discard(document)


def test_nobody_is_asked_to_save_what_was_only_computed(opened: Document) -> None:
    assert not opened.isModified()


def test_other_spreadsheets_are_left_alone(as_installed: Office, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    book = Workbook()
    book.worksheets[0].title, book.worksheets[0]["A1"] = "Any", "=1+1"
    book.save(path)
    wrong = f"<v>{WRONG}</v>".encode()
    rewrite(path, lambda _, content: content.replace(b"<v></v>", wrong).replace(b"<v/>", wrong))
    other = as_installed.open_as_saved(path)
    assert as_installed.cell(other, "Any", "A1").Value == WRONG
    as_installed.discard(other)
