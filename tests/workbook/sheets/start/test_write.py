"""The sheet Start as a person meets it: questions that lead to their cells, a tick for each answer, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ftroi.workbook.layout.start import ANSWER, LINK, NOTE, REASON_ROW, SENTENCE_ROW, TICK, StartLayout
from ftroi.workbook.layout.workbook import ASSUMPTIONS, START
from ftroi.workbook.schema import VERDICT
from ftroi.workbook.sheets.registry import layout_of
from tests.conftest import require_office
from tests.support.edited import small_plan, small_workbook
from tests.support.office import AS_INSTALLED, Office

ROWS = layout_of(small_plan()).of(StartLayout).rows


def test_each_link_leads_to_the_one_cell_that_answers(tmp_path: Path) -> None:
    sheet = load_workbook(small_workbook(tmp_path))[START]
    inputs = layout_of(small_plan()).assumptions
    for name, row in ROWS.items():
        one = small_plan().template.questions[name]
        link = sheet.cell(row + 1, LINK + 1).hyperlink
        assert link is not None
        wanted = inputs.rows[one.input] if one.input else inputs.settings[one.setting]
        assert link.location == f"{ASSUMPTIONS}!D{wanted + 1}"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Any]]:
    require_office()
    office = Office(settings=AS_INSTALLED)
    path = small_workbook(tmp_path_factory.mktemp("start"))
    yield office, office.open_as_saved(path, editable=False)
    office.close()


@pytest.mark.host
def test_an_answer_shows_and_is_ticked_below_the_verdict_that_it_gives(document: tuple[Office, Any]) -> None:
    office, opened = document
    start, inputs = opened.Sheets.getByName(START), layout_of(small_plan()).assumptions
    row = ROWS["requests"]
    assert (start.getCellByPosition(TICK, row).String, start.getCellByPosition(ANSWER, row).Value) == ("", 500_000)
    before = start.getCellByPosition(0, SENTENCE_ROW).String
    place = (inputs.columns["base"], inputs.rows["requests_per_month"])
    cell = opened.Sheets.getByName(ASSUMPTIONS).getCellByPosition(*place)
    cell.Value = 2_000_000
    try:
        assert start.getCellByPosition(TICK, row).String == "✓"
        assert start.getCellByPosition(ANSWER, row).Value == 2_000_000
        after = start.getCellByPosition(0, SENTENCE_ROW).String
        assert after != before
        rest = start.getCellByPosition(0, REASON_ROW).String
        verdict = office.named(opened, VERDICT).getCellByPosition(0, 0).String
        assert f"{after}{rest}".startswith(verdict)  # broken into the Dashboard's lines, nothing of it cut
    finally:
        cell.Value = 500_000


@pytest.mark.host
def test_an_answer_typed_on_start_itself_is_told_and_not_lost_in_silence(document: tuple[Office, Any]) -> None:
    office, opened = document
    cell = opened.Sheets.getByName(START).getCellByPosition(ANSWER, ROWS["requests"])
    before = cell.Formula
    cell.Value = 2_000_000
    try:
        told = office.named(opened, VERDICT).getCellByPosition(0, 0).String
        assert told.startswith("No verdict yet: A formula was typed over (Start)")
    finally:
        cell.Formula = before


@pytest.mark.host
def test_what_no_longer_fits_is_told_beside_its_question(document: tuple[Office, Any]) -> None:
    """A wrong answer's cost is at the scale of what a request is worth, whichever way that is said."""
    _, opened = document
    start, inputs = opened.Sheets.getByName(START), layout_of(small_plan()).assumptions
    beside = start.getCellByPosition(NOTE, ROWS["wrong"])
    cell = opened.Sheets.getByName(ASSUMPTIONS).getCellByPosition(inputs.columns["base"], inputs.rows["people"])
    assert "does it fit" not in beside.String
    cell.Value = 40
    try:
        assert beside.String == "Still the ready-made plan's: does it fit what you say a request is worth?"
    finally:
        cell.Value = 0
