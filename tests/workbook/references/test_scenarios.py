"""The formulas of the sheet Scenarios: a figure is shown only while its row is up to date."""

from __future__ import annotations

from ftroi.workbook.references.scenarios import SENTENCES, STALE, UP_TO_DATE, ScenarioFormulas
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.addresses import address, letters
from tests.support.edited import small_plan


def test_a_figure_looks_at_its_rows_state_before_what_was_stamped() -> None:
    layout = layout_of(small_plan())
    formulas, scenarios = ScenarioFormulas(small_plan().template, layout), layout.scenarios
    row, column = scenarios.own[0], scenarios.figures["npv"]
    state, stamped = f"${letters(scenarios.state)}{row + 1}", address(row + scenarios.below, column)
    wanted = f'IF({state}="{UP_TO_DATE}",{stamped},IF({state}="","","–"))'
    assert formulas.figure(row, column) == wanted


def test_a_rows_state_asks_for_its_changes_first_and_for_the_inputs_then() -> None:
    layout = layout_of(small_plan())
    formulas, scenarios = ScenarioFormulas(small_plan().template, layout), layout.scenarios
    text = formulas.state(scenarios.own[0])
    assert text.index(f"B{scenarios.own[0] + scenarios.below + 1}") < text.index(SENTENCES[UP_TO_DATE])
    assert text.index(SENTENCES[UP_TO_DATE]) < text.index(f'"{STALE}"')
    assert "FT" not in text
    assert "ABS(" in formulas.sentence()
