"""A first edit as a person makes it: the file opened in LibreOffice as installed, one cell typed, nothing else.

A spreadsheet trusts the values in a file and computes only what depends on an edit. What it then shows, of untouched
values and fresh ones together, must be what the engine gives for the same change; nothing is calculated afresh here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ftroi.analysis import give_verdict, judge_plan
from ftroi.engine import NOTHING
from ftroi.errors import WorkbookError
from ftroi.plan import ALL_BUT_NOTHING, ALL_OPTIONS, OwnCost, Plan, apply_changes
from ftroi.termsheet import Assumption, serial
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.cached_values import CachedValues
from ftroi.workbook.layout.annual import FIRST_YEAR, TOTAL
from ftroi.workbook.layout.assumptions import HEADER_ROW
from ftroi.workbook.layout.dashboard import PANEL, PANEL_VALUE, SHOWN
from ftroi.workbook.layout.workbook import ANNUAL, ASSUMPTIONS, DASHBOARD, Layout
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.schema import CASE, CHECKS_FAILED, SEE_FUNCTION, VERDICT, VERDICT_CODE
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.addresses import address
from tests.conftest import require_office
from tests.support.depth import at_depth
from tests.support.edited import small_plan
from tests.support.office import AS_INSTALLED, Document, Office

pytestmark = pytest.mark.host

RATE_ASKED = "Prices are in USD: another currency takes an exchange rate and its date, USD takes neither"

EXACT = 1e-6
"""By how much a headline figure may differ, as a share of itself."""

OF_OPTION = "lora_hosted"
SETTINGS: Mapping[str, Any] = {"reference": "do_nothing", "candidate": "rag", "option": "rag", "case": "pessimistic"}
COST: Mapping[str, Any] = {
    "option": "rag", "category": "visible.serving", "nature": "economic", "first_month": 3, "last_month": 9,
    "amount": 2_500.5, "growth": 0.07,
}  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """One cell typed, and the plan that it makes."""

    sheet: str
    row: int
    column: int
    value: float | str
    plan: Plan


@cache
def plan() -> Plan:
    """A plan of four options with a cost of its own."""
    cost = OwnCost("Review board", OF_OPTION, "hidden.compliance", "cash", 2, 30, 1_000.0, 0.03)
    return replace(small_plan(), own_costs=(cost,))


@cache
def layout() -> Layout:
    return layout_of(plan())


def another(assumption: Assumption, figure: float) -> float:
    """Another figure that the assumption accepts, between its low and its high where it has them."""
    entry, table = plan().entries[assumption.name], assumption.table
    least, most = table.range or (-1e9, 1e9)
    low = least if entry.low is None else entry.low
    high = min(most, abs(figure) * 1.25 + 1) if entry.high is None else entry.high
    nearer = (figure + high) / 2 if high > figure else (figure + low) / 2
    if table.whole:
        nearer = math.ceil(nearer) if high > figure else math.floor(nearer)
    return nearer


def input_edit(name: str, option: str = "") -> Edit:
    """Type an assumption's base, or an option's own figure."""
    entry, sheet = plan().entries[name], layout().assumptions
    value = another(plan().template.assumptions[name], entry.value(option) if option else entry.base)
    changed = plan().with_own(name, option, value) if option else plan().with_base(name, value)
    return Edit(ASSUMPTIONS, sheet.rows[name], sheet.columns[option or "base"], value, changed)


def setting_edit(key: str) -> Edit:
    sheet = layout().assumptions
    return Edit(ASSUMPTIONS, sheet.settings[key], sheet.setting_column, SETTINGS[key], changed_settings(key))


def changed_settings(key: str) -> Plan:
    return plan().with_settings(**{key: SETTINGS[key]})


def start_edit() -> Edit:
    start, sheet = plan().settings.start + timedelta(days=120), layout().assumptions
    changed = plan().with_settings(start=start)
    return Edit(ASSUMPTIONS, sheet.settings["start"], sheet.setting_column, serial(start), changed)


def cost_edit(header: str, typed: float | str | None = None, **means: Any) -> Edit:
    sheet = layout().assumptions
    changed = replace(plan(), own_costs=(replace(plan().own_costs[0], **(means or {header: COST[header]})),))
    value = COST[header] if typed is None else typed
    return Edit(ASSUMPTIONS, sheet.own_costs[0], sheet.own_columns[header], value, changed)


def named_edits() -> Iterator[tuple[str, Edit]]:
    """Options typed by their labels, where the others are typed by their ids."""
    rag, nothing = (plan().template.options[one] for one in ("rag", NOTHING))
    for typed in (rag.label, rag.short, rag.short.lower()):
        yield f"candidate as {typed}", replace(setting_edit("candidate"), value=typed)
    yield f"option as {rag.short}", replace(selector_edit("option"), value=rag.short)
    yield "own cost of an option by its label", cost_edit("option", rag.label, option="rag")
    yield "own cost of all options", cost_edit("option", "All options", option=ALL_OPTIONS)
    yield "own cost that is paid once", cost_edit("how_often", "once", how_often="once", last_month=2)
    yield "own cost that is paid each year", cost_edit("how_often", "yearly", how_often="yearly")
    yield "own cost of all but one", cost_edit("option", f"All but {nothing.short}", option=ALL_BUT_NOTHING)


def selector_edit(key: str) -> Edit:
    return Edit(DASHBOARD, PANEL[key], PANEL_VALUE, SETTINGS[key], changed_settings(key))


@cache
def edits() -> dict[str, Edit]:
    """Every edit by what it is."""
    template = plan().template
    first = [name for name, one in template.assumptions.items() if one.table.fill_first]
    made = {f"{name} (to fill first)": input_edit(name) for name in first}
    made |= {f"{key} (setting)": setting_edit(key) for key in ("reference", "candidate")}
    made |= {f"{key} (selector)": selector_edit(key) for key in ("option", "case")}
    made["start (setting)"] = start_edit()
    made |= {f"own cost: {header}": cost_edit(header) for header in COST}
    made |= dict(named_edits())
    by_option = [name for name, one in template.assumptions.items() if one.table.scope == "option"]
    made |= {f"{name} of {OF_OPTION}": input_edit(name, OF_OPTION) for name in by_option[:: at_depth(24, 12)]}
    others = [
        name
        for name, one in template.assumptions.items()
        if one.table.scope == "plan" and one.table.kind != "constant" and name not in first
    ]
    return made | {name: input_edit(name) for name in others[:: at_depth(18, 6)]}


@pytest.fixture(scope="module")
def stock_office() -> Iterator[Office]:
    """LibreOffice as somebody has it who never changed a setting."""
    require_office()
    running = Office(settings=AS_INSTALLED)
    yield running
    running.close()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("first edit") / "plan.xlsx"
    write_workbook(plan(), path)
    return path


def test_there_are_edits_enough() -> None:
    assert len(edits()) >= 40
    assert all(edit.plan != plan() for edit in edits().values())


@pytest.mark.parametrize("name", edits())
def test_after_one_typed_cell_the_workbook_says_what_the_engine_says(
    stock_office: Office, path: Path, name: str
) -> None:
    edit = edits()[name]
    document = stock_office.open_as_saved(path, editable=False)
    try:
        type_in(document, edit)
        assert told(stock_office, document) == wanted(edit.plan)
        assert figures(document) == {key: near(value) for key, value in expected_figures(edit.plan).items()}
    finally:
        stock_office.discard(document)


OWN_PROJECT = (
    "currency=EUR:0.9:2027-06-30", "requests_per_month=2M", "people=40", "hours_saved=25", "start=2027-07",
    "horizon_months=5y", "discount_rate=8%",
)  # fmt: skip
"""A project as one command takes it."""

TYPED: Mapping[str, float | str] = {
    "currency": "EUR", "exchange_rate": 0.9, "exchange_rate_date": serial(date(2027, 6, 30)),
    "requests_per_month": 2_000_000.0, "people": 40.0, "hours_saved": 25.0, "start": serial(date(2027, 7, 1)),
    "horizon_months": 60.0, "discount_rate": 0.08,
}  # fmt: skip
"""The same, cell by cell: settings and bases."""


def test_ones_own_project_typed_into_the_sheet_is_that_of_one_command(stock_office: Office, path: Path) -> None:
    """Beyond the ranges that came along; prices are converted, and a cost of one's own stays as it was typed."""
    sheet = layout().assumptions
    changed = replace(apply_changes(plan(), OWN_PROJECT), own_costs=plan().own_costs)
    document = stock_office.open_as_saved(path, editable=False)
    try:
        for key, value in TYPED.items():
            row, column = sheet.settings.get(key, sheet.rows.get(key, -1)), sheet.setting_column
            type_in(document, Edit(ASSUMPTIONS, row, column, value, changed))
        assert told(stock_office, document) == wanted(changed)
        assert "EUR" in told(stock_office, document)[2]
        assert figures(document) == {key: near(value) for key, value in expected_figures(changed).items()}
        low = document.Sheets.getByName(ASSUMPTIONS).getCellByPosition(
            sheet.columns["low"], sheet.rows["requests_per_month"]
        )
        assert low.Value == changed.entries["requests_per_month"].low
    finally:
        stock_office.discard(document)


