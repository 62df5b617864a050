"""The sheet Risk in LibreOffice: fresh and stale by native formulas, and gates of odds as the engine judges them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.analysis import judge_plan
from ftroi.analysis.gates import Judged
from ftroi.analysis.risk.freshness import state_of
from ftroi.plan import GateEntry, Plan, calculate
from ftroi.plan.simulated import FRESH, STALE
from ftroi.termsheet import serial
from ftroi.workbook.layout.checks import STATE
from ftroi.workbook.layout.dashboard import BREAK_EVEN_FAR, BREAK_EVEN_TODAY, ODDS_ROW
from ftroi.workbook.layout.risk import STATE_ROW
from ftroi.workbook.layout.workbook import CHECKS_SHEET, DASHBOARD, Layout
from ftroi.workbook.references.simulation import SENTENCES
from ftroi.workbook.schema import CHECKS_FAILED, GATES_SHEET, RISK_SHEET, RISK_STATE
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.office import Document, Office, used_area
from tests.support.simulated import simulated_plan
from tests.support.typing_in import type_plan

GATE = "probability_npv_positive"


@pytest.fixture(scope="module")
def opened(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Document, Plan, Layout]]:
    plan = simulated_plan()
    path = tmp_path_factory.mktemp("risk") / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield document, plan, layout_of(plan)


def native_gate(document: Document, layout: Layout) -> tuple[object, ...]:
    row = used_area(document.Sheets.getByName(GATES_SHEET)).getDataArray()[layout.gates.rows[GATE]]
    return tuple(row[layout.gates.columns[header]] for header in ("figure", "status", "why"))


def of_engine(plan: Plan) -> tuple[object, ...]:
    gate: Judged = next(one for one in judge_plan(plan, calculate(plan)) if one.id == GATE)
    return ("" if gate.figure.value is None else gate.figure.value, gate.word, gate.reason)


def check_state(document: Document, layout: Layout) -> object:
    row = layout.checks.parts["risk"]
    return document.Sheets.getByName(CHECKS_SHEET).getCellByPosition(STATE, row).String


def test_the_file_says_what_the_spreadsheet_computes(office: Office, opened: tuple[Document, Plan, Layout]) -> None:
    document, plan, layout = opened
    assert office.errors(document) == {}
    assert office.named(document, RISK_STATE).getCellByPosition(0, 0).String == FRESH
    assert check_state(document, layout) == "pass"
    assert native_gate(document, layout) == of_engine(plan)
    assert of_engine(plan)[1] in ("pass", "fail")


@pytest.mark.parametrize("threshold", [0.0, 1.0, None])
def test_the_gate_is_decided_by_the_odds(
    office: Office, opened: tuple[Document, Plan, Layout], threshold: float | None
) -> None:
    document, plan, layout = opened
    cell = document.Sheets.getByName(GATES_SHEET).getCellByPosition(
        layout.gates.columns["own threshold"], layout.gates.rows[GATE]
    )
    if threshold is None:
        cell.String = ""
    else:
        cell.Value = threshold
    office.recalculate(document)
    assert native_gate(document, layout) == of_engine(replace(plan, gates={GATE: GateEntry(threshold=threshold)}))


def test_an_edit_makes_the_figures_stale_and_taking_it_back_makes_them_fresh(
    office: Office, opened: tuple[Document, Plan, Layout]
) -> None:
    document, plan, layout = opened
    sheet, words = document.Sheets.getByName(RISK_SHEET), plan.template.how_gates_are_judged.words
    for changed in (plan.with_base("wage_growth", 0.0301), plan.with_settings(reference="do_nothing")):
        type_plan(office, document, changed, layout)
        assert state_of(changed) == STALE
        assert sheet.getCellByPosition(0, STATE_ROW).String == SENTENCES[STALE]
        assert native_gate(document, layout) == of_engine(changed)
        assert of_engine(changed)[1:] == (words["not_decidable"], words["stale"])
        assert check_state(document, layout) == "edited"
        assert office.named(document, CHECKS_FAILED).getCellByPosition(0, 0).Value == 0
    type_plan(office, document, plan, layout)
    assert sheet.getCellByPosition(0, STATE_ROW).String == SENTENCES[FRESH]


def told_on_the_dashboard(document: Document) -> tuple[object, ...]:
    row = used_area(document.Sheets.getByName(DASHBOARD)).getDataArray()[ODDS_ROW]
    return row[BREAK_EVEN_TODAY], row[BREAK_EVEN_FAR]


def test_the_dashboard_tells_odds_and_range_while_they_are_fresh(
    office: Office, opened: tuple[Document, Plan, Layout], tmp_path: Path
) -> None:
    """Computed anew they are what the file holds, and what was simulated."""
    document, plan, layout = opened
    write_workbook(plan, tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx", data_only=True)[DASHBOARD]
    written = [sheet.cell(ODDS_ROW + 1, column + 1).value for column in (BREAK_EVEN_TODAY, BREAK_EVEN_FAR)]
    type_plan(office, document, plan, layout)
    odds, told = told_on_the_dashboard(document)
    assert [odds, told] == [pytest.approx(written[0], rel=1e-9), written[1]]
    assert plan.simulated is not None
    low, high = (plan.simulated.number(f"npv.{at}", plan.settings.candidate) for at in ("p10", "p90"))
    assert low is not None
    assert high is not None
    shown = [f"({-end / 1000:,.0f})" if end < 0 else f"{end / 1000:,.0f}" for end in (low, high)]
    assert told == f"NPV, P10 to P90: {shown[0]} to {shown[1]} USD k"
    assert odds == pytest.approx(plan.simulated.number("beats_reference", plan.settings.candidate), rel=1e-9)
    type_plan(office, document, plan.with_base("wage_growth", 0.0301), layout)
    assert told_on_the_dashboard(document) == ("–", "stale: simulate again")
    type_plan(office, document, plan, layout)


def test_another_distribution_makes_the_figures_stale(office: Office, opened: tuple[Document, Plan, Layout]) -> None:
    document, plan, layout = opened
    rows, columns = layout.assumptions.rows, layout.assumptions.columns
    cell = document.Sheets.getByName("Assumptions").getCellByPosition(columns["distribution"], rows["wage_growth"])
    cell.String = "uniform"
    office.recalculate(document)
    assert office.named(document, RISK_STATE).getCellByPosition(0, 0).String == STALE
    cell.String = plan.entries["wage_growth"].distribution.upper()
    office.recalculate(document)
    assert office.named(document, RISK_STATE).getCellByPosition(0, 0).String == FRESH


@pytest.mark.parametrize("option", ["rag", "prompt_engineering"])
def test_charts_follow_the_option_shown(office: Office, opened: tuple[Document, Plan, Layout], option: str) -> None:
    document, plan, layout = opened
    type_plan(office, document, plan.with_settings(option=option), layout)
    table = used_area(document.Sheets.getByName(RISK_SHEET)).getDataArray()
    first = layout.risk.edges[0]
    assert plan.simulated is not None
    for measure, column in layout.risk.measure_columns.items():
        found = [plan.simulated.number(f"{measure}.{one}", option) for one in ("from", "bin1", "below")]
        assert list(table[first][column : column + 2]) == pytest.approx(found[:2], rel=1e-9)
        assert table[first][column + 2] == pytest.approx(1 - float(found[2] or 0), rel=1e-9)
    type_plan(office, document, plan, layout)


def test_a_stale_workbook_is_written_as_the_spreadsheet_computes_it(office: Office, tmp_path: Path) -> None:
    plan = simulated_plan().with_base("wage_growth", 0.04)
    assert plan.simulated is not None
    stamp = replace(plan.simulated.stamp, fingerprint=serial(plan.settings.start))
    plan = replace(plan, simulated=replace(plan.simulated, stamp=stamp))
    write_workbook(plan, tmp_path / "plan.xlsx")
    with office.opened(tmp_path / "plan.xlsx") as document:
        assert office.errors(document) == {}
        assert native_gate(document, layout_of(plan)) == of_engine(plan)
        assert office.named(document, RISK_STATE).getCellByPosition(0, 0).String == STALE
