"""The sheet Checks, recalculated by LibreOffice: nothing fails in a sound plan, and a fault fails its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from ftroi.plan import Plan
from ftroi.termsheet import serial
from ftroi.termsheet.check_rules import CheckPart
from ftroi.termsheet.rules import mentions
from ftroi.workbook.layout.checks import STATE, WHERE
from ftroi.workbook.layout.dashboard import PANEL, PANEL_LABEL
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH, VALUE
from ftroi.workbook.layout.workbook import ANNUAL, ASSUMPTIONS, CHECKS_SHEET, DASHBOARD, Layout
from ftroi.workbook.schema import FAVOURABLE, GATE, GATES_SHEET, VERDICT
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.addresses import address, letters
from tests.support.contradictions import CONTRADICTIONS
from tests.support.depth import at_depth
from tests.support.office import Document, Office, used_area
from tests.support.plans import fine_tuning
from tests.support.random_plans import base_plan, drawn_plan
from tests.support.typing_in import type_plan

PLANS = at_depth(3, 12)
OPTION = "lora_self_hosted"
ACTUALS = "14"


@dataclass(frozen=True)
class Checked:
    """A workbook that stays open while plans are typed into it and faults are planted."""

    office: Office
    document: Document
    plan: Plan
    layout: Layout

    def typed(self, plan: Plan) -> dict[str, str]:
        type_plan(self.office, self.document, plan, self.layout)
        return self.states()

    def states(self) -> dict[str, str]:
        """The checks' states by number, after a calculation."""
        self.office.recalculate(self.document)
        rows = used_area(self.document.Sheets.getByName(CHECKS_SHEET)).getDataArray()
        return {number: rows[row][STATE] for number, row in self.layout.checks.checks.items()}

    def where(self, number: str) -> str:
        row = self.layout.checks.checks[number]
        return str(self.document.Sheets.getByName(CHECKS_SHEET).getCellByPosition(WHERE, row).String)

    def count(self, name: str) -> float:
        return float(self.office.named(self.document, name).getCellByPosition(0, 0).Value)

    def of_option(self, name: str, column: int = FIRST_MONTH + 7, option: str = OPTION) -> Any:
        """A cell of a line or figure on an option's sheet: month 8, or the figure."""
        place = self.layout.option
        column = column if name in place.series else VALUE
        return self.document.Sheets.getByName(self.layout.sheets[option]).getCellByPosition(column, place.rows[name])

    def input(self, name: str, header: str) -> Any:
        """A cell of an assumption."""
        sheet = self.layout.assumptions
        column = sheet.outside.get(header, sheet.columns.get(header, 0))
        return self.document.Sheets.getByName(ASSUMPTIONS).getCellByPosition(column, sheet.rows[name])

    def setting(self, key: str) -> Any:
        sheet = self.layout.assumptions
        return self.document.Sheets.getByName(ASSUMPTIONS).getCellByPosition(sheet.setting_column, sheet.settings[key])

    def own_cost(self, header: str, place: int = 0) -> Any:
        sheet = self.layout.assumptions
        return self.document.Sheets.getByName(ASSUMPTIONS).getCellByPosition(
            sheet.own_columns[header], sheet.own_costs[place]
        )


@pytest.fixture(scope="module")
def checked(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checked]:
    plan = base_plan("rag", OPTION)
    path = tmp_path_factory.mktemp("checks") / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield Checked(office, document, plan, layout_of(plan))


@pytest.mark.parametrize("seed", range(PLANS))
def test_no_check_fails_in_a_random_plan(checked: Checked, seed: int) -> None:
    states = checked.typed(drawn_plan(seed, checked.plan))
    is_odd = drawn_plan(seed, checked.plan).settings
    expected = {"15": "edited"} if is_odd.reference == is_odd.candidate != "do_nothing" else {}
    assert {number: state for number, state in states.items() if state not in ("pass", "not applicable")} == expected
    assert states[ACTUALS] == "not applicable"
    assert checked.count("FT_ChecksFailed") == 0
    passed = sum(state == "pass" for state in states.values())
    assert checked.count("FT_ChecksPassed") == passed >= 13 - len(expected)


