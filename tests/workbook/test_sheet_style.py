"""How the sheets of a generated workbook are made: read from the XML, and each rule seen to catch a made-up fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from openpyxl import load_workbook

from ftroi.analysis import give_verdict, judge_plan
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.language.functions import FUNCTIONS
from ftroi.language.value_formats import VALUE_FORMATS
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.plan.plan import HOW_OFTEN
from ftroi.workbook.layout import checks as checks_layout
from ftroi.workbook.layout import compare as compare_layout
from ftroi.workbook.layout.annual import FIRST_YEAR, LAST_YEAR
from ftroi.workbook.layout.dashboard import SHOWN
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH, MONTHS, PRINTED_CELL
from ftroi.workbook.layout.option import LAST_YEAR as SUMMED_LAST
from ftroi.workbook.layout.workbook import ANNUAL, CHECKS_SHEET, COMPARE, DASHBOARD, Layout
from ftroi.workbook.reading.priced import is_priced
from ftroi.workbook.references.assumptions import FIRST_DAY_CELL
from ftroi.workbook.references.inputs_checksum import fingerprint_formula
from ftroi.workbook.schema import GATES_SHEET, SEE_FUNCTION
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.addresses import letters, prefix
from tests.support.depth import seeds
from tests.support.plans import fine_tuning
from tests.support.random_plans import FAR_AWAY, random_plan
from tests.support.sheet_xml import (
    SheetXml,
    hidden_sheets,
    mixed_rows,
    numbers_in,
    relative,
    sheets_of,
    typed_numbers,
)

MOST_BYTES = 2_000_000
"""A megabyte, as file managers count it."""


class Made(NamedTuple):
    """A workbook that was written: where everything should stand, and the sheets as the file has them."""

    layout: Layout
    sheets: dict[str, SheetXml]
    plan: Plan
    path: Path


def made(plan: Plan, folder: Path) -> Made:
    path = folder / "plan.xlsx"
    write_workbook(plan, path)
    return Made(layout_of(plan), {sheet.name: sheet for sheet in sheets_of(path)}, plan, path)


@pytest.fixture(scope="module", params=["support_assistant", "clinical_summaries"])
def workbook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(plan_from_preset(fine_tuning(), request.param), tmp_path_factory.mktemp(request.param))


def test_all_sheets_are_there_and_none_is_hidden(workbook: Made) -> None:
    layout, sheets = workbook.layout, workbook.sheets
    assert tuple(sheets) == layout.order
    assert hidden_sheets(sheets.values()) == []


def test_no_cell_holds_an_error(workbook: Made) -> None:
    assert [cell for sheet in workbook.sheets.values() for cell in sheet.error_cells()] == []


@pytest.mark.parametrize("seed", seeds(2, 4))
def test_no_cell_of_a_random_plan_holds_an_error(seed: int, tmp_path: Path) -> None:
    sheets = made(random_plan(seed), tmp_path).sheets
    assert [cell for sheet in sheets.values() for cell in sheet.error_cells()] == []


RANKS = ("2", "3", "4", "5", "6")
"""Which gate decides, and the decimal place to which a margin is judged, in gates.toml."""


def numbers_of_method(layout: Layout, text: str) -> set[str]:
    """The numbers of a formula that no plan could have otherwise: each allowed only where its method is."""
    if text == fingerprint_formula(layout) or is_priced(text):
        return set(numbers_in(text))
    found: set[str] = set()
    if "IRR(" in text:
        found |= set(numbers_in(FUNCTIONS["IRR"].excel))
    if "TEXT(" in text:
        found |= {number for one in VALUE_FORMATS.values() for number in numbers_in(one.excel)}
    if "NPV((" in text:
        found.add(str(MONTHS_OF_A_YEAR))
    if "INDEX(" in text:
        found.add(str(MONTHS))
    if "SUMPRODUCT((1+" in text:  # a control total
        found |= {"2", "0.05"}
    if FIRST_DAY_CELL in text:
        found |= set(numbers_in(FIRST_DAY_CELL))
    if f"<{FAR_AWAY})" in text:  # a date that stands for none
        found.add(str(FAR_AWAY))
    if '="once"' in text:
        found |= {str(months) for months in HOW_OFTEN.values()}
    return found


def test_no_formula_has_a_number_of_its_own(workbook: Made) -> None:
    def of_method(text: str) -> set[str]:
        return numbers_of_method(workbook.layout, text)

    others = [sheet for name, sheet in workbook.sheets.items() if name != GATES_SHEET]
    assert [fault for sheet in others for fault in typed_numbers(sheet, of_method)] == []
    gates = workbook.sheets[GATES_SHEET]
    assert typed_numbers(gates, lambda text: {*of_method(text), *RANKS}) == []


def test_a_number_of_a_method_is_seen_elsewhere(workbook: Made) -> None:
    assert numbers_of_method(workbook.layout, "NPV((1+discount_rate)^(1/12)-1,B1:B9)") == {"12"}
    assert numbers_of_method(workbook.layout, "B1*12") == set()
    assert numbers_of_method(workbook.layout, "SUM(B1:B9)*1000") == set()


def test_no_number_is_typed_where_figures_are_computed(workbook: Made) -> None:
    layout, sheets = workbook.layout, workbook.sheets
    for name in layout.sheets.values():
        assert sheets[name].numbers_among_formulas() == [PRINTED_CELL]  # how many months print, as the file was made
    assert sheets[ANNUAL].numbers_among_formulas() == []
    months = layout.compare.own_costs[0] - 1
    assert {row for row, _ in sheets[COMPARE].numbers_among_formulas()} == {months}
    assert {column for _, column in sheets[CHECKS_SHEET].numbers_among_formulas()} == {checks_layout.NUMBER}


def test_every_formula_has_the_value_that_a_reader_without_a_calculator_shows(workbook: Made) -> None:
    assert [cell for sheet in workbook.sheets.values() for cell in sheet.cells_without_value()] == []


def test_every_headline_figure_is_read_without_a_calculator(workbook: Made) -> None:
    """As pandas reads a workbook that nobody has opened yet."""
    sheets = pd.read_excel(workbook.path, sheet_name=None, header=None, engine="openpyxl")
    results, option = calculate(workbook.plan), workbook.plan.settings.option
    compare, dashboard = workbook.layout.compare, workbook.layout.dashboard
    for name, row in dashboard.headlines.items():
        measured = results.measure(name, option)
        wanted = measured.text if measured.value is None else pytest.approx(measured.value, rel=1e-9)
        wanted = SEE_FUNCTION if measured.status == "several" else wanted
        assert sheets[DASHBOARD].iat[row, SHOWN] == wanted, name
        assert sheets[COMPARE].iat[compare.scalars[name], compare.column(option)] == wanted, name
    verdict = give_verdict(workbook.plan, results, judge_plan(workbook.plan, results))
    assert verdict.sentence in sheets[DASHBOARD].iloc[:, SHOWN].tolist()


def test_a_script_reads_every_months_own_formula(workbook: Made) -> None:
    """As openpyxl reads it, in which a shared formula is translated to the address that its cell states."""
    book = load_workbook(workbook.path, read_only=True)
    sheet = book[workbook.layout.sheets[workbook.plan.settings.option]]
    row = workbook.layout.option.rows["month"] + 1
    (cells,) = sheet.iter_rows(row, row, FIRST_MONTH + 1, LAST_MONTH + 1, values_only=True)
    book.close()
    assert cells == tuple(f"={letters(column - 1)}{row}+1" for column in range(FIRST_MONTH, LAST_MONTH + 1))


def test_the_file_is_no_larger_than_it_may_be(workbook: Made) -> None:
    assert workbook.path.stat().st_size <= MOST_BYTES


def test_every_row_of_an_options_sheet_states_its_height(workbook: Made) -> None:
    sheets = [workbook.sheets[name].xml for name in workbook.layout.sheets.values()]
    assert [row for xml in sheets for row in re.findall(r"<row [^>]*>", xml) if " ht=" not in row] == []


def own_year(text: str, column: int) -> str:
    """Name the months of a column's own year: one column here is twelve on an option's sheet."""
    first = FIRST_MONTH + (column - FIRST_YEAR) * MONTHS_OF_A_YEAR
    last = first + MONTHS_OF_A_YEAR - 1
    return (
        text.replace(f"!${letters(first)}$", "!FIRST$")
        .replace(f":${letters(last)}$", ":LAST$")
        .replace(f"!${letters(last)}$", "!LAST$")
    )


def own_row_of_gates(layout: Layout) -> Callable[[str, int], str]:
    """Name the row of a column's own option on the sheet Gates, where the options stand one below the other."""
    rows, prefixed = list(layout.gates.options.rows.values()), re.escape(prefix(GATES_SHEET))

    def named(text: str, column: int) -> str:
        row = rows[column - checks_layout.FIRST_OPTION] + 1
        return re.sub(rf"({prefixed}\$[A-Z]+\$){row}(?!\d)", r"\1OPTION", text)

    return named


