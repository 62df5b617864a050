"""The Dashboard and `ftroi check` never disagree: where one has no verdict the other has a finding, and the reverse."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from ftroi.cli.check import show_check
from ftroi.workbook.layout.assumptions import HEADER_ROW
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.schema import VERDICT_CODE
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.depth import at_depth
from tests.support.edited import small_plan
from tests.support.office import Office

pytestmark = pytest.mark.host

Typed = Mapping[str, float | str]
"""What is typed by place: an assumption or "assumption/column", a setting, "cost/header" of the first slot, a label."""

COST: Typed = {
    "cost/label": "Lawyers", "cost/option": "All options", "cost/category": "hidden.compliance", "cost/nature": "cash",
    "cost/first_month": 1.0, "cost/last_month": 9.0, "cost/amount": 900.0,
}  # fmt: skip

SOUND: tuple[Typed, ...] = (
    {"requests_per_month": 3e6}, {"candidate": "RAG"}, {**COST, "cost/option": "All but Status quo"},
    {**COST, "cost/how_often": "once", "cost/last_month": ""},
    {"currency": "EUR", "exchange_rate": 0.9, "exchange_rate_date": 46_400.0},
)  # fmt: skip

BROKEN: tuple[Typed, ...] = (
    {"requests_per_month": "2 Mio"}, {"requests_per_month": ""}, {"requests_per_month": -1.0}, {"discount_rate": 8.0},
    {"rag/build_months": "four"}, {"rag/build_months": 2.5}, {"candidate": "M*"}, {"incumbent": ""},
    {"start": "July"}, {"exchange_rate": 0.9}, {"currency": "EUR", "exchange_rate": 0.9},
    {"currency": "EUR", "exchange_rate": -1.0, "exchange_rate_date": 46_400.0},
    {"lora_hosted/available_until": 46_000.0}, {"live/rework_rate": 0.5}, {"label/rag": "Our own"},
    {"cost/label": "Lawyers"},
    {**COST, "cost/option": "nobody"}, {**COST, "cost/how_often": "weekly"}, {**COST, "cost/last_month": ""},
)  # fmt: skip


@cache
def layout() -> Layout:
    return layout_of(small_plan())


def place(name: str) -> tuple[int, int]:
    """The row and column of what is typed."""
    sheet = layout().assumptions
    first, _, last = name.partition("/")
    if first == "cost":
        return sheet.own_costs[0], sheet.own_columns[last]
    if first == "label":
        return HEADER_ROW, sheet.columns[last]
    if last:
        return sheet.rows[last], sheet.columns[first]
    return sheet.settings.get(first, sheet.rows.get(first, -1)), sheet.setting_column


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agree") / "plan.xlsx"
    write_workbook(small_plan(), path)
    return path


CASES = [*((one, True) for one in SOUND), *((one, False) for one in BROKEN)][:: at_depth(3, 1)]


@pytest.mark.parametrize("typed, is_sound", CASES)
def test_the_dashboard_and_the_command_agree(
    office: Office, path: Path, tmp_path: Path, typed: Typed, is_sound: bool
) -> None:
    with office.opened(path, editable=True) as document:
        for name, value in typed.items():
            row, column = place(name)
            cell = document.Sheets.getByName("Assumptions").getCellByPosition(column, row)
            if isinstance(value, str):
                cell.String = value
            else:
                cell.Value = value
        office.recalculate(document)
        code = office.named(document, VERDICT_CODE).getCellByPosition(0, 0).String
        office.save(document, tmp_path / "typed.xlsx")
    assert (code != "no_verdict") == is_sound
    assert (show_check(tmp_path / "typed.xlsx", as_json=False) == 0) == is_sound
