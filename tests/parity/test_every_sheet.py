"""Two hundred random plans typed into open workbooks: every sheet shows what the engine gives, and faults are seen."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET
from ftroi.workbook.xlsx.addresses import address
from tests.support.depth import at_depth
from tests.support.every_sheet import Filled, OpenWorkbook, opened
from tests.support.office import Office
from tests.support.random_plans import base_plan, drawn_plan

BOOKS = {
    "as it comes": ((), "support_assistant", at_depth(2, 8)),
    "two tuned": (("rag", "lora_self_hosted"), "clinical_summaries", at_depth(5, 64)),
    "two others": (("api_fine_tune", "full_fine_tune"), "support_assistant", at_depth(0, 64)),
    "three more": (("bigger_model_few_shot", "distillation", "fine_tune_rag"), "support_assistant", at_depth(0, 64)),
}
"""The workbooks that stay open: their options besides those that every plan has, the preset, and how many plans;
the first alone has every option."""

FAULTS = at_depth(15, 60)


@pytest.fixture(scope="module")
def workbooks(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, OpenWorkbook]]:
    """The open workbooks, each opened when it is first asked for."""
    opening: dict[str, Iterator[OpenWorkbook]] = {}

    class Opened(dict[str, OpenWorkbook]):
        def __missing__(self, name: str) -> OpenWorkbook:
            options, preset, _ = BOOKS[name]
            opening[name] = opened(office, tmp_path_factory.mktemp("book"), base_plan(*options, preset=preset))
            self[name] = next(opening[name])
            return self[name]

    yield Opened()
    for one in opening.values():
        next(one, None)


@pytest.mark.parametrize("name,seed", [(name, seed) for name in BOOKS for seed in range(BOOKS[name][-1])])
def test_every_sheet_of_a_random_plan_shows_what_the_engine_gives(
    workbooks: dict[str, OpenWorkbook], name: str, seed: int
) -> None:
    workbook = workbooks[name]
    plan = drawn_plan(1_000 * list(BOOKS).index(name) + seed, workbook.plan)
    wanted, found = workbook.typed(plan)
    assert workbook.compared(plan, wanted, found) == []
    assert workbook.beyond_the_horizon(plan, found) == []
    assert workbook.office.errors(workbook.document) == {}


def test_the_plans_take_every_option_case_and_switch_both_ways() -> None:
    """What the two hundred draws cover between them."""
    over = base_plan()
    plans = [drawn_plan(seed, over) for seed in range(64)]
    assert {plan.settings.option for plan in plans} == set(over.settings.options)
    assert {plan.settings.case for plan in plans} == {"optimistic", "base", "pessimistic"}
    assert {12, 60} <= {plan.horizon for plan in plans} | {12}
    assert any(plan.own_costs for plan in plans)
    for name, one in over.template.assumptions.items():
        if one.table.whole and list(one.table.range or ()) == [0, 1] and one.table.kind != "constant":
            drawn = {plan.entries[name].value(option) for plan in plans for option in over.settings.options}
            assert drawn == {0.0, 1.0}, name


def test_a_wrong_formula_on_any_sheet_is_caught(workbooks: dict[str, OpenWorkbook]) -> None:
    """A formula of every kind of row, drawn at random, is made wrong and must be named."""
    workbook = workbooks["two tuned"]
    plan = drawn_plan(7, workbook.plan)
    wanted, found = workbook.typed(plan)
    assert workbook.compared(plan, wanted, found) == []
    workbook.document.enableAutomaticCalculation(True)  # noqa: FBT003 - the interface takes its arguments by position
    draw = Random(1)  # noqa: S311 - reproducible, not secret
    places = [(name, place) for name, sheet in wanted.items() for place in sheet.computed]
    missed = [
        f"{name} {address(*place)}"
        for name, place in draw.sample(sorted(places), FAULTS)
        if not is_caught(workbook, name, place, wanted[name])
    ]
    assert missed == []


def is_caught(workbook: OpenWorkbook, name: str, place: tuple[int, int], wanted: Filled) -> bool:
    """Make a formula wrong, look whether its cell is named, and put the formula back."""
    sheet: Any = workbook.document.Sheets.getByName(name)
    cell = sheet.getCellByPosition(place[1], place[0])
    formula = cell.Formula
    is_text = isinstance(wanted.computed[place], str)
    cell.Formula = f'=({formula.removeprefix("=")})&" "' if is_text else f"=({formula.removeprefix('=')})*1.01+1"
    caught = workbook.unlike(name, wanted)
    cell.Formula = formula
    return address(*place) in {one.cell for one in caught}


def test_every_sheet_is_looked_at(workbooks: dict[str, OpenWorkbook]) -> None:
    workbook = workbooks["two tuned"]
    wanted, _ = workbook.typed(workbook.plan)
    unseen = set(workbook.layout.order) - set(wanted) - set(workbook.layout.sheets.values())
    assert unseen == {"Sources"}
    assert len(wanted[ASSUMPTIONS].computed) > 500
    assert len(wanted[CHECKS_SHEET].computed) > 300