def test_every_row_has_one_formula(workbook: Made) -> None:
    layout, sheets = workbook.layout, workbook.sheets
    options = [prefix(sheet) for sheet in layout.sheets.values()]
    months, years = range(FIRST_MONTH, LAST_MONTH + 1), range(FIRST_YEAR, LAST_YEAR + 1)
    checked = range(checks_layout.FIRST_OPTION, layout.checks.last_option + 1)
    compared = range(compare_layout.FIRST_OPTION, layout.compare.last_option + 1)
    measures = range(layout.compare.roles, max(layout.compare.scalars.values()) + 1)
    own_costs = range(layout.compare.own_costs[0], layout.compare.last_row + 1)
    summed, yearly = range(FIRST_MONTH, SUMMED_LAST + 1), list(layout.option.years.values())
    monthly = [row for row in range(layout.option.last_row + 1) if row not in yearly]
    faults = [
        *(
            fault
            for name in layout.sheets.values()
            for columns, rows in ((months, monthly), (summed, yearly))
            for fault in mixed_rows(sheets[name], columns, rows=rows)
        ),
        *mixed_rows(sheets[ANNUAL], years, rows=range(layout.annual.last_row + 1), own=own_year),
        *mixed_rows(
            sheets[CHECKS_SHEET], checked, options, range(layout.checks.last_row + 1), own=own_row_of_gates(layout)
        ),
        *mixed_rows(sheets[COMPARE], compared, options, measures),
        *mixed_rows(sheets[COMPARE], months, rows=own_costs),
    ]
    assert faults == []


