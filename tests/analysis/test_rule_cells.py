"""The tables that the verdict looks at, on the toy plan of docs/measures.md."""

from __future__ import annotations

from datetime import date

import pytest

from ftroi.analysis.rule_cells import OptionTable, PlanCells
from ftroi.language.rules import RuleCells
from ftroi.plan import calculate
from tests.support.plans import FT, PE, toy_plan
from tests.support.random_plans import base_plan


def test_the_options_by_column() -> None:
    plan = toy_plan()
    table = OptionTable(plan, calculate(plan))
    columns = table.columns
    place = {option: position for position, option in enumerate(plan.settings.options)}
    assert columns["worth"][place[FT]] == pytest.approx(3_657_436.140751)
    assert columns["gain"][place[PE]] == pytest.approx(-184_651.947197)
    assert columns["better"][place[PE]] == ""
    assert columns["rival"][place[PE]] == pytest.approx(3_472_784.193554)
    assert columns["rival"][place[FT]] == ""
    assert (columns["is_candidate"][place[FT]], columns["is_reference"][place[FT]]) == (1, 0)
    assert table.across("phrase", "REFERENCE") == "prompt engineering"
    assert table.across("tco", "CANDIDATE") == pytest.approx(960_000)


def test_an_option_can_be_started_on_its_last_day_and_not_after() -> None:
    last = date(2027, 1, 6)
    for start, is_available in ((last, 1), (date(2027, 1, 7), 0)):
        plan = base_plan("api_fine_tune", "lora_hosted").with_settings(start=start)
        table = OptionTable(plan, calculate(plan))
        place = plan.settings.options.index("api_fine_tune")
        assert table.columns["available"][place] == is_available


def test_figures_rest_on_tables_and_on_each_other() -> None:
    plan = toy_plan()
    results = calculate(plan)
    cells: RuleCells = PlanCells(plan, results, OptionTable(plan, results), {"word": "x"})
    assert cells.value("npv_over_untuned", "") == pytest.approx(184_651.947197)
    assert cells.value("proposed", "") == FT
    assert cells.value("word", "") == "x"
    assert cells.value("npv", "REFERENCE") == 0
    assert cells.column("rank") == []
    assert "Pays only if 19.2 points better" in str(cells.column("says")[1])
    assert max(float(one) for one in cells.column("size")) == pytest.approx(abs(float(cells.value("largest_move", ""))))
