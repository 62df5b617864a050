"""The file that is written: every formula with its value, names that lead where they say, texts that stay texts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula.translate import Translator

from ftroi.errors import PlanError
from ftroi.plan import OwnCost, Plan
from ftroi.termsheet import serial
from ftroi.workbook.layout.assumptions import HEADER_ROW
from ftroi.workbook.layout.dashboard import PANEL, PANEL_VALUE, SHOWN
from ftroi.workbook.layout.option import BY_MONTH, FIRST_MONTH, LAST_MONTH, VALUE, WITHOUT_NAME, Kind
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.reading.priced import price_in
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.addresses import address, letters
from tests.support.comparison import Expected, Rows
from tests.support.edited import small_plan
from tests.support.plans import fine_tuning
from tests.support.sheet_xml import sheets_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
INJECTION = '=HYPERLINK("https://example.com","paid")'
COST = OwnCost("+cmd|' /C calc'!A0", "rag", "hidden.compliance", "cash", 2, 5, 1_000.0, 0.03)


@dataclass(frozen=True)
class Written:
    """A workbook file that was written for a plan."""

    plan: Plan
    path: Path

    @property
    def layout(self) -> Layout:
        return layout_of(self.plan)

    @cached_property
    def formulas(self) -> Workbook:
        return load_workbook(self.path)

    @cached_property
    def values(self) -> Workbook:
        return load_workbook(self.path, data_only=True)

    def rows(self, sheet: str) -> Rows:
        """Read a sheet's cached values as a spreadsheet would give them: numbers, texts, "" for nothing."""
        return [[as_value(value) for value in row] for row in self.values[sheet].iter_rows(values_only=True)]

    def part(self, name: str) -> ET.Element:
        with zipfile.ZipFile(self.path) as archive:
            return ET.fromstring(archive.read(name))  # noqa: S314 - a file of our own

    def cells(self) -> Iterator[ET.Element]:
        """Go through the cells of all sheets as they are in the file."""
        for number in range(1, len(self.layout.order) + 1):
            yield from self.part(f"xl/worksheets/sheet{number}.xml").iter(f"{MAIN}c")


def as_value(value: object) -> float | str:
    """A number (a date by its serial number), a text, or "" for nothing."""
    if isinstance(value, datetime):
        return serial(value.date())
    if value is None:
        return ""
    return float(value) if isinstance(value, int | float) else str(value)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    plan = replace(small_plan(), own_costs=(COST,)).with_settings(project=INJECTION, case="pessimistic")
    path = tmp_path_factory.mktemp("written") / "plan.xlsx"
    write_workbook(plan, path)
    return Written(plan, path)


# --- values ------------------------------------------------------------------------------------------------


def test_every_cell_of_an_option_shows_what_the_engine_computes_before_any_recalculation(written: Written) -> None:
    expected = Expected(written.plan, written.layout)
    sheets = {sheet: written.rows(sheet) for sheet in written.layout.sheets.values()}
    assert expected.differences(sheets) == []


def test_every_formula_has_a_value_and_none_is_an_error(written: Written) -> None:
    with_formula = [cell for cell in written.cells() if cell.find(f"{MAIN}f") is not None]
    assert len(with_formula) > 50_000
    assert [cell.get("r") for cell in with_formula if cell.find(f"{MAIN}v") is None] == []
    assert [cell.get("r") for cell in with_formula if cell.get("t") == "e"] == []


def test_the_dashboard_and_compare_show_the_same_figures(written: Written) -> None:
    dashboard, compare = written.rows("Dashboard"), written.rows("Compare")
    layout = written.layout
    for name, column in layout.dashboard.compared.items():
        for option, row in layout.dashboard.options.items():
            assert dashboard[row][column] == compare[layout.compare.scalars[name]][layout.compare.column(option)]
    for name, row in layout.dashboard.headlines.items():
        shown = layout.compare.column(written.plan.settings.option)
        assert dashboard[row][SHOWN] == compare[layout.compare.scalars[name]][shown]