def test_every_options_sheet_has_the_same_formulas(workbook: Made) -> None:
    layout, sheets = workbook.layout, workbook.sheets
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


def test_another_years_months_and_another_options_row_are_seen(workbook: Made) -> None:
    first, second = letters(FIRST_MONTH), letters(FIRST_MONTH + MONTHS_OF_A_YEAR - 1)
    text = f"SUM(Alpha!${first}$5:${second}$5)"
    assert own_year(text, FIRST_YEAR) == "SUM(Alpha!FIRST$5:LAST$5)"
    assert own_year(text, FIRST_YEAR + 1) == text
    row = next(iter(workbook.layout.gates.options.rows.values())) + 1
    text, named = f"{prefix(GATES_SHEET)}$C${row}", own_row_of_gates(workbook.layout)
    assert named(text, checks_layout.FIRST_OPTION) == f"{prefix(GATES_SHEET)}$C$OPTION"
    assert named(text, checks_layout.FIRST_OPTION + 1) == text


def _sheet(*cells: str, state: str = "") -> SheetXml:
    return SheetXml("Made up", state, f'<row r="5">{"".join(cells)}</row>')


def test_faults_of_a_sheet_are_seen() -> None:
    copies = ('<c r="G5"><f>F5+1</f><v>1</v></c>', '<c s="3"><f>G5+1</f><v>2</v></c>')
    assert list(mixed_rows(_sheet(*copies), range(6, 8))) == []
    assert list(mixed_rows(_sheet(copies[0], '<c s="3"><f>G5+F5</f><v>2</v></c>'), range(6, 8))) != []
    assert list(mixed_rows(_sheet(*copies), range(6, 9))) != []
    assert _sheet('<c r="A5" t="e"><v>#N/A</v></c>').error_cells() == ["Made up A5"]
    assert _sheet('<c r="A5"><f>1/0</f><v>#DIV/0!</v></c>').error_cells() == ["Made up A5"]
    assert hidden_sheets([_sheet(state=' state="hidden" r:id="rId1"'), _sheet()]) == ["Made up"]
    assert typed_numbers(_sheet('<c r="A5"><f>B1*7</f><v>1</v></c>')) != []


@pytest.mark.parametrize("fault", ['<c r="A5"><f>B5</f></c>', '<c r="A5"><f>B5</f><v/></c>'])
def test_a_formula_without_a_value_is_seen(fault: str) -> None:
    assert _sheet(fault).cells_without_value() == ["Made up A5"]


def test_a_number_typed_among_formulas_is_seen() -> None:
    assert _sheet('<c r="G5"><f>F5+1</f><v>1</v></c>', "<c><v>2</v></c>").numbers_among_formulas() == [(4, 7)]
    assert _sheet('<c r="G5"><v>1</v></c>', "<c><v>2</v></c>").numbers_among_formulas() == []