def test_an_own_cost_is_shown_by_name_on_its_options_sheet_annual_and_the_waterfall(
    stock_office: Office, path: Path
) -> None:
    """The review board is the proposed option's, 1,000 a month in months 2 to 30; typed over, it is a fee paid once."""
    sheet, annual, steps = layout().assumptions, layout().annual.own_costs, layout().dashboard.steps
    own = layout().option.last_row + 3
    document = stock_office.open_as_saved(path, editable=False)

    def shown(name: str, row: int, column: int) -> str:
        return str(document.Sheets.getByName(name).getCellByPosition(column, row).String)

    try:
        for header, value in (("label", "Works council"), ("how_often", "once"), ("amount", 8_000.0)):
            type_in(document, Edit(ASSUMPTIONS, sheet.own_costs[0], sheet.own_columns[header], value, plan()))
        type_in(document, selector_edit("option"))  # retrieval does not bear it
        assert shown(ANNUAL, annual, 0) == shown(layout().sheets["rag"], own, 0) == ""
        label = plan().template.options[OF_OPTION].short
        type_in(document, replace(selector_edit("option"), value=label))
        assert shown(ANNUAL, annual, 0) == shown(layout().sheets[OF_OPTION], own, 0) == "Works council"
        years = document.Sheets.getByName(ANNUAL).getCellRangeByPosition(FIRST_YEAR, annual, TOTAL, annual)
        assert years.getDataArray() == ((8_000.0, 0.0, 0.0, 0.0, 0.0, 8_000.0),)
        assert any(shown(DASHBOARD, row, 0).endswith(" + Works council") for row in steps.values())
    finally:
        stock_office.discard(document)