# --- formulas ----------------------------------------------------------------------------------------------


def test_formula_text_is_the_same_on_every_options_sheet(written: Written) -> None:
    first, *others = written.layout.sheets.values()
    model = [[cell.value for cell in row] for row in written.formulas[first].iter_rows()]
    for name in others:
        for row, others_row in zip(model, written.formulas[name].iter_rows(), strict=True):
            for value, cell in zip(row, others_row, strict=True):
                if str(value).startswith("="):
                    assert cell.value == value, f"{name} {cell.coordinate}"


def test_a_row_has_one_formula(written: Written) -> None:
    sheet = written.formulas[written.layout.sheets["rag"]]
    for placed in written.layout.option.of_kind(*BY_MONTH):
        origin = address(placed.row, FIRST_MONTH)
        formula = Translator(sheet[origin].value, origin=origin)
        for column in (FIRST_MONTH + 1, FIRST_MONTH + 30, LAST_MONTH):
            target = address(placed.row, column)
            assert sheet[target].value == formula.translate_formula(target), placed.name


def test_every_line_and_every_assumption_in_force_is_a_formula(written: Written) -> None:
    sheet = written.formulas[written.layout.sheets["rag"]]
    for placed in written.layout.option.placed:
        if placed.kind in WITHOUT_NAME:
            continue
        column = FIRST_MONTH if placed.kind in BY_MONTH else VALUE
        assert str(sheet[address(placed.row, column)].value).startswith("="), placed.name


def test_live_values_are_formulas_and_inputs_are_not(written: Written) -> None:
    sheet, layout = written.formulas["Assumptions"], written.layout.assumptions
    for name, row in layout.rows.items():
        assert str(sheet[address(row, layout.columns["live"])].value).startswith("="), name
        base = sheet[address(row, layout.columns["base"])].value
        stated = price_in(str(base), 1)
        assert (as_value(base) if stated is None else stated) == written.plan.entries[name].base, name


# --- names -------------------------------------------------------------------------------------------------


def test_the_workbooks_names_lead_where_they_say(written: Written) -> None:
    names = written.formulas.defined_names
    layout = written.layout
    columns = letters(layout.assumptions.last_column)
    assert names["FT_Inputs"].attr_text == f"Assumptions!$A$5:${columns}${layout.assumptions.last_row + 1}"
    for name in ("FT_Option", "FT_Case", "FT_Reference", "FT_Candidate", "start_date"):
        assert name in names
    for name in ("FT_OptionNumber", "FT_ReferenceNumber", "FT_CandidateNumber", "FT_NothingNumber"):
        assert names[name].attr_text.startswith("Compare!")
    for name, row in layout.assumptions.rows.items():
        assert names[name].attr_text == f"Assumptions!$C${row + 1}", name


def test_every_name_of_the_workbook_says_what_it_is(written: Written) -> None:
    comments = {name: one.comment or "" for name, one in written.formulas.defined_names.items()}
    assert [name for name, comment in comments.items() if len(comment) < len("Case shown")] == []
    assert comments["discount_rate"].startswith(written.plan.template.assumptions["discount_rate"].table.label)


def test_a_name_that_one_sheets_formulas_alone_use_is_that_sheets(written: Written) -> None:
    """Names that functions, readers or people of other sheets ask for stay the workbook's."""
    asked_for = {"FT_GateTable", "FT_Risk", "FT_VerdictText", "FT_VerdictCode", "FT_AsOf", "FT_ChecksPassed"}
    asked_for |= {"FT_OptionsWanted", "FT_Scenarios"}
    used: dict[str, set[str]] = {}
    for sheet in written.formulas.worksheets:
        texts = {
            str(getattr(cell.value, "text", cell.value)) for row in sheet.iter_rows() for cell in row if cell.value
        }
        for text in texts:
            if text.startswith("="):
                for word in re.findall(r"[A-Za-z_]\w*", re.sub(r'"[^"]*"', "", text)):
                    used.setdefault(word, set()).add(sheet.title)
    alone = {name for name, one in written.formulas.defined_names.items() if len(used.get(name, set())) < 2}
    settings = {"FT_Reference", "FT_Candidate", "FT_Incumbent"}  # for formulas of people's own as well
    assert alone <= asked_for | settings


