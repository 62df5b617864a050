"""Every cell of a written workbook, recalculated by LibreOffice, is what the engine computes; faults are caught.

Plans that are typed into open workbooks stand in test_every_sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ftroi.plan import Plan
from ftroi.termsheet import serial
from ftroi.workbook.layout.checks import TOLERANCE
from ftroi.workbook.layout.dashboard import SHOWN
from ftroi.workbook.layout.option import (
    BY_MONTH,
    FIRST_MONTH,
    LAST_MONTH,
    OPENING,
    VALUE,
    WITHOUT_NAME,
    Kind,
)
from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET, Layout
from ftroi.workbook.schema import SEE_FUNCTION
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.addresses import address, letters
from tests.support.comparison import Difference, Expected, Rows, Value, is_equal
from tests.support.depth import seeds
from tests.support.office import Document, Office, used_area
from tests.support.plans import FT, flow_plan
from tests.support.random_plans import base_plan, drawn_plan
from tests.support.typing_in import type_plan


@dataclass(frozen=True)
class OpenWorkbook:
    """A workbook that stays open in LibreOffice while plans are typed into it."""

    office: Office
    document: Document
    plan: Plan
    layout: Layout

    def differences(self, plan: Plan) -> list[Difference]:
        """Type a plan and compare every option's sheet with the engine."""
        type_plan(self.office, self.document, plan, self.layout)
        assert self.office.errors(self.document) == {}
        return Expected(plan, self.layout).differences(self.office.values(self.document))

    def rows(self, sheet: str) -> Rows:
        """Read one sheet."""
        rows: Rows = used_area(self.document.Sheets.getByName(sheet)).getDataArray()
        return rows


def opened(office: Office, folder: Path, plan: Plan) -> Iterator[OpenWorkbook]:
    path = folder / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield OpenWorkbook(office, document, plan, layout_of(plan))


@pytest.fixture(scope="module")
def all_options(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWorkbook]:
    yield from opened(office, tmp_path_factory.mktemp("all"), base_plan())


@pytest.fixture(scope="module")
def few_options(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWorkbook]:
    plan = base_plan("rag", "lora_self_hosted", preset="clinical_summaries")
    yield from opened(office, tmp_path_factory.mktemp("few"), plan)


@pytest.mark.parametrize("seed", seeds(1, 4, first=2000))
def test_a_random_plan_written_afresh_gives_what_the_engine_computes(office: Office, tmp_path: Path, seed: int) -> None:
    plan = drawn_plan(seed, base_plan("rag", "distillation"))
    for workbook in opened(office, tmp_path, plan):
        assert Expected(plan, workbook.layout).differences(office.values(workbook.document)) == []


def test_a_recalculation_changes_no_cell_of_any_sheet(office: Office, tmp_path: Path) -> None:
    plan = drawn_plan(2001, base_plan("rag", "distillation"))
    for workbook in opened(office, tmp_path, plan):
        found = office.values(workbook.document)
        cached = load_workbook(tmp_path / "plan.xlsx", data_only=True)
        changed = [one for sheet in cached for one in changed_cells(sheet, found[sheet.title])]
        assert changed == []


def changed_cells(sheet: Worksheet, found: Rows) -> Iterator[str]:
    """Name the cells that show something else than the file has."""
    for row, cells in zip(found, sheet.iter_rows(), strict=False):
        wanted = [as_value(None if is_place_of_link(cell) else cell.value) for cell in cells]
        scale = max((abs(value) for value in wanted if isinstance(value, float)), default=0.0)
        for column, (one, other) in enumerate(zip(row, wanted, strict=False)):
            if (
                not is_equal(one, other, scale)
                and not (sheet.title == CHECKS_SHEET and is_difference_held(one, other, wanted[TOLERANCE]))
                and SEE_FUNCTION not in (one, other)
            ):
                yield f"{sheet.title}, column {letters(column)}: {one} in place of {other}, in the row of {wanted[:2]}"


def is_place_of_link(cell: Any) -> bool:
    """Say whether a value is where the cell's link leads, which openpyxl puts into a cell that shows nothing."""
    return cell.hyperlink is not None and cell.value == cell.hyperlink.location


def is_difference_held(found: Value, held: Value, tolerance: Value) -> bool:
    """Say whether two differences of large figures are the same to a thousandth of what their check lets pass."""
    if not (isinstance(found, float) and isinstance(held, float) and isinstance(tolerance, float)):
        return False
    return abs(found - held) <= tolerance / 1000


def as_value(value: object) -> Value:
    """What openpyxl read as LibreOffice gives it: a number, a date's serial number, a text, "" for nothing."""
    if isinstance(value, datetime):
        return serial(value.date())
    if value is None:
        return ""
    return float(value) if isinstance(value, int | float) else str(value)


def test_the_figures_shown_follow_the_option_that_is_chosen(all_options: OpenWorkbook) -> None:
    for option in ("do_nothing", "rag", "lora_self_hosted"):
        plan = all_options.plan.with_settings(option=option, case="pessimistic")
        type_plan(all_options.office, all_options.document, plan, all_options.layout)
        assert shown_figures(all_options) == wanted_figures(all_options, plan)


