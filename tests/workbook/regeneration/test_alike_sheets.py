"""Options' sheets that read alike are compared with the template once; what only looks alike is not taken for it."""

from __future__ import annotations

import re
from pathlib import Path

from ftroi.workbook.regeneration.regenerate import examine
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.edited import fine_tuning_by_id, small_plan
from tests.support.package import rewrite


def test_a_text_is_told_though_another_option_has_an_empty_one_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(small_plan(), path)
    with open_parts(path) as parts:
        first, *_, last = parts.option_sheets
        texts = {parts.sheet_parts[first]: "", parts.sheet_parts[last]: "my remark"}

    def typed(name: str, content: bytes) -> bytes:
        cell = f'<c r="GR20" t="inlineStr"><is><t>{texts.get(name)}</t></is></c>'.encode()
        return re.sub(rb'(<row r="20".*?)</row>', rb"\1" + cell + b"</row>", content) if name in texts else content

    rewrite(path, typed)
    found = examine(path, fine_tuning_by_id).edits
    assert [(one.sheet, one.cells, one.was) for one in found] == [(last, "GR20", "my remark")]