def test_every_sheet_of_an_option_has_names_of_its_own(written: Written) -> None:
    rows = written.layout.option.rows
    in_scope = {one.name for one in written.layout.option.of_kind(Kind.IN_FORCE, Kind.SCALAR, Kind.MEASURE)}
    for sheet in written.layout.sheets.values():
        names = written.formulas[sheet].defined_names
        assert set(names) - {"_xlnm.Print_Area", "_xlnm.Print_Titles"} == in_scope | {"option_id", "option_number"}
        for name in in_scope:
            assert names[name].attr_text.replace("'", "") == f"{sheet}!$E${rows[name] + 1}", name


def test_names_used_in_formulas_are_names_of_the_sheet_or_of_the_workbook(written: Written) -> None:
    known = {*written.formulas.defined_names, *written.formulas[written.layout.sheets["rag"]].defined_names}
    for row in written.formulas[written.layout.sheets["rag"]].iter_rows(values_only=True):
        for value in row[VALUE : FIRST_MONTH + 2]:
            if isinstance(value, str) and value.startswith("="):
                plain = re.sub(r'"[^"]*"|\'[^\']*\'!|\w+!|_xlfn\.', "", value)
                used = set(re.findall(r"\b([a-z_][a-z0-9_]*|FT_\w+)\b(?!\()", plain))
                assert used <= known, value


# --- safety ------------------------------------------------------------------------------------------------


def test_text_from_outside_stays_text(written: Written) -> None:
    formulas = [cell.findtext(f"{MAIN}f") or "" for cell in written.cells()]
    assert not [formula for formula in formulas if "https" in formula or "cmd" in formula]
    links = [formula for formula in formulas if "HYPERLINK" in formula]
    assert all(formula.count("HYPERLINK") == formula.count('HYPERLINK("#"&') for formula in links)  # inside the file
    assert written.values["Dashboard"]["A1"].value == INJECTION
    slots = written.layout.assumptions.own_costs
    assert written.values["Assumptions"].cell(slots[0] + 1, 2).value == COST.label


