"""The sheet Scenarios shows what the engine gives in each case, and nothing where inputs or changes are others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ftroi.plan import CASES, NamedScenario, Plan, calculate
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.layout.scenarios import CHANGES, NAME, STATE_ROW
from ftroi.workbook.layout.workbook import ASSUMPTIONS, DASHBOARD
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.references.scenarios import NONE, STALE, UP_TO_DATE
from ftroi.workbook.schema import SCENARIOS_SHEET
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.addresses import address
from tests.support.edited import small_plan
from tests.support.office import Office

SLOW = NamedScenario("Slow start", "ramp_months=18; requests_per_month=200k")
WRONG = NamedScenario("Misspelt", "ramp_moths=18")


def plan_with(*own: NamedScenario) -> Plan:
    return replace(small_plan(), scenarios=own)


def shown(path: Path, plan: Plan) -> dict[str, dict[str, Any]]:
    """What each row shows by measure, with its state, best option and changes."""
    sheet, layout = load_workbook(path, data_only=True)[SCENARIOS_SHEET], layout_of(plan).scenarios
    columns = {**layout.figures, "best": layout.best, "state": layout.state, "changes": CHANGES}
    found = {}
    for row in layout.rows:
        name = sheet.cell(row + 1, NAME + 1).value
        if name:
            found[str(name)] = {key: sheet.cell(row + 1, column + 1).value for key, column in columns.items()}
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenarios") / "plan.xlsx"
    write_workbook(plan_with(SLOW, WRONG), path)
    return path


def test_every_case_shows_the_engines_figures_of_the_proposed_option(written: Path) -> None:
    plan = plan_with(SLOW, WRONG)
    rows = shown(written, plan)
    assert list(rows) == ["Optimistic", "Base", "Pessimistic", SLOW.name, WRONG.name]
    for case in CASES:
        results = calculate(plan, case)
        for measure in ("tco", "npv", "hidden"):
            wanted = results.number(measure, plan.settings.candidate)
            assert rows[case.capitalize()][measure] == pytest.approx(wanted, rel=1e-9)
    slow = plan.with_base("ramp_months", 18).with_base("requests_per_month", 200_000)
    assert rows[SLOW.name]["npv"] == pytest.approx(calculate(slow).number("npv", plan.settings.candidate), rel=1e-9)


def test_one_that_cannot_be_computed_says_why_and_shows_no_figure(written: Path) -> None:
    row = shown(written, plan_with(SLOW, WRONG))[WRONG.name]
    assert row["npv"] == NONE
    assert "ramp_moths" in row["state"]


def test_the_dashboard_shows_the_three_cases(written: Path) -> None:
    plan = plan_with(SLOW, WRONG)
    rows, layout = shown(written, plan), layout_of(plan).dashboard
    sheet = load_workbook(written, data_only=True)[DASHBOARD]
    for case, row in layout.cases.items():
        assert sheet.cell(row + 1, 1).value == case.capitalize()
        for measure, column in layout.compared.items():
            assert sheet.cell(row + 1, column + 1).value == rows[case.capitalize()][measure]


def test_what_was_typed_reads_back_as_it_stands(written: Path) -> None:
    assert read_workbook(written, template_of_id).plan.scenarios == (SLOW, WRONG)


def test_figures_of_other_inputs_or_changes_are_not_shown(written: Path, office: Office) -> None:
    plan = plan_with(SLOW, WRONG)
    layout, inputs = layout_of(plan).scenarios, layout_of(plan).assumptions
    own, base = layout.own[0], layout.cases["base"]
    with office.opened(written, editable=True) as document:

        def of(row: int, column: int) -> Any:
            return office.cell(document, SCENARIOS_SHEET, address(row, column))

        office.cell(document, SCENARIOS_SHEET, address(own, CHANGES)).String = "ramp_months=24"
        assert of(own, layout.figures["npv"]).String == NONE
        assert of(own, layout.state).String == "not computed yet"
        assert of(base, layout.state).String == UP_TO_DATE
        assert of(base, layout.figures["npv"]).Value == pytest.approx(calculate(plan).number("npv", "lora_hosted"))

        rate = address(inputs.rows["discount_rate"], inputs.columns["base"])
        office.cell(document, ASSUMPTIONS, rate).Value = 0.2
        assert {of(row, layout.figures["npv"]).String for row in layout.cases.values()} == {NONE}
        assert {of(row, layout.state).String for row in layout.cases.values()} == {STALE}
        assert of(STATE_ROW, NAME).String.startswith("Stale")