def test_no_check_fails_with_capitalisation_tax_and_a_short_horizon(checked: Checked) -> None:
    for horizon in (60, 36, 12):
        plan = checked.plan.with_base("horizon_months", horizon).with_base("capitalise", 1).with_base("tax_on", 1)
        assert "fail" not in checked.typed(plan).values()


# --- faults ------------------------------------------------------------------------------------------------

FAULTS_ON_OPTIONS = {
    "1": ("visible_compute", "+1"),
    "2": ("sprint_budget", "+1"),
    "3": ("cash_costs", "+1"),
    "5": ("tco_pv", "+1"),
    "6": ("npv_over_nothing", "+1"),
    "7": ("roi", "*1.01"),
    "8": ("irr", "+0.01"),
    "9": ("payback_months", "+0.5"),
    "10": ("unit_cost", "*1.01"),
    "11": ("drift_value_loss", "+1"),
    "12": ("refresh_flag", "+2"),
    "13": ("book_carrying_amount", "+1"),
    "15": ("data_storage", "/0"),
}
"""By check: the line or figure of an option's sheet that is made wrong, and how."""


OWN_COST = {
    "label": "Lawyers", "option": "all", "category": "hidden.compliance", "nature": "cash",
    "first_month": "3", "last_month": "9", "amount": "10",
}  # fmt: skip


def _planted(checked: Checked, cell: Any, formula: str, number: str) -> None:
    """Put a formula in a cell, see the check fail, and the count and the place with it; put the cell back."""
    before = cell.Formula
    cell.Formula = formula
    try:
        assert checked.states()[number] == "fail"
        assert checked.count("FT_ChecksFailed") >= 1
        assert checked.where(number) != ""
    finally:
        cell.Formula = before
    assert checked.states()[number] == "pass"


@pytest.fixture(scope="module")
def sound(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checked]:
    """A workbook whose plan pays back: every check has something to look at. Faults are put back."""
    plan = base_plan("rag", OPTION).with_settings(reference="do_nothing", candidate=OPTION, option=OPTION)
    path = tmp_path_factory.mktemp("sound") / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        checked = Checked(office, document, plan, layout_of(plan))
        assert set(checked.states().values()) == {"pass", "not applicable"}
        yield checked


@pytest.mark.parametrize("number", list(FAULTS_ON_OPTIONS))
def test_a_wrong_line_fails_its_check(sound: Checked, number: str) -> None:
    name, change = FAULTS_ON_OPTIONS[number]
    cell = sound.of_option(name)
    _planted(sound, cell, f"=({cell.Formula.removeprefix('=')}){change}", number)


def test_a_wrong_year_fails_check_4(sound: Checked) -> None:
    annual = sound.layout.annual
    sheet = sound.document.Sheets.getByName(ANNUAL)
    for row in (annual.rows["costs", ""], annual.block("costs")[0], annual.rows["costs", "mid_year"]):
        cell = sheet.getCellByPosition(3, row)
        _planted(sound, cell, f"=({cell.Formula.removeprefix('=')})+1", "4")


def test_an_error_fails_check_15_and_is_no_error_there(sound: Checked) -> None:
    _planted(sound, sound.of_option("data_storage"), "=1/0", "15")
    _planted(sound, sound.of_option("tco"), "=1/0", "15")


def test_a_figure_out_of_range_or_missing_fails_check_15(sound: Checked) -> None:
    _planted(sound, sound.input("cash_share", "base"), "7", "15")
    _planted(sound, sound.input("wage_growth", "low"), "1.5", "15")
    _planted(sound, sound.input("requests_per_month", "base"), "many", "15")


def test_what_the_engine_refuses_of_ranges_the_start_and_gates_fails_check_15(sound: Checked) -> None:
    _planted(sound, sound.input("requests_per_month", "low"), "", "15")
    _planted(sound, sound.input("requests_per_month", "distribution"), "gauss", "15")
    _planted(sound, sound.input("requests_per_month", FAVOURABLE), "middle", "15")
    _planted(sound, sound.setting("start"), "2027", "15")
    gates, grid = sound.document.Sheets.getByName(GATES_SHEET), sound.layout.gates.gates
    wrong = {"own threshold": ["soon"], "evidence on": ["1 Nov 2026", "2026"], GATE: ["quality"]}
    for header, text in ((header, text) for header, texts in wrong.items() for text in texts):
        _planted(sound, gates.getCellByPosition(grid.columns[header], grid.first), text, "15")


