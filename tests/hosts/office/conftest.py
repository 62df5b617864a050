"""LibreOffice with the extension, one for all tests of a worker, and a workbook that stays open in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ftroi.workbook.write import write_workbook
from tests.conftest import require_office
from tests.support.calc import calc
from tests.support.function_sheet import plan
from tests.support.office import Document, Office


@pytest.fixture(scope="session")
def calc_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which LibreOffice runs; the person's home is in it."""
    return tmp_path_factory.mktemp("calc")


@pytest.fixture(scope="session")
def functions_office(calc_folder: Path) -> Iterator[Office]:
    """LibreOffice with the extension."""
    require_office()
    with calc(calc_folder) as running:
        yield running


@pytest.fixture(scope="session")
def path(calc_folder: Path) -> Path:
    """The generated workbook of a plan of four options, with gates that were filled in."""
    path = calc_folder / "plan.xlsx"
    write_workbook(plan(), path)
    return path


@pytest.fixture(scope="module")
def document(functions_office: Office, path: Path) -> Iterator[Document]:
    """Open the workbook; it stays open for the tests of a module, and none of them edits it but in the probe."""
    with functions_office.opened(path, editable=True) as document:
        yield document


@pytest.fixture
def book(functions_office: Office, path: Path, tmp_path: Path) -> Iterator[Document]:
    """Open a copy of the workbook, to be edited."""
    with functions_office.opened(shutil.copy(path, tmp_path), editable=True) as document:
        yield document