def test_another_currency_asks_for_its_rate_and_date(stock_office: Office, path: Path) -> None:
    sheet = layout().assumptions
    document = stock_office.open_as_saved(path, editable=False)
    try:
        for key, value in (("currency", "EUR"), ("exchange_rate", 0.9)):
            type_in(document, Edit(ASSUMPTIONS, sheet.settings[key], sheet.setting_column, value, plan()))
            _, code, sentence, *_ = told(stock_office, document)
            assert code == "no_verdict"
            assert RATE_ASKED in sentence
        type_in(
            document, Edit(ASSUMPTIONS, sheet.settings["exchange_rate_date"], sheet.setting_column, 46_550.0, plan())
        )
        assert told(stock_office, document)[1] != "no_verdict"
    finally:
        stock_office.discard(document)


def test_back_in_the_template_s_currency_a_rate_that_was_left_is_what_is_told(
    stock_office: Office, path: Path, tmp_path: Path
) -> None:
    """The sheet and the command ask for the same, and blame nothing else."""
    sheet = layout().assumptions
    document = stock_office.open_as_saved(path, editable=True)
    try:
        for key in ("currency", "exchange_rate", "exchange_rate_date"):
            type_in(document, Edit(ASSUMPTIONS, sheet.settings[key], sheet.setting_column, TYPED[key], plan()))
        assert told(stock_office, document)[1] != "no_verdict"
        type_in(document, Edit(ASSUMPTIONS, sheet.settings["currency"], sheet.setting_column, "USD", plan()))
        assert RATE_ASKED in told(stock_office, document)[2]
        stock_office.save(document, tmp_path / "back.xlsx")
        with pytest.raises(WorkbookError) as caught:
            read_workbook(tmp_path / "back.xlsx", template_of_id)
        assert ["clear the rate and its date" in str(one) for one in caught.value.findings] == [True]
        for key in ("exchange_rate", "exchange_rate_date"):
            type_in(document, Edit(ASSUMPTIONS, sheet.settings[key], sheet.setting_column, "", plan()))
        assert told(stock_office, document)[1] != "no_verdict"
    finally:
        stock_office.discard(document)


