"""A formula typed in Calc: sheet, commands, and after a regeneration the functions, say one figure."""

from __future__ import annotations

from math import isclose
from pathlib import Path

import pytest

from ftroi.functions.call import call
from ftroi.plan import calculate
from ftroi.workbook.layout.option import FIRST_MONTH, MONTHS, VALUE
from ftroi.workbook.schema import INPUTS
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.addresses import letters
from tests.support.edited import fine_tuning_by_id, read_plan, small_plan, small_workbook
from tests.support.office import Office
from tests.support.running import Ftroi

_CLOSE = 1e-9


@pytest.mark.host
def test_workbook_commands_and_functions_agree_on_an_edit_that_was_regenerated(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, rows = small_workbook(tmp_path), layout_of(small_plan()).option.rows
    edited = tmp_path / "edited.xlsx"
    with office.opened(path, editable=True) as document:
        sheet, row = document.Sheets.getByName(layout_of(small_plan()).sheets["rag"]), rows["data_labelling"]
        for column in range(FIRST_MONTH, FIRST_MONTH + MONTHS):
            cell = sheet.getCellByPosition(column, row)
            cell.Formula = f"=({cell.Formula.removeprefix('=')})*1.5+100*{letters(column)}{rows['operate_flag'] + 1}"
        office.recalculate(document)
        tco = float(sheet.getCellByPosition(VALUE, rows["tco"]).Value)
        office.save(document, edited)
    before = calculate(small_plan()).number("tco", "rag")
    assert tco > before + 1

    ftroi = Ftroi(capsys)
    told = ftroi.done("calc", edited, "--option", "rag", "--json").json
    assert isclose(told["measures"]["tco"], tco, rel_tol=_CLOSE)
    assert "computed as yours" in str(told["warnings"])

    checked = ftroi("check", edited)
    assert checked.code == 1
    words = " ".join(checked.out.split())
    assert f"{before:,.2f} before, {tco:,.2f} now" in words
    assert "'ftroi regenerate' keeps it" in words

    ftroi.done("regenerate", edited)
    assert ftroi("check", edited).code == 0
    with office.opened(edited) as document:
        sheet = document.Sheets.getByName(layout_of(small_plan()).sheets["rag"])
        assert isclose(sheet.getCellByPosition(VALUE, rows["tco"]).Value, tco, rel_tol=_CLOSE)
        inputs = document.NamedRanges.getByName(INPUTS).getReferredCells().getDataArray()
    found = call("FT_TCO", [inputs, "rag"])
    assert isinstance(found, float)
    assert isclose(found, tco, rel_tol=_CLOSE)
    assert [one.what for one in read_plan(edited, fine_tuning_by_id).log if "of your own kept" in one.what]