def test_the_same_plan_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    write_workbook(written.plan, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == written.path.read_bytes()


def test_another_figure_gives_another_file(written: Written, tmp_path: Path) -> None:
    write_workbook(written.plan.with_base("wage_growth", 0.04), tmp_path / "other.xlsx")
    assert (tmp_path / "other.xlsx").read_bytes() != written.path.read_bytes()


def test_a_plan_that_is_not_sound_is_not_written(tmp_path: Path) -> None:
    plan = small_plan().with_settings(reference="nobody")
    with pytest.raises(PlanError, match="nobody"):
        write_workbook(plan, tmp_path / "plan.xlsx")
    assert not list(tmp_path.iterdir())


def test_the_log_and_the_file_bear_the_day_that_is_told(tmp_path: Path) -> None:
    write_workbook(small_plan(), tmp_path / "plan.xlsx", date(2026, 11, 24))
    book = load_workbook(tmp_path / "plan.xlsx", data_only=True)
    assert str(book["Log"]["A5"].value).startswith("2026-11-24")
    assert "fine_tuning" in str(book["Log"]["B5"].value)
    assert book.properties.created is not None
    assert book.properties.created.date() == date(2026, 11, 24)


def test_without_a_day_the_log_has_none(written: Written) -> None:
    assert written.values["Log"]["A5"].value is None


def test_a_converted_plan_tells_its_exchange_rate(tmp_path: Path) -> None:
    plan = small_plan().with_settings(currency="EUR", exchange_rate=0.9, exchange_rate_date=date(2026, 11, 2))
    write_workbook(plan, tmp_path / "plan.xlsx")
    sheet, rows = load_workbook(tmp_path / "plan.xlsx")["Assumptions"], layout_of(plan).assumptions.settings
    assert sheet.cell(rows["exchange_rate"] + 1, 4).value == 0.9
    assert sheet.cell(rows["exchange_rate_date"] + 1, 4).value == datetime(2026, 11, 2)  # noqa: DTZ001 - a bare date


# --- inputs ------------------------------------------------------------------------------------------------


def validations(written: Written, sheet: str, cell: str) -> list[tuple[str, str, str | None]]:
    """What the rules of a cell accept: kind, first and second bound."""
    rules = written.formulas[sheet].data_validations.dataValidation
    return [(rule.type, rule.formula1, rule.formula2) for rule in rules if cell in rule.sqref]


def test_inputs_accept_their_range(written: Written) -> None:
    layout = written.layout.assumptions
    for name, header in (
        ("today_share", "base"), ("quality_level", "rag"), ("quality_level", "low"), ("quality_level", "high"),
    ):  # fmt: skip
        cell = address(layout.rows[name], layout.columns[header])
        assert validations(written, "Assumptions", cell) == [("decimal", "0", "1")], header
    whole = address(layout.rows["build_months"], layout.columns["rag"])
    assert validations(written, "Assumptions", whole) == [("whole", "1", "36")]


@pytest.mark.parametrize("name", ["half", "quality_level"])
def test_a_constant_and_a_base_that_every_option_overrides_are_no_inputs(written: Written, name: str) -> None:
    layout = written.layout.assumptions
    base = address(layout.rows[name], layout.columns["base"])
    assert validations(written, "Assumptions", base) == [("custom", "FALSE", None)]


def test_an_options_cell_of_a_plans_assumption_refuses_entries(written: Written) -> None:
    layout = written.layout.assumptions
    for name, row in layout.rows.items():
        if fine_tuning().assumptions[name].table.scope == "plan":
            assert validations(written, "Assumptions", address(row, layout.columns["rag"])) == [
                ("custom", "FALSE", None)
            ]


def test_the_selectors_offer_what_there_is(written: Written) -> None:
    layout = written.layout
    first, last = layout.assumptions.option_columns
    row = HEADER_ROW + 1
    labels = f"Assumptions!${letters(first)}${row}:${letters(last)}${row}"
    option, case = (address(PANEL[key], PANEL_VALUE) for key in ("option", "case"))
    assert validations(written, "Dashboard", option) == [("list", labels, None)]
    assert validations(written, "Dashboard", case) == [("list", '"optimistic,base,pessimistic"', None)]


def test_messages_are_no_longer_than_a_spreadsheet_takes(written: Written) -> None:
    for sheet in written.formulas:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.errorTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 255


def test_no_sheet_is_hidden_and_no_row_but_in_groups_that_are_shut(written: Written) -> None:
    for sheet in written.formulas:
        assert sheet.sheet_state == "visible"
        assert not [row for row, one in sheet.row_dimensions.items() if one.hidden and not one.outlineLevel]
        assert not sheet.protection.sheet
        assert not sheet.merged_cells.ranges


def test_sheets_print_on_one_page_in_width_but_the_options(tmp_path: Path) -> None:
    """The Dashboard has a scale at which its columns fill the width, seen where it is printed."""
    path = tmp_path / "plan.xlsx"
    write_workbook(small_plan(), path)
    options = layout_of(small_plan()).sheets.values()
    for sheet in sheets_of(path):
        fits = '<pageSetUpPr fitToPage="1"/>' in sheet.xml and "fitToWidth" not in sheet.xml
        assert fits != (sheet.name == "Dashboard" or sheet.name in options), sheet.name
