"""A row that a person puts into a category in Calc: a line of the model from then on, or told with what it lacks."""

from __future__ import annotations

from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from ftroi.plan import calculate
from ftroi.workbook.layout.option import FIRST_MONTH, LABEL, MONTHS, NATURE, VALUE
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.regeneration.comparison import find_edits
from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.addresses import letters
from tests.support.edited import fine_tuning_by_id, read_plan, small_plan, small_workbook
from tests.support.office import Document, Office

AFTER, CATEGORY = "data_labelling", "visible_training_data"


def put_in(document: Document, option: str, *, nature: str, is_summed: bool) -> Any:
    """A row below a line: what it is, its nature, an amount in service, and the category's sum with it."""
    layout = layout_of(small_plan())
    sheet, rows = document.Sheets.getByName(layout.sheets[option]), layout.option.rows
    row = rows[AFTER] + 1
    sheet.Rows.insertByIndex(row, 1)
    sheet.getCellByPosition(LABEL, row).String = "Penetration test"
    sheet.getCellByPosition(NATURE, row).String = nature
    for column in range(FIRST_MONTH, FIRST_MONTH + MONTHS):
        flag = f"{letters(column)}{rows['operate_flag'] + 1}"
        sheet.getCellByPosition(column, row).Formula = f"=250*{flag}"
        total = sheet.getCellByPosition(column, rows[CATEGORY])
        if is_summed:
            total.Formula = f"{total.Formula}+{letters(column)}{row + 1}"
    return sheet


@pytest.mark.host
def test_a_line_added_within_a_category_is_computed_kept_and_a_line_of_the_sheet(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "edited.xlsx"
    with office.opened(small_workbook(tmp_path), editable=True) as document:
        sheet = put_in(document, "rag", nature="cash", is_summed=True)
        office.recalculate(document)
        shown = {
            name: sheet.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0).Value
            for name in ("tco", "npv", "tco_cash", "visible")
        }
        office.save(document, path)
    back, _ = find_edits(path, read_workbook(path, fine_tuning_by_id))
    assert (back.unread, back.others) == ((), ())
    (own,) = back.plan.own_formulas
    assert (own.label, own.category, own.nature) == ("Penetration test", "visible.training_data", "cash")
    results, before = calculate(back.plan), calculate(small_plan())
    added = 250 * before.row("operate_flag", "rag").sum()
    assert results.number("tco", "rag") == pytest.approx(before.number("tco", "rag") + added)
    assert results.number("tco", "lora_hosted") == before.number("tco", "lora_hosted")
    for name, figure in shown.items():
        assert isclose(results.number(name, "rag"), figure, rel_tol=1e-9), name

    regenerate(examine(path, fine_tuning_by_id), fine_tuning_by_id, date(2026, 11, 27))
    plan = read_plan(path, fine_tuning_by_id)
    assert plan.own_formulas == (own,)
    again = examine(path, fine_tuning_by_id)
    assert (again.edits, again.kept) == ((), ())
    layout = layout_of(plan)
    with office.opened(path) as document:
        assert office.errors(document) == {}
        sheet = document.Sheets.getByName(layout.sheets["rag"])
        rows = layout.option.rows
        assert sheet.getCellByPosition(LABEL, rows[own.line]).String == "Penetration test"
        for name, figure in shown.items():
            assert isclose(sheet.getCellByPosition(VALUE, rows[name]).Value, figure, rel_tol=1e-9), name
        checks = document.NamedRanges.getByName("FT_ChecksFailed").getReferredCells().getCellByPosition(0, 0)
        assert checks.Value == 0


@pytest.mark.host
def test_a_row_that_its_sum_leaves_out_or_without_a_nature_is_told(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "edited.xlsx"
    with office.opened(small_workbook(tmp_path), editable=True) as document:
        put_in(document, "rag", nature="cash", is_summed=False)
        put_in(document, "prompt_engineering", nature="", is_summed=True)
        office.recalculate(document)
        office.save(document, path)
    back, _ = find_edits(path, read_workbook(path, fine_tuning_by_id))
    assert back.plan.own_formulas == ()
    told = sorted(one.why for one in back.unread)
    assert len(told) == 2
    assert told[0].startswith("a row was put in: write cash or economic")
    assert told[1].startswith("its category's sum leaves it out")
