"""Options' sheets that read alike are compared with the template once; what only looks alike is not taken for it."""

from __future__ import annotations

import re
from pathlib import Path

from ftroi.workbook.regeneration.regenerate import examine
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.package_parts import open_parts
from ftroi.workbook.xlsx.repack import repack
from tests.support.edited import fine_tuning_by_id, small_plan

SHARED_TEXTS = "xl/sharedStrings.xml"


def test_a_text_is_told_though_another_option_has_an_empty_one_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(small_plan(), path)
    with open_parts(path) as parts:
        first, *_, last = parts.option_sheets
        texts = (parts.content(SHARED_TEXTS) or b"").count(b"<si>")
        numbers = {parts.sheet_parts[first]: texts, parts.sheet_parts[last]: texts + 1}

    def typed(name: str, content: bytes) -> bytes:
        if name == SHARED_TEXTS:
            return content.replace(b"</sst>", b"<si><t></t></si><si><t>my remark</t></si></sst>")
        cell = f'<c r="GR20" t="s"><v>{numbers.get(name)}</v></c>'.encode()
        return re.sub(rb'(<row r="20" .*?)</row>', rb"\1" + cell + b"</row>", content) if name in numbers else content

    repack(path, typed)
    found = examine(path, fine_tuning_by_id).edits
    assert [(one.sheet, one.cells, one.was) for one in found] == [(last, "GR20", "my remark")]
