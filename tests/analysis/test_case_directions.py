"""Cases by effect: what is good news for a plan is found in the plan, and kept with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.analysis.case_directions import changed_directions, with_directions
from ftroi.analysis.report import warnings_of
from ftroi.errors import WorkbookError
from ftroi.plan import CASES, Plan, calculate, plan_from_preset
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.schema import FAVOURABLE
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.plans import fine_tuning

SAVES_TOKENS = "document_extraction"
DEARER = "input_token_price"


def npv(plan: Plan, case: str) -> float:
    value = calculate(plan, case).measure("npv", plan.settings.candidate).value
    assert value is not None
    return value


@pytest.mark.parametrize("preset", fine_tuning().presets)
def test_pessimistic_is_never_better_than_base_nor_base_than_optimistic(preset: str) -> None:
    plan = with_directions(plan_from_preset(fine_tuning(), preset))
    pessimistic, base, optimistic = (npv(plan, case) for case in ("pessimistic", "base", "optimistic"))
    assert set(CASES) == {"pessimistic", "base", "optimistic"}
    assert pessimistic <= base <= optimistic


def test_dearer_tokens_are_good_news_for_a_plan_that_saves_them() -> None:
    stated = plan_from_preset(fine_tuning(), SAVES_TOKENS)
    assert stated.good_end(DEARER) == "low"
    assert npv(stated, "pessimistic") > npv(stated, "base")  # what a fixed direction makes of it
    assert with_directions(stated).good_end(DEARER) == "high"


def test_the_ends_are_kept_in_the_workbook_and_can_be_typed(tmp_path: Path) -> None:
    plan, path = with_directions(plan_from_preset(fine_tuning(), SAVES_TOKENS)), tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    assert read_workbook(path, template_of_id).plan.entries == plan.entries
    type_end(plan, path, "low")
    assert read_workbook(path, template_of_id).plan.good_end(DEARER) == "low"
    type_end(plan, path, "lower")
    with pytest.raises(WorkbookError, match="no end of a range 'lower'"):
        read_workbook(path, template_of_id)


def type_end(plan: Plan, path: Path, end: str) -> None:
    place, book = layout_of(plan).assumptions, load_workbook(path)
    book[ASSUMPTIONS].cell(place.rows[DEARER] + 1, place.columns[FAVOURABLE] + 1).value = end
    book.save(path)


def test_an_end_that_has_turned_since_is_told_where_a_case_is_shown() -> None:
    plan = with_directions(plan_from_preset(fine_tuning(), SAVES_TOKENS)).with_settings(case="pessimistic")
    assert changed_directions(plan) == {}
    other = plan.with_settings(candidate=plan.settings.reference, reference=plan.settings.candidate)
    assert changed_directions(other)[DEARER] == "low"
    assert any(DEARER in one for one in warnings_of(other, calculate(other)))
    assert changed_directions(plan_from_preset(fine_tuning(), SAVES_TOKENS)) == {}