def test_no_verdict_names_the_cell_of_the_wrong_input_before_all_that_follows(stock_office: Office, path: Path) -> None:
    sheet = layout().assumptions
    place = (sheet.rows["requests_per_month"], sheet.columns["base"])
    document = stock_office.open_as_saved(path, editable=False)
    try:
        type_in(document, Edit(ASSUMPTIONS, *place, "2 Mio", plan()))
        failed, code, sentence, *_ = told(stock_office, document)
        assert (int(failed) > 1, code) == (True, "no_verdict")
        assert f"Assumptions!{address(*place)} holds no number" in sentence
    finally:
        stock_office.discard(document)


@pytest.mark.parametrize("typed", ["M*", "?AG", "R.*", "some model"])
def test_what_names_no_option_leaves_no_verdict_and_says_what_to_do(
    stock_office: Office, path: Path, typed: str
) -> None:
    place = (layout().assumptions.settings["candidate"], layout().assumptions.setting_column)
    document = stock_office.open_as_saved(path, editable=False)
    try:
        type_in(document, Edit(ASSUMPTIONS, *place, typed, plan()))
        _, code, sentence, *_ = told(stock_office, document)
        assert code == "no_verdict"
        assert "Choose option, baseline, proposed option and case from the lists" in sentence
    finally:
        stock_office.discard(document)


def test_a_label_that_was_typed_over_is_told(stock_office: Office, path: Path) -> None:
    document = stock_office.open_as_saved(path, editable=False)
    try:
        column = layout().assumptions.columns["rag"]
        type_in(document, Edit(ASSUMPTIONS, HEADER_ROW, column, "Managed LoRA", plan()))
        assert told(stock_office, document)[1] == "no_verdict"
    finally:
        stock_office.discard(document)


def type_in(document: Document, edit: Edit) -> None:
    cell = document.Sheets.getByName(edit.sheet).getCellByPosition(edit.column, edit.row)
    if isinstance(edit.value, str):
        cell.String = edit.value
    else:
        cell.Value = edit.value


def told(office: Office, document: Document) -> tuple[str, str, str, str, str]:
    """The checks that fail, the verdict's code and its sentence, and what is shown."""
    names = (CHECKS_FAILED, VERDICT_CODE, VERDICT, CASE)
    failed, code, sentence, case = (office.named(document, one).getCellByPosition(0, 0).String for one in names)
    sheet = layout().assumptions
    beside = sheet.setting_column + 1, sheet.settings["option"]
    option = document.Sheets.getByName(ASSUMPTIONS).getCellByPosition(*beside).String
    return failed, code, without_evidence(sentence), option, case


def without_evidence(sentence: str) -> str:
    """Leave out which evidence is pending: after an edit also that of figures which the command line stamped."""
    return sentence.partition(" evidence pending for ")[0]


def wanted(changed: Plan) -> tuple[str, str, str, str, str]:
    results = CachedValues(changed).results
    verdict = give_verdict(changed, results, judge_plan(changed, results))
    return "0", verdict.code, without_evidence(verdict.sentence), changed.settings.option, changed.settings.case


def figures(document: Document) -> dict[str, float | str]:
    """The headline figures as the Dashboard shows them."""
    sheet = document.Sheets.getByName(DASHBOARD)
    cells = {name: sheet.getCellByPosition(SHOWN, row) for name, row in layout().dashboard.headlines.items()}
    return {name: cell.getDataArray()[0][0] for name, cell in cells.items() if cell.String != SEE_FUNCTION}


def expected_figures(changed: Plan) -> dict[str, float | str]:
    cached = CachedValues(changed)
    shown = {name: cached.scalar(name, changed.settings.option) for name in layout().dashboard.headlines}
    return {name: value for name, value in shown.items() if value != SEE_FUNCTION}


def near(value: float | str) -> Any:
    return value if isinstance(value, str) else pytest.approx(value, rel=EXACT, abs=EXACT)