def test_a_base_beyond_its_typed_range_is_a_remark_and_no_failure(sound: Checked) -> None:
    cell = sound.input("wage_growth", "low")
    before = cell.Formula
    cell.Formula = "0.9"
    try:
        assert (sound.states()["15"], sound.count("FT_ChecksFailed")) == ("edited", 0)
        assert "is outside low 0.9 to high" in sound.where("15")
        assert sound.where("15") in remark_shown(sound)
        assert "Assumptions!" in remark_shown(sound)
    finally:
        cell.Formula = before
    assert sound.states()["15"] == "pass"
    assert remark_shown(sound) == ""


def remark_shown(sound: Checked) -> str:
    """What the Dashboard tells of the first remark."""
    return str(sound.office.cell(sound.document, DASHBOARD, address(PANEL["remark"], PANEL_LABEL)).String)


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_inputs_that_cannot_be_meant_take_the_verdict_away_and_name_the_cell(sound: Checked, kind: str) -> None:
    typed, name, says, on_sheet = CONTRADICTIONS[kind]
    cells = [sound.setting(key) if header == "value" else sound.input(key, header) for key, header in typed]
    before = [cell.Formula for cell in cells]
    for cell, value in zip(cells, typed.values(), strict=True):
        cell.Formula = str(value)
    try:
        assert sound.states()["15"] == "fail"
        told = sound.office.named(sound.document, VERDICT).getCellByPosition(0, 0).String
        assert told.startswith("No verdict yet: ")
        assert (on_sheet or says) in told
        places = sound.layout.assumptions
        if name in places.rows:  # of an own value out of range the row is told, from its first option on
            header = next(header for key, header in typed if key == name)
            column = places.option_columns[0] if on_sheet else places.columns[header]
            assert f"Assumptions!{address(places.rows[name], column)}" in told
    finally:
        for cell, formula in zip(cells, before, strict=True):
            cell.Formula = formula
    assert sound.states()["15"] == "pass"


def test_a_baseline_that_is_proposed_is_a_remark_with_its_cell(sound: Checked) -> None:
    reference = sound.setting("reference")
    before = reference.Formula
    reference.Formula = sound.setting("candidate").Formula
    try:
        assert (sound.states()["15"], sound.count("FT_ChecksFailed")) == ("edited", 0)
        place = f"Assumptions!{letters(sound.layout.assumptions.setting_column)}"
        place += str(sound.layout.assumptions.settings["candidate"] + 1)
        assert sound.where("15").startswith(f"{place}: ")
        assert "it is compared with itself; choose another baseline" in sound.where("15")
        assert sound.where("15") in remark_shown(sound)
    finally:
        reference.Formula = before
    assert sound.states()["15"] == "pass"


def test_a_figure_that_is_not_whole_fails_check_15(sound: Checked) -> None:
    """Half a month of building would lose its labour: the months are counted."""
    _planted(sound, sound.input("build_months", OPTION), "4.5", "15")
    _planted(sound, sound.input("horizon_months", "base"), "12.5", "15")


def test_another_currency_without_a_rate_fails_check_15(sound: Checked) -> None:
    _planted(sound, sound.setting("currency"), "EUR", "15")


def test_an_option_that_is_not_there_fails_check_15(sound: Checked) -> None:
    _planted(sound, sound.setting("candidate"), "distillation", "15")
    selector = sound.office.named(sound.document, "FT_Option").getCellByPosition(0, 0)
    _planted(sound, selector, "nonsense", "15")


def test_an_own_cost_with_reversed_months_fails_check_15(sound: Checked) -> None:
    for header, value in OWN_COST.items():
        sound.own_cost(header).Formula = value
    _planted(sound, sound.own_cost("last_month"), "2", "15")
    for header, wrong in (
        ("label", ""),
        ("option", "ragg"),
        ("category", "hidden.lawyers"),
        ("nature", "paper"),
        ("first_month", "0"),
        ("first_month", "2.5"),
        ("amount", "ten"),
        ("growth", "-1"),
    ):
        _planted(sound, sound.own_cost(header), wrong, "15")


