"""Gates and verdict, recalculated by LibreOffice, are what the rule of the engine says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ftroi.analysis import Verdict, give_verdict, judge_plan
from ftroi.analysis.gates import Judged
from ftroi.plan import Plan, calculate
from ftroi.workbook.layout.gates import STAMP_STATE
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.schema import GATES_SHEET, VERDICT, VERDICT_CODE
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.depth import seeds
from tests.support.office import Document, Office, used_area
from tests.support.parity_gates import type_gates, with_gates
from tests.support.plans import FT, cost, toy_plan
from tests.support.random_plans import base_plan, drawn_plan, random_plan
from tests.support.typing_in import type_plan

TYPED = seeds(6, 40, first=3000)
WRITTEN = seeds(1, 3)


@pytest.fixture(scope="module")
def few(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Document, Plan, Layout]]:
    plan = base_plan("rag", "lora_self_hosted", "api_fine_tune", preset="clinical_summaries")
    path = tmp_path_factory.mktemp("verdict") / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield document, plan, layout_of(plan)


def expected(plan: Plan) -> tuple[tuple[Judged, ...], Verdict]:
    """The engine's gates and verdict."""
    results = calculate(plan)
    gates = judge_plan(plan, results)
    return gates, give_verdict(plan, results, gates)


def native_gates(document: Document, layout: Layout) -> dict[str, Any]:
    """Read the sheet: each gate's status and why, by its id."""
    rows = used_area(document.Sheets.getByName(GATES_SHEET)).getDataArray()
    columns = layout.gates.columns
    return {name: (rows[row][columns["status"]], rows[row][columns["why"]]) for name, row in layout.gates.rows.items()}


def native_verdict(office: Office, document: Document, layout: Layout) -> tuple[object, ...]:
    """Read code, sentence, reasons and conditions."""
    rows = used_area(document.Sheets.getByName(GATES_SHEET)).getDataArray()
    told = [rows[row][1] for row in (*layout.gates.reasons.values(), layout.gates.conditions)]
    names = (VERDICT_CODE, VERDICT)
    return (*(office.named(document, name).getCellByPosition(0, 0).String for name in names), *told)


def of_engine(verdict: Verdict) -> tuple[object, ...]:
    return (verdict.code, verdict.sentence, *verdict.by_name.values(), "; ".join(verdict.conditions))


def stamped(office: Office, document: Document, plan: Plan, layout: Layout) -> None:
    """Do what the command line does: put the engine's pessimistic figure and the present fingerprint in."""
    sheet = document.Sheets.getByName(GATES_SHEET)
    row = layout.gates.stamps["pessimistic_npv"]
    now = max(layout.gates.stamps.values()) + 1
    figure = next(one for one in judge_plan(plan, calculate(plan)) if one.id == "pessimistic_npv").figure.value
    sheet.getCellByPosition(2, row).Value = figure
    sheet.getCellByPosition(3, row).Value = sheet.getCellByPosition(3, now).Value
    office.recalculate(document)


@pytest.mark.parametrize("seed", TYPED)
def test_gates_and_verdict_of_a_random_plan(office: Office, few: tuple[Document, Plan, Layout], seed: int) -> None:
    document, over, layout = few
    plan = with_gates(drawn_plan(seed, over), seed)
    type_plan(office, document, plan, layout)
    type_gates(office, document, plan, layout)
    stamped(office, document, plan, layout)
    gates, verdict = expected(plan)
    assert native_gates(document, layout) == {gate.id: (gate.word, gate.reason) for gate in gates}
    assert native_verdict(office, document, layout) == of_engine(verdict)


@pytest.mark.parametrize("seed", WRITTEN)
def test_a_written_workbook_says_what_the_engine_says(office: Office, tmp_path: Path, seed: int) -> None:
    plan = with_gates(random_plan(seed), seed)
    write_workbook(plan, tmp_path / "plan.xlsx")
    _, verdict = expected(plan)
    with office.opened(tmp_path / "plan.xlsx") as document:
        assert office.errors(document) == {}
        assert native_verdict(office, document, layout_of(plan)) == of_engine(verdict)


def test_the_toy_is_a_pilot(office: Office, tmp_path: Path) -> None:
    plan = with_gates(toy_plan(), 1)
    plan = replace(plan, gates={name: replace(one, threshold=None) for name, one in plan.gates.items()})
    write_workbook(plan, tmp_path / "plan.xlsx", date(2026, 12, 1))
    _, verdict = expected(plan)
    with office.opened(tmp_path / "plan.xlsx") as document:
        assert native_verdict(office, document, layout_of(plan)) == of_engine(verdict)


@pytest.mark.parametrize("worth, dear", [(0.1, 0), (0, 0), (1.6 / 0.92, 20_000), (1.6 / 0.92, 200_000)])
def test_reasons_are_about_the_comparison_that_decided(
    office: Office, tmp_path: Path, worth: float, dear: float
) -> None:
    plan = with_gates(toy_plan(value_per_request=worth), 1)
    plan = replace(plan, own_costs=(*plan.own_costs, cost(FT, "visible.serving", 4, 36, dear)))
    write_workbook(plan, tmp_path / "plan.xlsx", date(2026, 12, 1))
    _, verdict = expected(plan)
    with office.opened(tmp_path / "plan.xlsx") as document:
        assert native_verdict(office, document, layout_of(plan)) == of_engine(verdict)
        assert office.errors(document) == {}


def test_a_changed_input_makes_the_stamp_stale_and_the_old_one_makes_it_hold_again(
    office: Office, few: tuple[Document, Plan, Layout]
) -> None:
    document, plan, layout = few
    type_plan(office, document, plan, layout)
    type_gates(office, document, plan, layout)
    stamped(office, document, plan, layout)
    row = layout.gates.stamps["pessimistic_npv"]

    def state() -> str:
        return str(document.Sheets.getByName(GATES_SHEET).getCellByPosition(STAMP_STATE, row).String)

    words = plan.template.how_gates_are_judged.words
    assert state() == words["holds"]
    for changed in (plan.with_base("wage_growth", 0.0301), plan.with_settings(reference="do_nothing")):
        type_plan(office, document, changed, layout)
        assert state() == words["restamp"]
        assert native_gates(document, layout)["pessimistic_npv"] == (words["not_decidable"], words["restamp"])
    type_plan(office, document, plan.with_settings(option="rag", case="pessimistic"), layout)
    assert state() == words["holds"]
