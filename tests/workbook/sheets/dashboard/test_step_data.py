"""What waterfall, bridge and stacked bars are drawn from, as the file holds it before anything is calculated."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from ftroi.plan import calculate
from ftroi.workbook.layout.dashboard import END, STACK_FIRST, START, STEP_AMOUNT, STEP_TO, VALUE
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan, small_workbook


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    path = small_workbook(tmp_path_factory.mktemp("steps"))
    return [tuple(row) for row in load_workbook(path, data_only=True)["Dashboard"].values]


def amounts(shown: list[tuple[object, ...]], rows: list[int], column: int) -> list[float]:
    return [float(str(shown[row][column])) for row in rows]


def test_the_waterfall_leads_from_the_first_budget_to_the_cost(shown: list[tuple[object, ...]]) -> None:
    plan, steps = small_plan(), layout_of(small_plan()).dashboard.steps
    tco = calculate(plan).number("tco", plan.settings.option)
    *before, end = steps.values()
    assert (next(iter(steps)), list(steps)[-1]) == (START, END)
    assert sum(amounts(shown, before, STEP_AMOUNT)) == pytest.approx(tco)
    assert amounts(shown, [before[-1], end], STEP_TO) == [pytest.approx(tco), pytest.approx(tco)]


def test_the_bridge_leads_from_value_to_the_net_present_value(shown: list[tuple[object, ...]]) -> None:
    plan, bridge = small_plan(), layout_of(small_plan()).dashboard.bridge
    npv = calculate(plan).number("npv", plan.settings.candidate)
    *steps, end = bridge.values()
    assert next(iter(bridge)) == VALUE
    assert sum(amounts(shown, steps, STEP_AMOUNT)) == pytest.approx(npv, rel=1e-9)
    assert amounts(shown, [end], STEP_TO) == [pytest.approx(npv)]


def test_the_bars_of_an_option_add_up_to_its_cost(shown: list[tuple[object, ...]]) -> None:
    plan, layout = small_plan(), layout_of(small_plan()).dashboard
    results = calculate(plan)
    for option, row in layout.stacks.items():
        parts = [float(str(one)) for one in shown[row][STACK_FIRST : STACK_FIRST + len(layout.costs)]]
        assert sum(parts) == pytest.approx(results.number("tco", option))
