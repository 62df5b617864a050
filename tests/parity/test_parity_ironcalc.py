"""A second spreadsheet, IronCalc, agrees with the engine as well: what both give, the formula says."""

from __future__ import annotations

from pathlib import Path

import ironcalc
import pytest

from ftroi.plan import Plan
from ftroi.workbook.layout import Layout, layout_of
from ftroi.workbook.option_layout import LAST_MONTH
from ftroi.workbook.write import write_workbook
from tests.parity.comparison import Expected, Rows, Value
from tests.parity.plans import base_plan, drawn_plan


def recalculated(path: Path, layout: Layout) -> dict[str, Rows]:
    """Compute a workbook in IronCalc and read every option's sheet."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
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
    assert Expected(plan, layout).differences(recalculated(tmp_path / "plan.xlsx", layout)) == []