def shown_figures(workbook: OpenWorkbook) -> dict[str, object]:
    """Read the Dashboard's headline figures and the live values of the assumptions."""
    sheet, dashboard = workbook.layout.assumptions, workbook.layout.dashboard
    live = workbook.rows("Assumptions")
    headlines = workbook.rows("Dashboard")
    figures = {name: live[row][sheet.columns["live"]] for name, row in sheet.rows.items()}
    figures |= {name: headlines[row][SHOWN] for name, row in dashboard.headlines.items()}
    return {name: rounded(value) for name, value in figures.items()}


def wanted_figures(workbook: OpenWorkbook, plan: Plan) -> dict[str, object]:
    expected = Expected(plan, workbook.layout)
    names = (*workbook.layout.assumptions.rows, *workbook.layout.dashboard.headlines)
    return {name: rounded(expected.figure(name, plan.settings.option)) for name in names}


def rounded(value: object) -> object:
    return float(f"{value:.9g}") if isinstance(value, float) else value


# LibreOffice's IRR ran into 1407% a month for the first, whose only root is -49% a month; for the second it
# found -5% a month, where the cumulative flow proves the positive root of 44% to be the one that counts.
TREACHEROUS_FLOWS = (
    [-1_138_934.0, -1_143_833.0, 872_105.0],
    [
        *(-97_331.0, -97_656.0, 68_296.0, 99_874.0, 130_950.0, 161_518.0, 191_575.0, 196_698.0, 108_134.0, 67_755.0),
        *(-32_377.0, 140.0, -39_379.0, -47_932.0, -48_580.0, -49_231.0, -49_886.0, -50_544.0, -48_808.0, -49_464.0),
        *(-50_123.0, -50_785.0, 41_348.0, -67_217.0, 80_839.0, -40_590.0),
    ],
)


@pytest.mark.parametrize("flows", TREACHEROUS_FLOWS, ids=len)
def test_a_native_rate_is_the_proved_one_or_points_at_the_function(
    office: Office, tmp_path: Path, flows: list[float]
) -> None:
    plan = flow_plan(flows, monthly_rate=0.005)
    for workbook in opened(office, tmp_path, plan):
        row = workbook.layout.option.rows["irr"]
        shown = workbook.rows(workbook.layout.sheets[FT])[row][VALUE]
        assert shown == SEE_FUNCTION or is_equal(shown, Expected(plan, workbook.layout).figure("irr", FT))


# --- faults that the comparison must catch -----------------------------------------------------------------

TEXT_RESULT = 2  # com.sun.star.sheet.FormulaResult.STRING
FAULTY = "lora_self_hosted"


def formula_cells(workbook: OpenWorkbook) -> Iterator[tuple[str, int, int]]:
    """A formula cell of every row of an option's sheet with the row's name, and its opening and its total."""
    lines = workbook.plan.template.lines
    for placed in workbook.layout.option.placed:
        if placed.kind in BY_MONTH:
            yield placed.name, placed.row, (FIRST_MONTH + LAST_MONTH) // 2
            if lines[placed.name].opening is not None:
                yield placed.name, placed.row, OPENING
            if lines[placed.name].unit == "money/month":
                yield placed.name, placed.row, VALUE
        elif placed.kind is Kind.YEAR or placed.kind not in WITHOUT_NAME:
            yield placed.name, placed.row, VALUE


def made_wrong(cell: Any) -> str:
    """A cell's formula with a result that is off by a little, or says something else."""
    text = cell.Formula.removeprefix("=")
    return f'=({text})&" "' if cell.FormulaResultType2 == TEXT_RESULT else f"=({text})*1.01+1"


def is_caught(workbook: OpenWorkbook, expected: Expected, cell: Any, name: str, options: Sequence[str]) -> bool:
    """Make one formula wrong, look whether the comparison names its line, and put the formula back."""
    formula = cell.Formula
    cell.Formula = made_wrong(cell)
    rows = {sheet: workbook.rows(sheet) for sheet in (workbook.layout.sheets[option] for option in options)}
    found = expected.differences(rows, options)
    cell.Formula = formula
    return name in {difference.name for difference in found}


def test_a_wrong_formula_of_any_line_is_caught(few_options: OpenWorkbook) -> None:
    plan = drawn_plan(7, few_options.plan)
    assert few_options.differences(plan) == []
    expected = Expected(plan, few_options.layout)
    sheet = few_options.document.Sheets.getByName(few_options.layout.sheets[FAULTY])
    missed = [
        f"{name} in {address(row, column)}"
        for name, row, column in formula_cells(few_options)
        if not is_caught(few_options, expected, sheet.getCellByPosition(column, row), name, [FAULTY])
    ]
    assert missed == []


def test_a_case_that_moves_an_assumption_wrongly_is_caught(few_options: OpenWorkbook) -> None:
    plan = few_options.plan.with_settings(case="pessimistic")
    assert few_options.differences(plan) == []
    expected, layout = Expected(plan, few_options.layout), few_options.layout.assumptions
    sheet = few_options.document.Sheets.getByName(ASSUMPTIONS)
    cells = {
        name: sheet.getCellByPosition(layout.outside["toward"], row)
        for name, row in layout.rows.items()
        if plan.template.assumptions[name].table.kind == "uncertain"
    }
    options = plan.settings.options
    assert [name for name, cell in cells.items() if not is_caught(few_options, expected, cell, name, options)] == []
