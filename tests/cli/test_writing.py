"""A command that writes refuses where something of the user's would be lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.cli.writing import examined_for_writing
from ftroi.errors import WorkbookError
from tests.support.edited import small_workbook


def test_an_edited_formula_is_told_and_lost_only_when_accepted(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    book = load_workbook(path)
    book["Compare"]["D8"] = "=1+1"
    book.save(path)
    with pytest.raises(WorkbookError, match="was edited"):
        examined_for_writing(path, accept=False)
    assert examined_for_writing(path, accept=True).edits
