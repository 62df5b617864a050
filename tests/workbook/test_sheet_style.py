"""How the sheets of a generated workbook are made: read from the XML, and each rule seen to catch a made-up fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.plan import Plan, plan_from_preset
from ftroi.workbook import checks_layout, compare_layout
from ftroi.workbook.annual_layout import FIRST_YEAR, LAST_YEAR
from ftroi.workbook.grid import prefix
from ftroi.workbook.layout import ANNUAL, CHECKS_SHEET, COMPARE, Layout, layout_of
from ftroi.workbook.option_layout import FIRST_MONTH, LAST_MONTH
from ftroi.workbook.write import write_workbook
from tests.plans import fine_tuning
from tests.random_plans import random_plan
from tests.workbook.sheet_xml import (
    SheetXml,
    hidden_sheets,
    mixed_rows,
    numbers_in,
    relative,
    sheets_of,
    typed_numbers,
)

Made = tuple[Layout, dict[str, SheetXml]]


def made(plan: Plan, folder: Path) -> Made:
    path = folder / "plan.xlsx"
    write_workbook(plan, path)
    return layout_of(plan), {sheet.name: sheet for sheet in sheets_of(path)}


@pytest.fixture(scope="module", params=["support_assistant", "clinical_summaries"])
def workbook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(plan_from_preset(fine_tuning(), request.param), tmp_path_factory.mktemp(request.param))


def test_all_sheets_are_there_and_none_is_hidden(workbook: Made) -> None:
    layout, sheets = workbook
    assert tuple(sheets) == layout.order
    assert hidden_sheets(sheets.values()) == []


def test_no_cell_holds_an_error(workbook: Made) -> None:
    assert [cell for sheet in workbook[1].values() for cell in sheet.error_cells()] == []


@pytest.mark.parametrize("seed", range(4))
def test_no_cell_of_a_random_plan_holds_an_error(seed: int, tmp_path: Path) -> None:
    _, sheets = made(random_plan(seed), tmp_path)
    assert [cell for sheet in sheets.values() for cell in sheet.error_cells()] == []


def test_no_formula_has_a_number_of_its_own(workbook: Made) -> None:
    assert [fault for sheet in workbook[1].values() for fault in typed_numbers(sheet)] == []


def test_every_row_has_one_formula(workbook: Made) -> None:
    layout, sheets = workbook
    options = [prefix(sheet) for sheet in layout.sheets.values()]
    months, years = range(FIRST_MONTH, LAST_MONTH + 1), range(FIRST_YEAR, LAST_YEAR + 1)
    checked = range(checks_layout.FIRST_OPTION, layout.checks.last_option + 1)
    compared = range(compare_layout.FIRST_OPTION, layout.compare.last_option + 1)
    measures = range(layout.compare.roles, max(layout.compare.scalars.values()) + 1)
    own_costs = range(layout.compare.own_costs[0], layout.compare.last_row + 1)
    faults = [
        *(fault for name in layout.sheets.values() for fault in mixed_rows(sheets[name], months)),
        *mixed_rows(sheets[ANNUAL], years),
        *mixed_rows(sheets[CHECKS_SHEET], checked, options),
        *mixed_rows(sheets[COMPARE], compared, options, measures),
        *mixed_rows(sheets[COMPARE], months, rows=own_costs),
    ]
    assert faults == []


def test_every_options_sheet_has_the_same_formulas(workbook: Made) -> None:
    layout, sheets = workbook
    first, *others = (sheets[name].formulas for name in layout.sheets.values())
    assert len(first) > 10_000
    assert all(other == first for other in others)


# --- the rules catch what they are for ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "formula,found",
    [
        ("H12*3", ["3"]),
        ("H12*0.5+1", ["0.5"]),
        ("ROUND(x,2)", ["2"]),
        ("SUM($G12:H12)*5%", ["5%"]),
        ("IF(H$14=1,0,H12)", []),
        ('"12 months"&TEXT(x,"0.00")', []),
        ("'Year 2030'!H12+tco2026", []),
        ("IF(FT_ReferenceNumber=7,a,b)", []),
        ("(1+discount_rate)^(-(month/12))", ["12"]),
    ],
)
def test_a_number_of_its_own_is_seen(formula: str, found: list[str]) -> None:
    assert numbers_in(formula) == found


def test_copies_of_a_formula_read_alike_and_others_do_not() -> None:
    assert relative("G12*$E$4+F13", 13, 6, ()) == relative("H12*$E$4+G13", 13, 7, ())
    assert relative("G12*$E$4+F13", 13, 6, ()) != relative("H12*$E$4+F13", 13, 7, ())
    assert relative("Alpha!$G$5", 3, 3, ("Alpha!", "'B b'!")) == relative("'B b'!$G$5", 3, 4, ("Alpha!", "'B b'!"))


def _sheet(*cells: str, state: str = "") -> SheetXml:
    return SheetXml("Made up", state, "".join(cells))


def test_faults_of_a_sheet_are_seen() -> None:
    copies = ('<c r="G5"><f>F5+1</f><v>1</v></c>', '<c r="H5"><f>G5+1</f><v>2</v></c>')
    assert list(mixed_rows(_sheet(*copies), range(6, 8))) == []
    assert list(mixed_rows(_sheet(copies[0], '<c r="H5"><f>G5+F5</f><v>2</v></c>'), range(6, 8))) != []
    assert list(mixed_rows(_sheet(*copies), range(6, 9))) != []
    assert _sheet('<c r="A1" t="e"><v>#N/A</v></c>').error_cells() == ["Made up A1"]
    assert _sheet('<c r="A1"><f>1/0</f><v>#DIV/0!</v></c>').error_cells() == ["Made up A1"]
    assert hidden_sheets([_sheet(state=' state="hidden" r:id="rId1"'), _sheet()]) == ["Made up"]
    assert typed_numbers(_sheet('<c r="A1"><f>B1*7</f><v>1</v></c>')) != []
