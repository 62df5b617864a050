"""A workbook is compared with the one that its plan gives, also where formulas are shared or spelt out."""

from __future__ import annotations

import re
from pathlib import Path

from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.regeneration.comparison import find_edits
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.edited import fine_tuning_by_id, small_workbook
from tests.support.package import rewrite

_SHARED = re.compile(rb'<f t="shared" ref="([A-Z]+)(\d+):[^"]*" si="(\d+)">([^<]*)</f>')


def test_another_formula_that_is_filled_to_the_right_is_found(tmp_path: Path) -> None:
    """Only the first cell of a shared formula says it: an edit there is one of all the cells filled from it."""
    path = small_workbook(tmp_path)
    reading = read_workbook(path, fine_tuning_by_id)
    back, remark = find_edits(path, reading)
    assert (back.kept, back.unread, back.others, remark) == ((), (), (), "")
    with open_parts(path) as parts:
        sheet = parts.option_sheets[0]
        part = parts.sheet_parts[sheet]
        content = parts.content(part) or b""
    first = next(one for one in _SHARED.finditer(content) if len(one[4]) > 10 and b":BN" in one[0])
    changed = first[0].replace(first[4], b"1+" + first[4])
    rewrite(path, lambda name, whole: whole.replace(first[0], changed, 1) if name == part else whole)
    back, _ = find_edits(path, reading)
    found = [one.edit for one in back.kept] + [one.edit for one in back.unread] + list(back.others)
    row = int(first[2])
    assert [(one.sheet, one.cells) for one in found] == [(sheet, f"{first[1].decode()}{row}:BN{row}")]
    assert found[0].was.startswith("=1+")