def test_two_own_costs_with_one_label_fail_check_15(sound: Checked) -> None:
    for place, label in enumerate(("Audit*", "AUDIT and more")):
        for header, value in {**OWN_COST, "label": label}.items():
            sound.own_cost(header, place).Formula = value
    assert sound.states()["15"] == "pass"
    _planted(sound, sound.own_cost("label", 1), "audit*", "15")


@pytest.mark.parametrize("name", ["horizon_months", "wage_growth", "build_months", "quality_level"])
@pytest.mark.parametrize("is_other", [True, False])
def test_a_figure_typed_over_one_in_force_fails_with_its_cell(sound: Checked, name: str, is_other: bool) -> None:
    """Whether or not a case or an option moves it, and even where it is the figure that stood there."""
    cell = sound.input(name, "live")
    before = cell.Formula
    cell.Value = cell.Value + is_other
    try:
        assert sound.states()["15"] == "fail"
        place = str(cell.AbsoluteName).replace("$", "").replace(".", "!")
        assert f"{place} was typed over: undo it, and type the figure into the column base" in sound.where("15")
    finally:
        cell.Formula = before
    assert sound.states()["15"] == "pass"


def test_a_reference_past_its_date_fails_check_15(office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    plan = base_plan("api_fine_tune").with_settings(candidate="api_fine_tune", start=date(2027, 6, 1))
    path = tmp_path_factory.mktemp("late") / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        late = Checked(office, document, plan, layout_of(plan))
        assert late.states()["15"] == "fail"
        late.setting("candidate").String = "lora_hosted"
        assert "fail" not in late.states().values()
        last_day = late.input("available_until", "lora_hosted")
        last_day.Value = serial(date(2027, 5, 31))
        assert late.states()["15"] == "fail"
        told = office.named(document, VERDICT).getCellByPosition(0, 0).String
        assert "closed on 31 May 2027; the plan starts 1 Jun 2027" in told
        last_day.Value = serial(date(2027, 6, 1))
        assert "fail" not in late.states().values()
        last_day.String = ""
        assert "fail" not in late.states().values()


def test_every_check_has_a_fault() -> None:
    assert set(FAULTS_ON_OPTIONS) | {"4", ACTUALS} == set(fine_tuning().what_is_checked.checks)


def test_every_comparison_on_the_options_sheets_has_a_line_whose_fault_it_finds(sound: Checked) -> None:
    """Each of what the checks are made of, by the lines and figures that its formula names.

    What is about inputs is asked above.
    """
    rule, rows = sound.plan.template.what_is_checked, sound.layout.checks.parts
    sheet = sound.document.Sheets.getByName(CHECKS_SHEET)
    computed = (one for one in rule.parts.values() if one.difference and not one.table.input)
    asked = {part: rows[part.name] for part in computed if part.name != "available"}
    unseen = [part.table.label for part, row in asked.items() if not any(map(_fails(sheet, row), _named(sound, part)))]
    assert unseen == []


def _named(sound: Checked, part: CheckPart) -> list[Any]:
    """Cells of the lines and figures that a comparison's formula names."""
    assert part.difference is not None
    names = dict.fromkeys(name for name, _ in mentions((part.difference,)))
    columns, rows = (FIRST_MONTH + 7, FIRST_MONTH, LAST_MONTH), sound.layout.option.rows
    return [
        sound.of_option(name, column, option)
        for option in (OPTION, sound.plan.settings.reference)
        for name in names
        if name in rows
        for column in columns[: None if name in sound.layout.option.series else 1]
    ]


def _fails(sheet: Any, row: int) -> Callable[[Any], bool]:
    """What says whether a fault in a cell makes a comparison fail; the cell is put back."""

    def fails(cell: Any) -> bool:
        before = cell.Formula
        for change in ("+2", "*1.01+0.4", "-100000000", '&" "'):
            cell.Formula = f"=({before.removeprefix('=')}){change}"
            if sheet.getCellByPosition(STATE, row).String == "fail":
                cell.Formula = before
                return True
        cell.Formula = before
        return False

    return fails
