"""Every cell of every option's sheet, recalculated by LibreOffice, equals the engine.

One workbook of each preset stays open; random plans are typed into it as a person would. A few
are written afresh, so that the writer's own placing of inputs is tried as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.workbook.layout import Layout, layout_of
from ftroi.workbook.option_layout import LAST_MONTH, VALUE
from ftroi.workbook.write import write_workbook
from tests.office import Document, Office
from tests.parity.comparing import differences, differing_lines, type_in
from tests.plans import fine_tuning
from tests.random_plans import random_plan

PRESETS = ("support_assistant", "clinical_summaries")
TYPED_PLANS = 26
"""For each preset: 52 in all."""


class Opened:
    """A preset's workbook, open in LibreOffice."""

    def __init__(self, office: Office, document: Document, preset: str, plan: Plan) -> None:
        self.office = office
        self.preset = preset
        self.document = document
        self.plan = plan
        self.layout: Layout = layout_of(plan)

    def differences(self, plan: Plan) -> list[str]:
        """Type a plan in, and name the lines that are not the engine's."""
        type_in(self.office, self.document, plan, self.layout)
        return differences(self.office.values(self.document), plan, self.layout, calculate(plan, months=60))


@pytest.fixture(scope="module", params=PRESETS)
def opened(
    request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    path = tmp_path_factory.mktemp("parity") / "plan.xlsx"
    plan = plan_from_preset(fine_tuning(), request.param)
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield Opened(office, document, request.param, plan)


def test_the_preset_itself(opened: Opened) -> None:
    assert opened.differences(opened.plan) == []
    assert opened.office.errors(opened.document) == {}


@pytest.mark.parametrize("seed", range(TYPED_PLANS))
def test_a_random_plan_typed_in(opened: Opened, seed: int) -> None:
    assert opened.differences(random_plan(seed, opened.preset)) == []


def test_a_wrong_formula_of_any_line_is_caught(opened: Opened) -> None:
    """Put a fault into each line of the candidate's sheet in turn; the comparison must name that line."""
    plan, option = opened.plan, opened.plan.settings.candidate
    type_in(opened.office, opened.document, plan, opened.layout)
    results = calculate(plan, months=60)
    sheet = opened.document.Sheets.getByName(opened.layout.sheets[option])
    missed = []
    for name, row in opened.layout.option.rows.items():
        column = LAST_MONTH if name in opened.layout.option.series else VALUE
        cell = sheet.getCellByPosition(column, row)
        formula = cell.getFormula()
        cell.setFormula(f'=({formula.removeprefix("=")})&"?"' if shows_text(cell) else f"=({formula[1:]})*3+7")
        rows = sheet.getCellRangeByPosition(0, 0, LAST_MONTH, opened.layout.option.last_row).getDataArray()
        if name not in set(differing_lines(rows, plan, opened.layout, results, option)):
            missed.append(name)
        cell.setFormula(formula)
    assert missed == []
    assert opened.differences(plan) == []


def shows_text(cell: Any) -> bool:
    """Say whether a cell shows a text."""
    number = 1  # com.sun.star.sheet.FormulaResult.VALUE
    return bool(cell.FormulaResultType2 != number)


@pytest.mark.parametrize("seed", range(1000, 1004))
def test_a_random_plan_written_afresh(office: Office, seed: int, tmp_path: Path) -> None:
    plan = random_plan(seed)
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path) as document:
        found = differences(office.values(document), plan, layout_of(plan), calculate(plan, months=60))
        assert found == []
        assert office.errors(document) == {}
