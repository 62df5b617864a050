"""Own costs by name: what an option pays of each, as the formulas of its sheet, Annual and the waterfall show it."""

from __future__ import annotations

from dataclasses import replace

from ftroi.plan import ALL_BUT_NOTHING, OwnCost, plan_from_preset
from ftroi.workbook.references.own_costs import OwnCostCells
from ftroi.workbook.sheets.registry import layout_of
from tests.support.plans import fine_tuning

COSTS = (
    OwnCost("Works council", ALL_BUT_NOTHING, "hidden.compliance", "cash", 3, 3, 8_000.0, how_often="once"),
    OwnCost("Licence", "rag", "visible.licence", "cash", 1, 36, 1_200.0, how_often="yearly"),
)
PLAN = replace(plan_from_preset(fine_tuning(), "support_assistant", ["rag"]), own_costs=COSTS)
CELLS = OwnCostCells(PLAN, layout_of(PLAN), "option_id")


def test_each_option_has_its_own_costs_by_name_and_year() -> None:
    assert CELLS.values(0, "lora_hosted", 5) == ("Works council", [8_000, 8_000, 0, 0, 0, 0])
    assert CELLS.values(1, "rag", 5) == ("Licence", [3_600, 1_200, 1_200, 1_200, 0, 0])
    blank = ("", [""] * 6)
    assert CELLS.values(0, "do_nothing", 5) == CELLS.values(1, "lora_hosted", 5) == CELLS.values(2, "rag", 5) == blank


def test_a_step_of_the_waterfall_names_them() -> None:
    assert CELLS.named_among(("hidden.compliance", "visible.licence"), "rag") == " + Works council + Licence"
    assert CELLS.named_among(("hidden.compliance",), "do_nothing") == ""


def test_a_label_stays_within_what_excel_takes() -> None:
    """Of a formula 8,192 characters, and of a text in it 255, however many categories a step has."""
    steps = PLAN.template.categories
    formula = CELLS.among(steps)
    assert max(len(text) for text in formula.split('"')[1::2]) <= 255
    assert all(f"|{name}|" in formula for name in steps)
    build = [name for name in steps if name.startswith("visible.")][:9]
    assert len(CELLS.among(build)) < 8_192
