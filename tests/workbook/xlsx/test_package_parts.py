"""A named cell is found without parsing its sheet, and is the cell that parsing finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import WorkbookError
from ftroi.workbook.xlsx.cells import Area
from ftroi.workbook.xlsx.package_parts import OPTION_ID, open_parts
from tests.support.edited import small_workbook
from tests.support.package import rewrite


def test_named_cells_are_those_that_parsing_finds(tmp_path: Path) -> None:
    with open_parts(small_workbook(tmp_path)) as parts:
        for sheet in parts.option_sheets:
            filled = parts.filled(sheet)
            for name, text in parts.names_of[sheet].items():
                area, found = Area.read(text), parts.named_cell(sheet, name)
                if area is not None and area.sheet == sheet and found is not None:
                    assert found == filled.get((area.first_row, area.first_column), found), name


@pytest.mark.parametrize(
    "was,now",
    [
        (b'<c r="B3"', b'<c  r="B3"'),
        (b'<c r="B3"', b"<!-- x --><c r='B3'"),
        (b'<c r="B3"', b'<!-- <c r="B3"/> --><c r="B3"'),
    ],
)
def test_an_odd_spelling_is_read_as_parsing_reads_it(tmp_path: Path, was: bytes, now: bytes) -> None:
    path = small_workbook(tmp_path)
    with open_parts(path) as parts:
        sheet = parts.option_sheets[0]
        part, wanted = parts.sheet_parts[sheet], parts.named_cell(sheet, OPTION_ID)
    rewrite(path, lambda name, content: content.replace(was, now, 1) if name == part else content)
    with open_parts(path) as parts:
        assert parts.named_cell(sheet, OPTION_ID) == wanted


def test_a_cell_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    with open_parts(path) as parts:
        sheet = parts.option_sheets[0]
        part = parts.sheet_parts[sheet]
    rewrite(
        path,
        lambda name, content: content.replace(b'<c r="B3"', b'<c r="B3"/><c r="B3"', 1) if name == part else content,
    )
    with open_parts(path) as parts, pytest.raises(WorkbookError, match="there twice"):
        parts.named_cell(sheet, OPTION_ID)
