"""A second spreadsheet, IronCalc, agrees with the engine as well: what both give, the formula says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import ironcalc
import pytest

from ftroi.language import FUNCTIONS, Function
from ftroi.plan import Plan
from ftroi.workbook.layout.option import LAST_MONTH
from ftroi.workbook.layout.workbook import ASSUMPTIONS, Layout
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.comparison import Expected, Rows, Value
from tests.support.random_plans import base_plan, drawn_plan


def loaded(path: Path) -> ironcalc.Model:
    """Load a workbook as it was written."""
    return ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")


def recalculated(model: ironcalc.Model, layout: Layout) -> dict[str, Rows]:
    """Compute a workbook in IronCalc and read every option's sheet."""
    model.evaluate()
    sheets = [one["name"] for one in model.get_worksheets_properties()]
    return {name: read_sheet(model, sheets.index(name), layout) for name in layout.sheets.values()}


def read_sheet(model: ironcalc.Model, sheet: int, layout: Layout) -> Rows:
    """Read a sheet from A1 on; IronCalc counts rows and columns from 1, and gives errors as texts."""
    rows, columns = range(1, layout.option.last_row + 2), range(1, LAST_MONTH + 2)
    return [[value_of(model.get_cell_value(sheet, row, column)) for column in columns] for row in rows]


def value_of(value: object) -> Value:
    if value is None:
        return ""
    return float(value) if isinstance(value, int | float) else str(value)


def type_base(model: ironcalc.Model, layout: Layout, name: str, base: float) -> None:
    """Type an assumption's base, as a person would."""
    sheets = [one["name"] for one in model.get_worksheets_properties()]
    row, column = layout.assumptions.rows[name] + 1, layout.assumptions.columns["base"] + 1
    model.set_user_input(sheets.index(ASSUMPTIONS), row, column, repr(base))


def plan_of(seed: int | None, option: str) -> Plan:
    plan = base_plan(option)
    return plan if seed is None else drawn_plan(seed, plan)


@pytest.mark.parametrize(
    "seed,option", [(None, "lora_self_hosted"), (1, "rag"), (2, "distillation"), (3, "api_fine_tune")]
)
def test_another_spreadsheet_gives_what_the_engine_computes(tmp_path: Path, seed: int | None, option: str) -> None:
    plan = plan_of(seed, option)
    layout = layout_of(plan)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert Expected(plan, layout).differences(recalculated(loaded(tmp_path / "plan.xlsx"), layout)) == []


def test_it_computes_and_does_not_just_repeat_what_the_file_says(tmp_path: Path) -> None:
    plan = base_plan("rag")
    layout = layout_of(plan)
    write_workbook(plan, tmp_path / "plan.xlsx")
    model = loaded(tmp_path / "plan.xlsx")
    entry = plan.entries["requests_per_month"]
    changed = plan.with_entry("requests_per_month", replace(entry, base=654_321.0))
    type_base(model, layout, "requests_per_month", 654_321.0)
    assert Expected(changed, layout).differences(recalculated(model, layout)) == []


CELL_FUNCTIONS = [one for one in FUNCTIONS.values() if not one.on_rows]


@pytest.mark.parametrize("function", CELL_FUNCTIONS, ids=lambda one: one.name)
def test_it_knows_every_function_of_the_language(function: Function) -> None:
    model = ironcalc.create("book", "en", "UTC", "en")
    model.set_user_input(0, 1, 1, f"={function.example.formula}")
    model.evaluate()
    assert model.get_cell_value(0, 1, 1) == pytest.approx(function.example.result)
